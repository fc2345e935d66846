"""Intent, delivery and address. The database decides what leaves; Celery only wakes the work."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.crypto import EncryptedTextField

from .enums import (
    FINAL_FAILURES,
    OPEN_MESSAGE_STATES,
    Audience,
    Channel,
    ContactStatus,
    MessageState,
    ReminderState,
)


class ReminderQuerySet(models.QuerySet):
    def about(self, subject: models.Model):
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)

    def due(self, now):
        return self.filter(state=ReminderState.PLANNED, due_at__lte=now, held_at=None)


class Reminder(models.Model):
    """That something is to be said, once: unique per kind, subject, audience and wave.

    `wanted_at` is the instant the facts ask for; `due_at` the same moved into the sending hours and past the caps.
    `round` grows when the facts move a step that was already handled to a later day. `held_at`: somebody of the office
    wants it to wait.
    """

    State = ReminderState
    TONES = {"planned": "wait", "emitted": "ok", "missed": "no"} | dict.fromkeys(
        ("cancelled", "superseded", "skipped"), "quiet"
    )

    kind = models.CharField(_("kind"), max_length=60)
    subject_type = models.CharField(_("kind of object"), max_length=60)
    subject_id = models.BigIntegerField(_("object"))
    audience = models.CharField(_("to whom"), max_length=20, choices=Audience.choices)
    wave = models.SmallIntegerField(_("step"))
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    wanted_at = models.DateTimeField(_("wanted at"))
    due_at = models.DateTimeField(_("due at"))
    not_after = models.DateTimeField(_("not after"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PLANNED)
    reason = models.CharField(_("why"), max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)
    planned_at = models.DateTimeField(_("planned at"))
    held_at = models.DateTimeField(_("held since"), null=True, blank=True)
    person_key = models.UUIDField(_("person's key"), null=True, blank=True, db_index=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["-due_at", "-pk"]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "kind", "audience", "wave"], name="a_reminder_once"
            ),
            models.CheckConstraint(condition=models.Q(state__in=ReminderState.values), name="reminder_state_known"),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=models.Q(state="planned"), name="reminder_due"),
            models.Index(fields=["state", "-due_at", "-id"], name="reminder_list"),
        ]

    def __str__(self):
        return f"{self.kind} {self.subject_id} {self.audience}/{self.wave}"


class MessageQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=OPEN_MESSAGE_STATES)

    @staticmethod
    def due_condition(now) -> models.Q:
        """Waiting or to be tried again, and not overtaken: its reminder, if any, still stands."""
        waits = models.Q(state=MessageState.QUEUED) | models.Q(state=MessageState.RETRY, retry_at__lte=now)
        return waits & (models.Q(reminder=None) | models.Q(reminder__state=ReminderState.EMITTED))

    def due(self, now):
        return self.filter(self.due_condition(now))

    def about(self, subject: models.Model):
        return self.filter(about_type=subject._meta.label_lower, about_id=subject.pk)


class Message(models.Model):
    """One delivery to one address. Text is rendered when queued and encrypted: links live in it."""

    State = MessageState
    TONES = (
        {"sent": "ok", "aborted": "quiet"}
        | dict.fromkeys(("queued", "inflight", "retry"), "wait")
        | dict.fromkeys(("failed", "bounced", "uncertain"), "no")
    )

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dedupe_key = models.CharField(max_length=200, unique=True, editable=False)
    reminder = models.ForeignKey(
        Reminder, models.PROTECT, null=True, blank=True, related_name="messages", verbose_name=_("reminder")
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices, default=Channel.EMAIL)
    recipient = models.CharField(_("recipient"), max_length=254)
    recipient_name = models.CharField(_("name"), max_length=160, blank=True)
    template = models.CharField(_("template"), max_length=100)
    subject = EncryptedTextField(_("subject"))
    body = EncryptedTextField(_("text"))
    html = EncryptedTextField(_("formatted text"), blank=True)
    message_id = models.CharField(max_length=200, editable=False)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    handed_over_at = models.DateTimeField(_("handed over at"), null=True, blank=True)
    doubtful = models.PositiveSmallIntegerField(_("times in doubt"), default=0)
    retry_at = models.DateTimeField(_("next try"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    queued_at = models.DateTimeField(_("queued at"))
    about_type = models.CharField(_("kind of object"), max_length=60, blank=True)
    about_id = models.BigIntegerField(_("object"), null=True, blank=True)
    person_key = models.UUIDField(_("person's key"), null=True, blank=True, db_index=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-queued_at", "-pk"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=MessageState.values), name="message_state_known"),
        ]
        indexes = [
            models.Index(
                fields=["retry_at", "id"],
                condition=models.Q(state__in=["queued", "retry", "inflight"]),
                name="message_open",
            ),
            models.Index(fields=["recipient", "queued_at"], name="message_recipient"),
            models.Index(fields=["about_type", "about_id"], name="message_about"),
            models.Index(fields=["state", "-queued_at", "-id"], name="message_list"),
        ]

    def __str__(self):
        return f"{self.template} {self.guid}"

    @property
    def audit_subject(self):
        return self.person_key

    @property
    def moment(self):
        return self.sent_at or self.queued_at

    @property
    def may_be_tried_again(self) -> bool:
        return self.state in FINAL_FAILURES

    @property
    def may_be_stopped(self) -> bool:
        return self.state in OPEN_MESSAGE_STATES


class ForecastLine(models.Model):
    """One step of the next two weeks, as the last forecast saw it. Written anew each time, never history."""

    reminder = models.OneToOneField(Reminder, models.CASCADE, related_name="forecast", verbose_name=_("reminder"))
    at = models.DateTimeField(_("when"))
    goes = models.BooleanField(_("goes"))
    reason = models.CharField(_("why"), max_length=200, blank=True)
    title = EncryptedTextField(_("about"), blank=True)
    recipients = EncryptedTextField(_("to whom"), blank=True)
    in_digest = models.BooleanField(_("in the digest"), default=False)
    foreseen_at = models.DateTimeField(_("foreseen at"))

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("line of the forecast")
        verbose_name_plural = _("forecast")

    def __str__(self):
        return f"{self.reminder} {self.at:%Y-%m-%d}"


class DigestLine(models.Model):
    """What one of the staff is to read about a step, in the digest of `not_before` or the first one after."""

    reminder = models.ForeignKey(Reminder, models.CASCADE, related_name="lines", verbose_name=_("reminder"))
    round = models.PositiveSmallIntegerField(_("round"))
    recipient = models.CharField(_("recipient"), max_length=254)
    recipient_name = models.CharField(_("name"), max_length=160, blank=True)
    text = models.CharField(_("text"), max_length=300)
    url = models.CharField(_("address of the page"), max_length=300)
    not_before = models.DateTimeField(_("not before"))
    message = models.ForeignKey(
        Message, models.PROTECT, null=True, blank=True, related_name="lines", verbose_name=_("digest")
    )

    class Meta:
        ordering = ["not_before", "pk"]
        verbose_name = _("line of a digest")
        verbose_name_plural = _("lines of the digests")
        constraints = [models.UniqueConstraint(fields=["reminder", "round", "recipient"], name="a_digest_line_once")]
        indexes = [
            models.Index(fields=["not_before"], condition=models.Q(message=None), name="digest_line_open"),
        ]

    def __str__(self):
        return self.text


class ContactPoint(models.Model):
    """An address or a number, and how it has behaved."""

    Status = ContactStatus

    kind = models.CharField(_("channel"), max_length=10, choices=Channel.choices, default=Channel.EMAIL)
    address = models.CharField(_("address"), max_length=254)
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.USABLE)
    hard_bounces = models.PositiveSmallIntegerField(_("refusals"), default=0)
    soft_bounces = models.PositiveSmallIntegerField(_("temporary refusals"), default=0)
    last_bounced_at = models.DateTimeField(_("last refusal"), null=True, blank=True)
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True)
    no_reminders = models.BooleanField(_("wants no reminders"), default=False)

    class Meta:
        ordering = ["address"]
        verbose_name = _("contact point")
        verbose_name_plural = _("contact points")
        constraints = [models.UniqueConstraint(fields=["kind", "address"], name="a_contact_point_once")]

    def __str__(self):
        return self.address

    @property
    def takes_reminders(self) -> bool:
        return self.status == ContactStatus.USABLE and not self.no_reminders


class BounceEvent(models.Model):
    """A return as the provider told it, once: `event_id` is the provider's own."""

    event_id = models.CharField(_("provider's number"), max_length=200, unique=True)
    address = models.CharField(_("address"), max_length=254)
    is_hard = models.BooleanField(_("final"))
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("returned mail")
        verbose_name_plural = _("returned mails")
        indexes = [models.Index(fields=["address", "at"], name="bounce_address")]

    def __str__(self):
        return self.address


class Heartbeat(models.Model):
    """When an entry of the beat schedule last ended well."""

    entry = models.CharField(_("entry"), max_length=60, primary_key=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["entry"]
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self):
        return self.entry
