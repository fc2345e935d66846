from datetime import date, timedelta

import pytest

from beneficiaries.domain import application as verbs
from beneficiaries.domain.queries import ball_of
from beneficiaries.models import Application, Appointment, Note, Notice, Screening
from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.audit.trail import state_changes
from oltreiperimetri.reminders.models import Message
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, ApplicationFactory, PersonFactory, ScreeningFactory

pytestmark = pytest.mark.django_db
State = Application.State
TODAY = date(2026, 11, 24)
NOW = at_rome(TODAY, 10)


@pytest.fixture
def caseworker():
    return UserFactory(caseworker=True, towns=[RHO])


@pytest.fixture
def coordinator():
    return UserFactory(coordinator=True)


def eligible(**kwargs):
    application = ApplicationFactory(**kwargs)
    ScreeningFactory(application=application, outcome=Screening.Outcome.ELIGIBLE)
    return application


def test_who_takes_it_in_review_follows_it_and_has_the_ball_for_fifteen_days(caseworker):
    application = ApplicationFactory()

    verbs.take_in_review(application, seen=State.RECEIVED, by=caseworker, now=NOW)

    application.refresh_from_db()
    assert (application.state, application.owner) == (State.IN_REVIEW, caseworker)
    ball = ball_of(application, today=TODAY)
    assert (ball.holder, ball.due_on) == ("caseworker", TODAY + timedelta(days=15))


def test_taking_in_review_keeps_the_owner_somebody_chose(caseworker):
    colleague = UserFactory(caseworker=True, towns=[RHO])
    application = ApplicationFactory(owner=colleague)
    verbs.take_in_review(application, seen=State.RECEIVED, by=caseworker, now=NOW)
    assert application.owner == colleague


def test_a_request_gives_the_ball_to_the_person_and_tells_them_by_mail(caseworker):
    application = ApplicationFactory(in_review=True)

    verbs.request_information(
        application, seen=State.IN_REVIEW, answer_by=date(2026, 12, 9), message="Ci serve la DID.", by=caseworker, now=NOW
    )

    ball = ball_of(application, today=TODAY)
    assert (ball.holder, ball.due_on) == ("person", date(2026, 12, 9))
    assert ball_of(application, today=date(2026, 12, 10)).holder == "caseworker"
    notice = Notice.objects.get()
    assert notice.body.startswith("Ci serve la DID.")
    assert "9 dicembre 2026" in notice.body
    assert Message.objects.get().recipient == application.person.email


def test_a_request_without_words_or_without_time_is_refused(caseworker):
    application = ApplicationFactory(in_review=True)
    with pytest.raises(DomainError) as too_soon:
        verbs.request_information(application, seen=State.IN_REVIEW, answer_by=TODAY, message="x", by=caseworker, now=NOW)
    with pytest.raises(DomainError) as empty:
        verbs.request_information(
            application, seen=State.IN_REVIEW, answer_by=date(2026, 12, 9), message=" ", by=caseworker, now=NOW
        )
    assert (too_soon.value.field, empty.value.field) == ("answer_by", "message")
    assert Notice.objects.count() == 0


def test_a_person_without_address_is_told_by_phone(caseworker):
    application = eligible(in_review=True, person=PersonFactory(email=""))
    verbs.decide(application, State.ADMITTED, seen=State.IN_REVIEW, message="Ti aspettiamo.", by=caseworker, now=NOW)
    assert Message.objects.count() == 0
    assert [notice.person for notice in Notice.objects.to_call()] == [application.person]


def test_an_admission_the_screening_advises_needs_no_reason(caseworker):
    application = eligible(in_review=True)
    verbs.decide(application, State.ADMITTED, seen=State.IN_REVIEW, message="Ti aspettiamo.", by=caseworker, now=NOW)
    assert (application.state, application.decided_at, application.due_on) == (State.ADMITTED, NOW, None)


