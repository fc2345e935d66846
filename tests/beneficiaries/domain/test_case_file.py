from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from beneficiaries.domain import application as applications
from beneficiaries.domain import case_file as verbs
from beneficiaries.domain.case_file import Phase, phases_of
from beneficiaries.models import Application, CaseFile, Note, Pact, Screening
from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.audit.trail import state_changes
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, ApplicationFactory, PersonFactory, ScreeningFactory
from tests.factories.beneficiaries_work import CaseFactory, PactFactory

pytestmark = pytest.mark.django_db
State = CaseFile.State
TODAY = date(2026, 11, 24)
NOW = at_rome(TODAY, 10)


@pytest.fixture
def caseworker():
    return UserFactory(caseworker=True, towns=[RHO])


def admit(application, by):
    ScreeningFactory(application=application, outcome=Screening.Outcome.ELIGIBLE)
    applications.decide(application, "admitted", seen=application.state, message="Ti aspettiamo.", by=by, now=NOW)


def test_admission_opens_the_case_at_the_assessment(caseworker):
    application = ApplicationFactory(in_review=True)
    admit(application, caseworker)
    case = application.person.cases.get()
    assert (case.state, case.opened_on, case.opened_by) == (State.ASSESSMENT, TODAY, caseworker)
    assert (case.ball, case.due_on) == ("caseworker", TODAY + timedelta(days=30))


def test_admission_goes_on_with_the_case_that_is_open(caseworker):
    application = ApplicationFactory(in_review=True)
    case = verbs.open_case(application.person, by=caseworker, now=NOW)
    admit(application, caseworker)
    assert list(application.person.cases.all()) == [case]
    assert case.state == State.ACCESS


def test_a_refused_admission_opens_nothing(caseworker):
    application = ApplicationFactory(in_review=True)
    with pytest.raises(DomainError):
        applications.decide(application, "admitted", seen=application.state, message="", by=caseworker, now=NOW)
    assert not CaseFile.objects.exists()
    assert Application.objects.get().state == "in_review"


def test_of_two_colleagues_the_second_is_told_that_it_is_open(caseworker):
    person = PersonFactory()
    verbs.open_case(person, by=caseworker, now=NOW)
    with pytest.raises(DomainError) as refused:
        verbs.open_case(person, by=caseworker, now=NOW)
    assert refused.value.code == "already_open"
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseFactory(person=person)


def test_a_case_goes_through_its_phases_and_leaves_its_history(caseworker):
    case = CaseFactory()
    for to in (State.PLAN, State.DELIVERY, State.FINAL_EVALUATION):
        verbs.go_to(case, to, seen=case.state, by=caseworker, now=NOW)
        assert case.due_on == TODAY + timedelta(days=verbs.PHASE_DAYS[to])
    assert [change.to_state for change in state_changes(case)] == ["final_evaluation", "delivery", "plan"]
    assert [phase.when for phase in phases_of(case)] == ["done"] * 4 + ["now"]


def test_closing_asks_how_and_in_which_circumstances_and_ends_the_pact(caseworker):
    case = CaseFactory()
    PactFactory(person=case.person, agreed=True)
    PactFactory(person=case.person)
    with pytest.raises(DomainError) as wordless:
        verbs.go_to(case, State.CLOSED, seen=case.state, reason="found_work", by=caseworker, now=NOW)
    case.refresh_from_db()
    with pytest.raises(DomainError) as reasonless:
        verbs.go_to(case, State.CLOSED, seen=case.state, note="Contratto.", by=caseworker, now=NOW)
    verbs.go_to(case, State.CLOSED, seen="assessment", reason="found_work", note="Contratto.", by=caseworker, now=NOW)
    assert (wordless.value.field, reasonless.value.field) == ("note", "reason")
    assert (case.closed_on, case.closing_reason, case.ball, case.due_on) == (TODAY, "found_work", "", None)
    assert Note.objects.get().text == "Contratto."
    assert set(Pact.objects.values_list("state", flat=True)) == {"ended"}
    assert all(phase == Phase(phase.label, "done") for phase in phases_of(case))


def test_a_closed_case_opens_again_unless_another_is_open(caseworker):
    case = CaseFactory(closed=True)
    again = {"seen": "closed", "reason": "person_asked", "by": caseworker, "now": NOW}
    other = CaseFactory(person=case.person)
    with pytest.raises(DomainError) as refused:
        verbs.go_to(case, State.ASSESSMENT, **again)
    other.delete()
    verbs.go_to(case, State.ASSESSMENT, **again)
    assert refused.value.code == "already_open"
    assert (case.state, case.closed_on, case.closing_reason) == (State.ASSESSMENT, None, "")


def test_who_saw_another_phase_is_told_and_nothing_moves(caseworker):
    case = CaseFactory(state=State.PLAN)
    with pytest.raises(DomainError) as refused:
        verbs.go_to(case, State.DELIVERY, seen=State.ASSESSMENT, by=caseworker, now=NOW)
    assert (refused.value.code, CaseFile.objects.get().state) == ("changed_meanwhile", State.PLAN)


def test_nobody_works_on_their_own_case_nor_out_of_reach():
    case = CaseFactory()
    stranger = UserFactory(caseworker=True, towns=["015170"])
    for by in (stranger, UserFactory(citizen=True)):
        with pytest.raises(DomainError) as refused:
            verbs.go_to(case, State.PLAN, seen=case.state, by=by, now=NOW)
        assert refused.value.code == "not_allowed"
    assert not AuditEntry.objects.filter(action="move").exists()
