from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.crypto import EncryptedJSONField

from ..enums import RuleEffect


class PhotographQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise TypeError("a screening is a photograph: take a new one")


class Photograph(models.Model):
    """Written once. Keys are rotated through the base manager, which this does not stop."""

    objects = PhotographQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("a screening is a photograph: take a new one")
        super().save(*args, **kwargs)


class Screening(Photograph):
    """What the rules in force said of an application on a day. `facts` are those seen, as plain JSON (ISO days)."""

    class Outcome(models.TextChoices):
        ELIGIBLE = "eligible", _("Requirements met")
        NOT_ELIGIBLE = "not_eligible", _("Some requirement is not met")
        TO_ASSESS = "to_assess", _("To be assessed together")

    TONES = {Outcome.ELIGIBLE: "ok", Outcome.NOT_ELIGIBLE: "no", Outcome.TO_ASSESS: "wait"}

    application = models.ForeignKey(
        "beneficiaries.Application", models.CASCADE, related_name="screenings", verbose_name=_("application")
    )
    rule_set = models.CharField(_("rule set"), max_length=40)
    rule_set_version = models.PositiveIntegerField(_("version of the rules"), default=1)
    facts = EncryptedJSONField(_("facts seen"), null=True)
    on_day = models.DateField(_("judged on"))
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices)
    changes_on = models.DateField(_("changes on"), null=True, blank=True)
    at = models.DateTimeField(_("taken at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("taken by")
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("screening")
        verbose_name_plural = _("screenings")
        constraints = [
            models.CheckConstraint(
                condition=Q(changes_on=None) | Q(changes_on__gt=F("on_day")), name="screening_changes_after_its_day"
            )
        ]

    def __str__(self):
        return f"{self.application}: {self.get_outcome_display()}"

    @property
    def audit_subject(self):
        return self.application.person.audit_key


class CriterionResult(Photograph):
    class Criterion(models.TextChoices):
        AGE = "age", _("Age")
        UNEMPLOYED = "unemployed", _("Out of work")
        DURATION = "unemployment_duration", _("24 months")
        RESIDENCE = "residence", _("Residence")
        AGE_MAX = "age_max", _("Age at most")
        LOSS_REASON = "expelled_by_crisis", _("How the work ended")
        RESIDENCE_MONTHS = "residence_min_months", _("For how long here")

    class Outcome(models.TextChoices):
        MET = "met", _("Met")
        NOT_MET = "not_met", _("Not met")
        UNKNOWN = "unknown", _("Not known")
        NEEDS_EVIDENCE = "needs_evidence", _("A paper is to be seen")
        WAIVED = "waived", _("Waived")

    TONES = {
        Outcome.MET: "ok",
        Outcome.NOT_MET: "no",
        Outcome.UNKNOWN: "wait",
        Outcome.NEEDS_EVIDENCE: "wait",
        Outcome.WAIVED: "info",
    }

    screening = models.ForeignKey(Screening, models.CASCADE, related_name="criteria", verbose_name=_("screening"))
    criterion = models.CharField(_("criterion"), max_length=30, choices=Criterion.choices)
    outcome = models.CharField(_("outcome"), max_length=15, choices=Outcome.choices)
    effect = models.CharField(_("effect"), max_length=10, choices=RuleEffect.choices, default=RuleEffect.BLOCK)
    seen = EncryptedJSONField(_("value seen"), null=True)
    threshold = models.JSONField(_("what the rule asks"), null=True)
    evidence = models.CharField(_("paper that proves it"), max_length=20, blank=True)
    source = models.TextField(_("where the rule stands"), blank=True)
    changes_on = models.DateField(_("changes on"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("result of a criterion")
        verbose_name_plural = _("results of the criteria")
        constraints = [models.UniqueConstraint(fields=["screening", "criterion"], name="a_criterion_once_per_screening")]

    def __str__(self):
        return f"{self.get_criterion_display()}: {self.get_outcome_display()}"
