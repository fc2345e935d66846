from datetime import date, timedelta

import pytest

from beneficiaries.domain import team as verbs
from beneficiaries.domain.assignment import assign
from beneficiaries.models import Application, Person
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, ApplicationFactory, PersonFactory
from tests.factories.beneficiaries_work import TeamMemberFactory

pytestmark = pytest.mark.django_db
PERO = "015170"
TODAY = date(2026, 11, 24)
NOW = at_rome(TODAY, 10)


@pytest.fixture
def caseworker():
    return UserFactory(caseworker=True, towns=[RHO])


@pytest.fixture
def colleague():
    return UserFactory(caseworker=True, towns=[PERO])


def join(person, by, **facts):
    return verbs.join_team(person, **({"role": "educator", "since": TODAY} | facts), by=by, now=NOW)


def test_a_colleague_of_another_town_reaches_the_person_while_in_the_team(caseworker, colleague):
    application = ApplicationFactory()
    person, other = application.person, PersonFactory()
    member = join(person, caseworker, user=colleague)
    assert list(Person.objects.visible_to(colleague)) == [person]
    assert list(Application.objects.visible_to(colleague)) == [application]

    verbs.leave_team(member, by=caseworker, now=NOW)

    assert member.until == TODAY
    assert not Person.objects.visible_to(colleague).exists()
    assert not Application.objects.visible_to(colleague).exists()
    assert set(Person.objects.visible_to(caseworker)) == {person, other}


def test_a_role_without_staff_gives_no_reach():
    citizen = UserFactory(citizen=True)
    TeamMemberFactory(user=citizen)
    assert not Person.objects.visible_to(citizen).exists()


def test_whoever_was_in_two_teams_sees_each_person_once(caseworker, colleague):
    person = ApplicationFactory(owner=colleague).person
    TeamMemberFactory(person=person, user=colleague, until=date(2026, 10, 30))
    join(person, caseworker, user=colleague)
    assert list(Person.objects.visible_to(colleague)) == [person]


def test_a_partner_has_a_name_and_reaches_nothing(caseworker):
    member = join(PersonFactory(), caseworker, partner_name=" Caritas di Rho ")
    assert (str(member), member.user) == ("Caritas di Rho", None)


@pytest.mark.parametrize(("facts", "code"), [
    ({}, "one_of_two"),
    ({"partner_name": "Caritas", "user": True}, "one_of_two"),
    ({"partner_name": "Caritas", "since": TODAY + timedelta(days=1)}, "future"),
])  # fmt: skip
def test_a_member_is_one_or_the_other_from_a_day_that_has_come(facts, code, caseworker, colleague):
    facts = facts | ({"user": colleague} if "user" in facts else {})
    with pytest.raises(DomainError) as refused:
        join(PersonFactory(), caseworker, **facts)
    assert refused.value.code == code


def test_a_colleague_is_in_a_team_once_and_only_staff_are(caseworker, colleague):
    person = PersonFactory()
    join(person, caseworker, user=colleague)
    with pytest.raises(DomainError) as twice:
        join(person, caseworker, user=colleague)
    with pytest.raises(DomainError) as outsider:
        join(person, caseworker, user=UserFactory(citizen=True))
    with pytest.raises(DomainError) as stranger:
        join(PersonFactory(), colleague, user=colleague)
    assert [refused.value.code for refused in (twice, outsider, stranger)] == ["already_in", "not_staff", "not_allowed"]


def test_who_followed_since_when_is_read_from_the_record_of_acts(caseworker):
    application = ApplicationFactory()
    second = UserFactory(caseworker=True, towns=[RHO])
    for days, owner in enumerate((caseworker, second, None)):
        assign(application, owner, by=caseworker, now=NOW + timedelta(days=days))
    assert verbs.owners_of(application) == [
        (NOW + timedelta(days=2), None),
        (NOW + timedelta(days=1), second),
        (NOW, caseworker),
    ]
