from datetime import date

import pytest
from django.template import Context
from django.urls import reverse

from oltreiperimetri.accounts.models import User
from oltreiperimetri.followups import desk
from oltreiperimetri.followups.domain.answer import answer
from oltreiperimetri.followups.panels import plan_panel
from oltreiperimetri.shared.templatetags.ui import draw_panel

from .conftest import rome

TODAY = date(2026, 12, 10)


@pytest.fixture
def caseworker(db):
    user = User.objects.create_user("caso@example.org", roles=["caseworker"])
    user.municipalities.add("015182")
    return user


def titles(viewer):
    return [(card.count, [item.text for item in card.items]) for card in desk.cards(viewer, today=TODAY) if card.count]


def test_who_is_not_heard_after_two_weeks_stands_on_the_caseworkers_page(checkpoint, caseworker):
    assert titles(caseworker) == [(1, ["Anna Prova"])]


def test_who_asks_for_a_call_stands_there_until_called(checkpoint, caseworker):
    answer(checkpoint, {"situation": "searching", "wants_call": True}, channel="link", by=None, now=rome("2026-12-01 10:00"))

    assert titles(caseworker) == [(1, ["Anna Prova"])]


def test_others_have_no_such_cards(checkpoint, db):
    assert desk.cards(User.objects.create_user("anna@example.org", roles=["beneficiary"]), today=TODAY) == []


def test_the_cards_cost_the_same_however_many_wait(opened, caseworker, django_assert_max_num_queries):
    assert caseworker.is_staff_member
    assert caseworker.municipality_codes
    costs = []
    for more in (1, 2, 47):
        for _number in range(more):
            opened()
        with django_assert_max_num_queries(1) as captured:
            desk.cards(caseworker, today=TODAY)
        costs.append(len(captured))

    assert len(set(costs)) == 1


def test_the_panel_shows_answers_to_staff_and_only_days_to_the_person(checkpoint, caseworker):
    answer(checkpoint, {"situation": "searching"}, channel="link", by=None, now=rome("2026-12-01 10:00"))
    person = User.objects.create_user("anna@example.org", roles=["beneficiary"])

    for_staff = plan_panel(checkpoint.plan, caseworker, TODAY)
    for_person = plan_panel(checkpoint.plan, person, TODAY)

    assert for_staff.context["rows"][0]["answer"].situation == "searching"
    assert for_person.context["rows"][0]["answer"] is None
    assert not for_person.context["links_to_pages"]


def test_the_panel_names_the_path_and_opens_each_checkpoint(checkpoint, caseworker):
    panel = plan_panel(checkpoint.plan, caseworker, TODAY)
    drawn = draw_panel(Context({}), panel)
    assert str(checkpoint.plan.path_label) in drawn
    assert reverse("portal:checkpoint", kwargs={"pk": checkpoint.pk}) in drawn
    assert reverse("portal:follow_up_plan", args=[checkpoint.plan.pk]) in drawn
