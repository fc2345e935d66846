from datetime import date, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.crypto import EncryptedJSONField
from oltreiperimetri.shared.models import TimestampedModel

KEPT_DAYS = 30
REMINDED_AFTER_DAYS = (3, 10)
TOLD_OF_DELETION_AFTER_DAYS = 25


class RegistrationDraftQuerySet(models.QuerySet):
    def under_way(self):
        return self.filter(application=None)

    def with_address(self):
        """Under way, with somebody to write to."""
        return self.under_way().exclude(email_index="")


class RegistrationDraft(TimestampedModel):
    """A registration under way, begun without an account. Answers are encrypted; of its resume code only a keyed hash
    is kept, and of its e-mail address. Once sent, the answers are emptied and the row remembers which application they
    became. `rule_set` and its version are those under which it was begun; `asked_again` holds "version:field".
    """

    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    answers = EncryptedJSONField(_("answers"), null=True, blank=True)
    step = models.CharField(_("last step saved"), max_length=20, blank=True)
    rule_set = models.CharField(_("rule set"), max_length=40, blank=True)
    rule_set_version = models.PositiveIntegerField(_("version of the rules"), null=True, blank=True)
    asked_again = models.JSONField(_("answered again since the rules changed"), default=list, blank=True, editable=False)
    email_index = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
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

    objects = RegistrationDraftQuerySet.as_manager()

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
    def email(self) -> str:
        """As typed; "" when it was not told. It may be no address."""
        return (self.answers or {}).get("email", "").strip().lower()

    @property
    def kept_until(self) -> date:
        return timezone.localtime(self.saved_at).date() + timedelta(days=KEPT_DAYS)
