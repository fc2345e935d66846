from datetime import date, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.crypto import EncryptedJSONField
from oltreiperimetri.shared.models import TimestampedModel

KEPT_DAYS = 30


class RegistrationDraft(TimestampedModel):
    """A registration under way, begun without an account. Answers are encrypted; of its resume code only a keyed hash
    is kept. Once sent, the answers are emptied and the row remembers which application they became.
    """

    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    answers = EncryptedJSONField(_("answers"), null=True, blank=True)
    step = models.CharField(_("last step saved"), max_length=20, blank=True)
    rule_set = models.CharField(_("rule set"), max_length=40, blank=True)
    rule_set_version = models.PositiveIntegerField(_("version of the rules"), null=True, blank=True)
    started_at = models.DateTimeField(_("started at"))
    saved_at = models.DateTimeField(_("saved at"))
    application = models.OneToOneField(
        "beneficiaries.Application",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="draft",
        verbose_name=_("application"),
    )

    class Meta:
        ordering = ["-started_at", "-pk"]
        verbose_name = _("registration under way")
        verbose_name_plural = _("registrations under way")
        indexes = [models.Index(fields=["saved_at"], name="draft_saved")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(application=None) | models.Q(answers__isnull=True),
                name="draft_keeps_no_answers_once_sent",
            )
        ]

    def __str__(self):
        return _("Registration of %(day)s") % {"day": timezone.localtime(self.started_at).strftime("%d/%m/%Y")}

    @property
    def kept_until(self) -> date:
        return timezone.localtime(self.saved_at).date() + timedelta(days=KEPT_DAYS)
