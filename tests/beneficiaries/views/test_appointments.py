"""The pages of appointments: the office's agenda, the person's link and account, calendars."""

from datetime import timedelta

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from beneficiaries.emails_appointments import appointment_link
from beneficiaries.models import Appointment, FreeTime, MeetingPlace
from oltreiperimetri.accounts.models import AccessLink
from oltreiperimetri.reminders.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, PersonFactory
from tests.factories.beneficiaries_meetings import AppointmentFactory, FreeTimeFactory, seated

pytestmark = pytest.mark.django_db
State = Appointment.State


def sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")


@pytest.fixture
def caseworker(client):
    user = UserFactory(caseworker=True, towns=[RHO])
    sign_in(client, user)
    return user


@pytest.fixture
def soon():
    """In five days, at a whole hour."""
    return (timezone.now() + timedelta(days=5)).replace(minute=0, second=0, microsecond=0)


def invited(**kwargs) -> Appointment:
    now = timezone.now()
    return AppointmentFactory(invited=True, invited_at=now, choose_by=timezone.localdate(now) + timedelta(days=10), **kwargs)


def path_of(appointment: Appointment) -> str:
    return "/" + appointment_link(appointment).split("/", 3)[3]


# By the link --------------------------------------------------------------------------------------
def test_by_the_link_somebody_chooses_sees_moves_and_cancels(client, soon):
    first, second = FreeTimeFactory(starts_at=soon), FreeTimeFactory(starts_at=soon + timedelta(days=1))
    appointment = invited()
    link = path_of(appointment)

    page = client.get(link)
    assert b'id="menu"' not in page.content
    assert list(page.context["form"].offered) == [first.pk, second.pk]
    appointment.refresh_from_db()
    assert appointment.is_invited

    assert client.post(link, {"time": ""}).context["form"].errors["time"]
    assert client.post(link, {"time": first.pk}).url == link
    appointment.refresh_from_db()
    assert (appointment.free_time, appointment.seat) == (first, 1)

    assert list(client.get(f"{link}sposta/").context["form"].offered) == [second.pk]
    client.post(f"{link}sposta/", {"time": second.pk})
    appointment.refresh_from_db()
    assert appointment.free_time == second

    client.get(f"{link}annulla/")
    appointment.refresh_from_db()
    assert appointment.is_booked
    client.post(f"{link}annulla/")
    appointment.refresh_from_db()
    assert appointment.state == State.CANCELLED_BY_PERSON
    assert client.get(link).status_code == 200
    assert client.get(f"{link}sposta/").url == link


def test_a_time_taken_meanwhile_is_said_beside_the_choice(client, soon):
    free_time = FreeTimeFactory(starts_at=soon)
    link = path_of(invited())
    seated(free_time)
    page = client.post(link, {"time": free_time.pk})
    assert page.status_code == 200
    assert page.context["form"].errors["time"]


def test_too_late_the_page_offers_the_telephone_and_changes_nothing(client, settings):
    settings.APPOINTMENT_CHANGE_HOURS = 24
    appointment = AppointmentFactory(starts_at=timezone.now() + timedelta(hours=23))
    link = path_of(appointment)
    page = client.get(link)
    assert (page.context["may_change"], settings.PHONE in page.content.decode()) == (False, True)
    client.post(f"{link}annulla/")
    appointment.refresh_from_db()
    assert appointment.is_booked


@pytest.mark.parametrize(("changes", "status"), [({"expires_at": timezone.now() - timedelta(days=1)}, 410), (None, 404)])
def test_a_link_that_is_over_or_invented_says_so(client, changes, status):
    link = path_of(AppointmentFactory())
    if changes:
        AccessLink.objects.update(**changes)
    else:
        link = "/appuntamento/inventato/"
    for page in (link, f"{link}sposta/", f"{link}annulla/", f"{link}appuntamento.ics"):
        assert client.get(page).status_code == status


