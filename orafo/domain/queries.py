"""Questions about groups, slots and traineeships, in words."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from beneficiaries.models import Application, Person
from partners.domain.quota import quota_for
from partners.models import Slot

from ..enums import ATTENDED
from ..models import HOLDING, ON_A_SEAT, Attendance, Cohort, Membership, Proposal, Session, Traineeship
from .attendance import Participation
from .intervals import Interval
from .matching import Fit, PersonFacts, SlotFacts, earliest_period, fit

PREPARED = (Traineeship.State.DRAFT, Traineeship.State.AGREED)


def with_counts(cohorts: QuerySet) -> QuerySet:
    """Each with `taken` (on a seat), `offered` and `waiting`."""
    state = Membership.State
    return cohorts.annotate(
        taken=Count("memberships", filter=Q(memberships__state__in=[state.ENROLLED, state.COMPLETED])),
        offered=Count("memberships", filter=Q(memberships__state=state.OFFERED)),
        waiting=Count("memberships", filter=Q(memberships__state=state.WAITLISTED)),
    )


@dataclass(frozen=True)
class Seat:
    number: int
    membership: Membership | None

    @property
    def state(self) -> str:
        if self.membership is None:
            return "free"
        return "offered" if self.membership.state == Membership.State.OFFERED else "taken"


def seats(cohort: Cohort, memberships: Iterable[Membership]) -> list[Seat]:
    """The numbered seats of a group, in order, with who sits on each."""
    sitting = {member.seat: member for member in memberships if member.state in ON_A_SEAT}
    return [Seat(number, sitting.get(number)) for number in range(1, cohort.capacity + 1)]


def participation(memberships: Iterable[Membership]) -> dict[int, Participation]:
    """By membership: attended and held meetings while in the group, and meetings to come."""
    memberships = list(memberships)
    pks = [member.pk for member in memberships]
    cohort_ids = {member.cohort_id for member in memberships}
    attended, held = Counter(), Counter()
    for member, mark in Attendance.objects.filter(membership__in=pks).values_list("membership", "mark"):
        held[member] += 1
        attended[member] += mark in ATTENDED
    to_come = Counter(Session.objects.planned().filter(cohort__in=cohort_ids).values_list("cohort", flat=True))
    return {
        member.pk: Participation(
            attended[member.pk], held[member.pk], to_come[member.cohort_id] if member.state in HOLDING else 0
        )
        for member in memberships
    }


@dataclass(frozen=True)
class RegisterRow:
    membership: Membership
    marks: list[Attendance | None]
    participation: Participation


def register(sessions: list[Session], memberships: Iterable[Membership]) -> list[RegisterRow]:
    """People x meetings; an empty cell: no register yet, or not in the group on that day."""
    memberships = [member for member in memberships if member.enrolled_on]
    marks = {
        (attendance.membership_id, attendance.session_id): attendance
        for attendance in Attendance.objects.filter(session__in=sessions)
    }
    summary = participation(memberships)
    return [
        RegisterRow(member, [marks.get((member.pk, session.pk)) for session in sessions], summary[member.pk])
        for member in memberships
    ]


# Slots and people ------------------------------------------------------------------------------


def free_places(slot: Slot) -> int:
    """Places of a slot that nobody has: neither a traineeship prepared or agreed, nor an open proposal."""
    return free_places_of([slot])[slot.pk]


def free_places_of(slots: Iterable[Slot]) -> dict[int, int]:
    slots = list(slots)
    used = Counter(Proposal.objects.open().filter(slot__in=slots).values_list("slot", flat=True))
    used.update(Traineeship.objects.filter(slot__in=slots, state__in=PREPARED).values_list("slot", flat=True))
    return {slot.pk: max(slot.quantity - used[slot.pk], 0) for slot in slots}


def slot_facts(slots: Iterable[Slot], *, today: date) -> dict[int, SlotFacts]:
    slots = list(slots)
    free = free_places_of(slots)
    site_load, tutor_load = loads(slots, today=today)
    is_open = set(Slot.objects.open_on(today).filter(pk__in=free).values_list("pk", flat=True))
    return {
        slot.pk: SlotFacts(
            pk=slot.pk,
            organisation=slot.organisation_id,
            town=slot.site.municipality_id,
            starts_on=slot.starts_on,
            ends_on=slot.ends_on,
            needs_licence=slot.needs_licence,
            needs_car=slot.needs_car,
            free_places=free[slot.pk],
            site_quota=quota_for(slot.site.headcount),
            site_load=tuple(site_load[slot.site_id]),
            tutor_load=tuple(tutor_load[slot.tutor_id]) if slot.tutor_id else (),
            is_open=slot.pk in is_open,
        )
        for slot in slots
    }


def loads(slots: list[Slot], *, today: date) -> tuple[dict[int, list[Interval]], dict[int, list[Interval]]]:
    """Days of the live traineeships still to end, by site and by host tutor of the slots."""
    by_site, by_tutor = defaultdict(list), defaultdict(list)
    running = (
        Traineeship.objects.live()
        .with_effective_end()
        .filter(last_day__gte=today)
        .filter(Q(site__in={slot.site_id for slot in slots}) | Q(host_tutor__in={slot.tutor_id for slot in slots}))
    )
    for site, tutor, first, last in running.values_list("site", "host_tutor", "starts_on", "last_day"):
        by_site[site].append((first, last))
        by_tutor[tutor].append((first, last))
    return by_site, by_tutor


def person_facts(people: Iterable[Person]) -> dict[int, PersonFacts]:
    people = list(people)
    busy, hosts = defaultdict(list), defaultdict(set)
    for traineeship in Traineeship.objects.live().filter(person__in=people):
        busy[traineeship.person_id].append((traineeship.starts_on, traineeship.effective_end))
        hosts[traineeship.person_id].add(traineeship.organisation_id)
    with_proposal = set(Proposal.objects.open().filter(person__in=people).values_list("person", flat=True))
    return {
        person.pk: PersonFacts(
            pk=person.pk,
            town=person.municipality_id,
            has_licence=person.has_licence,
            has_car=person.has_car,
            busy=tuple(busy[person.pk]),
            hosts=frozenset(hosts[person.pk]),
            has_open_proposal=person.pk in with_proposal,
        )
        for person in people
    }


def fit_of(person: Person, slot: Slot, *, today: date) -> Fit:
    facts = slot_facts([slot], today=today)[slot.pk]
    return fit(person_facts([person])[person.pk], facts, period=earliest_period(facts, today=today))


# People --------------------------------------------------------------------


def people_who_may_join(people: QuerySet, *, cohort: Cohort) -> QuerySet:
    """Admitted or on the general waiting list, without a seat anywhere, not yet on this group's list."""
    decided = [Application.State.ADMITTED, Application.State.WAITING_LIST]
    return (
        people.filter(applications__state__in=decided)
        .exclude(memberships__state__in=HOLDING)
        .exclude(memberships__in=cohort.memberships.waiting())
        .distinct()
    )


def next_session(memberships: Iterable[Membership], *, now) -> Session | None:
    """The first planned meeting still to come of the groups somebody is in."""
    cohorts = [member.cohort_id for member in memberships if member.state in HOLDING]
    today = timezone.localdate(now)
    return Session.objects.planned().filter(cohort__in=cohorts, day__gte=today).select_related("cohort").first()
