from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from beneficiaries.domain import pact as writing
from beneficiaries.domain import pact_agreement as verbs
from beneficiaries.models import Note, Notice, Pact, PactAction
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, PersonFactory
from tests.factories.beneficiaries_work import ActionFactory, GoalFactory, PactFactory

pytestmark = pytest.mark.django_db
State, Action = Pact.State, PactAction.State
TODAY = date(2026, 11, 24)
NOW = at_rome(TODAY, 10)


@pytest.fixture
def caseworker():
    return UserFactory(caseworker=True, towns=[RHO])


@pytest.fixture
def person():
    return PersonFactory(user=UserFactory(beneficiary=True))


def drafted(person, **action):
    pact = PactFactory(person=person)
    return pact, ActionFactory(goal=GoalFactory(pact=pact), **action)


def agree(pact, by, **changes):
    facts = {"consent": Pact.Consent.PRESENT, "agreed_on": TODAY, "review_on": date(2027, 2, 24)} | changes
    verbs.agree(pact, **facts, by=by, now=NOW)


def code_of(verb, *args, **kwargs) -> str:
    with pytest.raises(DomainError) as refused:
        verb(*args, **kwargs)
    return refused.value.code


def test_a_pact_is_written_goal_by_goal_and_agreed_face_to_face(caseworker, person):
    pact = writing.start_pact(person, by=caseworker, now=NOW)
    goal = writing.write_goal(pact, area="work", text=" Un lavoro ", by=caseworker, now=NOW)
    due_on = TODAY + timedelta(days=7)
    writing.write_action(goal, text="Curriculum", ball="person", due_on=due_on, by=caseworker, now=NOW)

    agree(pact, caseworker)

    assert (pact.state, pact.version, pact.agreed_on, pact.consent) == (State.AGREED, 1, TODAY, "present")
    assert (pact.ball, pact.due_on, pact.review_on) == ("caseworker", date(2027, 2, 24), date(2027, 2, 24))
    assert [(one.text, one.ball, one.due_on, one.state) for one in PactAction.objects.all()] == [
        ("Curriculum", "person", due_on, Action.TODO)
    ]


def test_beginning_again_finds_the_draft_of_before(caseworker, person):
    first = writing.start_pact(person, by=caseworker, now=NOW)
    assert writing.start_pact(person, by=caseworker, now=NOW) == first
    with pytest.raises(IntegrityError), transaction.atomic():
        PactFactory(person=person)


def test_a_pact_without_goals_or_with_an_idle_goal_is_not_agreed(caseworker, person):
    pact = PactFactory(person=person)
    assert code_of(agree, pact, caseworker) == "no_goal"
    GoalFactory(pact=pact)
    assert code_of(agree, pact, caseworker) == "no_action"
    assert Pact.objects.get().state == State.DRAFT


@pytest.mark.parametrize(("changes", "code"), [
    ({"agreed_on": TODAY + timedelta(days=1)}, "future"),
    ({"review_on": TODAY}, "past"),
])  # fmt: skip
def test_the_days_of_an_agreement_make_sense(changes, code, caseworker, person):
    pact, _action = drafted(person)
    assert code_of(agree, pact, caseworker, **changes) == code


def test_the_review_may_be_tomorrow(caseworker, person):
    pact, _action = drafted(person)
    agree(pact, caseworker, review_on=TODAY + timedelta(days=1))
    assert pact.state == State.AGREED


def test_an_action_has_a_day_to_come_and_a_partner_its_name(caseworker, person):
    _pact, action = drafted(person)
    facts = {"text": "Chiamare", "by": caseworker, "now": NOW}
    write = writing.write_action
    assert code_of(write, action.goal, ball="partner", due_on=TODAY, **facts) == "empty"
    assert code_of(write, action.goal, ball="person", due_on=TODAY - timedelta(days=1), **facts) == "past"
    kept = write(action.goal, ball="partner", partner_name="Caritas", due_on=TODAY, **facts)
    changed = write(action.goal, ball="person", partner_name="Caritas", due_on=TODAY, action=kept, **facts)
    assert (changed.pk, changed.ball, changed.partner_name) == (kept.pk, "person", "")


def test_the_person_reads_it_and_says_yes_online(caseworker, person):
    pact, _action = drafted(person)
    verbs.propose(pact, answer_by=date(2026, 12, 1), review_on=date(2027, 3, 1), by=caseworker, now=NOW)
    assert (pact.state, pact.ball, pact.due_on) == (State.PROPOSED, "person", date(2026, 12, 1))
    assert Notice.objects.get().person == person

    verbs.agree_online(pact, by=person.user, now=NOW + timedelta(days=2))

    assert (pact.state, pact.consent, pact.agreed_on) == (State.AGREED, "online", TODAY + timedelta(days=2))
    assert (pact.ball, pact.due_on) == ("caseworker", date(2027, 3, 1))


