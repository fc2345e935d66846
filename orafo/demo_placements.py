"""The demo's proposals and traineeships: who was placed where, and how it went."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from oltreiperimetri.shared.dates import at_rome
from partners.models import Organisation, Slot

from .domain import proposal as proposals
from .domain import traineeship as verbs
from .domain.queries import fit_of
from .domain.rules import minimum_allowance
from .enums import DeclinedBy, DeclineReason, EndedBy, EndReason, Outcome, ReadyItem
from .models import Cohort, Membership, Proposal, Traineeship

AMOUNTS = [Decimal(500), Decimal(500), Decimal(550), Decimal(600)]
DAYS_TO_START = 17
# What became of each traineeship of the first group, in turn.
ENDINGS = [
    Outcome.COMPLETED,
    Outcome.HIRED,
    Outcome.COMPLETED,
    Outcome.COMPLETED,
    Outcome.EARLY_END,
    Outcome.HIRED,
    Outcome.COMPLETED,
    Outcome.COMPLETED,
    Outcome.COMPLETED,
    Outcome.EARLY_END,
]


@dataclass(frozen=True)
class Pair:
    """Somebody and a slot that fit, proposed on a day; the traineeship can begin on `starts_on`."""

    member: Membership
    slot: Slot
    proposed_on: date
    starts_on: date


def at(day: date, hour: int, world) -> datetime:
    """An hour of a day, never later than now."""
    return min(at_rome(day, hour), world.now)


def members_of(cohort: Cohort) -> list[Membership]:
    rows = cohort.memberships.filter(state=Membership.State.ENROLLED).select_related("person")
    return list(rows.order_by("seat"))


def slots_of(world) -> list[Slot]:
    """On offer at some time, as they are stored now."""
    pks = [slot.pk for slot in world.slots]
    return list(Slot.objects.offered().filter(pk__in=pks).with_names().order_by("confirmed_on", "pk"))


def first_fit(members: list[Membership], slot: Slot, *, proposed_on: date, latest_start: date) -> Pair | None:
    """The first member whom the slot fits on that day, if the traineeship can begin in time."""
    for member in members:
        fit = fit_of(member.person, slot, today=proposed_on)
        starts_on = max(fit.period[0], proposed_on + timedelta(days=DAYS_TO_START))
        starts_on += timedelta(days=max(0, 7 - starts_on.weekday()) if starts_on.weekday() > 4 else 0)
        if fit.is_possible and not fit.doubts and starts_on <= latest_start:
            return Pair(member, slot, proposed_on, starts_on)
    return None


def agree_both(world, pair: Pair) -> Proposal:
    """The person says yes after two days, the firm after five."""
    caseworker = pair.member.cohort.coordinator
    day = pair.proposed_on
    proposal = proposals.propose(pair.slot, pair.member.person, by=caseworker, now=at(day, 10, world))
    proposals.person_accepts(proposal, by=None, now=at(day + timedelta(days=2), 18, world))
    proposals.firm_accepts(proposal, by=None, now=at(day + timedelta(days=5), 11, world))
    return proposal


def prepare(world, pair: Pair) -> Traineeship:
    proposal, slot = agree_both(world, pair), pair.slot
    promoter, tutor = promoter_for(slot.organisation)
    minimum = minimum_allowance(
        pair.starts_on,
        weekly_hours=slot.weekly_hours,
        days_a_week=5,
        has_meals=False,
        is_public_host=slot.organisation.is_public_body,
        on_income_support=False,
    )
    values = {
        "starts_on": pair.starts_on,
        "ends_on": verbs.usual_end(pair.starts_on),
        "weekly_hours": slot.weekly_hours,
        "days_a_week": 5,
        "monthly_allowance": max(minimum.amount, world.random.choice(AMOUNTS)),
        "has_meals": False,
        "on_income_support": False,
        "host_tutor": slot.tutor,
        "promoter": promoter,
        "promoter_tutor": tutor,
    }
    now = at(pair.proposed_on + timedelta(days=7), 15, world)
    return verbs.prepare(proposal, values, by=pair.member.cohort.coordinator, now=now)


def promoter_for(host: Organisation):
    """Who promotes it, never the host itself, and its tutor."""
    promoters = Organisation.objects.accredited().filter(can_promote=True).exclude(pk=host.pk)
    promoter = promoters.order_by("-kind", "pk").first()
    return promoter, promoter.contacts.tutors().order_by("pk").first()


def agree(world, pair: Pair) -> Traineeship:
    """All papers in order and everybody agreed, before the first day."""
    traineeship, by = prepare(world, pair), pair.member.cohort.coordinator
    for number, item in enumerate(ReadyItem):
        day = pair.proposed_on + timedelta(days=9 + number)
        verbs.tick(traineeship, item, done_on=day, by=by, now=at(day, 9, world))
    verbs.agree(traineeship, by=by, now=at(pair.proposed_on + timedelta(days=13), 10, world))
    return traineeship


def finished(world, cohort: Cohort, *, today: date) -> None:
    """The offers of fourteen months ago: traineeships that ended in every way."""
    members = members_of(cohort)
    endings = iter(ENDINGS)
    old = [slot for slot in slots_of(world) if slot.confirmed_on < today - timedelta(days=300)]
    for number, slot in enumerate(old):
        proposed_on = slot.confirmed_on + timedelta(days=35 + number)
        pair = first_fit(members, slot, proposed_on=proposed_on, latest_start=proposed_on + timedelta(days=30))
        if pair:
            members.remove(pair.member)
            finish(world, agree(world, pair), next(endings))


def finish(world, traineeship: Traineeship, outcome: str) -> None:
    by = traineeship.membership.cohort.coordinator
    if outcome == Outcome.EARLY_END:
        last_day = traineeship.starts_on + timedelta(days=world.random.randint(25, 60))
        reason = world.random.choice([EndReason.FOUND_WORK, EndReason.HEALTH])
        now = at_rome(last_day, 16)
        verbs.end_early(traineeship, last_day=last_day, ended_by=EndedBy.TRAINEE, reason=reason, by=by, now=now)
    now = at_rome(traineeship.effective_end + timedelta(days=3), 11)
    verbs.close(traineeship, outcome=outcome, by=by, now=now)


def running(world, cohort: Cohort, *, today: date) -> None:
    """Traineeships under way, one over and to close, one about to begin, and proposals at every step."""
    members = [member for member in members_of(cohort) if member.person_id != world.beneficiary.pk]
    slots = [slot for slot in slots_of(world) if slot.confirmed_on >= today - timedelta(days=100)]
    own = [slot for slot in slots if slot.organisation_id == world.firm.pk]
    begun = [slot for slot in slots if slot.starts_on < today - timedelta(days=4)]
    begun.sort(key=lambda slot: (slot.organisation_id != world.firm.pk, slot.confirmed_on, slot.pk))
    under_way = under_way_of(world, members, begun[:5], today=today)
    if under_way:
        stop_one(world, under_way[-1], today=today)
    to_come = [slot for slot in slots if slot.starts_on >= today - timedelta(days=4) and slot not in own]
    begins_soon(world, members, to_come, today=today)
    at_the_firm(world, members, own, today=today)
    ready_to_prepare(world, members, to_come, today=today)
    said_no(world, members, to_come, today=today)
    for_giovanna(world, cohort, [*own, *to_come], today=today)


def under_way_of(world, members: list, slots: list, *, today: date) -> list[Traineeship]:
    found = []
    for slot in slots:
        pair = first_fit(
            members, slot, proposed_on=slot.confirmed_on + timedelta(days=2), latest_start=today - timedelta(days=1)
        )
        if pair:
            members.remove(pair.member)
            found.append(agree(world, pair))
    return found


def stop_one(world, traineeship: Traineeship, *, today: date) -> None:
    """It ended a few days ago for a job elsewhere; nobody has closed it yet."""
    last_day = max(traineeship.starts_on, today - timedelta(days=3))
    by = traineeship.membership.cohort.coordinator
    verbs.end_early(
        traineeship,
        last_day=last_day,
        ended_by=EndedBy.TRAINEE,
        reason=EndReason.FOUND_WORK,
        by=by,
        now=at(last_day, 16, world),
    )


def next_pair(members: list, slots: list, *, proposed_on: date, today: date) -> Pair | None:
    """Somebody still free and the first slot that fits; both leave their lists."""
    for slot in slots:
        pair = first_fit(members, slot, proposed_on=proposed_on, latest_start=today + timedelta(days=60))
        if pair:
            members.remove(pair.member)
            slots.remove(slot)
            return pair
    return None


def begins_soon(world, members: list, slots: list, *, today: date) -> None:
    """Begins within the week: agreement signed, the rest of the papers still missing."""
    ready = [slot for slot in slots if slot.confirmed_on <= today - timedelta(days=14)]
    pair = next_pair(members, ready, proposed_on=today - timedelta(days=13), today=today)
    if pair:
        slots.remove(pair.slot)
        traineeship = prepare(world, pair)
        day = today - timedelta(days=3)
        by = pair.member.cohort.coordinator
        verbs.tick(traineeship, ReadyItem.AGREEMENT, done_on=day, by=by, now=at(day, 9, world))


def at_the_firm(world, members: list, own: list, *, today: date) -> None:
    """Somebody said yes this morning to the firm that signs in: it is asked now."""
    pair = next_pair(members, own, proposed_on=today - timedelta(days=2), today=today)
    if pair:
        by = pair.member.cohort.coordinator
        proposal = proposals.propose(pair.slot, pair.member.person, by=by, now=at(pair.proposed_on, 10, world))
        proposals.person_accepts(proposal, by=None, now=world.now)


def ready_to_prepare(world, members: list, slots: list, *, today: date) -> None:
    older = [slot for slot in slots if slot.confirmed_on <= today - timedelta(days=7)]
    pair = next_pair(members, older, proposed_on=today - timedelta(days=6), today=today)
    if pair:
        slots.remove(pair.slot)
        agree_both(world, pair)


def said_no(world, members: list, slots: list, *, today: date) -> None:
    """A proposal that came to nothing: the person is on the board again."""
    older = [slot for slot in slots if slot.confirmed_on <= today - timedelta(days=6)]
    pair = next_pair(members, older, proposed_on=today - timedelta(days=5), today=today)
    if pair:
        by = pair.member.cohort.coordinator
        proposal = proposals.propose(pair.slot, pair.member.person, by=by, now=at(pair.proposed_on, 10, world))
        now = at(today - timedelta(days=3), 17, world)
        reason = DeclineReason.TIMES
        proposals.decline(proposal, declined_by=DeclinedBy.PERSON, reason=reason, by=None, now=now)


def for_giovanna(world, cohort: Cohort, slots: list, *, today: date) -> None:
    """The account of the demo has a proposal to answer."""
    member = cohort.memberships.select_related("person", "cohort").get(person=world.beneficiary)
    for slot in slots:
        if fit_of(member.person, slot, today=today).is_possible:
            proposals.propose(slot, member.person, by=cohort.coordinator, now=world.now)
            return
