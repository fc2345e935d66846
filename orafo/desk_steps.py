"""What comes next for a person in groups and traineeships: steps, stages of the path, appointments."""

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from beneficiaries.models import Person
from oltreiperimetri.shared.desk import Appointment, Step, Task

from .conditions import Where, condition_of
from .dossier import is_for_staff, may_read, meetings_to_come, of
from .models import Membership, Proposal, Traineeship
from .said import TO_PERSON

SEAT, TRAINEE = Membership.State, Traineeship.State


def next_steps(person: Person, viewer, *, today: date) -> list[Step]:
    if not may_read(person, viewer):
        return []
    of(person)
    for_staff = is_for_staff(person, viewer)
    steps = [seat_step(place, for_staff, today) for place in person.memberships.all()]
    steps += [meeting_step(place, today) for place in person.memberships.all()]
    steps += [proposal_step(proposal, for_staff, today) for proposal in person.proposals.all()]
    steps += [traineeship_step(traineeship, for_staff, today) for traineeship in person.traineeships.all()]
    return [step for step in steps if step]


def seat_step(place: Membership, for_staff: bool, today: date) -> Step | None:
    if place.state != SEAT.OFFERED or place.has_lapsed_on(today):
        return None
    title = _("Say whether you take the seat in the group “%(name)s”") % {"name": place.cohort.name}
    if for_staff:
        title = _("Seat offered in the group “%(name)s”: answer awaited") % {"name": place.cohort.name}
    url = place.get_absolute_url() if for_staff else "#gruppo"
    return Step(title, url=url, ball="person", due_on=place.offer_until, urgency=90)


def meeting_step(place: Membership, today: date) -> Step | None:
    meeting = next(iter(meetings_to_come(place, today)), None) if place.state == SEAT.ENROLLED else None
    if meeting is None:
        return None
    words = {
        "what": meeting.get_kind_display(),
        "day": date_format(meeting.day, "l j F"),
        "hour": meeting.start_time.strftime("%H:%M"),
    }
    note = _("We meet at %(place)s.") % {"place": meeting.place}
    return Step(_("%(what)s: %(day)s at %(hour)s") % words, ball="person", urgency=30, note=note)


def proposal_step(proposal: Proposal, for_staff: bool, today: date) -> Step | None:
    if proposal.has_lapsed_on(today):
        return None
    firm = {"firm": proposal.slot.organisation.name}
    staff_url, own_url = proposal.get_absolute_url(), reverse("orafo:my_proposal", args=[proposal.pk])
    url = staff_url if for_staff else own_url
    match proposal.state:
        case Proposal.State.SHOWN_TO_PERSON:
            title = _("Proposal at %(firm)s: the person decides") if for_staff else _("Answer: a traineeship at %(firm)s")
            return Step(title % firm, url=url, ball="person", due_on=proposal.answer_by, urgency=85)
        case Proposal.State.SENT_TO_FIRM:
            title = _("%(firm)s says whether it takes you") if not for_staff else _("%(firm)s decides about the proposal")
            return Step(title % firm, url=url, ball="firm", due_on=proposal.answer_by, urgency=25)
        case Proposal.State.FIRM_OK:
            title = _("Prepare the traineeship at %(firm)s") if for_staff else _("The papers for %(firm)s are prepared")
            return Step(title % firm, url=url, ball="caseworker", urgency=80 if for_staff else 25)
    return None


def traineeship_step(traineeship: Traineeship, for_staff: bool, today: date) -> Step | None:
    firm = {"firm": traineeship.organisation.name}
    url = traineeship.get_absolute_url() if for_staff else "#tirocinio"
    where = condition_of(traineeship, today).code
    if where == Where.PREPARING:
        title = _("Papers for the traineeship at %(firm)s") if for_staff else _("The papers for %(firm)s are prepared")
        return Step(title % firm, url=url, ball="caseworker", due_on=traineeship.starts_on, urgency=60 if for_staff else 25)
    if where == Where.TO_START:
        note = _("Your tutor there: %(name)s.") % {"name": traineeship.host_tutor.full_name}
        title = _("First day of the traineeship at %(firm)s: %(day)s")
        words = firm | {"day": date_format(traineeship.starts_on, "l j F")}
        return Step(title % words, url=url, ball="person", urgency=50, note="" if for_staff else note)
    if where == Where.TO_CLOSE and for_staff:
        return Step(_("Close the traineeship at %(firm)s") % firm, url=url, ball="caseworker", urgency=55)
    return None


def own_tasks(person: Person) -> list[Task]:
    """The later stages of the path: a group, a traineeship, and what comes after."""
    of(person)
    return [group_task(person), traineeship_task(person), after_task(person)]


def group_task(person: Person) -> Task:
    places = {place.state: place for place in reversed(person.memberships.all())}
    title = _("A place in a group")
    if SEAT.OFFERED in places:
        return Task(title, "todo", places[SEAT.OFFERED].cohort.name, "#gruppo", order=20)
    for state in (SEAT.ENROLLED, SEAT.COMPLETED):
        if state in places:
            return Task(title, "done", places[state].cohort.name, "#gruppo", order=20)
    if SEAT.WAITLISTED in places:
        return Task(title, "waiting", _("You are on the waiting list."), "#gruppo", order=20)
    return Task(title, "later", order=20)


def traineeship_task(person: Person) -> Task:
    title = _("A traineeship of three months")
    found = [row for row in person.traineeships.all() if row.state != TRAINEE.VOID]
    if found:
        state = {TRAINEE.DRAFT: "waiting"}.get(found[0].state, "done")
        return Task(title, state, found[0].organisation.name, "#tirocinio", order=30)
    proposal = next((row for row in person.proposals.all() if row.is_open), None)
    if proposal is None:
        return Task(title, "later", order=30)
    is_asked = proposal.state == Proposal.State.SHOWN_TO_PERSON
    url = reverse("orafo:my_proposal", args=[proposal.pk])
    return Task(title, "todo" if is_asked else "waiting", str(TO_PERSON.get(proposal.state, "")), url, order=30)


def after_task(person: Person) -> Task:
    closed = any(row.state == TRAINEE.CLOSED for row in person.traineeships.all())
    note = _("We ask how you are after 1, 3, 6 and 12 months.")
    return Task(_("After the traineeship"), "waiting" if closed else "later", note, order=40)


def appointments(person: Person, *, now: datetime) -> list[Appointment]:
    """Meetings of the groups somebody is in, and the first day of a traineeship."""
    today = timezone.localdate(now)
    of(person)
    return [
        Appointment(meeting.starts_at, meeting.get_kind_display(), meeting.place, place.cohort.name)
        for place in person.memberships.all()
        if place.state == SEAT.ENROLLED
        for meeting in meetings_to_come(place, today)
    ]
