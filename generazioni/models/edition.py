from datetime import date, timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.models import TimestampedModel

from ..enums import Phase

# The first day of each phase that the clock opens, in order. A phase ends the day before the next begins,
# so that two can never overlap.
BOUNDARIES = {
    Phase.ANNOUNCED: "announced_on",
    Phase.IDEAS: "ideas_from",
    Phase.REVIEW: "review_from",
    Phase.DECISION: "decision_from",
}


class EditionQuerySet(models.QuerySet):
    def announced_by(self, day: date):
        return self.filter(announced_on__lte=day)

    def current(self, day: date):
        """The edition that everybody sees on `day`, or None."""
        return self.announced_by(day).order_by("-announced_on", "-pk").first()

    def published(self):
        return self.exclude(results_published_at=None).order_by("-results_published_at", "-pk")


class Edition(TimestampedModel):
    """One round of the ideas contest. Days are in Rome; a phase begins at midnight."""

    audit_subject = None

    name = models.CharField(_("name"), max_length=120, unique=True)
    introduction = models.TextField(_("introduction"), max_length=1500, blank=True)
    announced_on = models.DateField(_("announced on"))
    ideas_from = models.DateField(_("ideas from"))
    review_from = models.DateField(_("the jury reads from"))
    decision_from = models.DateField(_("the jury has finished from"))
    results_expected_on = models.DateField(_("results expected on"))
    results_published_at = models.DateTimeField(_("results published at"), null=True, blank=True)
    min_reviews = models.PositiveSmallIntegerField(
        _("reviews needed for a rank"), default=3, validators=[MinValueValidator(1), MaxValueValidator(15)]
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-announced_on", "-pk"]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    announced_on__lte=F("ideas_from"),
                    ideas_from__lt=F("review_from"),
                    review_from__lt=F("decision_from"),
                    decision_from__lte=F("results_expected_on"),
                ),
                name="phases_follow_each_other",
                violation_error_message=_(
                    "The days must follow each other: announced, ideas, jury, end of the jury, results."
                ),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("generazioni:desk") + f"?edizione={self.pk}"

    def phase_on(self, day: date) -> str:
        """The phase on `day` in Rome."""
        if self.results_published_at:
            return Phase.RESULTS
        begun = [phase for phase, boundary in BOUNDARIES.items() if getattr(self, boundary) <= day]
        return begun[-1] if begun else Phase.PREPARATION

    @property
    def ideas_until(self) -> date:
        """The last day on which an idea can be sent."""
        return self.review_from - timedelta(days=1)

    @property
    def review_until(self) -> date:
        """The last day on which a juror can score."""
        return self.decision_from - timedelta(days=1)

    def takes_needs_on(self, day: date) -> bool:
        return self.phase_on(day) in {Phase.ANNOUNCED, Phase.IDEAS}

    def takes_ideas_on(self, day: date) -> bool:
        return self.phase_on(day) == Phase.IDEAS

    def is_judged_on(self, day: date) -> bool:
        return self.phase_on(day) == Phase.REVIEW


class Criterion(TimestampedModel):
    """A line of the rubric: scored from 0 to 10, counts as `weight` says. Locked from the day on which ideas open."""

    audit_subject = None

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="criteria", verbose_name=_("edition"))
    name = models.CharField(_("name"), max_length=80)
    guidance = models.TextField(_("what 0, 5 and 10 mean"), max_length=800)
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=20, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    position = models.PositiveSmallIntegerField(_("place in the rubric"), default=1)

    class Meta:
        ordering = ["edition", "position", "pk"]
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "name"],
                name="a_criterion_once_per_edition",
                violation_error_message=_("The rubric already has a criterion with this name."),
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=100),
                name="criterion_counts",
                violation_error_message=_("A weight goes from 1 to 100."),
            ),
        ]

    def __str__(self):
        return self.name


class BoundaryChange(models.Model):
    """Staff moved the first day of a phase, and said why. Never edited."""

    audit_subject = None

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="boundary_changes", verbose_name=_("edition"))
    boundary = models.CharField(_("which day"), max_length=24)
    old_day = models.DateField(_("was"))
    new_day = models.DateField(_("is now"))
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("moved day")
        verbose_name_plural = _("moved days")

    def __str__(self):
        return f"{self.boundary}: {self.old_day} → {self.new_day}"

    @property
    def label(self) -> str:
        return str(Edition._meta.get_field(self.boundary).verbose_name)
