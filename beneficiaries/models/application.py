from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.accounts.enums import ALL_TOWNS_ROLES, STAFF_ROLES
from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.dates import add_months
from oltreiperimetri.shared.models import TimestampedModel

from ..enums import AdviceReason, Ball, LossReason, RefusalReason, ReopenReason, WithdrawalReason
from . import reach
from .waiting import waiting_constraint

ASK = Transition(_("Ask for information"), roles=STAFF_ROLES)
INTERVIEW = Transition(_("Invite to an interview"), roles=STAFF_ROLES)
ADMIT = Transition(_("Admit"), roles=STAFF_ROLES, reasons=tuple(AdviceReason.choices))
LIST = Transition(_("Put on the waiting list"), roles=STAFF_ROLES, reasons=tuple(AdviceReason.choices))
REFUSE = Transition(_("Do not admit"), roles=STAFF_ROLES, needs_reason=True, reasons=tuple(RefusalReason.choices))
WITHDRAW = Transition(
    _("Withdraw on request"), roles=STAFF_ROLES, needs_reason=True, reasons=tuple(WithdrawalReason.choices)
)
REOPEN = Transition(_("Open again"), roles=STAFF_ROLES, needs_reason=True, reasons=tuple(ReopenReason.choices))


class ApplicationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return reach.applications(self, user)


class Application(TimestampedModel):
    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        IN_REVIEW = "in_review", _("In review")
        INFO_REQUESTED = "info_requested", _("Waiting for information")
        INTERVIEW = "interview", _("Interview")
        ADMITTED = "admitted", _("Admitted")
        WAITING_LIST = "waiting_list", _("On the waiting list")
        NOT_ADMITTED = "not_admitted", _("Not admitted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Channel(models.TextChoices):
        ONLINE = "online", _("Online")
        DESK = "desk", _("At the desk")
        PAPER = "paper", _("On paper")
        PEC = "pec", _("By certified e-mail")

    person = models.ForeignKey("beneficiaries.Person", models.CASCADE, related_name="applications", verbose_name=_("person"))
    number = models.CharField(_("number"), max_length=20, unique=True)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.RECEIVED)
    received_at = models.DateTimeField(_("received at"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices, default=Channel.ONLINE)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("followed by")
    )
    filled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("filled by")
    )
    working_now = models.BooleanField(_("is working now"), null=True, blank=True)
    last_job_ended_on = models.DateField(_("last job ended on"), null=True, blank=True)
    did_on = models.DateField(_("declared available for work (DID) on"), null=True, blank=True)
    loss_reason = models.CharField(_("how the last job ended"), max_length=20, choices=LossReason.choices, blank=True)
    known_to_services = models.BooleanField(_("already known to social services"), null=True, blank=True)
    protocol_number = models.CharField(_("protocol number"), max_length=12, blank=True)
    protocol_on = models.DateField(_("protocol date"), null=True, blank=True)
    notice_version = models.CharField(_("version of the privacy notice"), max_length=20, blank=True)
    notice_at = models.DateTimeField(_("privacy notice read at"), null=True, blank=True)
    ball = models.CharField(_("whose turn it is"), max_length=10, choices=Ball.choices, default=Ball.CASEWORKER, blank=True)
    due_on = models.DateField(_("next step by"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()
    TRANSITIONS = {
        (State.RECEIVED, State.IN_REVIEW): Transition(_("Take in review"), roles=STAFF_ROLES),
        (State.RECEIVED, State.WITHDRAWN): WITHDRAW,
        (State.IN_REVIEW, State.INTERVIEW): INTERVIEW,
        (State.IN_REVIEW, State.INFO_REQUESTED): ASK,
        (State.IN_REVIEW, State.ADMITTED): ADMIT,
        (State.IN_REVIEW, State.WAITING_LIST): LIST,
        (State.IN_REVIEW, State.NOT_ADMITTED): REFUSE,
        (State.IN_REVIEW, State.WITHDRAWN): WITHDRAW,
        (State.INFO_REQUESTED, State.IN_REVIEW): Transition(_("The answer has arrived"), roles=STAFF_ROLES),
        (State.INFO_REQUESTED, State.INTERVIEW): INTERVIEW,
        (State.INFO_REQUESTED, State.NOT_ADMITTED): REFUSE,
        (State.INFO_REQUESTED, State.WITHDRAWN): WITHDRAW,
        (State.INTERVIEW, State.ADMITTED): ADMIT,
        (State.INTERVIEW, State.WAITING_LIST): LIST,
        (State.INTERVIEW, State.NOT_ADMITTED): REFUSE,
        (State.INTERVIEW, State.INFO_REQUESTED): ASK,
        (State.INTERVIEW, State.IN_REVIEW): Transition(_("Back in review"), roles=STAFF_ROLES),
        (State.INTERVIEW, State.WITHDRAWN): WITHDRAW,
        (State.WAITING_LIST, State.ADMITTED): ADMIT,
        (State.WAITING_LIST, State.NOT_ADMITTED): REFUSE,
        (State.WAITING_LIST, State.WITHDRAWN): WITHDRAW,
        (State.ADMITTED, State.WITHDRAWN): WITHDRAW,
        (State.ADMITTED, State.IN_REVIEW): Transition(
            _("Open again"), roles=ALL_TOWNS_ROLES, needs_reason=True, reasons=tuple(ReopenReason.choices)
        ),
        (State.NOT_ADMITTED, State.IN_REVIEW): REOPEN,
        (State.WITHDRAWN, State.IN_REVIEW): REOPEN,
    }

    TONES = {
        State.RECEIVED: "info",
        State.IN_REVIEW: "info",
        State.INFO_REQUESTED: "wait",
        State.INTERVIEW: "wait",
        State.WAITING_LIST: "wait",
        State.ADMITTED: "ok",
        State.NOT_ADMITTED: "quiet",
        State.WITHDRAWN: "quiet",
    }

    # Whose turn it is when a state begins; "" where nothing is awaited.
    BALLS = {
        State.RECEIVED: Ball.CASEWORKER,
        State.IN_REVIEW: Ball.CASEWORKER,
        State.INFO_REQUESTED: Ball.PERSON,
        State.INTERVIEW: Ball.PERSON,
        State.WAITING_LIST: Ball.OFFICE,
        State.ADMITTED: "",
        State.NOT_ADMITTED: "",
        State.WITHDRAWN: "",
    }

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        indexes = [
            models.Index(fields=["state", "received_at"], name="application_queue"),
            models.Index(fields=["state", "last_job_ended_on"], name="application_window"),
            models.Index(fields=["owner", "state"], name="application_owner"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["admitted", "not_admitted", "withdrawn"], decided_at__isnull=False)
                | Q(decided_at=None) & ~Q(state__in=["admitted", "not_admitted", "withdrawn"]),
                name="application_decided_at_iff_decided",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=~Q(state__in=["admitted", "not_admitted", "withdrawn"]),
                name="one_open_application_per_person",
                violation_error_message=_("This person already has an application under way."),
            ),
            waiting_constraint(
                ["received", "in_review", "info_requested", "interview", "waiting_list"],
                name="open_application_says_whose_turn",
            ),
        ]

    @property
    def audit_subject(self):
        return self.person.audit_key

    @property
    def window_ends_on(self):
        return add_months(self.last_job_ended_on, 24) if self.last_job_ended_on else None

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("beneficiaries:application", args=[self.pk])