@pytest.mark.parametrize("outcome", [Screening.Outcome.NOT_ELIGIBLE, Screening.Outcome.TO_ASSESS, None])
def test_admitting_against_the_screening_asks_for_reason_and_note(caseworker, outcome):
    application = ApplicationFactory(in_review=True)
    if outcome:
        ScreeningFactory(application=application, outcome=outcome)
    facts = {"seen": State.IN_REVIEW, "message": "Ti aspettiamo.", "by": caseworker, "now": NOW}

    with pytest.raises(DomainError) as refused:
        verbs.decide(application, State.ADMITTED, **facts)
    verbs.decide(application, State.ADMITTED, reason="documents", note="Visto il C2 storico.", **facts)

    assert refused.value.code == "against_advice"
    assert state_changes(application).first().reason == "documents"
    note = Note.objects.get()
    assert (note.text, note.is_private) == ("Visto il C2 storico.", False)


def test_refusing_somebody_who_meets_everything_asks_for_reason_and_note(caseworker):
    application = eligible(in_review=True)
    facts = {"seen": State.IN_REVIEW, "message": "Non possiamo.", "by": caseworker, "now": NOW}
    with pytest.raises(DomainError) as refused:
        verbs.decide(application, State.NOT_ADMITTED, reason="other_path", **facts)
    assert refused.value.field == "note"
    application.refresh_from_db()
    assert application.state == State.IN_REVIEW


def test_a_refusal_without_reason_is_refused(caseworker):
    application = ApplicationFactory(in_review=True)
    with pytest.raises(DomainError) as refused:
        verbs.decide(application, State.NOT_ADMITTED, seen=State.IN_REVIEW, message="No.", by=caseworker, now=NOW)
    assert refused.value.code == "needs_reason"


def test_nobody_learns_a_decision_without_words(caseworker):
    application = eligible(in_review=True)
    with pytest.raises(DomainError) as refused:
        verbs.decide(application, State.ADMITTED, seen=State.IN_REVIEW, message="", by=caseworker, now=NOW)
    assert refused.value.field == "message"


def test_the_second_of_two_caseworkers_reads_who_was_quicker(caseworker):
    colleague = UserFactory(caseworker=True, towns=[RHO], first_name="Bruno", last_name="Neri")
    application = eligible(in_review=True)
    same = Application.objects.get(pk=application.pk)
    verbs.decide(application, State.WAITING_LIST, seen=State.IN_REVIEW, message="Attesa.", by=colleague, now=NOW)

    with pytest.raises(DomainError) as refused:  # from the waiting list one may admit: only `seen` tells the difference
        verbs.decide(same, State.ADMITTED, seen=State.IN_REVIEW, message="Ti aspettiamo.", by=caseworker, now=NOW)

    assert refused.value.code == "changed_meanwhile"
    assert "Bruno Neri" in str(refused.value)
    assert Notice.objects.count() == 1


def test_a_caseworker_of_another_town_decides_nothing():
    stranger = UserFactory(caseworker=True, towns=["015170"])
    application = eligible(in_review=True)
    with pytest.raises(DomainError) as refused:
        verbs.decide(application, State.ADMITTED, seen=State.IN_REVIEW, message="Sì.", by=stranger, now=NOW)
    assert refused.value.code == "not_allowed"


def test_nobody_decides_about_their_own_application(coordinator):
    application = eligible(in_review=True, person=PersonFactory(user=coordinator))
    with pytest.raises(DomainError):
        verbs.decide(application, State.ADMITTED, seen=State.IN_REVIEW, message="Sì.", by=coordinator, now=NOW)


