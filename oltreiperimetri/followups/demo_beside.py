"""What firms and mentors tell in the demo: most agree with the person, some do not, some stay silent."""

from datetime import datetime, timedelta

from oltreiperimetri.shared.dates import at_rome

from .domain import witness as verbs
from .enums import ContractKind
from .models import Checkpoint

SPEAK, AGREE = 0.75, 0.85


def endings_of(checkpoint: Checkpoint, world) -> list[tuple[datetime, object]]:
    """(moment, act) of the firm or mentor asked at this checkpoint; nothing without one, or who stays silent."""
    witness = getattr(checkpoint, "witness", None)
    if witness is None or world.random.random() > SPEAK:
        return []
    moment = at_rome(checkpoint.due_on + timedelta(days=world.random.choice([12, 13, 16])), 15)
    agrees = world.random.random() < AGREE

    def testify(at):
        witness.checkpoint = checkpoint
        if witness.is_asked:
            verbs.testify(witness, told(checkpoint, agrees), channel="link", by=None, now=at)

    return [(moment, testify)]


def told(checkpoint: Checkpoint, agrees: bool) -> dict:
    """What goes with the person's answer, or against it."""
    answer = getattr(checkpoint, "answer", None)
    said = checkpoint.witness.side.person_says(answer) if answer else True
    goes_on = bool(said) if agrees else not said
    kind = answer.contract_kind if answer and answer.contract_kind else ContractKind.FIXED_TERM
    return {"goes_on": goes_on, "contract_kind": kind if checkpoint.witness.side.asks_contract else ""}
