from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.crypto import EncryptedJSONField


class Screening(models.Model):
    class Outcome(models.TextChoices):
        ELIGIBLE = "eligible", _("Requirements met")
        NOT_ELIGIBLE = "not_eligible", _("Some requirement is not met")
        TO_ASSESS = "to_assess", _("To be assessed together")

    application = models.ForeignKey(
        "beneficiaries.Application", models.CASCADE, related_name="screenings", verbose_name=_("application")
    )
    rule_set = models.CharField(max_length=40)
    rule_set_version = models.PositiveIntegerField(default=1)
    facts = EncryptedJSONField(null=True)
    on_day = models.DateField()
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    changes_on = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    def __str__(self):
        return f"{self.application}: {self.get_outcome_display()}"


class CriterionResult(models.Model):
    class Outcome(models.TextChoices):
        MET = "met", _("Met")
        NOT_MET = "not_met", _("Not met")
        UNKNOWN = "unknown", _("Not known")

    screening = models.ForeignKey(Screening, models.CASCADE, related_name="criteria")
    criterion = models.CharField(max_length=30)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)

    def __str__(self):
        return f"{self.criterion}: {self.get_outcome_display()}"
