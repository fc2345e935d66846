from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.models import TimestampedModel

from .evening import Evening


class GuestState(models.TextChoices):
    SEATED = "seated", _("Has a seat")
    WAITING = "waiting", _("On the waiting list")
    CANCELLED = "cancelled", _("Gave up")


class CallAbout(models.TextChoices):
    """What somebody without an e-mail address still has to be told by voice."""

    PROMOTED = "promoted", _("Tell: now there is a seat")
    MOVED = "moved", _("Tell: day or place have changed")
    CANCELLED = "cancelled", _("Tell: the evening is cancelled")


ENGAGED = (GuestState.SEATED, GuestState.WAITING)


class GuestQuerySet(models.QuerySet):
    def seated(self):
        return self.filter(state=GuestState.SEATED)

    def waiting(self):
        return self.filter(state=GuestState.WAITING).order_by("position", "pk")

    def engaged(self):
        return self.filter(state__in=ENGAGED)

    def reached_by(self, *, email: str, phone: str):
        """Whoever gave this address or this number; an empty one finds nobody."""
        return self.filter((Q(email=email) & ~Q(email="")) | (Q(phone=phone) & ~Q(phone="")))

    def to_call(self):
        return self.exclude(call_about="")

    def to_remind(self):
        return self.seated().filter(evening__state=Evening.State.PUBLISHED).exclude(email="").select_related("evening")


class Guest(TimestampedModel):
    """Somebody who signed up for an evening: a numbered seat, or a position that never changes.

    No account is needed. One person is one e-mail address or one phone number.
    """

    State = GuestState
    TRANSITIONS = {
        (State.WAITING, State.SEATED): Transition(_("Give a seat")),
        (State.SEATED, State.CANCELLED): Transition(_("Free the seat")),
        (State.WAITING, State.CANCELLED): Transition(_("Take off the waiting list")),
    }
    TONES = {"seated": "ok", "waiting": "wait", "cancelled": "quiet"}
    audit_subject = None

    evening = models.ForeignKey(Evening, models.PROTECT, related_name="guests", verbose_name=_("evening"))
    name = models.CharField(_("name and surname"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    seat = models.PositiveSmallIntegerField(_("seat"), null=True, blank=True)
    position = models.PositiveIntegerField(_("position on the waiting list"), null=True, blank=True)
    signed_up_at = models.DateTimeField(_("signed up at"))
    seated_at = models.DateTimeField(_("has a seat since"), null=True, blank=True)
    came = models.BooleanField(_("came"), null=True, blank=True)
    call_about = models.CharField(_("to be called"), max_length=10, choices=CallAbout.choices, blank=True)
    notice_version = models.CharField(_("version of the privacy notice"), max_length=20, editable=False)

    objects = GuestQuerySet.as_manager()

    class Meta:
        ordering = ["evening", "seat", "position", "pk"]
        verbose_name = _("guest of an evening")
        verbose_name_plural = _("guests of the evenings")
        indexes = [models.Index(fields=["call_about"], condition=~Q(call_about=""), name="guest_to_call")]
        constraints = [
            models.UniqueConstraint(
                fields=["evening", "seat"],
                condition=Q(state="seated"),
                name="one_guest_per_seat",
                violation_error_message=_("Somebody already sits on this seat."),
            ),
            models.UniqueConstraint(
                fields=["evening", "email"],
                condition=Q(state__in=ENGAGED) & ~Q(email=""),
                name="one_place_per_email",
                violation_error_message=_("This e-mail address already has a place at the evening."),
            ),
            models.UniqueConstraint(
                fields=["evening", "phone"],
                condition=Q(state__in=ENGAGED) & ~Q(phone=""),
                name="one_place_per_phone",
                violation_error_message=_("This phone number already has a place at the evening."),
            ),
            models.UniqueConstraint(
                fields=["evening", "position"],
                condition=Q(position__isnull=False),
                name="guest_position_is_never_reused",
                violation_error_message=_("This position is already taken."),
            ),
            models.CheckConstraint(
                condition=~Q(state="seated") | Q(seat__isnull=False, seat__gte=1, seated_at__isnull=False),
                name="seated_guest_has_a_seat",
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(position__isnull=False), name="waiting_guest_has_a_position"
            ),
            models.CheckConstraint(
                condition=~(Q(email="") & Q(phone="")),
                name="guest_can_be_reached",
                violation_error_message=_("Write an e-mail address or a phone number: one of the two is enough."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_seated(self) -> bool:
        return self.state == self.State.SEATED

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def is_engaged(self) -> bool:
        return self.state in ENGAGED

    def had_seat_before(self, day: date) -> bool:
        return self.is_seated and timezone.localdate(self.seated_at) < day
