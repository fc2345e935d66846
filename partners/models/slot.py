from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.accounts.enums import STAFF_ROLES, Role
from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.models import TimestampedModel

from ..enums import Sector
from .contact import Contact
from .organisation import Organisation, Site, WithinOrganisationQuerySet

VALID_FOR = timedelta(days=90)
MAX_WEEKLY_HOURS = 40
HOST_AND_STAFF = STAFF_ROLES | {Role.FIRM_CONTACT}


class SlotQuerySet(WithinOrganisationQuerySet):
    def offered(self):
        return self.filter(state=Slot.State.OFFERED)

    def open_on(self, today: date):
        """Offered by an accredited organisation, confirmed within the last 90 days, not ended."""
        return (
            self.offered()
            .filter(organisation__state=Organisation.State.ACCREDITED, confirmed_on__gte=today - VALID_FOR)
            .exclude(ends_on__lt=today)
        )

    def expired_on(self, today: date):
        """Offered, but nobody confirmed it in the last 90 days."""
        return self.offered().filter(confirmed_on__lt=today - VALID_FOR)

    def matching(self, text: str):
        return self.filter(Q(title__icontains=text.strip()) | Q(organisation__name__icontains=text.strip()))

    def with_names(self):
        return self.select_related("organisation", "site__municipality", "tutor")


class Slot(TimestampedModel):
    """A traineeship that an organisation offers. A draft may lack almost everything; an offer may not."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OFFERED = "offered", _("Offered")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    TRANSITIONS = {
        (State.DRAFT, State.OFFERED): Transition(_("Offer"), roles=HOST_AND_STAFF),
        (State.OFFERED, State.WITHDRAWN): Transition(_("Withdraw"), roles=HOST_AND_STAFF, needs_reason=True),
        (State.DRAFT, State.WITHDRAWN): Transition(_("Withdraw"), roles=HOST_AND_STAFF, needs_reason=True),
        (State.WITHDRAWN, State.DRAFT): Transition(_("Prepare again"), roles=HOST_AND_STAFF),
    }
    audit_subject = None

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="slots", verbose_name=_("organisation"))
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="slots", verbose_name=_("site"))
    title = models.CharField(_("title"), max_length=120)
    tasks = models.TextField(_("tasks"), max_length=2000, blank=True)
    skills = models.TextField(_("skills to learn or to bring"), max_length=1000, blank=True)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices)
    weekly_hours = models.PositiveSmallIntegerField(_("hours a week"), null=True, blank=True)
    schedule = models.CharField(_("working time"), max_length=160, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    quantity = models.PositiveSmallIntegerField(_("places"), default=1)
    tutor = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="tutored_slots", verbose_name=_("host tutor")
    )
    needs_licence = models.BooleanField(_("driving licence needed"), default=False)
    needs_car = models.BooleanField(_("own car needed"), default=False)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)

    objects = SlotQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        indexes = [models.Index(fields=["state", "sector"], name="slot_state_sector")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")) | Q(starts_on=None) | Q(ends_on=None),
                name="slot_ends_after_it_starts",
                violation_error_message=_("The last day comes before the first."),
            ),
            models.CheckConstraint(
                condition=Q(weekly_hours=None) | Q(weekly_hours__gte=1, weekly_hours__lte=MAX_WEEKLY_HOURS),
                name="slot_weekly_hours_within_law",
                violation_error_message=_("Weekly hours go from 1 to 40."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1),
                name="slot_has_a_place",
                violation_error_message=_("A slot has at least one place."),
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(confirmed_on__isnull=False, site__isnull=False),
                name="an_offered_slot_is_complete",
                violation_error_message=_("An offered slot has a site and the day of its confirmation."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("partners:slot", args=[self.pk])

    @property
    def expires_on(self) -> date | None:
        """The last day on which the offer stands without a new confirmation."""
        return self.confirmed_on + VALID_FOR if self.confirmed_on else None

    def is_expired_on(self, day: date) -> bool:
        return self.state == self.State.OFFERED and self.expires_on < day

    def has_ended_on(self, day: date) -> bool:
        return self.ends_on is not None and self.ends_on < day
