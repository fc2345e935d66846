from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.crypto import EncryptedTextField
from oltreiperimetri.shared.models import TimestampedModel

from ..enums import Area

LOWEST, HIGHEST = 1, 5


class Assessment(TimestampedModel):
    """How things stood on a day, area by area, as looked at together; a later one stands beside it, never over it."""

    person = models.ForeignKey("beneficiaries.Person", models.CASCADE, related_name="assessments", verbose_name=_("person"))
    taken_on = models.DateField(_("done on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("done by"))
    is_shared = models.BooleanField(_("the person reads it"), default=True)

    class Meta:
        ordering = ["-taken_on"]
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [models.UniqueConstraint(fields=["person", "taken_on"], name="one_assessment_a_day")]

    def __str__(self):
        return _("Assessment of %(day)s") % {"day": self.taken_on.strftime("%d/%m/%Y")}

    @property
    def audit_subject(self):
        return self.person.audit_key


class AssessmentLevel(models.Model):
    """One area of an assessment. An area nobody talked about is a missing row, never a level."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="levels", verbose_name=_("assessment"))
    area = models.CharField(_("area"), max_length=10, choices=Area.choices)
    level = models.PositiveSmallIntegerField(_("level"))
    note = EncryptedTextField(_("note"), blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("level of an area")
        verbose_name_plural = _("levels of the areas")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "area"], name="an_area_once_per_assessment"),
            models.CheckConstraint(condition=Q(level__gte=LOWEST, level__lte=HIGHEST), name="level_from_1_to_5"),
        ]

    def __str__(self):
        return f"{self.get_area_display()}: {self.level}"
