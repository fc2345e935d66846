from datetime import date, timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.accounts.enums import STAFF_ROLES
from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.models import TimestampedModel

from ..enums import EndedBy, EndReason, Outcome, ReadyItem
from . import reach
from .membership import Membership
from .proposal import Proposal


class TraineeshipState(models.TextChoices):
    DRAFT = "draft", _("In preparation")
    AGREED = "agreed", _("Agreed")
    CLOSED = "closed", _("Closed")
    VOID = "void", _("Void")


# Those whose days count: for the overlap of one person, for the site and for the tutor.
LIVE = (TraineeshipState.AGREED, TraineeshipState.CLOSED)
PAPERS_DUE_BEFORE = timedelta(days=14)


class TraineeshipQuerySet(models.QuerySet):
    def visible_to(self, user):
        return reach.traineeships(self, user)

    def live(self):
        return self.filter(state__in=LIVE)

    def not_closed(self):
        return self.filter(state__in=[TraineeshipState.DRAFT, TraineeshipState.AGREED])

    def with_effective_end(self):
        return self.annotate(last_day=Coalesce("early_end_on", "ends_on"))

    def touching(self, first: date, last: date):
        """Those with at least one day between two days, both included."""
        return self.with_effective_end().filter(starts_on__lte=last, last_day__gte=first)

    def running_on(self, day: date):
        return self.filter(state=TraineeshipState.AGREED).touching(day, day)

    def to_close(self, today: date):
        """Agreed and over: somebody should say how it ended."""
        return self.filter(state=TraineeshipState.AGREED).with_effective_end().filter(last_day__lt=today)

    def lacking_papers(self, today: date):
        """They begin within two weeks, or have begun, and something of the checklist is missing."""
        return (
            self.not_closed()
            .with_effective_end()
            .filter(starts_on__lte=today + PAPERS_DUE_BEFORE, last_day__gte=today)
            .annotate(in_order=Count("ticks"))
            .filter(in_order__lt=len(ReadyItem))
        )

    def with_names(self):
        return self.select_related("person", "organisation", "site__municipality", "host_tutor", "membership__cohort")


