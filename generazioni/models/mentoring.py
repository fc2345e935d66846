from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.models import TimestampedModel

from .idea import Idea


class MentoringQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        return self if user.is_staff_member else self.filter(mentor=user)

    def active(self):
        return self.filter(ended_on=None)


class Mentoring(TimestampedModel):
    """Somebody with experience walks beside a chosen idea."""

    audit_subject = None

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="mentorings", verbose_name=_("idea"))
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mentorings", verbose_name=_("mentor"))
    started_on = models.DateField(_("since"))
    ended_on = models.DateField(_("until"), null=True, blank=True)

    objects = MentoringQuerySet.as_manager()

    class Meta:
        ordering = ["-started_on", "-pk"]
        verbose_name = _("mentoring")
        verbose_name_plural = _("mentorings")
        constraints = [
            models.UniqueConstraint(
                fields=["idea"],
                condition=Q(ended_on=None),
                name="one_mentor_at_a_time",
                violation_error_message=_("This idea already has a mentor."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                name="mentoring_ends_after_it_starts",
                violation_error_message=_("The last day comes before the first."),
            ),
        ]

    def __str__(self):
        return f"{self.mentor}: {self.idea}"

    def get_absolute_url(self):
        return reverse("generazioni:mentoring", args=[self.pk])


class Meeting(TimestampedModel):
    """A line of the mentor's log."""

    audit_subject = None

    mentoring = models.ForeignKey(Mentoring, models.PROTECT, related_name="meetings", verbose_name=_("mentoring"))
    day = models.DateField(_("day"))
    minutes = models.PositiveSmallIntegerField(_("how long, in minutes"))
    notes = models.TextField(_("what you talked about"), max_length=1500)
    next_on = models.DateField(_("next meeting"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("written by")
    )

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name = _("meeting with the mentor")
        verbose_name_plural = _("meetings with the mentor")
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=480),
                name="a_meeting_lasts_minutes",
                violation_error_message=_("A meeting lasts from 5 to 480 minutes."),
            )
        ]

    def __str__(self):
        return f"{self.day:%d/%m/%Y}"
