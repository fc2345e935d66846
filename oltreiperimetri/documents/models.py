from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.models import TimestampedModel


class StoredFile(TimestampedModel):
    """A private file: encrypted, under a random name. The owning app's view finds it and calls `files.serve`."""

    path = models.CharField(_("stored as"), max_length=100, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=150)
    content_type = models.CharField(_("kind"), max_length=60)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    audit_subject = models.UUIDField(_("person's key"), null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("uploaded by")
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")

    def __str__(self):
        return self.name
