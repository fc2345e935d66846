from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.models import TimestampedModel

from ..enums import SEATS
from . import reach
from .cohort import Cohort


class MembershipState(models.TextChoices):
    WAITLISTED = "waitlisted", _("On the waiting list")
    OFFERED = "offered", _("Seat offered")
    ENROLLED = "enrolled", _("In the group")
    COMPLETED = "completed", _("Completed")
    WITHDRAWN = "withdrawn", _("Left")
    EXCLUDED = "excluded", _("Excluded")
    TRANSFERRED = "transferred", _("Moved to another group")
    DECLINED = "declined", _("Seat declined")
    EXPIRED = "expired", _("Offer expired")
    RELEASED = "released", _("Off the waiting list")


# Who sits on a numbered seat, and who is engaged with a group now.
ON_A_SEAT = (MembershipState.OFFERED, MembershipState.ENROLLED, MembershipState.COMPLETED)
HOLDING = (MembershipState.OFFERED, MembershipState.ENROLLED)


class MembershipQuerySet(models.QuerySet):
    def visible_to(self, user):
        return reach.memberships(self, user)

    def on_a_seat(self):
        return self.filter(state__in=ON_A_SEAT)

    def holding(self):
        return self.filter(state__in=HOLDING)

    def waiting(self):
        return self.filter(state=MembershipState.WAITLISTED).order_by("position", "pk")

    def offered(self):
        return self.filter(state=MembershipState.OFFERED)

    def with_lapsed_offer(self, today: date):
        return self.offered().filter(offer_until__lt=today)

    def in_the_group_on(self, day: date):
        """Those who were enrolled on a day, whatever happened later."""
        return self.filter(enrolled_on__lte=day).filter(Q(left_on=None) | Q(left_on__gt=day))

    def ever_enrolled(self):
        return self.exclude(enrolled_on=None)


class Membership(TimestampedModel):
    """A person's place in a group: a numbered seat, or a position on the waiting list that never changes.

    `offer_until`: the last day to answer (inclusive). `left_on`: the first day without the seat.
    """

    State = MembershipState
    TRANSITIONS = {
        (State.WAITLISTED, State.OFFERED): Transition(_("Offer a seat")),
        (State.WAITLISTED, State.ENROLLED): Transition(_("Give a seat")),
        (State.OFFERED, State.ENROLLED): Transition(_("Accept the seat")),
        (State.OFFERED, State.DECLINED): Transition(_("Decline the seat")),
        (State.OFFERED, State.EXPIRED): Transition(_("Let the offer lapse")),
        (State.EXPIRED, State.WAITLISTED): Transition(_("Put back on the waiting list")),
        (State.WAITLISTED, State.RELEASED): Transition(_("Take off the waiting list"), needs_reason=True),
        (State.ENROLLED, State.COMPLETED): Transition(_("Complete")),
        (State.ENROLLED, State.WITHDRAWN): Transition(_("The person leaves"), needs_reason=True),
        (State.ENROLLED, State.EXCLUDED): Transition(_("Exclude"), needs_reason=True),
        (State.ENROLLED, State.TRANSFERRED): Transition(_("Move to another group"), needs_reason=True),
    }
    TONES = {
        State.WAITLISTED: "wait",
        State.OFFERED: "wait",
        State.ENROLLED: "ok",
        State.COMPLETED: "ok",
        State.WITHDRAWN: "quiet",
        State.EXCLUDED: "quiet",
        State.TRANSFERRED: "quiet",
        State.DECLINED: "quiet",
        State.EXPIRED: "quiet",
        State.RELEASED: "quiet",
    }

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="memberships", verbose_name=_("group"))
    person = models.ForeignKey("beneficiaries.Person", models.PROTECT, related_name="memberships", verbose_name=_("person"))
    state = models.CharField(_("state"), max_length=12, choices=State.choices)
    seat = models.PositiveSmallIntegerField(_("seat"), null=True, blank=True)
    position = models.PositiveIntegerField(_("position on the waiting list"), null=True, blank=True)
    listed_on = models.DateField(_("on the list since"), null=True, blank=True)
    offered_at = models.DateTimeField(_("offered at"), null=True, blank=True)
    offer_until = models.DateField(_("answer by"), null=True, blank=True)
    enrolled_on = models.DateField(_("in the group from"), null=True, blank=True)
    left_on = models.DateField(_("seat free from"), null=True, blank=True)
    plan = models.OneToOneField(
        "followups.FollowUpPlan",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="membership",
        verbose_name=_("follow-up plan"),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["cohort", "seat", "position", "pk"]
        verbose_name = _("place in a group")
        verbose_name_plural = _("places in the groups")
        indexes = [models.Index(fields=["offer_until"], condition=Q(state="offered"), name="membership_open_offer")]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "seat"],
                condition=Q(state__in=ON_A_SEAT),
                name="one_person_per_seat",
                violation_error_message=_("Somebody already sits on this seat."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ON_A_SEAT) | Q(seat__isnull=False, seat__gte=1, seat__lte=SEATS),
                name="who_is_in_a_group_has_a_seat",
                violation_error_message=_("A seat has a number from 1 to 12."),
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=HOLDING),
                name="one_seat_per_person",
                violation_error_message=_("This person already has a seat in a group."),
            ),
            models.UniqueConstraint(
                fields=["cohort", "person"],
                condition=Q(state="waitlisted"),
                name="once_on_a_waiting_list",
                violation_error_message=_("This person is already on the waiting list."),
            ),
            models.UniqueConstraint(
                fields=["cohort", "position"],
                condition=Q(position__isnull=False),
                name="a_position_is_never_reused",
                violation_error_message=_("This position is already taken."),
            ),
            models.CheckConstraint(
                condition=~Q(state="waitlisted") | Q(position__isnull=False, listed_on__isnull=False),
                name="who_waits_has_a_position",
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(offer_until__isnull=False),
                name="an_offer_has_a_last_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["enrolled", "completed"]) | Q(enrolled_on__isnull=False),
                name="who_is_enrolled_has_a_day",
            ),
        ]

    def __str__(self):
        return f"{self.cohort}, {self.person}"

    def get_absolute_url(self):
        return reverse("orafo:membership", args=[self.pk])

    @property
    def audit_subject(self):
        return self.person.audit_key

    def follow_by(self, plan) -> None:
        """The plan that asks how the person is, after the group; from now on it also knows its place."""
        self.plan = plan

    @property
    def last_day(self) -> date:
        """The last day in the group, of somebody who was in it."""
        return max(self.left_on - timedelta(days=1), self.enrolled_on) if self.left_on else self.cohort.ends_on

    @property
    def is_holding(self) -> bool:
        return self.state in HOLDING

    def has_lapsed_on(self, day: date) -> bool:
        return self.state == self.State.OFFERED and self.offer_until < day
