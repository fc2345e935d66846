from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.accounts.enums import STAFF_ROLES
from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.crypto import EncryptedTextField
from oltreiperimetri.shared.models import TimestampedModel
from partners.models import Organisation

from ..enums import Ball
from ..enums_money import Sending, Service
from .person import OfPersonQuerySet, Person
from .waiting import waiting_constraint

WITHDRAW = Transition(_("Take it back"), roles=STAFF_ROLES)


class ServiceReferralQuerySet(OfPersonQuerySet):
    def awaited(self):
        return self.filter(state=ServiceReferral.State.SENT)

    def overdue(self, today: date):
        return self.awaited().filter(due_on__lt=today)


class ServiceReferral(TimestampedModel):
    """A person sent to another service, with their consent; the answer is awaited by a day. Why is encrypted."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        SENT = "sent", _("Waiting for the answer")
        ACCEPTED = "accepted", _("The service says yes")
        DECLINED = "declined", _("The service says no")
        WITHDRAWN = "withdrawn", _("Taken back")

    TRANSITIONS = {
        (State.DRAFT, State.SENT): Transition(_("Sent"), roles=STAFF_ROLES),
        (State.SENT, State.ACCEPTED): Transition(_("The service says yes"), roles=STAFF_ROLES),
        (State.SENT, State.DECLINED): Transition(_("The service says no"), roles=STAFF_ROLES),
        (State.DECLINED, State.SENT): Transition(_("Send it again"), roles=STAFF_ROLES),
        (State.DRAFT, State.WITHDRAWN): WITHDRAW,
        (State.SENT, State.WITHDRAWN): WITHDRAW,
        (State.ACCEPTED, State.WITHDRAWN): WITHDRAW,
    }
    TONES = {
        State.DRAFT: "info",
        State.SENT: "wait",
        State.ACCEPTED: "ok",
        State.DECLINED: "no",
        State.WITHDRAWN: "quiet",
    }

    person = models.ForeignKey(Person, models.CASCADE, related_name="service_referrals", verbose_name=_("person"))
    service = models.CharField(_("service"), max_length=20, choices=Service.choices)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="service_referrals",
        verbose_name=_("organisation of the network"),
    )
    other_name = models.CharField(_("name of the service"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    reason = EncryptedTextField(_("reason"))
    consent_on = models.DateField(_("the person agreed on"))
    sending = models.CharField(_("how it was sent"), max_length=10, choices=Sending.choices, blank=True)
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    ball = models.CharField(_("whose turn it is"), max_length=10, choices=Ball.choices, blank=True)
    due_on = models.DateField(_("answer awaited by"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer = EncryptedTextField(_("answer"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by"))

    objects = ServiceReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("referral to a service")
        verbose_name_plural = _("referrals to services")
        indexes = [models.Index(fields=["state", "due_on", "id"], name="service_referral_due")]
        constraints = [
            waiting_constraint(
                ["sent"], name="a_sent_referral_says_whose_turn", holders=[Ball.PERSON, Ball.CASEWORKER, Ball.PARTNER]
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(sent_on__isnull=False) & ~Q(sending=""),
                name="a_sent_referral_says_when_and_how",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "sent", "withdrawn"]) | Q(answered_on__isnull=False),
                name="an_answered_referral_says_when",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(other_name=""),
                name="a_referral_says_where",
                violation_error_message=_("Choose an organisation of the network or write the name of the service."),
            ),
        ]

    def __str__(self):
        return _("Referral: %(where)s") % {"where": self.where}

    @property
    def audit_subject(self):
        return self.person.audit_key

    @property
    def where(self) -> str:
        return self.organisation.name if self.organisation_id else self.other_name

    def get_absolute_url(self):
        return reverse("beneficiaries:referral", args=[self.pk])
