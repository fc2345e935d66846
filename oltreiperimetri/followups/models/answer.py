"""What a person tells about a checkpoint: one answer, correctable, and the attempts to hear it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.crypto import EncryptedTextField
from oltreiperimetri.shared.models import TimestampedModel

from ..enums import AnswerChannel, AttemptChannel, ContractKind, Situation
from .plan import Checkpoint

CORRECTABLE_FOR = timedelta(days=7)


class Said(models.Model):
    """The values of the form: of an answer as it stands, or of an earlier version of it."""

    VALUES = ("situation", "contract_kind", "same_firm", "usefulness", "wants_call", "note")

    situation = models.CharField(_("situation"), max_length=20, choices=Situation.choices)
    contract_kind = models.CharField(_("contract"), max_length=20, choices=ContractKind.choices, blank=True)
    same_firm = models.BooleanField(_("same firm"), null=True, blank=True)
    usefulness = models.PositiveSmallIntegerField(
        _("usefulness"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    wants_call = models.BooleanField(_("wants a call"), default=False)
    note = EncryptedTextField(_("anything else"), blank=True)
    channel = models.CharField(_("how"), max_length=10, choices=AnswerChannel.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("recorded by")
    )

    class Meta:
        abstract = True

    def __str__(self):
        return self.get_situation_display()

    @property
    def values(self) -> dict:
        return {name: getattr(self, name) for name in self.VALUES}


class Answer(Said, TimestampedModel):
    """The situation on the checkpoint's day, as the person tells it. Corrected, the earlier text is kept as a version.

    `language`: the code in which the form was read; the next form of the plan opens in it.
    """

    checkpoint = models.OneToOneField(Checkpoint, models.CASCADE, related_name="answer", verbose_name=_("checkpoint"))
    called_back_at = models.DateTimeField(_("called back at"), null=True, blank=True)
    language = models.CharField(_("language of the form"), max_length=5, blank=True)
    answered_at = models.DateTimeField(_("answered at"))
    corrected_at = models.DateTimeField(_("corrected at"), null=True, blank=True)

    class Meta:
        ordering = ["-answered_at", "-pk"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(usefulness__isnull=True) | models.Q(usefulness__range=(1, 5)), name="usefulness_1_5"
            ),
            models.CheckConstraint(
                condition=models.Q(situation="employed") | models.Q(contract_kind="", same_firm__isnull=True),
                name="contract_only_when_employed",
            ),
        ]

    @property
    def audit_subject(self):
        return self.checkpoint.audit_subject

    def may_be_corrected_at(self, now: datetime) -> bool:
        """By the person, by the link of the letter: within a week of the answer."""
        return self.channel == AnswerChannel.LINK and now < self.answered_at + CORRECTABLE_FOR


class AnswerVersion(Said):
    """An answer as it was before a correction, said at `said_at` and replaced at `replaced_at`."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="versions", verbose_name=_("answer"))
    number = models.PositiveSmallIntegerField(_("version"))
    said_at = models.DateTimeField(_("answered at"))
    replaced_at = models.DateTimeField(_("corrected at"))

    class Meta:
        ordering = ["answer", "-number"]
        verbose_name = _("earlier version of an answer")
        verbose_name_plural = _("earlier versions of answers")
        constraints = [models.UniqueConstraint(fields=["answer", "number"], name="an_answer_version_once")]


class ContactAttempt(models.Model):
    """Somebody of the office tried to reach the person, without success."""

    checkpoint = models.ForeignKey(Checkpoint, models.CASCADE, related_name="attempts", verbose_name=_("checkpoint"))
    channel = models.CharField(_("how"), max_length=10, choices=AttemptChannel.choices)
    note = EncryptedTextField(_("note"), blank=True)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("attempt to reach")
        verbose_name_plural = _("attempts to reach")

    def __str__(self):
        return f"{self.get_channel_display()} {self.at:%Y-%m-%d}"
