"""What the case work leaves behind: timeline and copy of one's data."""

from django.db.models import Q
from django.utils.translation import gettext as _

from oltreiperimetri.audit.models import StateChange
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.desk import Event, Record, Tab

from . import dossier_work as dossier
from .enums import ClosingReason
from .models import Assessment, CaseFile, Pact, PactAction, Person
from .scales import ANCHORS

ACTION = PactAction.State


# Timeline ----------------------------------------------------------------------------------------
def person_events(person: Person, *, for_staff: bool) -> list[Event]:
    cases = {one.pk: one for one in dossier.cases_of(person)}
    pacts = {one.pk: one for one in dossier.pacts_of(person)}
    events = [Event(at_rome(one.opened_on, 8), _("Case opened"), icon="it-folder") for one in cases.values() if for_staff]
    events += state_events(cases, pacts, for_staff=for_staff)
    assessment_url = person.tab_url(Tab.ASSESSMENT) if for_staff else "#valutazione"
    events += [
        Event(at_rome(one.taken_on, 12), _("We looked at how things stand"), by=str(one.by), url=assessment_url)
        for one in (look.assessment for look in dossier.assessments_of(person))
        if for_staff or one.is_shared
    ]
    if for_staff:
        events += contact_events(person) + team_events(person)
    return events


def state_events(cases: dict[int, CaseFile], pacts: dict[int, Pact], *, for_staff: bool) -> list[Event]:
    """Passages of cases (staff alone read them), of pacts, and what was ticked; in one query."""
    actions = list(PactAction.objects.filter(goal__pact__in=pacts).values_list("pk", flat=True)) if pacts else []
    case_type, pact_type = CaseFile._meta.label_lower, Pact._meta.label_lower
    wanted = Q(object_type=pact_type, object_id__in=pacts)
    wanted |= Q(object_type=PactAction._meta.label_lower, object_id__in=actions, to_state=ACTION.DONE)
    if for_staff:
        wanted |= Q(object_type=case_type, object_id__in=cases)
    labels = {
        case_type: (_("Case: %(state)s"), dict(CaseFile.State.choices)),
        pact_type: (_("Pact: %(state)s"), dict(Pact.State.choices)),
        PactAction._meta.label_lower: (_("Action of the pact: %(state)s"), dict(ACTION.choices)),
    }
    events = []
    for change in StateChange.objects.filter(wanted).select_related("by"):
        title, states = labels[change.object_type]
        reason = dict(ClosingReason.choices).get(change.reason, "")
        events.append(
            Event(
                change.at,
                title % {"state": states.get(change.to_state, change.to_state)},
                body=str(reason) if for_staff else "",
                by=str(change.by or "") if for_staff else "",
                icon="it-check-circle",
            )
        )
    return events


def contact_events(person: Person) -> list[Event]:
    rows = person.contact_entries.select_related("by", "place").order_by("-day", "-pk")[:100]
    return [Event(at_rome(one.day, 12), one.what, body=str(one.place), by=str(one.by), icon="it-telephone") for one in rows]


def team_events(person: Person) -> list[Event]:
    events = []
    for one in person.team.select_related("user"):
        about = {"who": one, "role": one.get_role_display()}
        events.append(Event(at_rome(one.since, 8), _("%(who)s joins the team: %(role)s") % about, icon="it-user"))
        if one.until:
            events.append(Event(at_rome(one.until, 19), _("%(who)s leaves the team") % about, icon="it-user"))
    return events


# Copy of one's data ------------------------------------------------------------------------------
def person_records(person: Person) -> list[Record]:
    """Case, levels, pacts and contacts. The levels are the person's also when they were not shared; the notes are not."""
    return [
        *[case_record(one) for one in person.cases.all()],
        *[assessment_record(one) for one in person.assessments.prefetch_related("levels")],
        *[pact_record(one) for one in person.pacts.exclude(state=Pact.State.DRAFT).prefetch_related("goals__actions")],
        *contact_records(person),
        *team_records(person),
    ]


def case_record(case: CaseFile) -> Record:
    facts = [(_("opened on"), case.opened_on.isoformat()), (_("phase"), case.get_state_display())]
    if case.closed_on:
        facts += [(_("closed on"), case.closed_on.isoformat()), (_("how it ended"), case.get_closing_reason_display())]
    return Record(_("Work done together"), tuple(facts))


def assessment_record(assessment: Assessment) -> Record:
    facts = [(one.get_area_display(), f"{one.level}. {ANCHORS[one.area][one.level - 1]}") for one in assessment.levels.all()]
    return Record(str(assessment), tuple(facts))


def pact_record(pact: Pact) -> Record:
    facts = [(_("state"), pact.get_state_display())]
    if pact.agreed_on:
        facts += [(_("agreed on"), pact.agreed_on.isoformat()), (_("how it was agreed"), pact.get_consent_display())]
    if pact.answer:
        facts.append((_("what the person would change"), pact.answer))
    for goal in pact.goals.all():
        facts.append((goal.get_area_display(), goal.text))
        for one in goal.actions.all():
            who = one.partner_name or one.get_ball_display()
            facts.append((f"{who}, {one.due_on.isoformat()}", f"{one.text} ({one.get_state_display()})"))
    return Record(str(pact), tuple(facts))


def contact_records(person: Person) -> list[Record]:
    rows = person.contact_entries.select_related("place").order_by("day", "pk")
    facts = tuple((one.day.isoformat(), f"{one.what}, {one.place}") for one in rows)
    return [Record(_("Calls, visits and consultations"), facts)] if facts else []


def team_records(person: Person) -> list[Record]:
    facts = tuple((one.get_role_display(), str(one)) for one in person.team.select_related("user"))
    return [Record(_("Who is around me"), facts)] if facts else []
