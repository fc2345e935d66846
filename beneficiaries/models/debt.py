from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.accounts.enums import STAFF_ROLES
from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.crypto import EncryptedJSONField, EncryptedTextField
from oltreiperimetri.shared.models import TimestampedModel

from ..enums import Ball
from ..enums_money import DebtKind, Frequency
from .person import OfPersonQuerySet, Person
from .waiting import waiting_constraint


def decimal_of(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def text_of(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


@dataclass(frozen=True)
class Terms:
    """What a debt asks today, in euro: `residual` is all that is still to be paid, what is late included.

    `arrears_months`: how many months of instalments are late. `yearly_rate` in per cent, None when the residual already
    holds the interest or there is none. `since` and `until` as ISO days, empty when not known.
    """

    kind: str
    residual: Decimal
    instalment: Decimal
    frequency: str = Frequency.MONTHLY
    arrears_months: int = 0
    yearly_rate: Decimal | None = None
    since: str = ""
    until: str = ""


@dataclass(frozen=True)
class Offer:
    """What the creditor offers or agreed: a monthly instalment, and for how many months (None: until it is all paid)."""

    instalment: Decimal
    months: int | None = None


class DebtQuerySet(OfPersonQuerySet):
    def waiting(self):
        return self.filter(state__in=Debt.WAITING)


class Debt(TimestampedModel):
    """Money owed, and how far its negotiation has come. Who, how much and on what terms is encrypted."""

    class State(models.TextChoices):
        LISTED = "listed", _("Written down")
        CONTACTED = "contacted", _("Creditor contacted")
        OFFERED = "offered", _("An offer has arrived")
        AGREED = "agreed", _("New agreement")
        REFUSED = "refused", _("The creditor said no")
        CLOSED = "closed", _("Paid off or settled")

    WAITING = (State.CONTACTED, State.OFFERED)
    TRANSITIONS = {
        (State.LISTED, State.CONTACTED): Transition(_("The creditor has been contacted"), roles=STAFF_ROLES),
        (State.CONTACTED, State.OFFERED): Transition(_("An offer has arrived"), roles=STAFF_ROLES),
        (State.OFFERED, State.AGREED): Transition(_("There is an agreement"), roles=STAFF_ROLES),
        (State.OFFERED, State.CONTACTED): Transition(_("Ask the creditor again"), roles=STAFF_ROLES),
        (State.CONTACTED, State.REFUSED): Transition(_("The creditor said no"), roles=STAFF_ROLES),
        (State.OFFERED, State.REFUSED): Transition(_("No agreement"), roles=STAFF_ROLES),
        (State.REFUSED, State.CONTACTED): Transition(_("Ask the creditor again"), roles=STAFF_ROLES),
        (State.AGREED, State.CONTACTED): Transition(_("Negotiate again"), roles=STAFF_ROLES),
        (State.LISTED, State.CLOSED): Transition(_("Paid off or settled"), roles=STAFF_ROLES),
        (State.CONTACTED, State.CLOSED): Transition(_("Paid off or settled"), roles=STAFF_ROLES),
        (State.AGREED, State.CLOSED): Transition(_("Paid off or settled"), roles=STAFF_ROLES),
        (State.REFUSED, State.CLOSED): Transition(_("Paid off or settled"), roles=STAFF_ROLES),
        (State.CLOSED, State.LISTED): Transition(_("It was not over"), roles=STAFF_ROLES),
    }
    TONES = {
        State.LISTED: "info",
        State.CONTACTED: "wait",
        State.OFFERED: "wait",
        State.AGREED: "ok",
        State.REFUSED: "no",
        State.CLOSED: "quiet",
    }

    person = models.ForeignKey(Person, models.CASCADE, related_name="debts", verbose_name=_("person"))
    creditor = EncryptedTextField(_("creditor"))
    stored_terms = EncryptedJSONField(_("terms"))
    stored_offer = EncryptedJSONField(_("offer"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.LISTED)
    ball = models.CharField(_("whose turn it is"), max_length=10, choices=Ball.choices, blank=True)
    due_on = models.DateField(_("next step by"), null=True, blank=True)

    objects = DebtQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("debt")
        verbose_name_plural = _("debts")
        indexes = [models.Index(fields=["due_on"], name="debt_due", condition=models.Q(due_on__isnull=False))]
        constraints = [
            waiting_constraint(
                ["contacted", "offered"],
                name="a_debt_negotiated_says_whose_turn",
                holders=[Ball.PERSON, Ball.CASEWORKER, Ball.PARTNER],
            )
        ]

    def __str__(self):
        return _("Debt %(number)s") % {"number": self.pk}

    @property
    def audit_subject(self):
        return self.person.audit_key

    @property
    def kind_label(self) -> str:
        return str(DebtKind(self.terms.kind).label)

    @property
    def terms(self) -> Terms:
        stored = self.stored_terms
        numbers = {name: decimal_of(stored[name]) for name in ("residual", "instalment", "yearly_rate")}
        return Terms(**stored | numbers)

    @terms.setter
    def terms(self, terms: Terms) -> None:
        numbers = {name: text_of(getattr(terms, name)) for name in ("residual", "instalment", "yearly_rate")}
        self.stored_terms = asdict(terms) | numbers

    @property
    def offer(self) -> Offer | None:
        stored = self.stored_offer
        return Offer(Decimal(stored["instalment"]), stored["months"]) if stored else None

    @offer.setter
    def offer(self, offer: Offer | None) -> None:
        self.stored_offer = asdict(offer) | {"instalment": str(offer.instalment)} if offer else None
