from dataclasses import asdict, dataclass
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.crypto import EncryptedJSONField
from oltreiperimetri.shared.models import TimestampedModel

from ..enums_money import SIDE_OF, Frequency, Side
from .person import OfPersonQuerySet, Person


@dataclass(frozen=True)
class BudgetLine:
    """So much euro, so often, for this; `category` says whether it comes in or goes out."""

    category: str
    amount: Decimal
    frequency: str = Frequency.MONTHLY
    label: str = ""

    @property
    def side(self) -> Side:
        return SIDE_OF[self.category]


class BudgetQuerySet(OfPersonQuerySet):
    def kept(self):
        return self.filter(state=Budget.State.KEPT)


class Budget(TimestampedModel):
    """Income and expenses of a household on a day. A kept one is never edited: a new one is written beside it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being filled at home")
        KEPT = "kept", _("Looked at together")

    TRANSITIONS = {(State.DRAFT, State.KEPT): Transition(_("Looked at together"))}
    TONES = {State.DRAFT: "wait", State.KEPT: "ok"}

    person = models.ForeignKey(Person, models.CASCADE, related_name="budgets", verbose_name=_("person"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.KEPT)
    on_day = models.DateField(_("as it is on"))
    stored_lines = EncryptedJSONField(_("lines"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("written by")
    )

    objects = BudgetQuerySet.as_manager()

    class Meta:
        ordering = ["-on_day", "-pk"]
        verbose_name = _("household budget")
        verbose_name_plural = _("household budgets")
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(state="draft"), name="one_budget_filled_at_home")
        ]

    def __str__(self):
        return _("Household budget of %(day)s") % {"day": self.on_day.strftime("%d/%m/%Y")}

    @property
    def audit_subject(self):
        return self.person.audit_key

    @property
    def lines(self) -> list[BudgetLine]:
        return [BudgetLine(**line | {"amount": Decimal(line["amount"])}) for line in self.stored_lines or []]

    @lines.setter
    def lines(self, lines: list[BudgetLine]) -> None:
        self.stored_lines = [asdict(line) | {"amount": str(line.amount)} for line in lines]
