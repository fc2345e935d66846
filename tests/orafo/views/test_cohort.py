"""The list of the groups, the page of one of them, and the steps of its life."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oltreiperimetri.accounts.enums import Role
from orafo.models import Cohort
from tests.factories.accounts import UserFactory
from tests.factories.orafo import TODAY, CohortFactory, MembershipFactory, SessionFactory, admitted_person
from tests.factories.partners import RHO

pytestmark = pytest.mark.django_db
PERO = "015170"


def cost(client, url) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def values(**fields):
    return {
        "name": "Rho, primavera",
        "municipality": RHO,
        "place": "Via Meda 20",
        "starts_on": "1/12/2026",
        "ends_on": "28/2/2027",
        "capacity": "12",
        "coordinator": "",
    } | fields


def test_list_shows_the_groups_of_the_own_towns(staff):
    mine = CohortFactory()
    CohortFactory(municipality_id=PERO)
    assert list(staff.get("/orafo/gruppi/").context["page_obj"].object_list) == [mine]


def test_list_is_filtered_by_state_and_town(staff):
    opened, confirmed = CohortFactory(), CohortFactory(confirmed=True)
    assert list(staff.get("/orafo/gruppi/?stato=confirmed").context["page_obj"].object_list) == [confirmed]
    assert list(staff.get(f"/orafo/gruppi/?comune={PERO}").context["page_obj"].object_list) == []
    assert list(staff.get(f"/orafo/gruppi/?q={opened.name}").context["page_obj"].object_list) == [opened]


def test_list_and_page_cost_the_same_for_one_and_for_three(staff):
    cohort = CohortFactory()
    MembershipFactory(cohort=cohort)
    SessionFactory(cohort=cohort)
    urls = ["/orafo/gruppi/", cohort.get_absolute_url(), f"{cohort.get_absolute_url()}registro/"]
    [staff.get(url) for url in urls]
    one = [cost(staff, url) for url in urls]
    for _number in range(2):
        MembershipFactory(cohort=CohortFactory())
        MembershipFactory(cohort=cohort)
        MembershipFactory(cohort=cohort, waiting=True)
        SessionFactory(cohort=cohort)
    assert [cost(staff, url) for url in urls] == one


def test_list_is_exported(staff):
    cohort = CohortFactory()
    answer = b"".join(staff.get("/orafo/gruppi/?formato=csv").streaming_content).decode()
    assert cohort.name in answer


def test_new_group_is_in_preparation(staff, caseworker):
    answer = staff.post("/orafo/gruppi/nuovo/", values(coordinator=caseworker.pk))
    cohort = Cohort.objects.get()
    assert answer.url == cohort.get_absolute_url()
    assert (cohort.state, cohort.coordinator, cohort.capacity) == (Cohort.State.PLANNED, caseworker, 12)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"capacity": "13"}, "capacity"),
        ({"capacity": "0"}, "capacity"),
        ({"ends_on": "30/11/2026"}, "ends_on"),
        ({"starts_on": "31/2/2027"}, "starts_on"),
        ({"municipality": PERO}, "municipality"),
        ({"name": ""}, "name"),
    ],
)
def test_wrong_group_is_refused_beside_the_field_and_nothing_typed_is_lost(staff, wrong, field):
    form = staff.post("/orafo/gruppi/nuovo/", values(**wrong)).context["form"]
    assert list(form.errors) == [field]
    assert form["place"].value() == "Via Meda 20"
    assert not Cohort.objects.exists()


def test_seats_in_use_stay(staff):
    cohort = CohortFactory()
    MembershipFactory(cohort=cohort, seat=9)
    form = staff.post(f"{cohort.get_absolute_url()}modifica/", values(capacity="8")).context["form"]
    assert list(form.errors) == ["capacity"]


def test_page_draws_twelve_seats_and_the_waiting_list(staff):
    cohort = CohortFactory()
    seated, offered = MembershipFactory(cohort=cohort), MembershipFactory(cohort=cohort, offered=True)
    waiting = MembershipFactory(cohort=cohort, waiting=True)
    page = staff.get(cohort.get_absolute_url()).context
    assert [tile["state"] for tile in page["seats"]] == ["taken", "offered", *["free"] * 10]
    assert [tile["label"] for tile in page["seats"][:2]] == [seated.person.full_name, offered.person.full_name]
    assert page["waiting"] == [waiting]


def test_in_a_group_of_others_only_the_own_people_have_a_name(staff):
    cohort = CohortFactory(municipality_id=PERO)
    mine = MembershipFactory(cohort=cohort)
    foreign = MembershipFactory(cohort=cohort, person=admitted_person(last_name="Canarino", municipality_id=PERO))
    answer = staff.get(cohort.get_absolute_url())
    assert [tile["url"] for tile in answer.context["seats"][:2]] == [mine.get_absolute_url(), ""]
    assert foreign.person.last_name not in answer.content.decode()
    assert foreign.person.last_name not in staff.get(f"{cohort.get_absolute_url()}registro/").content.decode()
    sheet = b"".join(staff.get(f"{cohort.get_absolute_url()}registro/?formato=csv").streaming_content).decode()
    assert foreign.person.last_name not in sheet


def test_group_of_others_is_not_run_from_here(staff):
    cohort = CohortFactory(municipality_id=PERO)
    MembershipFactory(cohort=cohort)
    for path in ("modifica/", "passo/conferma/", "incontri/nuovo/"):
        assert staff.get(cohort.get_absolute_url() + path).status_code == 403
    session = SessionFactory(cohort=cohort, day=TODAY)
    assert staff.get(f"/orafo/incontri/{session.pk}/registro/").status_code == 403


def test_who_leads_a_group_runs_it_in_any_town(client):
    leader = UserFactory(roles=[Role.CASEWORKER], towns=[RHO])
    cohort = CohortFactory(municipality_id=PERO, coordinator=leader)
    client.force_login(leader, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"{cohort.get_absolute_url()}passo/conferma/").status_code == 200


@pytest.mark.parametrize(
    ("state", "slug", "data", "after"),
    [
        ("planned", "apri", {}, "open"),
        ("open", "conferma", {}, "confirmed"),
        ("confirmed", "apri", {"note": "Si ricomincia"}, "open"),
        ("open", "annulla", {"note": "Pochi iscritti"}, "cancelled"),
        ("confirmed", "apri", {}, "confirmed"),
        ("open", "annulla", {}, "open"),
        ("planned", "chiudi", {}, "planned"),
    ],
)
def test_group_passes_from_state_to_state_by_a_page_that_asks_first(staff, state, slug, data, after):
    cohort = CohortFactory(state=state)
    url = f"{cohort.get_absolute_url()}passo/{slug}/"
    staff.get(url)
    cohort.refresh_from_db()
    assert cohort.state == state
    staff.post(url, data)
    cohort.refresh_from_db()
    assert cohort.state == after


@pytest.mark.parametrize(("seated", "warns"), [(5, True), (6, False)])
def test_confirming_with_fewer_than_six_warns_but_does_not_forbid(staff, seated, warns):
    cohort = CohortFactory()
    for _number in range(seated):
        MembershipFactory(cohort=cohort)
    url = f"{cohort.get_absolute_url()}passo/conferma/"
    assert bool(staff.get(url).context["too_few"]) == warns
    staff.post(url)
    cohort.refresh_from_db()
    assert cohort.state == Cohort.State.CONFIRMED


def test_refused_close_says_why_on_its_page(staff):
    cohort = CohortFactory(confirmed=True)
    form = staff.post(f"{cohort.get_absolute_url()}passo/chiudi/").context["form"]
    assert form.non_field_errors()


def test_unknown_step_is_a_missing_page(staff):
    assert staff.get(f"{CohortFactory().get_absolute_url()}passo/vola/").status_code == 404


def test_register_is_a_page_a_sheet_and_a_file(staff):
    cohort = CohortFactory()
    member = MembershipFactory(cohort=cohort)
    SessionFactory(cohort=cohort, day=TODAY - timedelta(days=1))
    url = f"{cohort.get_absolute_url()}registro/"
    assert member.person.full_name in staff.get(url).content.decode()
    assert staff.get(f"{url}foglio/").status_code == 200
    assert member.person.full_name in b"".join(staff.get(f"{url}?formato=csv").streaming_content).decode()
    assert staff.get(f"{url}?formato=xlsx").status_code == 200


def test_calendar_keeps_cancelled_meetings(staff):
    cohort = CohortFactory()
    planned = SessionFactory(cohort=cohort)
    cancelled = SessionFactory(cohort=cohort, state="cancelled", sequence=1)
    calendar = staff.get(f"{cohort.get_absolute_url()}calendario/").content.decode().replace("\r\n ", "")
    assert [calendar.count(str(session.uid)) for session in (planned, cancelled)] == [1, 1]
    assert (calendar.count("STATUS:CANCELLED"), calendar.count("STATUS:CONFIRMED")) == (1, 1)


def test_participant_gets_the_own_meetings_only(client):
    user = UserFactory(roles=[Role.BENEFICIARY])
    own = MembershipFactory(person=admitted_person(user=user))
    mine, other = SessionFactory(cohort=own.cohort), SessionFactory()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    calendar = client.get("/il-mio-percorso/incontri/").content.decode().replace("\r\n ", "")
    assert (str(mine.uid) in calendar, str(other.uid) in calendar) == (True, False)
