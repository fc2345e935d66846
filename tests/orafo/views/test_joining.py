"""Adding people: who may join is found, and put on a seat or on the waiting list."""

import pytest

from beneficiaries.domain.search import index_person
from orafo.models import Membership
from tests.factories.beneficiaries import ApplicationFactory
from tests.factories.orafo import CohortFactory, MembershipFactory, admitted_person

pytestmark = pytest.mark.django_db
PERO = "015170"


@pytest.fixture
def cohort():
    return CohortFactory(capacity=2)


@pytest.fixture
def url(cohort):
    return f"{cohort.get_absolute_url()}aggiungi/"


def test_list_holds_only_those_who_may_join(staff, url):
    free = admitted_person()
    MembershipFactory()
    ApplicationFactory()
    admitted_person(municipality_id=PERO)
    assert list(staff.get(url).context["page_obj"].object_list) == [free]


def test_list_is_searched_by_name(staff, url):
    wanted, _other = admitted_person(last_name="Dell'Orto"), admitted_person(last_name="Ferrari")
    index_person(wanted)
    assert list(staff.get(url, {"q": "dell'orto"}).context["page_obj"].object_list) == [wanted]


def test_list_is_cut_in_pages(staff, url):
    for _number in range(26):
        admitted_person()
    page = staff.get(url, {"page": 2}).context["page_obj"]
    assert (len(page.object_list), page.paginator.count) == (1, 26)


@pytest.mark.parametrize(("act", "state"), [("enrol", "enrolled"), ("wait", "waitlisted")])
def test_person_is_put_where_the_button_says(staff, url, act, state):
    person = admitted_person()
    answer = staff.post(f"{url}?q=x&page=1", {"person": person.pk, "act": act})
    assert answer.url == f"{url}?q=x&page=1"
    assert person.memberships.get().state == state


def test_full_group_refuses_with_a_sentence_and_keeps_twelve(staff, cohort, url):
    MembershipFactory(cohort=cohort)
    MembershipFactory(cohort=cohort)
    page = staff.post(url, {"person": admitted_person().pk, "act": "enrol"}, follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert cohort.memberships.count() == 2


@pytest.mark.parametrize("data", [{}, {"person": "x", "act": "enrol"}, {"person": "1", "act": "fly"}])
def test_nonsense_changes_nothing(staff, url, data):
    assert staff.post(url, data).status_code == 302
    assert not Membership.objects.exists()


def test_somebody_out_of_reach_is_not_added(staff, url):
    stranger = admitted_person(municipality_id=PERO)
    staff.post(url, {"person": stranger.pk, "act": "enrol"})
    assert not stranger.memberships.exists()


def test_in_a_group_of_others_people_go_on_the_list(staff):
    cohort = CohortFactory(municipality_id=PERO)
    MembershipFactory(cohort=cohort)
    person = admitted_person()
    staff.post(f"{cohort.get_absolute_url()}aggiungi/", {"person": person.pk, "act": "enrol"})
    assert person.memberships.get().state == "waitlisted"
