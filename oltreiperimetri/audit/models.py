from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One act or read. Append-only: the database itself refuses UPDATE and DELETE (migration 0002).

    `subject` is the random key of a person: erasing the person deletes the mapping and leaves the log whole.
    `changes` holds old and new values only for states, dates and owners; for personal fields only their names.
    """

    at = models.DateTimeField(_("when"), db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("who"),
    )
    on_behalf_of = models.UUIDField(_("on behalf of"), null=True)
    action = models.CharField(_("act"), max_length=40)
    object_type = models.CharField(_("kind of object"), max_length=60)
    object_id = models.BigIntegerField(_("object"), null=True)
    subject = models.UUIDField(_("person's key"), null=True)
    changes = models.JSONField(_("changes"), default=dict)
    request_id = models.CharField(_("request"), max_length=32, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes = [
            models.Index(fields=["subject", "-id"], name="audit_subject"),
            models.Index(fields=["object_type", "object_id"], name="audit_object"),
        ]

    def __str__(self):
        return " ".join(str(part) for part in (self.action, self.object_type, self.object_id) if part is not None)


class AuditSeal(models.Model):
    """A hash over a range of entries, chained to the seal before it."""

    first_id = models.BigIntegerField(_("from entry"), unique=True)
    last_id = models.BigIntegerField(_("to entry"), unique=True)
    count = models.PositiveIntegerField(_("entries"))
    previous = models.CharField(_("previous hash"), max_length=64, blank=True)
    hash = models.CharField(_("hash"), max_length=64)
    sealed_at = models.DateTimeField(_("sealed at"))

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("audit seal")
        verbose_name_plural = _("audit seals")

    def __str__(self):
        return f"{self.first_id}-{self.last_id}"


class StateChange(models.Model):
    """A passage from one state to another, with the reason somebody gave; what timelines show.

    Unlike the audit entry it may be anonymised: the reason is personal text.
    """

    object_type = models.CharField(_("kind of object"), max_length=60)
    object_id = models.BigIntegerField(_("object"))
    from_state = models.CharField(_("from"), max_length=30)
    to_state = models.CharField(_("to"), max_length=30)
    reason = models.CharField(_("reason"), max_length=60, blank=True)
    note = models.TextField(_("note"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")
        indexes = [models.Index(fields=["object_type", "object_id"], name="state_change_object")]

    def __str__(self):
        return f"{self.from_state} → {self.to_state}"
