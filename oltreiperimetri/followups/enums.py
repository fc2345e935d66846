from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanState(models.TextChoices):
    OPEN = "open", _("Under way")
    STOPPED = "stopped", _("Stopped")
    DONE = "done", _("Completed")


class CheckpointState(models.TextChoices):
    PLANNED = "planned", _("To be asked")
    ANSWERED = "answered", _("Answered")
    UNREACHABLE = "unreachable", _("Not reached")
    REFUSED = "refused", _("Prefers not to answer")
    WAIVED = "waived", _("Not asked")


class Situation(models.TextChoices):
    EMPLOYED = "employed", _("I work for somebody")
    SELF_EMPLOYED = "self_employed", _("I work on my own account")
    TRAINING = "training", _("I am in a course or a traineeship")
    SEARCHING = "searching", _("I am looking for work")
    NOT_SEARCHING = "not_searching", _("I am not looking for work at the moment")


WORKING = (Situation.EMPLOYED, Situation.SELF_EMPLOYED)


class ContractKind(models.TextChoices):
    PERMANENT = "permanent", _("Permanent")
    FIXED_TERM = "fixed_term", _("Fixed term")
    APPRENTICESHIP = "apprenticeship", _("Apprenticeship")
    AGENCY = "agency", _("Through an agency")
    OCCASIONAL = "occasional", _("Occasional or on call")
    OTHER = "other", _("Another kind, or I do not know")


class AnswerChannel(models.TextChoices):
    LINK = "link", _("By the link")
    PHONE = "phone", _("By phone")
    OFFICE = "office", _("At the desk")
    MESSAGE = "message", _("By message or e-mail")
    REGISTRY = "registry", _("From an official register")
    OTHER = "other", _("From somebody else")


class AttemptChannel(models.TextChoices):
    PHONE = "phone", _("Phone call")
    MESSAGE = "message", _("Text message or chat")
    EMAIL = "email", _("E-mail written by hand")
    VISIT = "visit", _("In person")


class WitnessState(models.TextChoices):
    PLANNED = "planned", _("To be asked")
    ANSWERED = "answered", _("Answered")
    WAIVED = "waived", _("Not asked")


class Divergence(models.TextChoices):
    """What the person and the other party tell differently; empty when they agree or one has not spoken."""

    PRESENCE = "presence", _("They disagree on whether it goes on")
    CONTRACT = "contract", _("They name different contracts")
