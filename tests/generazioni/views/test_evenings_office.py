"""The office prepares evenings, knows who comes, and says who came."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from generazioni import desk
from generazioni.models import Evening
from oltreiperimetri.audit.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.evenings import EveningFactory, GuestFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def caseworker(client):
    user = UserFactory(caseworker=True)
    client.force_login(user)
    return user


@pytest.fixture
def tomorrow():
    return timezone.now() + timedelta(days=1)


def url(name, *args) -> str:
    return reverse(f"generazioni:{name}", args=args)


def typed(**changes) -> dict:
    day = timezone.localdate() + timedelta(days=10)
    return {
        "title": "Leggere la busta paga",
        "theme": "work",
        "description": "Voce per voce.",
        "speakers": "Una consulente del lavoro",
        "day": f"{day:%d/%m/%Y}",
        "start_time": "20:30",
        "end_time": "22:00",
        "place": "Biblioteca",
        "address": "Via della Prova 1",
        "municipality": "015182",
        "capacity": "30",
    } | changes


def test_evening_goes_from_draft_to_the_public_agenda(client, caseworker):
    client.post(url("evening_new"), typed())
    evening = Evening.objects.get()
    assert (evening.state, timezone.localtime(evening.starts_at).strftime("%H:%M")) == ("draft", "20:30")

    client.post(url("evening_publish", evening.pk))

    assert [item.url for item in desk.public_evenings(timezone.localdate())] == [evening.get_absolute_url()]


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"end_time": "20:00"}, "end_time"), ({"day": "31/2/2027"}, "day"), ({"capacity": "0"}, "capacity")],
)
def test_impossible_evening_is_refused_beside_its_field_and_nothing_is_lost(client, caseworker, changes, field):
    answer = client.post(url("evening_new"), typed(**changes))
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"]["title"].value() == typed()["title"]


def test_refusal_of_the_domain_stands_beside_the_seats(client, caseworker, tomorrow):
    evening = EveningFactory(starts_at=tomorrow, capacity=2)
    for _number in range(2):
        GuestFactory(evening=evening)
    answer = client.post(url("evening_edit", evening.pk), typed(capacity="1"))
    assert list(answer.context["form"].errors) == ["capacity"]


def test_cancelling_asks_for_the_reason_first(client, caseworker, tomorrow):
    evening = EveningFactory(starts_at=tomorrow)
    assert client.post(url("evening_cancel", evening.pk), {"reason": ""}).context["form"].errors
    client.post(url("evening_cancel", evening.pk), {"reason": "Sala chiusa"})
    evening.refresh_from_db()
    assert (evening.state, evening.cancellation_reason) == ("cancelled", "Sala chiusa")
    assert client.get(url("evening_cancel", evening.pk)).url == url("evening_office", evening.pk)


def test_list_is_filtered_by_what_is_to_do(client, caseworker, tomorrow):
    to_come, over = EveningFactory(starts_at=tomorrow), EveningFactory(starts_at=timezone.now() - timedelta(days=1))
    draft, held = EveningFactory(draft=True, starts_at=tomorrow), EveningFactory(held=True)
    found = {
        value: list(client.get(url("evenings_office"), {"stato": value}).context["page_obj"])
        for value in ("next", "to_close", "draft", "held")
    }
    assert found == {"next": [to_come], "to_close": [over], "draft": [draft], "held": [held]}


def test_sign_up_list_is_exported_without_formulas_and_recorded(client, caseworker):
    evening = GuestFactory(name="=1+1", email="a@example.org").evening
    GuestFactory(evening=evening, waiting=True)
    GuestFactory(evening=evening, gave_up=True, seat=None)

    text = b"".join(client.get(url("evening_office", evening.pk), {"formato": "csv"}).streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(text.splitlines(), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["'=1+1", evening.guests.waiting().get().name]

    sheet = client.get(url("evening_office", evening.pk), {"formato": "xlsx"})
    path = b"".join(sheet.streaming_content)
    assert openpyxl.load_workbook(filename=io.BytesIO(path)).active.max_row == 3
    assert AuditEntry.objects.filter(action="export", actor_id=caseworker.pk).count() == 2


def test_list_is_printed(client, caseworker):
    guest = GuestFactory()
    answer = client.get(url("evening_print", guest.evening.pk))
    assert answer["Content-Type"] in {"application/pdf", "text/html; charset=utf-8"}
    assert AuditEntry.objects.filter(action="export", object_type="iscritti-serata").exists()


def test_person_who_calls_is_added_and_taken_off(client, caseworker, tomorrow):
    evening = EveningFactory(starts_at=tomorrow)
    client.post(url("guest_new", evening.pk), {"name": "Ugo Telefona", "email": "", "phone": "0293200001"})
    guest = evening.guests.get()
    assert guest.state == "seated"

    client.post(url("guest_give_back", guest.pk))
    guest.refresh_from_db()
    assert guest.state == "cancelled"


def test_call_made_leaves_the_list_of_calls(client, caseworker):
    def to_call() -> list[str]:
        cards = desk.cards(caseworker, today=timezone.localdate())
        return [item.text for card in cards for item in card.items if item.urgent]

    guest = GuestFactory(only_phone=True, call_about="moved")
    assert to_call() == [guest.evening.title]
    client.post(url("guest_called", guest.pk))
    assert to_call() == []


def test_who_came_is_ticked_and_counted_in_the_report(client, caseworker):
    evening = EveningFactory(starts_at=timezone.now() - timedelta(hours=3))
    here, absent = GuestFactory(evening=evening), GuestFactory(evening=evening)

    client.post(url("evening_who_came", evening.pk), {"came": [here.pk]})

    assert dict(evening.guests.values_list("pk", "came")) == {here.pk: True, absent.pk: False}
    figures = desk.report_rows(evening.day, evening.day)
    assert {(figure.indicator, figure.municipality, figure.value) for figure in figures} == {
        ("evenings", evening.municipality_id, 1),
        ("participants", evening.municipality_id, 1),
    }
    assert desk.report_rows(evening.day + timedelta(days=1), evening.day + timedelta(days=9)) == []


def test_ticking_before_the_evening_is_refused(client, caseworker, tomorrow):
    evening = EveningFactory(starts_at=tomorrow)
    assert client.post(url("evening_who_came", evening.pk), {}).context["form"].errors


def queries(client, path) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def test_pages_cost_the_same_with_one_row_and_with_three(client, caseworker, tomorrow):
    evening = EveningFactory(starts_at=tomorrow)
    paths = [url("evenings_office"), url("evening_office", evening.pk), url("evening_who_came", evening.pk), "/oggi/"]
    counts = []
    for rows in (1, 2):
        for _number in range(rows):
            GuestFactory(evening=evening)
            GuestFactory(evening=evening, waiting=True)
            GuestFactory(evening=evening, only_phone=True, call_about="moved")
            EveningFactory(starts_at=tomorrow)
        counts.append([queries(client, path) for path in paths])
    assert counts[0] == counts[1]
