"""Two days before; never twice in a day about appointments; nothing to whoever cancelled; the office when it must call."""

from datetime import date, timedelta

import pytest

from beneficiaries import reminders_appointments as reminders
from beneficiaries.domain import appointment as verbs
from beneficiaries.domain.invitation import invite
from beneficiaries.models import Appointment
from oltreiperimetri.reminders import engine
from oltreiperimetri.reminders.models import DigestLine, Message, Reminder
from oltreiperimetri.shared.dates import at_rome
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, PersonFactory
from tests.factories.beneficiaries_meetings import NOW, TODAY, AppointmentFactory, FreeTimeFactory

pytestmark = pytest.mark.django_db
# The appointment of the factory is on Monday 30 November at ten; the reminder's morning is Saturday 28.
MORNING = at_rome(date(2026, 11, 28), 9)


@pytest.fixture(autouse=True)
def sending_hours(settings):
    settings.QUIET_HOURS = True


def planned(**kwargs) -> Appointment:
    appointment = AppointmentFactory(**kwargs)
    engine.plan(appointment, now=NOW)
    return appointment


def written() -> list[tuple[str, str]]:
    sent = Message.objects.exclude(reminder=None).order_by("pk")
    return list(sent.values_list("template", "recipient"))


@pytest.mark.parametrize(
    ("starts_at", "due_at"),
    [
        (at_rome(date(2026, 11, 30), 10), at_rome(date(2026, 11, 28), 9)),
        (at_rome(date(2026, 11, 30), 0), at_rome(date(2026, 11, 28), 9)),
        (at_rome(date(2026, 11, 30), 23, 59), at_rome(date(2026, 11, 28), 9)),
        (at_rome(date(2027, 3, 1), 9), at_rome(date(2027, 2, 27), 9)),
        # The clocks change in the night of 28 March 2027 and of 31 October 2027: nine is nine in Rome.
        (at_rome(date(2027, 3, 29), 9), at_rome(date(2027, 3, 27), 9)),
        (at_rome(date(2027, 11, 1), 9), at_rome(date(2027, 10, 30), 9)),
    ],
)
def test_the_step_falls_on_the_morning_two_days_before_by_the_clock_of_rome(starts_at, due_at):
    [step] = reminders.expected_wanted(AppointmentFactory.build(person=PersonFactory(), starts_at=starts_at))
    assert (step.due_at, step.not_after) == (due_at, starts_at)


def test_the_person_is_reminded_once():
    appointment = planned()
    engine.emit_due(now=MORNING - timedelta(seconds=1))
    assert written() == []
    for hours in (0, 1, 26):
        engine.emit_due(now=MORNING + timedelta(hours=hours))
    assert written() == [("beneficiaries/appointment", appointment.person.email)]


@pytest.mark.parametrize(("before", "is_written"), [(timedelta(hours=24), True), (timedelta(hours=24, seconds=-1), False)])
def test_whoever_was_written_to_in_the_last_24_hours_is_left_in_peace(before, is_written):
    planned(told_at=MORNING - before)
    engine.emit_due(now=MORNING)
    assert bool(written()) == is_written


def test_an_invitation_of_this_morning_puts_the_reminder_of_another_appointment_off_by_a_day():
    caseworker = UserFactory(caseworker=True, towns=[RHO])
    appointment = planned()
    invited_at = MORNING - timedelta(minutes=20)
    assert invite([appointment.person], "papers", by=caseworker, now=invited_at)[0].is_invited

    engine.emit_due(now=MORNING)
    assert written() == []

    step = Reminder.objects.get(kind=reminders.EXPECTED)
    assert (step.state, step.due_at) == (Reminder.State.PLANNED, invited_at + timedelta(hours=24))


def test_two_appointments_of_one_person_never_make_two_messages_in_a_day():
    first = planned()
    planned(person=first.person, kind="papers", starts_at=first.starts_at + timedelta(hours=2))
    engine.emit_due(now=MORNING)
    engine.emit_due(now=MORNING + timedelta(hours=8))
    assert len(written()) == 1


def test_whoever_cancelled_hears_nothing():
    appointment = planned()
    verbs.cancel(appointment, by=None, now=NOW)
    engine.emit_due(now=MORNING)
    assert Message.objects.count() == 0


def test_cancelled_behind_the_engines_back_it_is_looked_at_again_before_writing():
    planned()
    Appointment.objects.update(state="cancelled_by_person")
    engine.emit_due(now=MORNING)
    assert written() == []
    assert Reminder.objects.get().state == Reminder.State.SKIPPED


def test_a_moved_appointment_is_reminded_of_its_new_day():
    appointment = planned()
    later = FreeTimeFactory(starts_at=at_rome(date(2026, 12, 10), 10))
    verbs.choose(appointment, later, by=None, now=NOW)
    engine.emit_due(now=MORNING)
    assert written() == []
    assert Reminder.objects.get().wanted_at == at_rome(date(2026, 12, 8), 9)


def test_without_an_address_whoever_expects_them_calls(settings):
    host = UserFactory(caseworker=True, towns=[RHO])
    planned(person__email="", host=host)
    engine.emit_due(now=MORNING)
    assert list(DigestLine.objects.values_list("recipient", flat=True)) == [host.email]


def test_without_an_e_mail_a_text_message_goes_and_is_short_enough(settings):
    settings.SMS_ENABLED = True
    planned(person__email="", person__phone="+39 333 0000000", place="Settimo Milanese, #Op cafè, via dei Tigli 9, " * 3)
    engine.emit_due(now=MORNING)
    message = Message.objects.get()
    assert message.channel == "sms"
    assert len(message.body) <= 160


def test_whoever_has_not_chosen_is_asked_once_more_while_something_is_free():
    appointment = AppointmentFactory(invited=True)
    engine.plan(appointment, now=NOW)
    third_day = at_rome(TODAY + timedelta(days=3), 9)

    engine.emit_due(now=third_day)
    assert (written(), Reminder.objects.get().state) == ([], Reminder.State.SKIPPED)

    Reminder.objects.update(state=Reminder.State.PLANNED)
    FreeTimeFactory()
    engine.emit_due(now=third_day)
    assert written() == [("beneficiaries/appointment_invitation", appointment.person.email)]


def test_whoever_invited_is_told_the_day_after_when_nothing_is_free():
    caseworker = UserFactory(caseworker=True, towns=[RHO])
    invite([PersonFactory(), PersonFactory()], "talk", by=caseworker, now=NOW)
    step = Reminder.objects.get(kind=reminders.NOTHING_FREE)

    engine.emit_due(now=step.due_at)

    line = DigestLine.objects.get()
    assert line.recipient == caseworker.email
    assert line.text.split()[2] == "2"


def test_with_something_free_the_office_is_left_in_peace():
    caseworker = UserFactory(caseworker=True, towns=[RHO])
    FreeTimeFactory()
    invite([PersonFactory()], "talk", by=caseworker, now=NOW)
    engine.emit_due(now=Reminder.objects.get(kind=reminders.NOTHING_FREE).due_at)
    assert not DigestLine.objects.exists()
