"""A plan has checkpoints counted in calendar months from one anchor day."""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.dates import add_months
from oltreiperimetri.shared.models import TimestampedModel

from .. import paths
from ..enums import CheckpointState, PlanState

CALL_AFTER = timedelta(days=14)
GIVE_UP_AFTER = timedelta(days=45)
NOTICE_BEFORE = timedelta(days=7)
COMING = timedelta(days=30)
# A checkpoint moved by hand stays the one of its month; a plan lasts five years at most.
MOST_SHIFTED, LAST_MONTH = 28, 60
ASKS_FOR_CALL = models.Q(answer__wants_call=True, answer__called_back_at=None)


class FollowUpPlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        return paths.plans_visible_to(self, user)

    def with_subjects(self):
        """What names the subject, whatever the path, in one query."""
        return self.select_related(*paths.related_names())


class FollowUpPlan(TimestampedModel):
    State = PlanState
    TRANSITIONS = {
        (PlanState.OPEN, PlanState.STOPPED): Transition(_("Stop the monitoring"), needs_reason=True),
        (PlanState.OPEN, PlanState.DONE): Transition(_("All asked")),
        (PlanState.DONE, PlanState.OPEN): Transition(_("Open again")),
        (PlanState.STOPPED, PlanState.OPEN): Transition(_("Open again"), needs_reason=True),
    }

    path = models.CharField(_("path"), max_length=60)
    anchor_on = models.DateField(_("counted from"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)

    objects = FollowUpPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-anchor_on", "-pk"]
        verbose_name = _("follow-up plan")
        verbose_name_plural = _("follow-up plans")
        constraints = [models.CheckConstraint(condition=models.Q(state__in=PlanState.values), name="plan_state_known")]
        indexes = [models.Index(fields=["path", "state"], name="plan_path")]

    def __str__(self):
        return f"{self.path_label} ({self.anchor_on})"

    @property
    def path_label(self) -> str:
        return str(paths.get(self.path).label)

    @property
    def subject_label(self) -> str:
        """Whom it is about, as the path says; with the path's `related` it needs no query."""
        return paths.get(self.path).subject_label(self)

    @property
    def audit_subject(self):
        return paths.get(self.path).audit_subject(self)


class CheckpointQuerySet(models.QuerySet):
    def asked(self):
        """To be answered still, in plans under way."""
        return self.filter(state=CheckpointState.PLANNED, plan__state=PlanState.OPEN)

    def visible_to(self, user):
        return self.filter(plan__in=paths.plans_visible_to(FollowUpPlan.objects.all(), user))

    def with_subjects(self):
        """Everything a row shows, in one query, whatever the path."""
        return self.select_related("plan", "answer", "witness", *(f"plan__{name}" for name in paths.related_names()))

    def coming(self, today: date):
        return self.filter(due_on__gt=today, due_on__lte=today + COMING)

    def waiting(self, today: date):
        """Asked, and the letters are still going out."""
        return self.filter(due_on__lte=today, due_on__gt=today - CALL_AFTER)

    def to_call(self, today: date):
        return self.filter(due_on__lte=today - CALL_AFTER, due_on__gt=today - GIVE_UP_AFTER)

    def late(self, today: date):
        """To call or overdue: the office has the ball."""
        return self.filter(due_on__lte=today - CALL_AFTER)

    def call_back(self):
        """Who answered and asked to be called, until the call is made."""
        return self.filter(ASKS_FOR_CALL)

    def divergent(self):
        """The person and who was asked beside them (firm, mentor) do not say the same."""
        return self.exclude(witness__differs="").filter(witness__isnull=False)

    def overdue(self, today: date):
        """Past the last step: somebody decides whether the person is to be called unreachable."""
        return self.filter(due_on__lte=today - GIVE_UP_AFTER)


class Checkpoint(TimestampedModel):
    """Asked `months` months and `shift_days` days (moved by hand, negative: earlier) after the plan's anchor."""

    State = CheckpointState
    TRANSITIONS = {
        (CheckpointState.PLANNED, CheckpointState.ANSWERED): Transition(_("Record the answer")),
        (CheckpointState.PLANNED, CheckpointState.UNREACHABLE): Transition(_("Could not be reached"), needs_reason=True),
        (CheckpointState.PLANNED, CheckpointState.REFUSED): Transition(_("Prefers not to answer"), needs_reason=True),
        (CheckpointState.PLANNED, CheckpointState.WAIVED): Transition(_("Do not ask"), needs_reason=True),
        (CheckpointState.UNREACHABLE, CheckpointState.ANSWERED): Transition(_("Record the answer")),
        (CheckpointState.REFUSED, CheckpointState.ANSWERED): Transition(_("Record the answer")),
    }
    TONES = {"planned": "wait", "answered": "ok", "unreachable": "no", "refused": "quiet", "waived": "quiet"}

    plan = models.ForeignKey(FollowUpPlan, models.CASCADE, related_name="checkpoints", verbose_name=_("plan"))
    months = models.PositiveSmallIntegerField(_("months"))
    shift_days = models.SmallIntegerField(_("days earlier or later"), default=0)
    due_on = models.DateField(_("due on"))
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PLANNED)

    objects = CheckpointQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")
        constraints = [
            models.UniqueConstraint(fields=["plan", "months"], name="a_checkpoint_once"),
            models.CheckConstraint(condition=models.Q(state__in=CheckpointState.values), name="checkpoint_state_known"),
            models.CheckConstraint(
                condition=models.Q(shift_days__range=(-MOST_SHIFTED, MOST_SHIFTED)),
                name="checkpoint_shifted_by_four_weeks_at_most",
                violation_error_message=_("A checkpoint moves by four weeks at most."),
            ),
            models.CheckConstraint(condition=models.Q(months__range=(1, LAST_MONTH)), name="checkpoint_within_five_years"),
        ]
        indexes = [models.Index(fields=["state", "due_on", "id"], name="checkpoint_due")]

    def __str__(self):
        return f"{self.plan_id}/{self.months} ({self.due_on})"

    @property
    def audit_subject(self):
        return self.plan.audit_subject

    @property
    def due_by_the_plan(self) -> date:
        """The day counted from the anchor as it is now."""
        return add_months(self.plan.anchor_on, self.months) + timedelta(days=self.shift_days)

    @property
    def is_asked(self) -> bool:
        return self.state == CheckpointState.PLANNED and self.plan.state == PlanState.OPEN

    def days_late(self, today: date) -> int:
        return max((today - self.due_on).days, 0)

    def may_be_given_up_on(self, today: date) -> bool:
        return self.is_asked and today >= self.due_on + GIVE_UP_AFTER
