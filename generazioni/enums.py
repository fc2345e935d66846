from django.db import models
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    """Where an edition is. Only the clock moves it, but for the last step: publishing the results is somebody's act."""

    PREPARATION = "preparation", _("In preparation")
    ANNOUNCED = "announced", _("Announced: firms say what they need")
    IDEAS = "ideas", _("Open for ideas")
    REVIEW = "review", _("The jury reads")
    DECISION = "decision", _("Waiting for the results")
    RESULTS = "results", _("Results published")


class Outcome(models.TextChoices):
    """How an idea ends; the values are states of the idea."""

    CHOSEN = "chosen", _("Chosen")
    FINALIST = "finalist", _("Finalist")
    NOT_CHOSEN = "not_chosen", _("Not chosen")
