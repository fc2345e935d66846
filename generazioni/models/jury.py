from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.models import TimestampedModel

from .edition import Criterion, Edition
from .idea import Idea, IdeaVersion

MAX_SCORE = 10


class JurorQuerySet(models.QuerySet):
    def reading_on(self, user, day: date):
        """The seats on which `user` may score on `day`."""
        return self.filter(
            user=user,
            edition__review_from__lte=day,
            edition__decision_from__gt=day,
            edition__results_published_at=None,
        ).select_related("edition")


class Juror(TimestampedModel):
    """Somebody sits on the jury of an edition."""

    audit_subject = None

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="jurors", verbose_name=_("edition"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="juries", verbose_name=_("account"))

    objects = JurorQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "user__last_name", "user__first_name", "pk"]
        verbose_name = _("juror")
        verbose_name_plural = _("jurors")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "user"],
                name="a_juror_once_per_edition",
                violation_error_message=_("This person is already on the jury."),
            )
        ]

    def __str__(self):
        return str(self.user)


class Abstention(models.Model):
    """A juror knows whoever is behind an idea, or has an interest: no score. Never a review."""

    audit_subject = None

    juror = models.ForeignKey(Juror, models.PROTECT, related_name="abstentions", verbose_name=_("juror"))
    idea = models.ForeignKey(Idea, models.PROTECT, related_name="abstentions", verbose_name=_("idea"))
    reason = models.CharField(_("why"), max_length=300)
    declared_at = models.DateTimeField(_("declared at"))

    class Meta:
        ordering = ["-declared_at", "-pk"]
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        constraints = [models.UniqueConstraint(fields=["juror", "idea"], name="an_abstention_once")]

    def __str__(self):
        return self.reason


class ReviewQuerySet(models.QuerySet):
    def sent(self):
        return self.filter(state=Review.State.SENT)


class Review(TimestampedModel):
    """What a juror thinks of the text that was sent. A draft counts nowhere."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENT = "sent", pgettext_lazy("review", "Sent")

    TRANSITIONS = {(State.DRAFT, State.SENT): Transition(_("Send"))}
    TONES = {State.DRAFT: "info", State.SENT: "ok"}
    audit_subject = None

    juror = models.ForeignKey(Juror, models.PROTECT, related_name="reviews", verbose_name=_("juror"))
    idea = models.ForeignKey(Idea, models.PROTECT, related_name="reviews", verbose_name=_("idea"))
    version = models.ForeignKey(IdeaVersion, models.PROTECT, related_name="reviews", verbose_name=_("version read"))
    strength = models.TextField(_("a strong point"), max_length=600, blank=True)
    advice = models.TextField(_("a piece of advice"), max_length=600, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.DRAFT)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(fields=["juror", "idea"], name="a_juror_reviews_an_idea_once"),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
                name="a_sent_review_has_its_instant",
                violation_error_message=_("A sent review has the instant at which it was sent."),
            ),
        ]

    def __str__(self):
        return f"{self.idea} ({self.juror})"


class Score(models.Model):
    """From 0 to 10 on one criterion; a missing score is a missing row, never a zero."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="scores", verbose_name=_("review"))
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores", verbose_name=_("criterion"))
    value = models.PositiveSmallIntegerField(_("score"), validators=[MaxValueValidator(MAX_SCORE)])

    class Meta:
        ordering = ["review", "criterion__position", "pk"]
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="a_criterion_once_per_review"),
            models.CheckConstraint(
                condition=Q(value__gte=0, value__lte=MAX_SCORE),
                name="score_within_ten",
                violation_error_message=_("A score goes from 0 to 10."),
            ),
        ]

    def __str__(self):
        return str(self.value)
