from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.accounts.enums import STAFF_ROLES
from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.crypto import EncryptedTextField
from oltreiperimetri.shared.models import Municipality, TimestampedModel
from partners.models import Organisation

from ..enums import ReferralClosing
from .person import Person
from .reach import person_reach

CLOSE = Transition(_("Close"), roles=STAFF_ROLES, needs_reason=True, reasons=tuple(ReferralClosing.choices))
JOIN = Transition(_("Is in a path"), roles=STAFF_ROLES)


class InboundReferralQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Staff: by town, as for people; what no town of the programme claims is everybody's."""
        reach = person_reach(user)
        return self.none() if reach is None else self.filter(reach)

    def sent_by(self, user):
        """Those of the bodies that the user works for, while these may send people."""
        return self.filter(organisation__in=Organisation.objects.of_contact(user).referrers())

    def open(self):
        return self.filter(state__in=OPEN)


class InboundReferral(TimestampedModel):
    """Somebody sent to us by a partner body, who knows of it and agreed. The body sees how far it is, and nothing else."""

    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        CONTACTED = "contacted", _("Contacted")
        IN_PATH = "in_path", _("In a path")
        CLOSED = "closed", _("Closed without a path")

    TRANSITIONS = {
        (State.RECEIVED, State.CONTACTED): Transition(_("I have spoken with the person"), roles=STAFF_ROLES),
        (State.RECEIVED, State.IN_PATH): JOIN,
        (State.CONTACTED, State.IN_PATH): JOIN,
        (State.RECEIVED, State.CLOSED): CLOSE,
        (State.CONTACTED, State.CLOSED): CLOSE,
        (State.CLOSED, State.CONTACTED): Transition(_("Open again"), roles=STAFF_ROLES),
    }
    TONES = {State.RECEIVED: "wait", State.CONTACTED: "info", State.IN_PATH: "ok", State.CLOSED: "quiet"}

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="inbound_referrals", verbose_name=_("sent by the body")
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("sent by")
    )
    sent_at = models.DateTimeField(_("sent at"))
    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("town")
    )
    other_town = models.CharField(_("other town"), max_length=100, blank=True)
    why = EncryptedTextField(_("why, in one line"))
    tells_referrer = models.BooleanField(_("the person agrees that the body hears how it goes"), default=False)
    # Keyed hash of body, name and contact: the same person sent twice is one referral.
    same_index = models.CharField(max_length=64, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.RECEIVED)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("followed by")
    )
    person = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="inbound_referrals",
        verbose_name=_("person"),
    )

    objects = InboundReferralQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "pk"]
        verbose_name = _("person sent by a partner")
        verbose_name_plural = _("people sent by partners")
        indexes = [models.Index(fields=["state", "sent_at"], name="inbound_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "same_index"], condition=~Q(state="closed"), name="a_person_sent_once_by_a_body"
            ),
            models.CheckConstraint(condition=Q(state="in_path") | Q(person=None), name="inbound_person_only_when_in_path"),
        ]

    def __str__(self):
        return f"{self.first_name} {self.last_name}"

    @property
    def audit_subject(self):
        return self.person.audit_key if self.person_id else None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def get_absolute_url(self):
        return reverse("beneficiaries:inbound_referral", args=[self.pk])


OPEN = (InboundReferral.State.RECEIVED, InboundReferral.State.CONTACTED)
