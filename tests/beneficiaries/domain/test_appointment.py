"""Booked, moved, called off, kept: one row for one appointment, one person on one seat."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from beneficiaries.domain import appointment as verbs
from beneficiaries.domain.free_time import withdraw
from beneficiaries.domain.invitation import book_for, invite, prospect, without_choice
from beneficiaries.models import Application, Appointment, Notice
from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.reminders.models import Message
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, ApplicationFactory, PersonFactory
from tests.factories.beneficiaries_meetings import (
    NOW,
    TODAY,
    AppointmentFactory,
    FreeTimeFactory,
    InterviewFactory,
    seated,
)

pytestmark = pytest.mark.django_db
State = Appointment.State


@pytest.fixture
def caseworker():
    return UserFactory(caseworker=True, towns=[RHO])


def refused(code: str):
    return pytest.raises(DomainError, check=lambda error: error.code == code)


def mails() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("pk").values_list("template", "recipient"))


def invited(**kwargs) -> Appointment:
    return AppointmentFactory(invited=True, **kwargs)


# Choosing -----------------------------------------------------------------------------------------
def test_whoever_is_invited_takes_the_lowest_free_seat_and_is_told_where():
    free_time = FreeTimeFactory(capacity=3)
    seated(free_time, seat=1)
    seated(free_time, seat=3)
    appointment = invited()

    verbs.choose(appointment, free_time, by=None, now=NOW)

    appointment.refresh_from_db()
    assert (appointment.state, appointment.free_time, appointment.seat) == (State.BOOKED, free_time, 2)
    assert (appointment.starts_at, appointment.place, appointment.host) == (
        free_time.starts_at,
        free_time.place.told,
        free_time.host,
    )
    assert mails() == [("beneficiaries/appointment", appointment.person.email)]


def test_a_full_time_takes_nobody_also_not_by_a_raw_row():
    free_time = FreeTimeFactory(capacity=1)
    seated(free_time)
    with refused("not_offered"):
        verbs.choose(invited(), free_time, by=None, now=NOW)
    with refused("full"):
        verbs.choose(invited(), free_time, by=free_time.host, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        seated(free_time, seat=1)


@pytest.mark.parametrize("seat", [0, 13, None])
def test_a_seat_that_does_not_exist_is_refused_by_the_database(seat):
    with pytest.raises(IntegrityError), transaction.atomic():
        seated(FreeTimeFactory(capacity=12), seat=seat)


@pytest.mark.parametrize(
    ("shift", "code"), [(timedelta(0), "past"), (timedelta(minutes=-1), "past"), (timedelta(minutes=1), None)]
)
def test_only_times_to_come_can_be_chosen(shift, code):
    free_time = FreeTimeFactory(starts_at=NOW + shift)
    appointment = invited()
    if code:
        with refused(code):
            verbs.choose(appointment, free_time, by=None, now=NOW)
    else:
        verbs.choose(appointment, free_time, by=None, now=NOW)
        assert appointment.is_booked


def test_what_was_taken_back_or_is_of_another_town_is_not_for_the_person():
    gone, elsewhere = FreeTimeFactory(), FreeTimeFactory(host=UserFactory(caseworker=True, towns=["015170"]))
    withdraw(gone, by=gone.host, now=NOW)
    for free_time, code in ((gone, "withdrawn"), (elsewhere, "not_offered")):
        with refused(code):
            verbs.choose(invited(), free_time, by=None, now=NOW)


def test_nobody_is_expected_twice_at_one_hour(caseworker):
    person = PersonFactory()
    AppointmentFactory(person=person, kind="papers")
    with refused("overlap"):
        verbs.choose(invited(person=person), FreeTimeFactory(), by=caseworker, now=NOW)


# Moving -------------------------------------------------------------------------------------------
def test_moving_leaves_one_seat_and_takes_the_other_in_the_same_row():
    before, after = FreeTimeFactory(), FreeTimeFactory(starts_at=NOW + timedelta(days=9))
    appointment = seated(before)

    verbs.choose(appointment, after, by=None, now=NOW)

    assert list(Appointment.objects.values_list("free_time", "state", "sequence")) == [(after.pk, "booked", 1)]
    verbs.choose(invited(), before, by=None, now=NOW)


def test_a_move_that_fails_leaves_everything_as_it_was():
    before, full = FreeTimeFactory(), FreeTimeFactory(starts_at=NOW + timedelta(days=9))
    appointment = seated(before)
    seated(full)
    with refused("full"):
        verbs.choose(appointment, full, by=full.host, now=NOW)
    appointment.refresh_from_db()
    assert (appointment.free_time, appointment.starts_at, appointment.sequence) == (before, before.starts_at, 0)
    assert mails() == []


@pytest.mark.parametrize(("minutes", "may"), [(0, True), (1, False)])
def test_the_person_may_change_until_so_many_hours_before(settings, minutes, may):
    settings.APPOINTMENT_CHANGE_HOURS = 24
    appointment = AppointmentFactory()
    now = appointment.starts_at - timedelta(hours=24) + timedelta(minutes=minutes)
    if may:
        verbs.cancel(appointment, by=None, now=now)
        assert appointment.state == State.CANCELLED_BY_PERSON
    else:
        with refused("too_late"):
            verbs.cancel(appointment, by=None, now=now)
        verbs.cancel(appointment, by=UserFactory(caseworker=True), now=now)


# Cancelling ---------------------------------------------------------------------------------------
def test_whoever_cancels_frees_the_seat_and_hears_nothing_more():
    free_time = FreeTimeFactory()
    appointment = seated(free_time)
    verbs.cancel(appointment, by=None, now=NOW)
    assert (appointment.state, appointment.sequence, mails()) == (State.CANCELLED_BY_PERSON, 1, [])
    verbs.choose(invited(), free_time, by=None, now=NOW)
    with refused("closed"):
        verbs.cancel(appointment, by=None, now=NOW)


def test_the_office_cancels_and_tells_by_mail_or_by_voice(caseworker):
    by_mail, by_voice = AppointmentFactory(), AppointmentFactory(person__email="")
    for appointment in (by_mail, by_voice):
        verbs.cancel(appointment, message="Luca è malato.", by=caseworker, now=NOW)
        assert appointment.state == State.CANCELLED_BY_OFFICE
    assert mails() == [("beneficiaries/appointment_cancelled", by_mail.person.email)]
    assert "Luca è malato." in Notice.objects.to_call().get(person=by_voice.person).body


# Outcomes -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("outcome", [State.HONOURED, State.EXCUSED, State.NO_SHOW])
def test_how_it_went_is_said_once_and_only_afterwards(caseworker, outcome):
    appointment = AppointmentFactory()
    with refused("not_yet"):
        verbs.close(appointment, outcome, by=caseworker, now=NOW)
    verbs.close(appointment, outcome, by=caseworker, now=appointment.starts_at)
    assert appointment.state == outcome
    with refused("not_in_table"):
        verbs.close(appointment, State.HONOURED, by=caseworker, now=appointment.ends_at)


def test_nobody_says_how_their_own_appointment_went():
    caseworker = UserFactory(caseworker=True)
    appointment = AppointmentFactory(person__user=caseworker)
    with refused("not_allowed"):
        verbs.close(appointment, State.HONOURED, by=caseworker, now=appointment.ends_at)


def test_the_reasons_of_the_office_stay_out_of_the_record_of_acts(caseworker):
    verbs.cancel(AppointmentFactory(), message="Parolasegreta", by=caseworker, now=NOW)
    assert "segreta" not in str(list(AuditEntry.objects.values_list("changes", flat=True)))


# Interviews ---------------------------------------------------------------------------------------
def test_an_interview_chosen_moves_the_day_of_its_application():
    interview = InterviewFactory(
        application=ApplicationFactory(interview=True),
        **{"invited_at": NOW, "choose_by": TODAY, "state": State.INVITED}
        | dict.fromkeys(("starts_at", "ends_at", "booked_at")),
    )
    free_time = FreeTimeFactory(kind="interview")
    verbs.choose(interview, free_time, by=None, now=NOW)
    application = Application.objects.get()
    assert (application.state, application.ball, application.due_on) == ("interview", "person", date(2026, 11, 30))


def test_an_interview_cancelled_by_the_person_gives_the_application_back_to_the_office():
    interview = InterviewFactory()
    verbs.cancel(interview, by=None, now=NOW)
    application = Application.objects.get()
    assert (application.state, application.ball, application.due_on) == (
        "in_review",
        "caseworker",
        TODAY + timedelta(days=15),
    )


def test_an_application_has_one_open_interview_at_a_time():
    interview = InterviewFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        InterviewFactory(application=interview.application)


# Inviting -----------------------------------------------------------------------------------------
def test_invited_twelve_free_three_is_known_before_and_after(caseworker):
    FreeTimeFactory(host=caseworker, capacity=3)
    AppointmentFactory(invited=True)
    people = [PersonFactory() for _number in range(12)]

    before = prospect(people, "talk", now=NOW)
    results = invite(people, "talk", by=caseworker, now=NOW)

    assert (before.people, before.choosing, before.free, before.is_enough) == (12, 1, 3, False)
    assert [one.is_invited for one in results] == [True] * 12
    assert len(mails()) == 12


def test_each_person_has_a_result_and_one_refused_stops_nobody(caseworker):
    fine, voice = PersonFactory(), PersonFactory(email="")
    already = AppointmentFactory(kind="talk").person
    elsewhere = PersonFactory(municipality_id="015170")
    written = AppointmentFactory(kind="papers", told_at=NOW - timedelta(hours=23, minutes=59)).person
    yesterday = AppointmentFactory(kind="papers", told_at=NOW - timedelta(hours=24)).person

    results = invite([fine, voice, already, elsewhere, written, yesterday], "talk", by=caseworker, now=NOW)

    codes = [one.refusal.code if one.refusal else "" for one in results]
    assert codes == ["", "", "already_open", "not_allowed", "written_recently", ""]
    assert Appointment.objects.invited().count() == 3
    assert Notice.objects.to_call().get().person == voice


def test_an_interview_needs_an_application_that_may_go_there(caseworker):
    ready, received = ApplicationFactory(in_review=True), ApplicationFactory()
    results = invite([ready.person, received.person, PersonFactory()], "interview", by=caseworker, now=NOW)
    assert [one.refusal.code if one.refusal else "" for one in results] == ["", "no_application", "no_application"]
    ready.refresh_from_db()
    assert (ready.state, ready.ball, ready.due_on) == ("interview", "person", TODAY + timedelta(days=10))


def test_booked_by_the_office_whoever_was_invited_keeps_one_row(caseworker):
    appointment = invited()
    made = book_for(appointment.person, FreeTimeFactory(), by=caseworker, now=NOW)
    assert made == appointment
    assert Appointment.objects.get().is_booked


def test_the_office_sees_who_was_invited_and_finds_nothing_free(caseworker):
    stuck = invited(kind="papers", invited_by=caseworker)
    invited(kind="talk", invited_by=caseworker)
    FreeTimeFactory()
    FreeTimeFactory(kind="papers", host=UserFactory(caseworker=True, towns=["015170"]))
    assert without_choice(caseworker, now=NOW) == [stuck]
    FreeTimeFactory(kind="papers", host=UserFactory(coordinator=True))
    assert without_choice(caseworker, now=NOW) == []
