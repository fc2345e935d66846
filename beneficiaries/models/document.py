from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.documents.models import StoredFile
from oltreiperimetri.shared.crypto import EncryptedTextField
from oltreiperimetri.shared.models import TimestampedModel

from .person import Person


class PersonDocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(person__in=Person.objects.visible_to(user))

    def with_names(self):
        return self.select_related("file", "added_by")


class PersonDocument(TimestampedModel):
    """A paper of a person: a photo or a PDF, kept encrypted. Papers are added, never replaced or deleted."""

    class Kind(models.TextChoices):
        IDENTITY = "identity", _("Identity card or passport")
        TAX_CARD = "tax_card", _("Health card with the tax code")
        PERMIT = "permit", _("Residence permit")
        CV = "cv", _("Curriculum")
        JOB_END = "job_end", _("End of the last job (letter, contract, payslip)")
        UNEMPLOYMENT = "unemployment", _("Declaration of availability for work (DID)")
        CERTIFICATE = "certificate", _("Course or school certificate")
        OTHER = "other", _("Something else")

    person = models.ForeignKey(Person, models.CASCADE, related_name="documents", verbose_name=_("person"))
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="person_document", verbose_name=_("file"))
    kind = models.CharField(_("kind of document"), max_length=20, choices=Kind.choices)
    description = EncryptedTextField(_("what it is"), blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("added by")
    )
    added_at = models.DateTimeField(_("added at"))

    objects = PersonDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at", "-pk"]
        verbose_name = _("document of a person")
        verbose_name_plural = _("documents of people")
        indexes = [models.Index(fields=["person", "-added_at"], name="document_of_person")]

    def __str__(self):
        return self.get_kind_display()

    @property
    def audit_subject(self):
        return self.person.audit_key

    def get_absolute_url(self):
        return reverse("beneficiaries:document", args=[self.pk])
