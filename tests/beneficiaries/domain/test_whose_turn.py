"""Every waiting state names who has the ball and the due day: the database says so, and what pages derive agrees."""

import random
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from beneficiaries import demo
from beneficiaries.domain import application as verbs
from beneficiaries.domain.queries import OPEN_STATES, ball_of
from beneficiaries.models import Application, CaseFile, Pact, PactAction, Screening
from oltreiperimetri.audit.trail import move
from oltreiperimetri.portal import demo_data
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.models import Municipality
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import ApplicationFactory, ScreeningFactory
from tests.factories.beneficiaries_work import ActionFactory, CaseFactory, PactFactory

pytestmark = pytest.mark.django_db
State = Application.State
TODAY = date(2026, 11, 24)
NOW = at_rome(TODAY, 10)


def agrees(application: Application) -> bool:
    """What is stored and what is derived on its last good day are the same; decided ones wait for nobody."""
    if application.state not in OPEN_STATES:
        return (application.ball, application.due_on) == ("", None)
    ball = ball_of(application, today=application.due_on)
    return (ball.holder, ball.due_on, ball.is_late) == (application.ball, application.due_on, False)


@pytest.fixture
def coordinator():
    return UserFactory(coordinator=True)


@pytest.mark.parametrize("state", State.values)
def test_an_application_without_its_turn_is_refused_by_the_database(state):
    application = ApplicationFactory(state=state, decided_at=None if state in OPEN_STATES else NOW)
    lacking = [{"ball": ""}, {"due_on": None}] if state in OPEN_STATES else [{"ball": "person"}, {"due_on": TODAY}]
    for facts in lacking:
        with pytest.raises(IntegrityError), transaction.atomic():
            Application.objects.filter(pk=application.pk).update(**facts)


@pytest.mark.parametrize(("factory", "facts"), [
    (CaseFactory, {"due_on": None}),
    (CaseFactory, {"ball": ""}),
    (lambda: CaseFactory(closed=True), {"due_on": TODAY}),
    (PactFactory, {"due_on": None}),
    (lambda: PactFactory(proposed=True), {"ball": ""}),
    (lambda: PactFactory(agreed=True), {"due_on": TODAY}),
    (lambda: PactFactory(replaced=True), {"ball": "person"}),
    (ActionFactory, {"ball": "partner"}),
    (ActionFactory, {"ball": "office"}),
    (ActionFactory, {"due_on": None}),
])  # fmt: skip
def test_cases_pacts_and_actions_say_it_too(factory, facts):
    thing = factory()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(thing).objects.filter(pk=thing.pk).update(**facts)


def carry_out(application: Application, to: str, *, by) -> None:
    """Take the step through its verb, with whatever that verb asks."""
    facts = {"seen": application.state, "by": by, "now": NOW}
    reason = next((code for code, _label in application.TRANSITIONS[application.state, to].reasons), "")
    match to:
        case State.IN_REVIEW:
            verbs.take_in_review(application, reason=reason, **facts)
        case State.INFO_REQUESTED:
            verbs.request_information(application, answer_by=TODAY + timedelta(days=9), message="Manca la DID.", **facts)
        case State.INTERVIEW:
            verbs.plan_interview(application, starts_at=NOW + timedelta(days=5), place="Rho", **facts)
        case State.WITHDRAWN:
            verbs.withdraw(application, reason=reason, **facts)
        case _decision:
            verbs.decide(application, to, reason=reason, message="Ecco.", note="Detto insieme.", **facts)


@pytest.mark.parametrize(("source", "target"), Application.TRANSITIONS)
def test_every_step_hands_the_ball_on(source, target, coordinator):
    application = ApplicationFactory(state=source, decided_at=None if source in OPEN_STATES else NOW)
    ScreeningFactory(application=application, outcome=Screening.Outcome.ELIGIBLE)
    carry_out(application, target, by=coordinator)
    application.refresh_from_db()
    assert (application.state, agrees(application)) == (target, True)
    assert application.ball == Application.BALLS[target]


@pytest.mark.parametrize("state", [State.INFO_REQUESTED, State.INTERVIEW])
def test_after_the_last_day_the_ball_comes_back_by_the_clock_alone(state):
    application = ApplicationFactory(state=state, due_on=TODAY)
    assert ball_of(application, today=TODAY).holder == "person"
    late = ball_of(application, today=TODAY + timedelta(days=1))
    assert (late.holder, late.is_late, application.ball) == ("caseworker", True, "person")


@pytest.mark.parametrize(
    ("source", "target"), [passage for passage in CaseFile.TRANSITIONS if CaseFile.State.CLOSED not in passage]
)
def test_no_step_between_phases_leaves_a_case_without_a_day(source, target, coordinator):
    case = CaseFactory(state=source)
    with pytest.raises(IntegrityError), transaction.atomic():
        move(case, target, by=coordinator, now=NOW, due_on=None)


def test_the_whole_demo_agrees_with_itself():
    world = SimpleNamespace(
        users=demo_data.people(),
        now=at_rome(TODAY, 12),
        today=TODAY,
        random=random.Random(7),
        towns={town.pk: town for town in Municipality.objects.in_programme()},
    )
    demo.build(world, today=TODAY)
    assert [one.number for one in Application.objects.all() if not agrees(one)] == []
    assert {pact.state for pact in Pact.objects.all()} >= {"agreed", "proposed"}
    assert not CaseFile.objects.open().filter(due_on=None).exists()
    assert PactAction.objects.awaited().exists()
