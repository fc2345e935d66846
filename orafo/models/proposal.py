from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.accounts.enums import STAFF_ROLES
from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.models import TimestampedModel

from ..enums import DeclinedBy, DeclineReason
from . import reach
from .membership import Membership


class ProposalState(models.TextChoices):
    SUGGESTED = "suggested", _("Suggested")
    SHOWN_TO_PERSON = "shown_to_person", _("The person is deciding")
    PERSON_OK = "person_ok", _("The person says yes")
    SENT_TO_FIRM = "sent_to_firm", _("The firm is deciding")
    FIRM_OK = "firm_ok", _("Both say yes")
    ACCEPTED = "accepted", _("Became a traineeship")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Expired")


OPEN_PROPOSAL = (
    ProposalState.SUGGESTED,
    ProposalState.SHOWN_TO_PERSON,
    ProposalState.PERSON_OK,
    ProposalState.SENT_TO_FIRM,
    ProposalState.FIRM_OK,
)
SOON = timedelta(days=2)
AWAITING_ANSWER = (ProposalState.SHOWN_TO_PERSON, ProposalState.SENT_TO_FIRM)
SEEN_BY_THE_FIRM = (ProposalState.SENT_TO_FIRM, ProposalState.FIRM_OK, ProposalState.ACCEPTED)


class ProposalQuerySet(models.QuerySet):
    def visible_to(self, user):
        return reach.proposals(self, user)

    def open(self):
        return self.filter(state__in=OPEN_PROPOSAL)

    def lapsed(self, today: date):
        return self.filter(state__in=AWAITING_ANSWER, answer_by__lt=today)

    def lapsing(self, today: date):
        """An answer is awaited, and its last day is at most two days away, or past."""
        return self.filter(state__in=AWAITING_ANSWER, answer_by__lte=today + SOON)

    def at_the_firm(self):
        """Those that a host may see: the person has said yes."""
        return self.filter(state__in=SEEN_BY_THE_FIRM)

    def with_names(self):
        return self.select_related("person", "slot__organisation", "slot__site__municipality", "membership__cohort")


class Proposal(TimestampedModel):
    """A slot shown to a person, then to the firm. While it is open it keeps a place of the slot.

    A declined or expired proposal blocks nothing: person and slot can be proposed again.
    """

    State = ProposalState
    TRANSITIONS = {
        (State.SUGGESTED, State.SHOWN_TO_PERSON): Transition(_("Show to the person"), roles=STAFF_ROLES),
        (State.SHOWN_TO_PERSON, State.PERSON_OK): Transition(_("The person says yes")),
        (State.PERSON_OK, State.SENT_TO_FIRM): Transition(_("Send to the firm")),
        (State.SENT_TO_FIRM, State.FIRM_OK): Transition(_("The firm says yes")),
        (State.FIRM_OK, State.ACCEPTED): Transition(_("Prepare the traineeship"), roles=STAFF_ROLES),
        **{(state, ProposalState.DECLINED): Transition(_("Decline"), needs_reason=True) for state in OPEN_PROPOSAL},
        (State.SHOWN_TO_PERSON, State.EXPIRED): Transition(_("Let it lapse")),
        (State.SENT_TO_FIRM, State.EXPIRED): Transition(_("Let it lapse")),
    }
    TONES = {
        State.SHOWN_TO_PERSON: "wait",
        State.SENT_TO_FIRM: "wait",
        State.FIRM_OK: "ok",
        State.ACCEPTED: "ok",
        State.DECLINED: "no",
        State.EXPIRED: "quiet",
    }

    slot = models.ForeignKey("partners.Slot", models.PROTECT, related_name="proposals", verbose_name=_("slot"))
    person = models.ForeignKey("beneficiaries.Person", models.PROTECT, related_name="proposals", verbose_name=_("person"))
    membership = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name=_("place in the group")
    )
    state = models.CharField(_("state"), max_length=16, choices=State.choices, default=State.SUGGESTED)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("proposed by")
    )
    proposed_on = models.DateField(_("proposed on"))
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
    person_answered_at = models.DateTimeField(_("person's answer at"), null=True, blank=True)
    firm_answered_at = models.DateTimeField(_("firm's answer at"), null=True, blank=True)
    declined_by = models.CharField(_("declined by"), max_length=10, choices=DeclinedBy.choices, blank=True)
    decline_reason = models.CharField(_("reason"), max_length=20, choices=DeclineReason.choices, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        indexes = [
            models.Index(fields=["state", "answer_by"], name="proposal_state"),
            models.Index(fields=["slot", "state"], name="proposal_slot"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=OPEN_PROPOSAL),
                name="one_open_proposal_per_person",
                violation_error_message=_("This person already has an open proposal."),
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | (~Q(declined_by="") & ~Q(decline_reason="")),
                name="a_declined_proposal_says_by_whom_and_why",
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.slot}"

    def get_absolute_url(self):
        return reverse("orafo:proposal", args=[self.pk])

    @property
    def audit_subject(self):
        return self.person.audit_key

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_PROPOSAL

    @property
    def waits_for(self) -> str:
        """Whose answer is awaited: `DeclinedBy.PERSON`, `DeclinedBy.FIRM` or nobody's."""
        return {self.State.SHOWN_TO_PERSON: DeclinedBy.PERSON, self.State.SENT_TO_FIRM: DeclinedBy.FIRM}.get(self.state, "")

    def has_lapsed_on(self, day: date) -> bool:
        return self.state in AWAITING_ANSWER and self.answer_by < day
