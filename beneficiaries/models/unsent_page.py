from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.documents.models import StoredFile
from oltreiperimetri.shared.models import TimestampedModel

from .person import Person


class UnsentPage(TimestampedModel):
    """A photo or a PDF chosen for a paper that is not sent yet: who added it looks at it, may remove it, adds others."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="unsent_pages", verbose_name=_("person"))
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="unsent_page", verbose_name=_("file"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="unsent_pages", verbose_name=_("added by")
    )
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("page not sent yet")
        verbose_name_plural = _("pages not sent yet")
        indexes = [models.Index(fields=["added_at"], name="unsent_page_added")]

    def __str__(self):
        return self.file.name

    @property
    def audit_subject(self):
        return self.person.audit_key

    @property
    def is_picture(self) -> bool:
        return self.file.content_type.startswith("image/")