def test_an_interview_is_planned_told_moved_and_held(caseworker):
    application = ApplicationFactory(in_review=True)
    verbs.plan_interview(
        application,
        seen=State.IN_REVIEW,
        starts_at=at_rome(date(2026, 11, 26), 10),
        place="Rho, via Meda 20",
        by=caseworker,
        now=NOW,
    )
    assert application.due_on == date(2026, 11, 26)

    second = verbs.plan_interview(
        application,
        seen=State.INTERVIEW,
        starts_at=at_rome(date(2026, 11, 27), 9, 30),
        place="Rho, via Meda 20",
        by=caseworker,
        now=NOW,
    )
    with pytest.raises(DomainError):
        verbs.close_interview(second, Appointment.State.HONOURED, by=caseworker, now=NOW)
    verbs.close_interview(second, Appointment.State.HONOURED, note="Motivata.", by=caseworker, now=NOW + timedelta(days=4))

    assert list(Appointment.objects.order_by("pk").values_list("state", flat=True)) == ["honoured"]
    assert "venerdì 27 novembre 2026" in Notice.objects.first().body
    application.refresh_from_db()
    assert application.due_on == date(2026, 12, 5)


def test_an_interview_in_the_past_is_refused(caseworker):
    application = ApplicationFactory(in_review=True)
    with pytest.raises(DomainError) as refused:
        verbs.plan_interview(
            application, seen=State.IN_REVIEW, starts_at=NOW - timedelta(hours=1), place="Rho", by=caseworker, now=NOW
        )
    assert refused.value.field == "day"


def test_a_decision_cancels_the_planned_interview(caseworker):
    application = eligible(in_review=True)
    verbs.plan_interview(
        application, seen=State.IN_REVIEW, starts_at=NOW + timedelta(days=2), place="Rho", by=caseworker, now=NOW
    )
    verbs.decide(application, State.ADMITTED, seen=State.INTERVIEW, message="Sì.", by=caseworker, now=NOW)
    assert Appointment.objects.get().state == Appointment.State.CANCELLED_BY_OFFICE


def test_a_withdrawn_application_opens_again_with_a_reason(caseworker):
    application = ApplicationFactory(in_review=True)
    verbs.withdraw(application, seen=State.IN_REVIEW, reason="not_now", message="Ok.", by=caseworker, now=NOW)
    with pytest.raises(DomainError) as refused:
        verbs.take_in_review(application, seen=State.WITHDRAWN, by=caseworker, now=NOW)
    verbs.take_in_review(application, seen=State.WITHDRAWN, reason="person_asked", by=caseworker, now=NOW)
    assert refused.value.code == "needs_reason"
    assert (application.state, application.decided_at) == (State.IN_REVIEW, None)


def test_a_closed_application_stays_closed_while_another_is_under_way(caseworker):
    closed = ApplicationFactory(admitted=True, state=State.NOT_ADMITTED)
    ApplicationFactory(person=closed.person)
    with pytest.raises(DomainError) as refused:
        verbs.take_in_review(closed, seen=State.NOT_ADMITTED, reason="mistake", by=caseworker, now=NOW)
    assert refused.value.code == "other_open"


def test_no_reason_and_no_note_enters_the_audit_log(caseworker):
    application = ApplicationFactory(in_review=True)
    verbs.decide(
        application,
        State.NOT_ADMITTED,
        seen=State.IN_REVIEW,
        reason="window",
        message="Parolasegreta.",
        note="Notasegreta.",
        by=caseworker,
        now=NOW,
    )
    everything = str(list(AuditEntry.objects.values_list("changes", flat=True)))
    assert "segreta" not in everything
    assert "not_admitted" in everything


def test_an_interview_in_another_year_by_mistake_is_refused(caseworker):
    application = ApplicationFactory(in_review=True)
    with pytest.raises(DomainError) as refused:
        verbs.plan_interview(
            application, seen=State.IN_REVIEW, starts_at=at_rome(date(2036, 11, 26), 10), place="Rho", by=caseworker, now=NOW
        )
    assert (refused.value.code, refused.value.field) == ("too_far", "day")
    assert Appointment.objects.count() == 0


def test_an_interview_is_named_with_the_hour_of_the_clock_in_rome(caseworker):
    application = ApplicationFactory(in_review=True)
    verbs.plan_interview(
        application, seen=State.IN_REVIEW, starts_at=at_rome(date(2026, 11, 26), 0, 30), place="Rho", by=caseworker, now=NOW
    )
    assert str(Appointment.objects.get()) == "26/11/2026 00:30, Rho"
