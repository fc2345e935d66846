from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.audit.trail import Transition
from oltreiperimetri.shared.crypto import EncryptedTextField
from oltreiperimetri.shared.models import TimestampedModel

from .. import paths
from ..enums import AnswerChannel, ContractKind, Divergence, WitnessState
from .plan import Checkpoint, CheckpointState, PlanState

# Who answered, or could not be reached, may still be told about by others; who said no, or is not to be asked, may not.
SPOKEN_OF = (CheckpointState.PLANNED, CheckpointState.ANSWERED, CheckpointState.UNREACHABLE)


class WitnessQuerySet(models.QuerySet):
    def asked(self):
        return self.filter(state=WitnessState.PLANNED, checkpoint__state__in=SPOKEN_OF).exclude(
            checkpoint__plan__state=PlanState.STOPPED
        )


class Witness(TimestampedModel):
    """Somebody beside the person (the host firm, the mentor) is asked at a checkpoint whether it goes on.

    `goes_on`: still works there, or the idea is being carried on. `differs` compares with the person's own answer; it is
    written again whenever one of the two speaks.
    """

    State = WitnessState
    TRANSITIONS = {
        (State.PLANNED, State.ANSWERED): Transition(_("Record the answer")),
        (State.PLANNED, State.WAIVED): Transition(_("Do not ask"), needs_reason=True),
    }
    TONES = {State.PLANNED: "wait", State.ANSWERED: "ok", State.WAIVED: "quiet"}

    checkpoint = models.OneToOneField(Checkpoint, models.CASCADE, related_name="witness", verbose_name=_("checkpoint"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PLANNED)
    goes_on = models.BooleanField(_("it goes on"), null=True, blank=True)
    contract_kind = models.CharField(_("contract"), max_length=20, choices=ContractKind.choices, blank=True)
    note = EncryptedTextField(_("anything else"), blank=True)
    differs = models.CharField(_("difference"), max_length=10, choices=Divergence.choices, blank=True)
    channel = models.CharField(_("how"), max_length=10, choices=AnswerChannel.choices, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("recorded by")
    )

    objects = WitnessQuerySet.as_manager()

    class Meta:
        ordering = ["checkpoint"]
        verbose_name = _("firm or mentor asked")
        verbose_name_plural = _("firms and mentors asked")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="answered") | models.Q(goes_on__isnull=False, answered_at__isnull=False),
                name="a_witness_who_answered_says_whether_it_goes_on",
            ),
            models.CheckConstraint(
                condition=models.Q(goes_on=True) | models.Q(contract_kind=""),
                name="a_witness_names_a_contract_that_is_there",
            ),
        ]

    def __str__(self):
        return f"{self.checkpoint} ({self.get_state_display()})"

    @property
    def audit_subject(self):
        return self.checkpoint.audit_subject

    @property
    def side(self) -> paths.Beside:
        """What the path says about whom to ask, and how."""
        return paths.get(self.checkpoint.plan.path).beside

    @property
    def is_asked(self) -> bool:
        checkpoint = self.checkpoint
        is_open = checkpoint.state in SPOKEN_OF and checkpoint.plan.state != PlanState.STOPPED
        return self.state == WitnessState.PLANNED and is_open
