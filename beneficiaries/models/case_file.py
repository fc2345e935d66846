from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.accounts.enums import STAFF_ROLES
from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.models import TimestampedModel

from ..enums import Ball, ClosingReason, ReopenReason
from .person import OfPersonQuerySet, Person
from .waiting import waiting_constraint

OPEN_PHASES = ["access", "assessment", "plan", "delivery", "final_evaluation"]
OPEN = Q(state__in=OPEN_PHASES)
CLOSE = Transition(_("Close the case"), roles=STAFF_ROLES, needs_reason=True, reasons=tuple(ClosingReason.choices))


class CaseFileQuerySet(OfPersonQuerySet):
    def open(self):
        return self.filter(OPEN)


class CaseFile(TimestampedModel):
    """One piece of work with a person, in the five phases of the Lombard guidelines for the social file.

    Who follows it is the owner of the person's latest application: the assignment and its history are there.
    """

    class State(models.TextChoices):
        ACCESS = "access", _("Access")
        ASSESSMENT = "assessment", _("Assessment")
        PLAN = "plan", _("Plan")
        DELIVERY = "delivery", _("Delivery")
        FINAL_EVALUATION = "final_evaluation", _("Final evaluation")
        CLOSED = "closed", _("Closed")

    PHASES = (State.ACCESS, State.ASSESSMENT, State.PLAN, State.DELIVERY, State.FINAL_EVALUATION)
    TRANSITIONS = {
        (State.ACCESS, State.ASSESSMENT): Transition(_("Go on to the assessment"), roles=STAFF_ROLES),
        (State.ASSESSMENT, State.PLAN): Transition(_("Go on to the plan"), roles=STAFF_ROLES),
        (State.PLAN, State.DELIVERY): Transition(_("The plan begins"), roles=STAFF_ROLES),
        (State.DELIVERY, State.FINAL_EVALUATION): Transition(_("Go on to the final evaluation"), roles=STAFF_ROLES),
        (State.PLAN, State.ASSESSMENT): Transition(_("Back to the assessment"), roles=STAFF_ROLES),
        (State.DELIVERY, State.PLAN): Transition(_("Back to the plan"), roles=STAFF_ROLES),
        (State.FINAL_EVALUATION, State.DELIVERY): Transition(_("Back to the delivery"), roles=STAFF_ROLES),
        (State.ACCESS, State.CLOSED): CLOSE,
        (State.ASSESSMENT, State.CLOSED): CLOSE,
        (State.PLAN, State.CLOSED): CLOSE,
        (State.DELIVERY, State.CLOSED): CLOSE,
        (State.FINAL_EVALUATION, State.CLOSED): CLOSE,
        (State.CLOSED, State.ASSESSMENT): Transition(
            _("Open the case again"), roles=STAFF_ROLES, needs_reason=True, reasons=tuple(ReopenReason.choices)
        ),
    }
    TONES = dict.fromkeys(PHASES, "info") | {State.CLOSED: "quiet"}

    person = models.ForeignKey(Person, models.CASCADE, related_name="cases", verbose_name=_("person"))
    state = models.CharField(_("phase"), max_length=20, choices=State.choices, default=State.ACCESS)
    opened_on = models.DateField(_("opened on"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("opened by")
    )
    ball = models.CharField(_("whose turn it is"), max_length=10, choices=Ball.choices, default=Ball.CASEWORKER, blank=True)
    due_on = models.DateField(_("next step by"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closing_reason = models.CharField(_("how it ended"), max_length=20, choices=ClosingReason.choices, blank=True)

    objects = CaseFileQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on", "-pk"]
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = [models.Index(fields=["closed_on", "closing_reason"], name="case_outcomes")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=OPEN,
                name="one_open_case_per_person",
                violation_error_message=_("This person already has an open case."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, closing_reason="") & OPEN
                | Q(closed_on__isnull=False, state="closed") & ~Q(closing_reason=""),
                name="case_closed_with_day_and_reason",
            ),
            waiting_constraint(OPEN_PHASES, name="open_case_says_whose_turn"),
        ]

    def __str__(self):
        return _("Case opened on %(day)s") % {"day": self.opened_on.strftime("%d/%m/%Y")}

    @property
    def audit_subject(self):
        return self.person.audit_key

    @property
    def is_open(self) -> bool:
        return self.state != self.State.CLOSED

    def get_absolute_url(self):
        return reverse("portal:person", args=[self.person_id])
