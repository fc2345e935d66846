from datetime import timedelta

from oltreiperimetri.reminders import engine
from oltreiperimetri.reminders.models import ContactPoint, Message, Reminder

from .conftest import NOW, rome


def planned(facts, person, *steps, **options):
    for wave, moment in enumerate(steps or [NOW]):
        facts.want(person, moment, wave=wave, **options)
    engine.plan(person, now=NOW)


def test_rem_7_what_was_settled_meanwhile_is_skipped_with_its_reason(facts, person):
    planned(facts, person)
    facts.reason = "answered already"

    engine.emit_due(now=NOW)

    reminder = Reminder.objects.get()
    assert (reminder.state, reminder.reason, Message.objects.count()) == ("skipped", "answered already", 0)


def test_rem_11_after_three_days_without_worker_only_the_newest_step_goes(facts, person):
    planned(facts, person, rome("2026-11-24 09:00"), rome("2026-11-25 09:00"), rome("2026-11-26 09:00"))

    engine.emit_due(now=rome("2026-11-27 09:00"))

    assert list(Reminder.objects.order_by("wave").values_list("state", flat=True)) == [
        "superseded",
        "superseded",
        "emitted",
    ]
    assert Message.objects.count() == 1


def test_rem_16_one_reminder_a_day_and_three_a_week_for_one_person(facts, person, django_user_model):
    facts.address = "anna@example.org"
    for number in range(4):
        planned(facts, django_user_model.objects.create_user(f"subject{number}@example.org"))
    sent = []
    for day in range(10):
        engine.emit_due(now=NOW + timedelta(days=day))
        sent.append(Message.objects.count())

    # Tuesday, Wednesday, Thursday; the fourth waits until the first is more than seven days old.
    assert sent == [1, 2, 3, 3, 3, 3, 3, 4, 4, 4]


def test_staff_are_outside_the_caps(facts, django_user_model):
    facts.address = "office@example.org"
    for number in range(3):
        planned(facts, django_user_model.objects.create_user(f"subject{number}@example.org"), audience="caseworker")

    assert engine.emit_due(now=NOW) == {"emitted": 3}


def test_rem_20_a_row_that_cannot_be_written_stops_after_eight_attempts_and_harms_no_other(facts, person, django_user_model):
    bruno = django_user_model.objects.create_user("bruno@example.org")
    facts.broken.add(person.pk)
    planned(facts, person)
    planned(facts, bruno)

    first = engine.emit_due(now=NOW)
    moment = NOW
    for _again in range(8):
        moment += timedelta(days=1)
        engine.emit_due(now=rome(f"{moment:%Y-%m-%d} 10:00"))

    assert first == {"planned": 1, "emitted": 1}
    assert Message.objects.get().recipient == "bruno@example.org"
    poison = Reminder.objects.get(subject_id=person.pk)
    assert (poison.state, poison.attempts) == ("skipped", 8)
    assert "ValueError" in poison.reason


def test_nobody_to_write_to_is_said_and_not_silent(facts, person):
    ContactPoint.objects.create(address=person.email, status="refused")
    planned(facts, person)

    engine.emit_due(now=NOW)

    assert Reminder.objects.get().state == "skipped"
    assert Reminder.objects.get().reason


def test_the_rendered_text_is_unreadable_in_the_database(facts, person):
    planned(facts, person)
    engine.emit_due(now=NOW)

    stored = Message.objects.extra(select={"raw": "body"}).values_list("raw", flat=True).get()

    assert "Anna" in Message.objects.get().body
    assert "Anna" not in stored