# By the account -----------------------------------------------------------------------------------
def test_from_the_own_page_the_appointment_is_one_tap_away(client, soon):
    user = UserFactory(beneficiary=True)
    appointment = AppointmentFactory(person__user=user, starts_at=soon)
    waiting = invited(person=appointment.person, kind="papers")
    sign_in(client, user)

    page = client.get(reverse("portal:my_path"))

    own = reverse("beneficiaries:my_appointment", args=[appointment.pk])
    assert [one.url for one in page.context["appointments"]] == [own]
    urls = {page.context["step"].url, *[step.url for step in page.context["more_steps"]]}
    assert reverse("beneficiaries:my_appointment", args=[waiting.pk]) in urls
    client.post(reverse("beneficiaries:my_appointment_cancel", args=[appointment.pk]))
    appointment.refresh_from_db()
    assert appointment.state == State.CANCELLED_BY_PERSON
    assert Message.objects.count() == 0


# Calendars ----------------------------------------------------------------------------------------
def event_of(response):
    calendar = icalendar.Calendar.from_ical(response.content)
    return calendar["METHOD"], calendar.walk("VEVENT")[0]


def test_the_file_keeps_its_uid_asks_and_then_cancels(client, soon):
    free_time = FreeTimeFactory(starts_at=soon)
    appointment = seated(free_time)
    link = path_of(appointment)
    method, event = event_of(client.get(f"{link}appuntamento.ics"))
    assert (method, event["SEQUENCE"], event["STATUS"]) == ("REQUEST", 0, "CONFIRMED")
    assert event["ATTENDEE"] == f"mailto:{appointment.person.email}"

    client.post(f"{link}annulla/")

    gone, cancelled = event_of(client.get(f"{link}appuntamento.ics"))
    assert (gone, cancelled["UID"], cancelled["SEQUENCE"], cancelled["STATUS"]) == ("CANCEL", event["UID"], 1, "CANCELLED")


def test_the_private_address_shows_the_agenda_without_names_until_it_is_stopped(client, caseworker, soon):
    appointment = AppointmentFactory(host=caseworker, starts_at=soon, person__last_name="Riconoscibile")
    AppointmentFactory(starts_at=soon)
    page = reverse("beneficiaries:calendar_feed")
    address = client.post(page, {"act": "open"}).context["address"]
    feed = "/" + address.split("/", 3)[3]
    client.logout()

    answer = client.get(feed)

    calendar = icalendar.Calendar.from_ical(answer.content)
    assert [event["UID"] for event in calendar.walk("VEVENT")] == [f"appointment-{appointment.pk}@oltreiperimetri"]
    assert "Riconoscibile" not in answer.content.decode()
    assert feed.rsplit("/", 1)[1].removesuffix(".ics") not in str(list(AccessLink.objects.values()))

    sign_in(client, caseworker)
    client.post(page, {"act": "close"})
    assert client.get(feed).status_code == 404


def test_a_new_private_address_ends_the_old_one_and_leaving_the_office_ends_both(client, caseworker):
    page = reverse("beneficiaries:calendar_feed")
    old, new = ("/" + client.post(page).context["address"].split("/", 3)[3] for _time in range(2))
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
    caseworker.role_assignments.all().delete()
    assert client.get(new).status_code == 404


# The office ---------------------------------------------------------------------------------------
def test_free_times_are_published_from_a_form_at_a_new_place(client, caseworker):
    day = timezone.localdate() + timedelta(days=20)
    facts = {"kind": "talk", "new_place": "Sportello Rho", "new_address": "Via Meda 20", "host": caseworker.pk}
    facts |= {"day": f"{day:%d/%m/%Y}", "first": "9.30", "last": "11", "minutes": 45, "capacity": 2, "weeks": 1}
    page = reverse("beneficiaries:free_time_new")

    assert client.post(page, facts | {"new_place": ""}).context["form"].errors["place"]
    assert client.post(page, facts | {"last": "9"}).context["form"].errors["last"]
    client.post(page, facts)

    made = FreeTime.objects.order_by("starts_at")
    hours = [f"{timezone.localtime(one.starts_at):%d/%m/%Y %H:%M}" for one in made]
    assert hours in ([], [f"{day:%d/%m/%Y} 09:30", f"{day:%d/%m/%Y} 10:15"])  # a holiday publishes nothing
    assert MeetingPlace.objects.filter(name="Sportello Rho", address="Via Meda 20").count() == 1


