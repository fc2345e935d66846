from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string

from beneficiaries import reminders_work
from beneficiaries.domain import pact_agreement as verbs
from beneficiaries.models import PactAction
from oltreiperimetri.reminders import engine, kinds
from oltreiperimetri.reminders.models import DigestLine, Message, Reminder
from oltreiperimetri.shared.dates import at_rome
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, ApplicationFactory, PersonFactory
from tests.factories.beneficiaries_work import ActionFactory, GoalFactory, PactFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
NOW = at_rome(TODAY, 10)
DUE = date(2026, 12, 4)
EVE = at_rome(date(2026, 12, 2), 9)


@pytest.fixture
def caseworker():
    return UserFactory(caseworker=True, towns=[RHO])


def in_force(caseworker, **action):
    pact = PactFactory(person=PersonFactory(user=UserFactory(beneficiary=True)))
    found = ActionFactory(goal=GoalFactory(pact=pact), due_on=DUE, text="Parlare con la banca", **action)
    verbs.agree(pact, consent="present", agreed_on=TODAY, review_on=date(2027, 2, 24), by=caseworker, now=NOW)
    return pact, found


def steps_of(subject) -> list:
    return list(Reminder.objects.about(subject).values_list("kind", "state", "wanted_at"))


def test_the_person_is_reminded_two_days_before_of_what_is_theirs(caseworker):
    pact, own = in_force(caseworker)
    ours = ActionFactory(goal=own.goal, ball="caseworker")
    engine.plan(ours, now=NOW)
    assert steps_of(own) == [("beneficiaries.action_due", "planned", EVE)]
    assert steps_of(ours) == []
    assert steps_of(pact) == [("beneficiaries.pact_review", "planned", at_rome(date(2027, 2, 21), 9))]


def test_a_tick_stops_the_reminder_and_taking_it_back_starts_it_again(caseworker):
    pact, action = in_force(caseworker)
    verbs.tick(action, PactAction.State.DONE, by=pact.person.user, now=NOW)
    assert steps_of(action)[0][1] == "cancelled"
    verbs.tick(action, PactAction.State.TODO, by=pact.person.user, now=NOW)
    assert steps_of(action)[0][1] == "planned"


def test_the_facts_are_looked_at_again_when_it_leaves(caseworker):
    """Ticked behind the back of the engine: nothing is said to anybody."""
    _pact, action = in_force(caseworker)
    PactAction.objects.filter(pk=action.pk).update(state="done", done_on=TODAY)
    engine.emit_due(now=EVE)
    assert Reminder.objects.about(action).get().state == "skipped"
    assert not Message.objects.exists()


def test_what_is_to_be_done_is_not_in_the_mail(caseworker):
    _pact, action = in_force(caseworker)
    engine.emit_due(now=EVE)
    message = Message.objects.get()
    assert message.recipient == action.goal.pact.person.email
    assert "banca" not in message.body


def test_the_review_is_a_line_in_the_digest_of_whoever_follows(caseworker):
    pact, _action = in_force(caseworker)
    ApplicationFactory(person=pact.person, owner=caseworker)
    engine.emit_due(now=at_rome(date(2027, 2, 22), 9))
    assert DigestLine.objects.filter(recipient=caseworker.email).count() == 1


def test_when_a_new_version_takes_over_the_old_reminders_stop(caseworker):
    pact, action = in_force(caseworker)
    PactFactory(person=pact.person)
    new = pact.person.pacts.get(state="draft")
    ActionFactory(goal=GoalFactory(pact=new), due_on=DUE + timedelta(days=5))
    verbs.agree(new, consent="paper", agreed_on=TODAY, review_on=date(2027, 3, 1), by=caseworker, now=NOW)
    assert {steps_of(thing)[0][1] for thing in (pact, action)} == {"cancelled"}


def test_the_mail_is_whole():
    context = {"phone": "02 0000 0000", "name": "Teresa", "due_on": DUE, "link": "https://example.org/x"}
    text, page, subject = (
        render_to_string(f"mail/beneficiaries/action_due.{ending}", context) for ending in ("txt", "html", "subject.txt")
    )
    assert all("https://example.org/x" in body and "Teresa" in body for body in (text, page))
    assert "\n" not in subject.strip()


def test_both_kinds_are_known_to_the_engine():
    assert {"beneficiaries.action_due", "beneficiaries.pact_review"} <= set(kinds.REGISTRY)
    assert reminders_work.ACTION_DAYS == 2
