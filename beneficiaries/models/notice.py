from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.crypto import EncryptedTextField
from oltreiperimetri.shared.models import TimestampedModel


class NoticeQuerySet(models.QuerySet):
    def to_call(self):
        """Messages that could not leave by e-mail and that nobody has told by voice yet."""
        return self.filter(delivery=Notice.Delivery.CALL, called_at=None)

    def unread(self):
        return self.filter(read_at=None)


class Notice(TimestampedModel):
    """A message to a person: always on their own page, by e-mail when there is an address, else by voice."""

    class Delivery(models.TextChoices):
        EMAIL = "email", _("By e-mail")
        CALL = "call", _("By phone, through the office")

    person = models.ForeignKey("beneficiaries.Person", models.CASCADE, related_name="notices", verbose_name=_("person"))
    subject = models.CharField(_("subject"), max_length=150)
    body = EncryptedTextField(_("text"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("sent by")
    )
    sent_at = models.DateTimeField(_("sent at"))
    delivery = models.CharField(_("how it reaches the person"), max_length=10, choices=Delivery.choices)
    called_at = models.DateTimeField(_("told by phone at"), null=True, blank=True)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("told by")
    )
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name = _("message to the person")
        verbose_name_plural = _("messages to the person")
        indexes = [
            models.Index(fields=["person", "-sent_at"], name="notice_of_person"),
            models.Index(fields=["sent_at"], name="notice_to_call", condition=models.Q(delivery="call", called_at=None)),
        ]

    def __str__(self):
        return self.subject

    @property
    def audit_subject(self):
        return self.person.audit_key

    @property
    def waits_for_call(self) -> bool:
        return self.delivery == self.Delivery.CALL and self.called_at is None
