from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.models import TimestampedModel


class InterviewQuerySet(models.QuerySet):
    def planned(self):
        return self.filter(state=Interview.State.PLANNED)

    def held(self):
        return self.filter(state=Interview.State.HELD)


class Interview(TimestampedModel):
    """An appointment to talk about one application; held ones are the consultations of the half-year report."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        MISSED = "missed", _("Missed")
        CANCELLED = "cancelled", _("Cancelled")

    TRANSITIONS = {
        (State.PLANNED, State.HELD): Transition(_("It took place")),
        (State.PLANNED, State.MISSED): Transition(_("It did not take place")),
        (State.PLANNED, State.CANCELLED): Transition(_("Cancel")),
    }

    TONES = {State.PLANNED: "wait", State.HELD: "ok", State.MISSED: "no", State.CANCELLED: "quiet"}

    application = models.ForeignKey(
        "beneficiaries.Application", models.CASCADE, related_name="interviews", verbose_name=_("application")
    )
    starts_at = models.DateTimeField(_("day and time"))
    place = models.CharField(_("place"), max_length=150)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PLANNED)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")
        indexes = [models.Index(fields=["state", "starts_at"], name="interview_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(state="planned"),
                name="one_planned_interview",
                violation_error_message=_("There is already a planned interview for this application."),
            )
        ]

    def __str__(self):
        return f"{timezone.localtime(self.starts_at):%d/%m/%Y %H:%M}, {self.place}"

    @property
    def audit_subject(self):
        return self.application.person.audit_key

    def is_over(self, now: datetime) -> bool:
        return self.starts_at < now
