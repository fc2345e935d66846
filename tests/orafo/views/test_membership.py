"""The page of a place in a group, and its steps."""

import pytest

from oltreiperimetri.audit.models import AuditEntry
from orafo.models import Membership
from tests.factories.orafo import CohortFactory, MembershipFactory, admitted_person

pytestmark = pytest.mark.django_db
PERO = "015170"
State = Membership.State
LEAVING = {"reason": "found_work", "note": "Tempo determinato"}


def step(member, slug) -> str:
    return f"{member.get_absolute_url()}passo/{slug}/"


def test_page_is_a_read_of_the_file(staff, caseworker):
    member = MembershipFactory()
    assert staff.get(member.get_absolute_url()).status_code == 200
    entry = AuditEntry.objects.get(action="read")
    assert (entry.actor, entry.subject) == (caseworker, member.person.audit_key)


@pytest.mark.parametrize(
    ("traits", "slug", "data", "state"),
    [
        ({"waiting": True}, "offri", {}, State.OFFERED),
        ({"waiting": True}, "assegna", {}, State.ENROLLED),
        ({"waiting": True}, "togli", LEAVING, State.RELEASED),
        ({"offered": True}, "accetta", {}, State.ENROLLED),
        ({"offered": True}, "rifiuta", {}, State.DECLINED),
        ({"offered": True, "state": State.EXPIRED}, "lista", {}, State.WAITLISTED),
        ({}, "lascia", LEAVING, State.WITHDRAWN),
        ({}, "escludi", LEAVING, State.EXCLUDED),
    ],
)
def test_place_goes_on_by_a_page_that_asks_first(staff, traits, slug, data, state):
    member = MembershipFactory(**traits)
    before = member.state
    assert staff.get(step(member, slug)).status_code == 200
    member.refresh_from_db()
    assert member.state == before
    staff.post(step(member, slug), data)
    member.refresh_from_db()
    assert member.state == state


def test_move_to_another_group_leads_to_the_new_place(staff):
    member, other = MembershipFactory(), CohortFactory()
    answer = staff.post(step(member, "sposta"), {**LEAVING, "to": other.pk})
    moved = other.memberships.get()
    assert answer.url == moved.get_absolute_url()
    assert (moved.person, moved.seat) == (member.person, 1)


def test_move_goes_only_to_groups_one_runs_and_that_take_people(staff):
    member = MembershipFactory()
    CohortFactory(municipality_id=PERO)
    CohortFactory(planned=True)
    other = CohortFactory()
    assert list(staff.get(step(member, "sposta")).context["form"].fields["to"].queryset) == [other]


def test_refusal_of_a_full_group_stands_on_the_page(staff):
    member, other = MembershipFactory(), CohortFactory(capacity=1)
    MembershipFactory(cohort=other)
    form = staff.post(step(member, "sposta"), {**LEAVING, "to": other.pk}).context["form"]
    assert form.non_field_errors()
    assert form["note"].value() == LEAVING["note"]


@pytest.mark.parametrize("slug", ["togli", "lascia", "escludi"])
def test_leaving_needs_a_reason(staff, slug):
    member = MembershipFactory(waiting=slug == "togli")
    assert list(staff.post(step(member, slug), {}).context["form"].errors) == ["reason"]


def test_step_that_is_no_longer_possible_leads_back(staff):
    member = MembershipFactory()
    assert staff.post(step(member, "offri")).url == member.get_absolute_url()
    assert staff.get(step(member, "vola")).status_code == 404


def test_in_a_group_of_others_one_follows_the_own_person_only(staff):
    cohort = CohortFactory(municipality_id=PERO)
    mine = MembershipFactory(cohort=cohort, waiting=True)
    foreign = MembershipFactory(cohort=cohort, person=admitted_person(municipality_id=PERO))
    assert staff.get(foreign.get_absolute_url()).status_code == 404
    assert [one.slug for one in staff.get(mine.get_absolute_url()).context["steps"]] == ["togli"]
    assert staff.post(step(mine, "assegna")).status_code == 403
