"""what became of those who finished: letters, answers, people to call"""

from datetime import date, datetime, timedelta
from random import Random

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.models import User
from oltreiperimetri.reminders import emission, engine
from oltreiperimetri.reminders.models import Message, Reminder
from oltreiperimetri.shared.dates import at_rome

from . import demo_beside, paths
from .domain import answer as verbs
from .domain.plan import move_checkpoint
from .enums import ContractKind, Situation
from .models import Checkpoint, FollowUpPlan
from .reminders import CODE
from .reminders_witness import CODE as BESIDE

KINDS = (CODE, BESIDE)
# How a checkpoint ends, and how often in a hundred.
ENDINGS = {"link": 58, "phone": 16, "refused": 4, "unreachable": 5, "silent": 17}
SITUATIONS = {
    Situation.EMPLOYED: 46,
    Situation.SELF_EMPLOYED: 6,
    Situation.TRAINING: 12,
    Situation.SEARCHING: 30,
    Situation.NOT_SEARCHING: 6,
}
LANGUAGES = {"it": 76, "ar": 6, "ro": 6, "es": 4, "fr": 3, "uk": 3, "en": 2}
CONTRACTS = {ContractKind.FIXED_TERM: 50, ContractKind.PERMANENT: 22, ContractKind.AGENCY: 18, ContractKind.OCCASIONAL: 10}


def build(world, *, today: date) -> None:
    """Walk through the days gone by: steps leave when they were due, people answer or do not."""
    make_one_due(today, now=world.now)
    past = past_checkpoints(today)
    endings = [ending for checkpoint in past for ending in endings_of(checkpoint, world)]
    endings += [ending for checkpoint in past for ending in demo_beside.endings_of(checkpoint, world)]
    for moment, act in sorted(endings, key=lambda ending: ending[0]):
        if moment >= at_rome(today):
            continue
        send_steps_until(moment)
        act(moment)
    send_steps_until(at_rome(today - timedelta(days=1), 20))
    engine.sweep(now=world.now)


def past_checkpoints(today: date) -> list[Checkpoint]:
    return list(Checkpoint.objects.asked().filter(due_on__lt=today).select_related("plan").order_by("due_on", "pk"))


def make_one_due(today: date, *, now: datetime) -> None:
    """Somebody is asked today, so that the worker has a letter to send: the nearest checkpoint is brought forward."""
    if Checkpoint.objects.asked().filter(due_on=today).exists():
        return
    nearest = Checkpoint.objects.asked().filter(due_on__gt=today).select_related("plan").order_by("due_on", "pk").first()
    if nearest and (nearest.due_on - today).days < 28:
        move_checkpoint(nearest, today, by=None, now=now)


def send_steps_until(moment: datetime) -> None:
    """What the engine would have done: each step at its hour. No mail leaves: it is marked as sent then."""
    due = Reminder.objects.filter(kind__in=KINDS, state=Reminder.State.PLANNED, due_at__lte=moment).order_by("due_at", "pk")
    for pk, due_at in list(due.values_list("pk", "due_at")):
        emission.emit_one(pk, now=due_at)
        Message.objects.filter(reminder_id=pk, state=Message.State.QUEUED).update(
            state=Message.State.SENT, sent_at=due_at, handed_over_at=due_at, attempt=1
        )


def endings_of(checkpoint: Checkpoint, world) -> list[tuple[datetime, object]]:
    """How one checkpoint ends: (moment, act) in order; nothing for those who stay silent."""
    ending = pick(world, ENDINGS)
    caseworker = caseworker_of(checkpoint.plan, world)
    data = invented_answer(world)
    if ending == "link":
        return answered_by_link(checkpoint, data, world)
    if ending == "phone":
        moment = day_after(checkpoint, world.random.choice([15, 17, 22]), 11)
        return [(moment, lambda at: verbs.answer(checkpoint, data, channel="phone", by=caseworker, now=at))]
    if ending == "refused":
        note = "Ha detto al telefono che preferisce non rispondere."
        moment = day_after(checkpoint, 16, 11)
        return [(moment, lambda at: verbs.mark_refused(checkpoint, by=caseworker, now=at, note=note))]
    if ending == "unreachable":
        return attempts_in_vain(checkpoint, caseworker)
    return []


def answered_by_link(checkpoint: Checkpoint, data: dict, world) -> list[tuple[datetime, object]]:
    """In the language of choice; some correct the answer two days later."""
    days, own = world.random.choice([0, 0, 1, 3, 5, 10]), Random(checkpoint.pk)
    language = own.choices(list(LANGUAGES), weights=list(LANGUAGES.values()))[0]

    def answer(at):
        verbs.answer(checkpoint, data, channel="link", by=None, now=at, language=language)

    def correct(at):
        better = data | {"wants_call": False, "note": "Avevo sbagliato a scrivere."}
        verbs.correct(checkpoint.answer, better, channel="link", by=None, now=at)

    said = [(day_after(checkpoint, days, 18), answer)]
    return [*said, (day_after(checkpoint, days + 2, 20), correct)] if own.random() < 0.1 else said


def attempts_in_vain(checkpoint: Checkpoint, caseworker: User) -> list[tuple[datetime, object]]:
    def attempt(channel):
        return lambda at: verbs.log_attempt(checkpoint, channel=channel, note="", by=caseworker, now=at)

    tries = [(day_after(checkpoint, days, 11), attempt(channel)) for days, channel in TRIES]
    return [*tries, (day_after(checkpoint, 46, 11), lambda at: verbs.mark_unreachable(checkpoint, by=caseworker, now=at))]


TRIES = [(15, "phone"), (22, "phone"), (30, "message")]


def invented_answer(world) -> dict:
    situation = pick(world, SITUATIONS)
    return {
        "situation": situation,
        "contract_kind": pick(world, CONTRACTS),
        "same_firm": world.random.random() < 0.6,
        "usefulness": world.random.choice([3, 4, 4, 5, 5]),
        "wants_call": situation == Situation.SEARCHING and world.random.random() < 0.3,
    }


def pick(world, weights: dict):
    return world.random.choices(list(weights), weights=list(weights.values()))[0]


def day_after(checkpoint: Checkpoint, days: int, hour: int) -> datetime:
    return at_rome(checkpoint.due_on + timedelta(days=days), hour)


def caseworker_of(plan: FollowUpPlan, world) -> User:
    owner = paths.get(plan.path).owner(plan)
    return owner or User.objects.with_role(Role.CASEWORKER).order_by("pk").first() or world.users["coordinator"]
