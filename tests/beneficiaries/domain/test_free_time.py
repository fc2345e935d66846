"""Free times: true lengths when the clock changes, nothing twice, only what is to come."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from beneficiaries.domain.free_time import days_of, free_seats, offered_to, publish, times_of, withdraw
from beneficiaries.models import FreeTime
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, PersonFactory
from tests.factories.beneficiaries_meetings import NOW, TODAY, FreeTimeFactory, MeetingPlaceFactory, seated

pytestmark = pytest.mark.django_db
PERO = "015170"


def published(host=None, **facts):
    host = host or UserFactory(caseworker=True, towns=[RHO])
    usual = {"kind": "talk", "day": date(2026, 11, 30), "first": time(9), "last": time(12), "minutes": 45}
    return publish(MeetingPlaceFactory(), host=host, by=host, now=NOW, **usual | facts)


@pytest.mark.parametrize(
    ("first", "last", "minutes", "count"),
    [
        (time(9), time(12), 45, 4),
        (time(9), time(9, 45), 45, 1),
        (time(9), time(9, 44), 45, 0),
        (time(9), time(12, 1), 30, 6),
    ],
)
def test_a_stretch_holds_only_whole_times(first, last, minutes, count):
    found = times_of(TODAY, first, last, minutes)
    assert len(found) == count
    assert all(end - start == timedelta(minutes=minutes) for start, end in found)


def test_in_the_night_that_loses_an_hour_times_stay_apart_and_real():
    """29 March 2026: after 01:59 comes 03:00 in Rome."""
    found = times_of(date(2026, 3, 29), time(1), time(4), 60)
    assert found == [
        (datetime(2026, 3, 29, 0, tzinfo=UTC), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 3, 29, 2, tzinfo=UTC)),
    ]


def test_in_the_night_that_has_an_hour_twice_times_stay_apart_and_real():
    """25 October 2026: after 02:59 comes 02:00 again in Rome."""
    found = times_of(date(2026, 10, 25), time(1), time(4), 60)
    assert [start for start, _end in found] == [
        datetime(2026, 10, 24, 23, tzinfo=UTC) + timedelta(hours=number) for number in range(4)
    ]


@pytest.mark.parametrize("day", [date(2026, 3, 26), date(2026, 10, 22)])
def test_a_weekly_time_keeps_its_hour_by_the_clock_across_a_change(day):
    hours = [
        timezone.localtime(start).strftime("%H:%M")
        for one in days_of(day, [], 2)
        for start, _end in times_of(one, time(9, 30), time(10, 15), 45)
    ]
    assert hours == ["09:30", "09:30"]


def test_weekdays_repeat_from_the_first_day_on_never_before_it():
    wednesday = date(2026, 12, 2)
    assert days_of(wednesday, [0], 2) == [wednesday, date(2026, 12, 7), date(2026, 12, 9), date(2026, 12, 14)]


def test_published_times_leave_out_holidays_and_what_the_host_already_keeps():
    host = UserFactory(caseworker=True, towns=[RHO])
    published(host, last=time(10, 30))

    # 7 December is the patron of Milan, 8 December a national holiday.
    again = published(host, weekdays=[1], weeks=2)

    assert (len(again.made), again.busy, again.holidays) == (2 + 4, 2, 2)
    assert FreeTime.objects.filter(host=host).count() == 8


def test_only_times_to_come_are_published():
    made = published(day=TODAY, first=time(9), last=time(12), minutes=60).made
    assert [timezone.localtime(one.starts_at).hour for one in made] == [11]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"day": TODAY, "first": time(8), "last": time(9)}, "none"),
        ({"day": date(2026, 12, 25)}, "none"),
        ({"day": date(2027, 11, 30)}, "too_far"),
        ({"weeks": 26, "minutes": 20, "weekdays": [0, 1, 2, 3, 4], "day": TODAY}, "too_many"),
    ],
)
def test_what_cannot_be_published_is_refused_with_its_reason(facts, code):
    with pytest.raises(DomainError) as refusal:
        published(**facts)
    assert refusal.value.code == code
    assert not FreeTime.objects.exists()


def test_a_host_never_has_two_times_at_one_hour_not_even_by_a_raw_insert():
    one = FreeTimeFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        FreeTimeFactory(host=one.host)
    withdraw(one, by=one.host, now=NOW)
    assert FreeTimeFactory(host=one.host).pk


@pytest.mark.parametrize("capacity", [0, 13])
def test_a_time_has_one_to_twelve_places(capacity):
    with pytest.raises(IntegrityError), transaction.atomic():
        FreeTimeFactory(capacity=capacity)


def test_people_are_offered_what_is_free_to_come_of_the_kind_and_of_their_town():
    person = PersonFactory()
    wanted = FreeTimeFactory()
    everywhere = FreeTimeFactory(host=UserFactory(coordinator=True))
    FreeTimeFactory(kind="papers")
    FreeTimeFactory(host=UserFactory(caseworker=True, towns=[PERO]))
    FreeTimeFactory(starts_at=NOW)
    withdraw(FreeTimeFactory(), by=None, now=NOW)
    seated(FreeTimeFactory())

    assert set(offered_to(person, "talk", now=NOW)) == {wanted, everywhere}


def test_somebody_of_no_town_is_offered_every_caseworkers_times():
    person = PersonFactory(municipality_id=None, other_town="Milano")
    times = {FreeTimeFactory(host=UserFactory(caseworker=True, towns=[town])) for town in (RHO, PERO)}
    assert set(offered_to(person, "talk", now=NOW)) == times


def test_free_seats_are_counted_once_for_all_together():
    seated(FreeTimeFactory(capacity=3))
    FreeTimeFactory(capacity=2, host=UserFactory(caseworker=True, towns=[RHO, PERO]))
    people = [PersonFactory(), PersonFactory(municipality_id=PERO)]
    assert free_seats(people, "talk", now=NOW) == 2 + 2
    assert free_seats(people[1:], "talk", now=NOW) == 2


def test_taken_back_it_keeps_who_is_booked_and_takes_nobody_else():
    free_time = FreeTimeFactory(capacity=2)
    booked = seated(free_time)
    assert withdraw(free_time, by=free_time.host, now=NOW) == 1
    booked.refresh_from_db()
    assert booked.is_booked
    with pytest.raises(DomainError):
        withdraw(free_time, by=free_time.host, now=NOW)


def test_an_hour_is_bookable_until_it_begins():
    free_time = FreeTimeFactory(starts_at=at_rome(TODAY, 10, 1))
    assert list(offered_to(PersonFactory(), "talk", now=NOW)) == [free_time]