def test_the_agenda_shows_who_is_expected_and_one_tap_says_how_it_went(client, caseworker):
    begun = timezone.now() - timedelta(minutes=5)
    free_time = FreeTimeFactory(host=caseworker, starts_at=begun, capacity=2)
    mine = seated(free_time)
    seated(free_time, seat=2, person__municipality_id="015170")
    elsewhere = AppointmentFactory(starts_at=begun, person__municipality_id="015170")
    agenda = f"{reverse('beneficiaries:agenda')}?vista=giorno&dal={timezone.localdate(begun)}"

    [line] = client.get(agenda).context["days"][0].lines
    assert (len(line.booked), line.hidden) == (2, 0)

    outcome = reverse("beneficiaries:appointment_outcome", args=[mine.pk])
    assert client.post(outcome, {"outcome": "honoured", "next": agenda}).url == agenda
    away = client.post(outcome, {"outcome": "no_show", "next": "https://example.org/"})
    assert away.url == reverse("beneficiaries:agenda")
    mine.refresh_from_db()
    assert mine.state == State.HONOURED
    assert client.get(elsewhere.get_absolute_url()).status_code == 404


def test_before_inviting_the_page_says_how_many_places_are_free(client, caseworker, soon):
    FreeTimeFactory(host=caseworker, capacity=3, starts_at=soon)
    people = [PersonFactory() for _number in range(4)]
    stranger = PersonFactory(municipality_id="015170")
    page = reverse("beneficiaries:appointment_invite")
    asked = {"persona": [one.pk for one in [*people, stranger]]}

    shown = client.get(page, asked).context
    assert (len(shown["people"]), shown["out_of_reach"]) == (4, 1)
    [talk] = [found for kind, _label, found in shown["prospects"] if kind == "talk"]
    assert (talk.people, talk.free, talk.is_enough) == (4, 3, False)

    after = client.post(page, asked | {"kind": "talk"}).context
    assert (after["invited"], after["prospect"].free, after["prospect"].is_enough) == (4, 3, False)
    assert set(Appointment.objects.invited().values_list("person", flat=True)) == {one.pk for one in people}


def test_the_agenda_warns_of_people_invited_with_nothing_free(client, caseworker, soon):
    stuck = invited(invited_by=caseworker)
    assert client.get(reverse("beneficiaries:agenda")).context["stuck"] == [stuck]
    FreeTimeFactory(host=caseworker, starts_at=soon)
    assert client.get(reverse("beneficiaries:agenda")).context["stuck"] == []


def test_booked_and_moved_and_cancelled_for_somebody_at_the_desk(client, caseworker, soon):
    first = FreeTimeFactory(host=caseworker, starts_at=soon)
    second = FreeTimeFactory(host=caseworker, starts_at=soon + timedelta(days=1))
    person = PersonFactory()
    client.post(reverse("beneficiaries:appointment_new", args=[person.pk]) + "?tipo=talk", {"time": first.pk})
    appointment = Appointment.objects.get()
    assert (appointment.person, appointment.free_time) == (person, first)
    client.post(reverse("beneficiaries:appointment_move", args=[appointment.pk]), {"time": second.pk})
    client.post(reverse("beneficiaries:appointment_cancel", args=[appointment.pk]), {"message": "Sciopero dei treni."})
    appointment.refresh_from_db()
    assert (appointment.state, appointment.sequence) == (State.CANCELLED_BY_OFFICE, 2)
    assert "Sciopero dei treni." in Message.objects.order_by("-pk").first().body


def test_the_agenda_costs_the_same_with_one_row_and_with_three(client, caseworker, soon):
    week = f"{reverse('beneficiaries:agenda')}?dal={timezone.localdate(soon)}"
    costs = []
    for days in (0, 1, 2):
        seated(FreeTimeFactory(host=caseworker, starts_at=soon + timedelta(hours=days)))
        AppointmentFactory(host=caseworker, starts_at=soon)
        invited(invited_by=caseworker)
        with CaptureQueriesContext(connection) as queries:
            client.get(week)
        costs.append(len(queries))
    assert costs[1] == costs[2] == costs[0]
