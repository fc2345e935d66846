from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.accounts.enums import STAFF_ROLES
from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.models import Municipality, TimestampedModel

from ..enums import SEATS
from . import reach


class CohortQuerySet(models.QuerySet):
    def visible_to(self, user):
        return reach.cohorts(self, user)

    def run_by(self, user):
        """Those on whose seats and meetings somebody of the staff acts."""
        return reach.cohorts_run(self, user)

    def taking_people(self, today: date):
        """Open or confirmed, and not over."""
        return self.filter(state__in=[Cohort.State.OPEN, Cohort.State.CONFIRMED], ends_on__gte=today)

    def locked(self):
        """One row at a time, in the order cohort, slot, site: the door of every act on seats."""
        return self.select_for_update(of=("self",), no_key=True)


class Cohort(TimestampedModel):
    """A group of at most twelve people. That it is running, or over, follows from its days and today."""

    class State(models.TextChoices):
        PLANNED = "planned", _("In preparation")
        OPEN = "open", _("Open to people")
        CONFIRMED = "confirmed", _("Confirmed")
        CLOSED = "closed", _("Closed")
        CANCELLED = "cancelled", _("Cancelled")

    TRANSITIONS = {
        (State.PLANNED, State.OPEN): Transition(_("Open to people"), roles=STAFF_ROLES),
        (State.OPEN, State.CONFIRMED): Transition(_("Confirm the group"), roles=STAFF_ROLES),
        (State.CONFIRMED, State.OPEN): Transition(_("Open again"), roles=STAFF_ROLES, needs_reason=True),
        (State.CONFIRMED, State.CLOSED): Transition(_("Close the group"), roles=STAFF_ROLES),
        (State.PLANNED, State.CANCELLED): Transition(_("Cancel the group"), roles=STAFF_ROLES, needs_reason=True),
        (State.OPEN, State.CANCELLED): Transition(_("Cancel the group"), roles=STAFF_ROLES, needs_reason=True),
        (State.CONFIRMED, State.CANCELLED): Transition(_("Cancel the group"), roles=STAFF_ROLES, needs_reason=True),
    }
    TONES = {
        State.PLANNED: "quiet",
        State.OPEN: "wait",
        State.CONFIRMED: "ok",
        State.CLOSED: "quiet",
        State.CANCELLED: "no",
    }
    audit_subject = None

    name = models.CharField(_("name"), max_length=80, unique=True)
    place = models.CharField(_("place"), max_length=160)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="cohorts", verbose_name=_("municipality"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    capacity = models.PositiveSmallIntegerField(
        _("seats"), default=SEATS, validators=[MinValueValidator(1), MaxValueValidator(SEATS)]
    )
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="cohorts_led",
        verbose_name=_("who leads it"),
    )
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PLANNED)

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        indexes = [models.Index(fields=["state", "-starts_on"], name="cohort_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=SEATS),
                name="cohort_has_at_most_twelve_seats",
                violation_error_message=_("A group has from 1 to 12 seats."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="cohort_ends_after_it_starts",
                violation_error_message=_("The last day comes before the first."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("orafo:cohort", args=[self.pk])

    @property
    def takes_people(self) -> bool:
        return self.state in (self.State.OPEN, self.State.CONFIRMED)

    def is_running_on(self, day: date) -> bool:
        return self.state == self.State.CONFIRMED and self.starts_on <= day <= self.ends_on

    def is_over_on(self, day: date) -> bool:
        return self.ends_on < day
