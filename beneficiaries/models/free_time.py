from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.models import Municipality, TimestampedModel

from ..enums import MOST_SEATS, MeetingKind
from .appointment import ON_A_SEAT, Appointment


class MeetingPlace(TimestampedModel):
    """Where people are met: an #Op cafè, a desk of a town. `directions` says in words how to find it."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    address = models.CharField(_("address"), max_length=150, blank=True)
    directions = models.CharField(_("how to get there"), max_length=300, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("town")
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("place where we meet")
        verbose_name_plural = _("places where we meet")

    def __str__(self):
        return self.told

    @property
    def told(self) -> str:
        """Name and address in one line of 150 characters at most."""
        return f"{self.name}, {self.address}"[:150] if self.address else self.name


class FreeTimeQuerySet(models.QuerySet):
    def live(self):
        """Not taken back."""
        return self.filter(withdrawn_at=None)

    def with_taken(self):
        """Each with `taken`: how many of its seats somebody sits on."""
        return self.annotate(taken=Count("appointments", filter=Q(appointments__state__in=ON_A_SEAT)))

    def bookable(self, now: datetime):
        """Still to come, not taken back, with a free seat, the host not expecting somebody elsewhere; each with `taken`."""
        busy = Appointment.objects.planned().filter(free_time=None, host=OuterRef("host"))
        busy = busy.filter(starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at"))
        free = self.live().filter(starts_at__gt=now).with_taken().filter(taken__lt=F("capacity"))
        return free.exclude(Exists(busy))


class FreeTime(TimestampedModel):
    """A stretch of time that a colleague keeps free for people, at a place: as many seats as `capacity`."""

    audit_subject = None

    place = models.ForeignKey(MeetingPlace, models.PROTECT, related_name="free_times", verbose_name=_("place"))
    kind = models.CharField(_("what for"), max_length=12, choices=MeetingKind.choices)
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="free_times", verbose_name=_("with whom")
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    capacity = models.PositiveSmallIntegerField(_("places"), default=1)
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    objects = FreeTimeQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("free time")
        verbose_name_plural = _("free times")
        indexes = [models.Index(fields=["starts_at"], condition=Q(withdrawn_at=None), name="free_time_live")]
        constraints = [
            models.UniqueConstraint(
                fields=["host", "starts_at"],
                condition=Q(withdrawn_at=None),
                name="a_host_is_at_one_place_at_a_time",
                violation_error_message=_("This colleague already has a free time at this hour."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=MOST_SEATS),
                name="free_time_has_one_to_twelve_seats",
                violation_error_message=_("A free time has from 1 to 12 places."),
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="free_time_ends_after_it_starts"),
        ]

    def __str__(self):
        return f"{timezone.localtime(self.starts_at):%d/%m/%Y %H:%M}, {self.place.name}"
