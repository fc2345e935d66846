"""Family, work and profile: seen and corrected by the office and by the person."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from beneficiaries.desk_intake import family_of, intake_records
from beneficiaries.domain.rules import orafo_rules
from beneficiaries.models import Application, EmploymentSpell, HouseholdMember
from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.audit.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import ApplicationFactory, PersonFactory
from tests.factories.beneficiaries_intake import EmploymentSpellFactory, HouseholdMemberFactory, WorkProfileFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    user = UserFactory()
    user.role_assignments.create(role=Role.BENEFICIARY)
    return PersonFactory(user=user)


@pytest.fixture(params=["staff", "own"])
def page(request, client, person):
    """`page("household")` is the address of a part, for whoever is signed in: the office, or the person."""
    user = UserFactory(coordinator=True) if request.param == "staff" else person.user
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    if request.param == "staff":
        return lambda part: reverse(f"beneficiaries:{part}", args=[person.pk])
    return lambda part: reverse(f"beneficiaries:my_{part}")


def posted(prefix, *rows, kept=0, **more):
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": kept}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data | more


CHILD = {"relation": "child", "birth_year": "2015", "is_dependant": "yes", "lives_in": "yes", "is_working": ""}
PARTNER = {"relation": "partner", "birth_year": "", "is_dependant": "", "lives_in": "yes", "is_working": "no"}
BLANK = {"relation": "", "birth_year": "", "is_dependant": "", "lives_in": "yes", "is_working": ""}
JOB = {
    "kind": "employee",
    "employer": "Bar",
    "role": "Banco",
    "started_on": "1/5/2026",
    "ended_on": "20/5/2026",
    "ended_how": "",
}
NO_JOB = {"kind": "employee", "employer": "", "role": "", "started_on": "", "ended_on": "", "ended_how": ""}


def test_rows_are_added_changed_and_taken_away(client, person, page):
    url = page("household")
    assert client.post(url, posted("familiari", CHILD, PARTNER, BLANK)).status_code == 302
    child, partner = HouseholdMember.objects.order_by("pk")
    assert (child.birth_year, partner.is_working, partner.lives_in) == (2015, False, True)
    person.refresh_from_db()
    assert person.household_told_on == timezone.localdate()

    assert client.get(url).context["rows"].initial_form_count() == 2
    changed = CHILD | {"pk": child.pk, "birth_year": "2014"}
    client.post(url, posted("familiari", changed, PARTNER | {"pk": partner.pk, "DELETE": "on"}, BLANK, kept=2))
    assert list(person.household.values_list("pk", "birth_year")) == [(child.pk, 2014)]


def test_no_row_at_all_says_that_the_person_lives_alone(client, person, page):
    client.post(page("household"), posted("familiari", BLANK))
    person.refresh_from_db()
    assert person.household_told_on == timezone.localdate()
    assert family_of(person, today=date(2026, 11, 25)).count.minors == 0


def test_mistakes_of_rows_are_in_the_summary_and_beside_their_field(client, person, page):
    wrong = CHILD | {"birth_year": str(timezone.localdate().year + 1)}
    response = client.post(page("household"), posted("familiari", wrong, PARTNER, PARTNER))
    assert [field for field, _text in response.context["errors"]] == [
        "id_familiari-0-birth_year",
        "id_familiari-2-relation",
    ]
    assert 'href="#id_familiari-0-birth_year"' in response.content.decode()
    assert not person.household.exists()


def test_the_partner_at_home_may_be_another_one(client, person, page):
    old = HouseholdMemberFactory(person=person, partner=True)
    gone = PARTNER | {"pk": old.pk, "lives_in": "no"}
    client.post(page("household"), posted("familiari", PARTNER, gone, kept=1))
    assert client.get(page("household")).status_code == 200
    assert person.household.filter(relation="partner", lives_in=True).exclude(pk=old.pk).count() == 1


def test_a_row_of_somebody_else_is_not_touched(client, person, page):
    other = HouseholdMemberFactory()
    client.post(page("household"), posted("familiari", CHILD | {"pk": other.pk, "birth_year": "1999"}))
    other.refresh_from_db()
    assert (other.birth_year, person.household.count()) == (2015, 1)


def test_saving_and_adding_another_stays_on_the_page(client, person, page):
    assert client.post(page("household"), posted("familiari", CHILD, altra="1"))["Location"] == page("household")
    assert client.post(page("spells"), posted("lavori", JOB, altra="1"))["Location"] == page("spells")


def test_stretches_of_work_and_the_did_are_corrected_and_screened_again(client, person, page):
    application = ApplicationFactory(person=person, last_job_ended_on=date(2025, 6, 30))
    kept = EmploymentSpellFactory(person=person)
    main = dict.fromkeys(NO_JOB, "") | {"kind": "employee", "pk": kept.pk, "ended_on": "30/6/2025", "started_on": "1/7/2015"}
    response = client.post(page("spells"), posted("lavori", main, JOB, NO_JOB, kept=1, did_on="10/7/2025"))
    assert response.status_code == 302
    assert [str(one.ended_on) for one in person.spells.all()] == ["2026-05-20", "2025-06-30"]
    application.refresh_from_db()
    assert (str(application.did_on), application.screenings.count()) == ("2025-07-10", 1)
    family = family_of(person, today=date(2026, 11, 25))
    assert [spell.is_short for spell in family.spells] == [True, False]
    assert not family.differs


def test_a_last_day_that_differs_from_the_application_is_pointed_out(person):
    ApplicationFactory(person=person, last_job_ended_on=date(2025, 6, 30))
    EmploymentSpellFactory(person=person, ended_on=date(2025, 7, 31))
    assert family_of(person, today=date(2026, 11, 25)).differs


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"started_on": "21/5/2026"}, "ended_on"),
        ({"started_on": "", "ended_on": ""}, "started_on"),
        ({"started_on": "31/2/2026"}, "started_on"),
    ],
)
def test_a_stretch_that_cannot_be_is_refused(client, person, page, changes, field):
    response = client.post(page("spells"), posted("lavori", JOB | changes))
    assert [one for one, _text in response.context["errors"]] == [f"id_lavori-0-{field}"]
    assert not EmploymentSpell.objects.exists()


def test_the_profile_is_corrected_and_nothing_different_is_said_so(client, person, page):
    told = {"skills": "Cucina", "wishes": "", "hours": "part", "schedule_limits": "", "italian": "good"}
    client.post(page("profile"), told)
    assert (person.work_profile.skills, person.work_profile.italian) == ("Cucina", "good")
    entries = AuditEntry.objects.filter(action="correct_profile").count()
    client.post(page("profile"), told)
    assert AuditEntry.objects.filter(action="correct_profile").count() == entries == 1


def test_the_log_says_that_it_was_corrected_and_not_what(client, person, page):
    client.post(page("profile"), {"skills": "Cucina", "wishes": "", "hours": "", "schedule_limits": "", "italian": ""})
    entry = AuditEntry.objects.get(action="correct_profile")
    assert "Cucina" not in str(entry.__dict__)


def test_the_copy_of_ones_data_holds_family_work_and_profile(person):
    HouseholdMemberFactory(person=person)
    EmploymentSpellFactory(person=person, employer="Magazzino Prova")
    WorkProfileFactory(person=person, skills="Cucina")
    values = {value for record in intake_records(person) for _name, value in record.facts}
    assert {"2015", "Magazzino Prova", "Cucina"} <= values


def test_the_page_of_ones_data_shows_them(client, person):
    Application.objects.all().delete()
    EmploymentSpellFactory(person=person, employer="Magazzino Prova")
    client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    assert "Magazzino Prova" in client.get(reverse("portal:my_data")).content.decode()


def test_the_panel_costs_the_same_with_many_rows(person, django_assert_num_queries):
    orafo_rules(date(2026, 11, 25))  # read once a minute
    for count in (1, 3):
        HouseholdMemberFactory.create_batch(count, person=person)
        EmploymentSpellFactory.create_batch(count, person=person)
        fresh = type(person).objects.get(pk=person.pk)
        with django_assert_num_queries(4):
            family_of(fresh, today=date(2026, 11, 25))
