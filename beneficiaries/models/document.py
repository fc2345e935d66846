from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oltreiperimetri.accounts.enums import STAFF_ROLES
from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.documents.models import StoredFile
from oltreiperimetri.shared.crypto import EncryptedTextField
from oltreiperimetri.shared.models import TimestampedModel

from ..enums import CheckedHow, SetAsideReason
from .person import OfPersonQuerySet, Person

LOOK_AT = Transition(_("I have seen it"), roles=STAFF_ROLES)
VERIFY = Transition(_("The office that issued it confirms"), roles=STAFF_ROLES)
SET_ASIDE = Transition(_("Set it aside"), roles=STAFF_ROLES, needs_reason=True, reasons=tuple(SetAsideReason.choices))


class PersonDocumentQuerySet(OfPersonQuerySet):
    def with_names(self):
        return self.select_related("file", "added_by", "checked_by")

    def in_use(self):
        return self.exclude(state=PersonDocument.State.SET_ASIDE)

    def awaited(self):
        """Promised for a day, and not here yet."""
        return self.filter(state=PersonDocument.State.DECLARED, awaited_on__isnull=False)

    def with_an_end(self):
        """Checked papers whose validity ends some day."""
        checked = [PersonDocument.State.SEEN, PersonDocument.State.VERIFIED]
        return self.filter(state__in=checked, expires_on__isnull=False)


class PersonDocument(TimestampedModel):
    """A paper of a person: told, promised for a day, shown, or sent as photos or PDF, which are kept encrypted.

    A public body may not demand certificates (DPR 445/2000, art. 40): what the person declares counts, the office looks at
    the paper or asks whoever issued it. So a paper needs no file. Papers are added or set aside, never replaced or deleted.
    """

    class Kind(models.TextChoices):
        IDENTITY = "identity", _("Identity card or passport")
        TAX_CARD = "tax_card", _("Health card with the tax code")
        PERMIT = "permit", _("Residence permit")
        RESIDENCE = "residence", _("Residence and family status")
        CV = "cv", _("Curriculum")
        JOB_END = "job_end", _("End of the last job (letter, contract, payslip)")
        UNEMPLOYMENT = "unemployment", _("Declaration of availability for work (DID)")
        BENEFIT = "benefit", _("Letter about the unemployment benefit (NASpI)")
        ISEE = "isee", _("ISEE")
        CERTIFICATE = "certificate", _("Course or school certificate")
        SIGNED = "signed", _("Signed summary of the application")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        DECLARED = "declared", _("Declared")
        SEEN = "seen", _("Seen")
        VERIFIED = "verified", _("Verified")
        SET_ASIDE = "set_aside", pgettext_lazy("paper", "Set aside")

    TRANSITIONS = {
        (State.DECLARED, State.SEEN): LOOK_AT,
        (State.DECLARED, State.VERIFIED): VERIFY,
        (State.SEEN, State.SEEN): LOOK_AT,
        (State.SEEN, State.VERIFIED): VERIFY,
        (State.VERIFIED, State.VERIFIED): VERIFY,
        (State.DECLARED, State.SET_ASIDE): SET_ASIDE,
        (State.SEEN, State.SET_ASIDE): SET_ASIDE,
        (State.VERIFIED, State.SET_ASIDE): SET_ASIDE,
        (State.SET_ASIDE, State.DECLARED): Transition(_("Take it up again"), roles=STAFF_ROLES),
    }
    TONES = {State.DECLARED: "info", State.SEEN: "ok", State.VERIFIED: "ok", State.SET_ASIDE: "quiet"}

    person = models.ForeignKey(Person, models.CASCADE, related_name="documents", verbose_name=_("person"))
    file = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="person_document", verbose_name=_("file")
    )
    kind = models.CharField(_("kind of document"), max_length=20, choices=Kind.choices)
    description = EncryptedTextField(_("what it is"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DECLARED)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    awaited_on = models.DateField(_("promised for"), null=True, blank=True)
    how = models.CharField(_("how it was checked"), max_length=10, choices=CheckedHow.choices, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("checked by")
    )
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("added by")
    )
    added_at = models.DateTimeField(_("added at"))

    objects = PersonDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at", "-pk"]
        verbose_name = _("document of a person")
        verbose_name_plural = _("documents of people")
        indexes = [
            models.Index(fields=["person", "-added_at"], name="document_of_person"),
            models.Index(fields=["awaited_on"], name="document_awaited", condition=Q(awaited_on__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["seen", "verified"], checked_at__isnull=False) & ~Q(how="")
                | Q(state="declared", checked_at=None, how="")
                | Q(state="set_aside"),
                name="document_checked_iff_seen_or_verified",
            ),
            models.CheckConstraint(
                condition=Q(issued_on=None) | Q(expires_on=None) | Q(expires_on__gte=F("issued_on")),
                name="document_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(awaited_on=None) | Q(file=None, state__in=["declared", "set_aside"]),
                name="document_awaited_is_not_here_yet",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def audit_subject(self):
        return self.person.audit_key

    @property
    def is_awaited(self) -> bool:
        return self.state == self.State.DECLARED and self.awaited_on is not None

    def has_expired_on(self, day: date) -> bool:
        """The last day of validity still counts."""
        return self.expires_on is not None and self.expires_on < day

    def get_absolute_url(self):
        return reverse("beneficiaries:document", args=[self.pk])
