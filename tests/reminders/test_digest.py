"""Staff read one mail a day, on working days, and none when there is nothing to say."""

import pytest

from oltreiperimetri.reminders import engine
from oltreiperimetri.reminders.models import DigestLine, Message, Reminder

from .conftest import rome

OFFICE = "office@example.org"


@pytest.fixture
def cases(facts, django_user_model):
    """`cases(3, due)`: as many subjects about which the office is told."""
    facts.address = OFFICE
    made = iter(range(1000))

    def cases(count, due_at):
        subjects = [django_user_model.objects.create_user(f"case{next(made)}@example.org") for _number in range(count)]
        for subject in subjects:
            facts.want(subject, due_at, audience="caseworker")
            engine.plan(subject, now=rome("2026-11-20 10:00"))
        return subjects

    return cases


def turn(moment: str) -> None:
    """One turn of beat, in its order."""
    engine.emit_due(now=rome(moment))
    engine.send_digests(now=rome(moment))


def digests() -> list[tuple[str, int]]:
    return [(message.recipient, message.lines.count()) for message in Message.objects.order_by("pk")]


def test_three_cases_make_one_mail_at_half_past_eight(cases, mailoutbox):
    cases(3, rome("2026-11-24 09:00"))

    turn("2026-11-24 08:28")
    assert digests() == []
    turn("2026-11-24 08:30")
    turn("2026-11-24 08:32")

    assert digests() == [(OFFICE, 3)]
    engine.deliver(now=rome("2026-11-24 08:33"))
    assert [mail.to for mail in mailoutbox] == [[OFFICE]]


def test_what_comes_up_later_waits_for_tomorrow(cases):
    cases(1, rome("2026-11-24 09:00"))
    turn("2026-11-24 08:30")
    cases(1, rome("2026-11-25 09:00"))

    turn("2026-11-24 16:00")
    assert digests() == [(OFFICE, 1)]
    turn("2026-11-25 08:30")

    assert digests() == [(OFFICE, 1), (OFFICE, 1)]


def test_a_saturday_and_a_holiday_wait_for_the_next_office_day(cases):
    cases(1, rome("2026-12-05 09:00"))  # Saturday; Monday 7 and Tuesday 8 December are holidays here

    for day in (5, 6, 7, 8):
        turn(f"2026-12-0{day} 10:00")
    assert digests() == []
    turn("2026-12-09 08:30")

    assert digests() == [(OFFICE, 1)]


def test_nothing_to_say_is_no_mail(facts, db):
    turn("2026-11-24 08:30")

    assert not Message.objects.exists()


def test_a_case_settled_before_the_digest_leaves_is_not_in_it(cases, facts):
    settled, open_case = cases(2, rome("2026-11-24 09:00"))
    engine.emit_due(now=rome("2026-11-24 08:30"))
    facts.steps[settled.pk] = []
    engine.plan(settled, now=rome("2026-11-24 08:30"))

    engine.send_digests(now=rome("2026-11-24 08:31"))

    assert [line.reminder.subject_id for line in DigestLine.objects.exclude(message=None)] == [open_case.pk]
    assert Reminder.objects.get(subject_id=settled.pk).state == "cancelled"


def test_after_an_outage_the_digest_comes_late_that_day_rather_than_never(cases):
    cases(2, rome("2026-11-24 09:00"))

    turn("2026-11-24 15:00")

    assert digests() == [(OFFICE, 2)]


def test_digests_written_from_two_places_are_one(cases):
    cases(2, rome("2026-11-24 09:00"))
    engine.emit_due(now=rome("2026-11-24 08:30"))

    engine.send_digests(now=rome("2026-11-24 08:30"))
    engine.send_digests(now=rome("2026-11-24 08:30"))

    assert digests() == [(OFFICE, 2)]
