import uuid
from datetime import date, datetime

from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oltreiperimetri.accounts.enums import STAFF_ROLES
from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.models import Municipality, TimestampedModel

MAX_CAPACITY = 500


class EveningTheme(models.TextChoices):
    WORK = "work", _("Looking for work")
    ENTERPRISE = "enterprise", _("Starting an enterprise")
    SAVINGS = "savings", _("Family budget and savings")
    HOUSING = "housing", _("Housing")
    DIGITAL = "digital", _("Digital skills")
    TOGETHER = "together", _("Families and neighbourhood")


class EveningQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-starts_at", "-pk")

    def published(self):
        return self.filter(state=Evening.State.PUBLISHED)

    def public(self):
        """What everybody may read: drafts never, and a draft that was dropped was never announced."""
        return self.exclude(published_at=None)

    def upcoming(self, now: datetime):
        return self.published().filter(ends_at__gt=now).order_by("starts_at", "pk")

    def agenda(self, now: datetime):
        """What is announced and not over; cancelled evenings stay until their day, for who comes to look."""
        shown = [Evening.State.PUBLISHED, Evening.State.CANCELLED]
        return self.public().filter(state__in=shown, ends_at__gt=now).order_by("starts_at", "pk")

    def held(self):
        return self.filter(state=Evening.State.HELD)

    def to_close(self, now: datetime):
        """They are over, and nobody has said who came."""
        return self.published().filter(ends_at__lte=now).order_by("starts_at", "pk")

    def matching(self, text: str):
        return self.filter(Q(title__icontains=text.strip()) | Q(place__icontains=text.strip()))

    def starting_between(self, first: date, last: date):
        """Both days included, by the clock of Rome."""
        return self.filter(starts_at__gte=at_rome(first), starts_at__lte=at_rome(last, 23, 59))

    def with_counts(self):
        """Adds `seated`, `waiting` and `came`, and the town, in one query."""
        return self.select_related("municipality").annotate(
            seated=Count("guests", filter=Q(guests__state="seated")),
            waiting=Count("guests", filter=Q(guests__state="waiting")),
            came=Count("guests", filter=Q(guests__came=True)),
        )


class Evening(TimestampedModel):
    """A themed evening. `sequence` grows whenever it is moved or cancelled, so that calendars follow.

    `published_at` stays when it is cancelled: who had read of it still finds the page, with the reason.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("evening", "Draft")
        PUBLISHED = "published", pgettext_lazy("evening", "Published")
        HELD = "held", pgettext_lazy("evening", "Held")
        CANCELLED = "cancelled", pgettext_lazy("evening", "Cancelled")

    TRANSITIONS = {
        (State.DRAFT, State.PUBLISHED): Transition(_("Publish"), roles=STAFF_ROLES),
        (State.DRAFT, State.CANCELLED): Transition(_("Drop the draft"), roles=STAFF_ROLES, needs_reason=True),
        (State.PUBLISHED, State.CANCELLED): Transition(_("Cancel the evening"), roles=STAFF_ROLES, needs_reason=True),
        (State.PUBLISHED, State.HELD): Transition(_("Close the list of who came"), roles=STAFF_ROLES),
    }
    TONES = {"draft": "info", "published": "ok", "held": "quiet", "cancelled": "no"}
    Theme = EveningTheme
    audit_subject = None

    title = models.CharField(_("title"), max_length=120)
    theme = models.CharField(_("theme"), max_length=12, choices=EveningTheme.choices)
    description = models.TextField(_("what it is about"), max_length=3000)
    speakers = models.TextField(_("who speaks"), max_length=1000, blank=True)
    place = models.CharField(_("place"), max_length=120)
    address = models.CharField(_("address"), max_length=160)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="evenings", verbose_name=_("municipality"))
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    capacity = models.PositiveSmallIntegerField(_("seats"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    cancellation_reason = models.CharField(_("why it is cancelled"), max_length=300, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(_("version of the appointment"), default=0, editable=False)

    objects = EveningQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]
        verbose_name = _("themed evening")
        verbose_name_plural = _("themed evenings")
        indexes = [models.Index(fields=["state", "starts_at"], name="evening_state_start")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="evening_ends_after_it_starts",
                violation_error_message=_("The evening ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=MAX_CAPACITY),
                name="evening_has_seats",
                violation_error_message=_("An evening has from 1 to 500 seats."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "held"]) | Q(published_at__isnull=False),
                name="evening_published_at_an_instant",
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.day:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("generazioni:evening", args=[self.pk])

    @property
    def day(self) -> date:
        return timezone.localdate(self.starts_at)

    @property
    def month(self) -> date:
        return self.day.replace(day=1)

    @property
    def where(self) -> str:
        return f"{self.place}, {self.address}, {self.municipality}"

    @property
    def seats_left(self) -> int:
        """Needs `with_counts`."""
        return max(0, self.capacity - self.seated)

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    def takes_people_at(self, now: datetime) -> bool:
        return self.is_published and now < self.starts_at

    def is_over_at(self, now: datetime) -> bool:
        return self.ends_at <= now