class Traineeship(TimestampedModel):
    """Three months in a firm. That it is running, or over, follows from its days and today.

    Days, both included, run from `starts_on` to `effective_end`. Hours a week, euro a month before tax.
    The database refuses two live traineeships of one person on one day (migration 0002).
    """

    State = TraineeshipState
    TRANSITIONS = {
        (State.DRAFT, State.AGREED): Transition(_("All agree"), roles=STAFF_ROLES),
        (State.DRAFT, State.VOID): Transition(_("Give it up"), roles=STAFF_ROLES, needs_reason=True),
        (State.AGREED, State.VOID): Transition(_("Void: it does not start"), roles=STAFF_ROLES, needs_reason=True),
        (State.AGREED, State.CLOSED): Transition(_("Close"), roles=STAFF_ROLES),
    }

    person = models.ForeignKey("beneficiaries.Person", models.PROTECT, related_name="traineeships", verbose_name=_("person"))
    proposal = models.OneToOneField(
        Proposal, models.PROTECT, null=True, blank=True, related_name="traineeship", verbose_name=_("proposal")
    )
    membership = models.ForeignKey(
        Membership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="traineeships",
        verbose_name=_("place in the group"),
    )
    slot = models.ForeignKey("partners.Slot", models.PROTECT, related_name="traineeships", verbose_name=_("slot"))
    organisation = models.ForeignKey(
        "partners.Organisation", models.PROTECT, related_name="hosted_traineeships", verbose_name=_("host")
    )
    site = models.ForeignKey("partners.Site", models.PROTECT, related_name="traineeships", verbose_name=_("site"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    weekly_hours = models.PositiveSmallIntegerField(
        _("hours a week"), validators=[MinValueValidator(1), MaxValueValidator(40)]
    )
    days_a_week = models.PositiveSmallIntegerField(
        _("days a week"), default=5, validators=[MinValueValidator(1), MaxValueValidator(6)]
    )
    monthly_allowance = models.DecimalField(_("monthly allowance (€)"), max_digits=7, decimal_places=2)
    has_meals = models.BooleanField(_("meals or meal vouchers"), default=False)
    on_income_support = models.BooleanField(_("receives income support"), default=False)
    host_tutor = models.ForeignKey(
        "partners.Contact", models.PROTECT, related_name="hosted_traineeships", verbose_name=_("host tutor")
    )
    promoter = models.ForeignKey(
        "partners.Organisation", models.PROTECT, related_name="promoted_traineeships", verbose_name=_("promoter")
    )
    promoter_tutor = models.ForeignKey(
        "partners.Contact", models.PROTECT, related_name="promoted_traineeships", verbose_name=_("promoter's tutor")
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    early_end_on = models.DateField(_("last day, when ended early"), null=True, blank=True)
    early_end_by = models.CharField(_("ended early by"), max_length=10, choices=EndedBy.choices, blank=True)
    early_end_reason = models.CharField(_("why it ended early"), max_length=20, choices=EndReason.choices, blank=True)
    outcome = models.CharField(_("how it ended"), max_length=12, choices=Outcome.choices, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    plan = models.OneToOneField(
        "followups.FollowUpPlan",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="traineeship",
        verbose_name=_("follow-up plan"),
    )

    objects = TraineeshipQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("traineeship")
        verbose_name_plural = _("traineeships")
        indexes = [
            models.Index(fields=["state", "starts_on"], name="traineeship_state"),
            models.Index(fields=["site", "state"], name="traineeship_site"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="traineeship_ends_after_it_starts",
                violation_error_message=_("The last day comes before the first."),
            ),
            models.CheckConstraint(
                condition=Q(early_end_on=None) | Q(early_end_on__gte=F("starts_on"), early_end_on__lte=F("ends_on")),
                name="early_end_within_the_traineeship",
                violation_error_message=_("The early end must fall within the traineeship."),
            ),
            models.CheckConstraint(
                condition=Q(early_end_on=None) | (~Q(early_end_by="") & ~Q(early_end_reason="")),
                name="early_end_says_by_whom_and_why",
            ),
            models.CheckConstraint(
                condition=Q(weekly_hours__gte=1, weekly_hours__lte=40),
                name="traineeship_weekly_hours_within_law",
                violation_error_message=_("Weekly hours go from 1 to 40."),
            ),
            models.CheckConstraint(condition=Q(monthly_allowance__gte=0), name="allowance_is_not_negative"),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(outcome=""), name="a_closed_traineeship_has_an_outcome"
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.organisation}"

    def get_absolute_url(self):
        return reverse("orafo:traineeship", args=[self.pk])

    @property
    def audit_subject(self):
        return self.person.audit_key

    def follow_by(self, plan) -> None:
        """The plan that asks how the person is; from now on it also knows its traineeship."""
        self.plan = plan

    @property
    def effective_end(self) -> date:
        return self.early_end_on or self.ends_on

    def is_running_on(self, day: date) -> bool:
        return self.state == self.State.AGREED and self.starts_on <= day <= self.effective_end

    def is_over_on(self, day: date) -> bool:
        return self.state == self.State.AGREED and self.effective_end < day


class ReadyTick(TimestampedModel):
    """One item of the checklist before the start: done on which day, noted by whom."""

    traineeship = models.ForeignKey(Traineeship, models.CASCADE, related_name="ticks", verbose_name=_("traineeship"))
    item = models.CharField(_("what"), max_length=20, choices=ReadyItem.choices)
    done_on = models.DateField(_("done on"))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("noted by")
    )

    class Meta:
        ordering = ["traineeship", "item"]
        verbose_name = _("item in order")
        verbose_name_plural = _("items in order")
        constraints = [models.UniqueConstraint(fields=["traineeship", "item"], name="an_item_once")]

    def __str__(self):
        return self.get_item_display()

    @property
    def audit_subject(self):
        return self.traineeship.person.audit_key
