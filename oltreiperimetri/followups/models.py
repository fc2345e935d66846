"""A plan has checkpoints counted in calendar months from one anchor day; a checkpoint has at most one answer."""

from datetime import date, timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.crypto import EncryptedTextField
from oltreiperimetri.shared.models import TimestampedModel

from . import paths
from .enums import AnswerChannel, AttemptChannel, CheckpointState, ContractKind, PlanState, Situation

CALL_AFTER = timedelta(days=14)
GIVE_UP_AFTER = timedelta(days=45)
NOTICE_BEFORE = timedelta(days=7)
COMING = timedelta(days=30)
ASKS_FOR_CALL = models.Q(answer__wants_call=True, answer__called_back_at=None)


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
        return self.select_related("plan", "answer", *(f"plan__{name}" for name in paths.related_names()))

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

    def overdue(self, today: date):
        """Past the last step: somebody decides whether the person is to be called unreachable."""
        return self.filter(due_on__lte=today - GIVE_UP_AFTER)


class Checkpoint(TimestampedModel):
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
        ]
        indexes = [models.Index(fields=["state", "due_on", "id"], name="checkpoint_due")]

    def __str__(self):
        return f"{self.plan_id}/{self.months} ({self.due_on})"

    @property
    def audit_subject(self):
        return self.plan.audit_subject

    @property
    def is_asked(self) -> bool:
        return self.state == CheckpointState.PLANNED and self.plan.state == PlanState.OPEN

    def days_late(self, today: date) -> int:
        return max((today - self.due_on).days, 0)

    def may_be_given_up_on(self, today: date) -> bool:
        return self.is_asked and today >= self.due_on + GIVE_UP_AFTER


class Answer(TimestampedModel):
    """The situation on the checkpoint's day, as the person tells it."""

    checkpoint = models.OneToOneField(Checkpoint, models.CASCADE, related_name="answer", verbose_name=_("checkpoint"))
    situation = models.CharField(_("situation"), max_length=20, choices=Situation.choices)
    contract_kind = models.CharField(_("contract"), max_length=20, choices=ContractKind.choices, blank=True)
    same_firm = models.BooleanField(_("same firm"), null=True, blank=True)
    usefulness = models.PositiveSmallIntegerField(
        _("usefulness"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    wants_call = models.BooleanField(_("wants a call"), default=False)
    called_back_at = models.DateTimeField(_("called back at"), null=True, blank=True)
    note = EncryptedTextField(_("anything else"), blank=True)
    channel = models.CharField(_("how"), max_length=10, choices=AnswerChannel.choices)
    answered_at = models.DateTimeField(_("answered at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("recorded by")
    )

    class Meta:
        ordering = ["-answered_at", "-pk"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(usefulness__isnull=True) | models.Q(usefulness__range=(1, 5)), name="usefulness_1_5"
            ),
            models.CheckConstraint(
                condition=models.Q(situation="employed") | models.Q(contract_kind="", same_firm__isnull=True),
                name="contract_only_when_employed",
            ),
        ]

    def __str__(self):
        return self.get_situation_display()


class ContactAttempt(models.Model):
    """Somebody of the office tried to reach the person, without success."""

    checkpoint = models.ForeignKey(Checkpoint, models.CASCADE, related_name="attempts", verbose_name=_("checkpoint"))
    channel = models.CharField(_("how"), max_length=10, choices=AttemptChannel.choices)
    note = EncryptedTextField(_("note"), blank=True)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("attempt to reach")
        verbose_name_plural = _("attempts to reach")

    def __str__(self):
        return f"{self.get_channel_display()} {self.at:%Y-%m-%d}"
