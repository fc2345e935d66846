"""Of a person's case, pacts, team and assessments: read once for every part of a page."""

from django.db.models import prefetch_related_objects

from .domain.assessment import Look, looks_of
from .domain.pact_agreement import actions_under_way
from .models import CaseFile, Pact, PactAction, PactGoal, Person, TeamMember

Content = list[tuple[PactGoal, list[PactAction]]]


def once(person: Person, name: str, read) -> list:
    """What `read` gives, kept on the person under `name`."""
    kept = person.__dict__.setdefault("_work", {})
    if name not in kept:
        kept[name] = list(read())
    return kept[name]


def cases_of(person: Person) -> list[CaseFile]:
    """The latest first."""
    return once(person, "cases", lambda: person.cases.order_by("-opened_on", "-pk"))


def case_of(person: Person) -> CaseFile | None:
    return next(iter(cases_of(person)), None)


def pacts_of(person: Person) -> list[Pact]:
    """Every version, the latest first, without what is written in them."""
    return once(person, "pacts", lambda: person.pacts.order_by("-version"))


def whole_pacts_of(person: Person) -> list[Pact]:
    """Every version with goals and actions."""
    pacts = pacts_of(person)
    prefetch_related_objects(pacts, "goals__actions")
    for pact in pacts:
        pact.person = person
    return pacts


def todo_of(person: Person) -> list[PactAction]:
    """What is still to do of the pact in force, the nearest day first; no query without one."""
    if not any(pact.state == Pact.State.AGREED for pact in pacts_of(person)):
        return []
    return once(person, "todo", lambda: actions_under_way(person))


def team_of(person: Person) -> list[TeamMember]:
    return once(person, "team", lambda: person.team.now().select_related("user").order_by("since", "pk"))


def assessments_of(person: Person) -> list[Look]:
    """The first one first, with their levels."""
    return once(person, "assessments", lambda: looks_of(person))


def own_pacts_of(person: Person) -> list[tuple[Pact, Content]]:
    """What the person reads: the version offered, then the one in force; in one query, for both are complete."""
    return once(person, "own", lambda: read_own_pacts(person))


def read_own_pacts(person: Person) -> list[tuple[Pact, Content]]:
    rows = PactAction.objects.filter(
        goal__pact__person=person, goal__pact__state__in=[Pact.State.PROPOSED, Pact.State.AGREED]
    )
    found: dict[int, tuple[Pact, dict[int, tuple[PactGoal, list[PactAction]]]]] = {}
    for action in rows.select_related("goal__pact").order_by("-goal__pact__version", "goal", "due_on", "pk"):
        _pact, goals = found.setdefault(action.goal.pact_id, (action.goal.pact, {}))
        goals.setdefault(action.goal_id, (action.goal, []))[1].append(action)
    return [(pact, list(goals.values())) for pact, goals in found.values()]