def test_who_says_yes_after_the_review_day_gets_a_review_to_come(caseworker, person):
    pact = PactFactory(person=person, proposed=True, review_on=TODAY - timedelta(days=2))
    ActionFactory(goal=GoalFactory(pact=pact))
    verbs.agree_online(pact, by=person.user, now=NOW)
    assert pact.review_on == TODAY + timedelta(days=1)


def test_the_person_may_ask_for_a_change_and_the_caseworker_has_a_week(caseworker, person):
    pact = PactFactory(person=person, proposed=True)
    assert code_of(verbs.ask_for_change, pact, " ", by=person.user, now=NOW) == "empty"
    verbs.ask_for_change(pact, "Meno telefonate", by=person.user, now=NOW)
    assert (pact.state, pact.answer) == (State.DRAFT, "Meno telefonate")
    assert (pact.ball, pact.due_on) == ("caseworker", TODAY + timedelta(days=7))


def test_only_the_person_agrees_online_and_only_staff_write(caseworker, person):
    pact = PactFactory(person=person, proposed=True)
    stranger = UserFactory(beneficiary=True)
    for by in (caseworker, stranger):
        assert code_of(verbs.agree_online, pact, by=by, now=NOW) == "not_allowed"
        assert code_of(verbs.ask_for_change, pact, "x", by=by, now=NOW) == "not_allowed"
    assert code_of(verbs.take_back, pact, by=person.user, now=NOW) == "not_allowed"
    assert code_of(writing.start_pact, person, by=person.user, now=NOW) == "not_allowed"


def test_without_an_account_it_is_agreed_face_to_face(caseworker):
    pact, _action = drafted(PersonFactory())
    facts = {"answer_by": date(2026, 12, 1), "review_on": date(2027, 3, 1), "by": caseworker, "now": NOW}
    assert code_of(verbs.propose, pact, **facts) == "no_account"


def test_a_new_version_takes_over_with_what_was_ticked_meanwhile(caseworker, person):
    old, done_later = drafted(person)
    dropped = ActionFactory(goal=done_later.goal)
    agree(old, caseworker)
    verbs.tick(dropped, Action.DROPPED, by=caseworker, now=NOW)
    new = writing.start_pact(person, by=caseworker, now=NOW)
    verbs.tick(done_later, Action.DONE, by=person.user, now=NOW)

    agree(new, caseworker)

    old.refresh_from_db()
    copy = PactAction.objects.get(goal__pact=new)
    assert (old.state, old.ball, old.due_on, new.version) == (State.REPLACED, "", None, 2)
    assert (copy.carried_from, copy.state, copy.done_on, copy.done_by) == (done_later, Action.DONE, TODAY, person.user)


def test_the_person_ticks_and_unticks_their_own_and_nothing_else(caseworker, person):
    pact, own = drafted(person)
    ours = ActionFactory(goal=own.goal, ball="caseworker")
    agree(pact, caseworker)
    verbs.tick(own, Action.DONE, by=person.user, now=NOW)
    assert (own.state, own.done_on, own.done_by) == (Action.DONE, TODAY, person.user)
    verbs.tick(own, Action.TODO, by=person.user, now=NOW)
    assert (own.state, own.done_on, own.done_by) == (Action.TODO, None, None)
    assert code_of(verbs.tick, ours, Action.DONE, by=person.user, now=NOW) == "not_allowed"
    assert code_of(verbs.tick, own, Action.DROPPED, by=person.user, now=NOW) == "not_allowed"


def test_nothing_is_ticked_before_it_is_agreed(caseworker, person):
    _pact, action = drafted(person)
    assert code_of(verbs.tick, action, Action.DONE, by=caseworker, now=NOW) == "changed_meanwhile"


def test_an_agreed_pact_is_not_rewritten(caseworker, person):
    pact, action = drafted(person)
    agree(pact, caseworker)
    assert code_of(writing.write_goal, pact, area="work", text="Altro", by=caseworker, now=NOW) == "changed_meanwhile"
    assert code_of(writing.remove, action, by=caseworker, now=NOW) == "changed_meanwhile"


def test_a_review_has_its_next_day_and_its_note(caseworker, person):
    pact, _action = drafted(person)
    agree(pact, caseworker)
    verbs.set_review(pact, review_on=date(2027, 5, 24), note="Va bene.", by=caseworker, now=NOW)
    assert (pact.review_on, pact.due_on, Note.objects.get().text) == (date(2027, 5, 24), date(2027, 5, 24), "Va bene.")


def test_goals_and_actions_are_encrypted_in_the_database(person):
    _pact, action = drafted(person, text="Parlare con la banca")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM beneficiaries_pactaction WHERE id = %s", [action.pk])
        assert "banca" not in cursor.fetchone()[0]
