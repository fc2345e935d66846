from django.db import models
from django.utils.translation import gettext_lazy as _


class ReminderState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    EMITTED = "emitted", _("Handed to delivery")
    CANCELLED = "cancelled", _("Cancelled")
    SUPERSEDED = "superseded", _("Overtaken by a newer step")
    SKIPPED = "skipped", _("Skipped")
    MISSED = "missed", _("Missed")


class MessageState(models.TextChoices):
    QUEUED = "queued", _("Waiting to leave")
    INFLIGHT = "inflight", _("Leaving now")
    RETRY = "retry", _("To be tried again")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    BOUNCED = "bounced", _("Came back")
    ABORTED = "aborted", _("Stopped")
    UNCERTAIN = "uncertain", _("Uncertain")


OPEN_MESSAGE_STATES = (MessageState.QUEUED, MessageState.RETRY)
FINAL_FAILURES = (MessageState.FAILED, MessageState.BOUNCED, MessageState.UNCERTAIN)


class Audience(models.TextChoices):
    """To whom a reminder speaks; staff are outside the caps meant to spare people."""

    PERSON = "person", _("Person")
    FIRM = "firm", _("Partner")
    CASEWORKER = "caseworker", _("Caseworker")
    COORDINATOR = "coordinator", _("Coordinator")


STAFF_AUDIENCES = (Audience.CASEWORKER, Audience.COORDINATOR)


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")
    PEC = "pec", _("Certified e-mail")


class ContactStatus(models.TextChoices):
    USABLE = "usable", _("In use")
    REFUSED = "refused", _("Refuses our messages")
