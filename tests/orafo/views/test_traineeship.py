"""A traineeship on screen: from the proposal to its end, what the law says, what its host sees."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oltreiperimetri.documents import pdf
from orafo.domain.traineeship import agree
from orafo.enums import ReadyItem
from orafo.gantt import strip
from orafo.models import Traineeship
from tests.factories.orafo import (
    NOW,
    TODAY,
    MembershipFactory,
    PromoterFactory,
    ProposalFactory,
    TraineeshipFactory,
    admitted_person,
)
from tests.factories.partners import PERO, ContactFactory, firm_account

from .conftest import BACKEND

pytestmark = pytest.mark.django_db
State = Traineeship.State


def page(name, traineeship):
    return reverse(f"orafo:{name}", args=[traineeship.pk])


def typed(slot, **fields):
    promoter = PromoterFactory()
    return {
        "starts_on": "14/12/2026",
        "ends_on": "",
        "weekly_hours": "30",
        "days_a_week": "5",
        "monthly_allowance": "1.000,50",
        "host_tutor": slot.tutor_id,
        "promoter_tutor": ContactFactory(organisation=promoter).pk,
        **fields,
    }


def in_order(traineeship, *items):
    for item in items:
        traineeship.ticks.create(item=item, done_on=TODAY)
    return traineeship


def agreed(**fields):
    """Agreed through the page's own verb, so that its follow-up plan is there."""
    traineeship = in_order(TraineeshipFactory(**fields), *ReadyItem)
    agree(traineeship, by=None, now=NOW)
    return traineeship


# Preparing -----------------------------------------------------------------------------------------


def test_from_two_yes_to_a_traineeship_of_three_calendar_months(staff):
    proposal = ProposalFactory(agreed=True)
    url = reverse("orafo:traineeship_new", args=[proposal.pk])
    assert staff.get(url).context["form"].initial["host_tutor"] == proposal.slot.tutor_id
    staff.post(url, typed(proposal.slot))
    made = Traineeship.objects.get()
    assert (made.starts_on, made.ends_on) == (date(2026, 12, 14), date(2027, 3, 13))
    assert (made.monthly_allowance, made.promoter) == (Decimal("1000.50"), made.promoter_tutor.organisation)
    proposal.refresh_from_db()
    assert proposal.state == "accepted"


@pytest.mark.parametrize(
    ("fields", "least"),
    [
        ({"monthly_allowance": "499,99"}, None),
        ({"monthly_allowance": "500"}, 500),
        ({"monthly_allowance": "400", "has_meals": "on"}, 400),
        ({"monthly_allowance": "350", "weekly_hours": "20"}, 350),
        ({"monthly_allowance": "0", "on_income_support": "on"}, 0),
    ],
)
def test_the_allowance_is_never_below_the_law(staff, fields, least):
    proposal = ProposalFactory(agreed=True)
    response = staff.post(reverse("orafo:traineeship_new", args=[proposal.pk]), typed(proposal.slot, **fields))
    made = Traineeship.objects.first()
    if least is None:
        assert list(response.context["form"].errors) == ["monthly_allowance"]
        assert made is None
    else:
        assert made.monthly_allowance == least


def test_impossible_days_lose_nothing_that_was_typed(staff):
    proposal = ProposalFactory(agreed=True)
    url = reverse("orafo:traineeship_new", args=[proposal.pk])
    response = staff.post(url, typed(proposal.slot, starts_on="31/2/2027", weekly_hours="41"))
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"starts_on", "weekly_hours"}
    assert "1.000,50" in response.content.decode()
    backwards = staff.post(url, typed(proposal.slot, ends_on="1/12/2026"))
    assert list(backwards.context["form"].errors) == ["ends_on"]


def test_only_what_both_accepted_can_be_prepared(staff):
    proposal = ProposalFactory(at_firm=True)
    url = reverse("orafo:traineeship_new", args=[proposal.pk])
    assert staff.get(url).url == proposal.get_absolute_url()
    staff.post(url, typed(proposal.slot))
    assert not Traineeship.objects.exists()


def test_a_traineeship_in_preparation_can_be_changed_an_agreed_one_not(staff):
    traineeship = TraineeshipFactory()
    staff.post(page("traineeship_edit", traineeship), typed(traineeship.slot, weekly_hours="24"))
    traineeship.refresh_from_db()
    assert traineeship.weekly_hours == 24
    settled = agreed()
    assert staff.get(page("traineeship_edit", settled)).url == settled.get_absolute_url()


# Papers and agreement ------------------------------------------------------------------------------


def test_papers_are_ticked_with_their_day_and_unticked(staff, caseworker):
    traineeship = TraineeshipFactory()
    url = page("traineeship_tick", traineeship)
    wrong = staff.post(url, {"item": "insurance", "done_on": "30/11/2026"})
    assert wrong.status_code == 422
    assert not traineeship.ticks.exists()
    staff.post(url, {"item": "insurance", "done_on": "20/11/2026"})
    tick = traineeship.ticks.get()
    assert (tick.item, tick.done_on, tick.noted_by) == ("insurance", date(2026, 11, 20), caseworker)
    staff.post(url, {"item": "insurance", "undo": "1"})
    assert not traineeship.ticks.exists()


def test_all_agree_only_with_the_papers_signed(staff):
    traineeship = TraineeshipFactory()
    context = staff.get(traineeship.get_absolute_url()).context
    assert [row["item"] for row in context["items"] if row["is_needed"]] == ["agreement", "training_plan"]
    staff.post(page("traineeship_agree", traineeship))
    traineeship.refresh_from_db()
    assert traineeship.state == State.DRAFT
    in_order(traineeship, ReadyItem.AGREEMENT, ReadyItem.TRAINING_PLAN)
    staff.post(page("traineeship_agree", traineeship))
    traineeship.refresh_from_db()
    assert traineeship.state == State.AGREED
    assert [point.months for point in traineeship.plan.checkpoints.order_by("months")] == [1, 3, 6, 12]
    shown = staff.get(traineeship.get_absolute_url())
    assert shown.context["plan_panel"].context["plan"] == traineeship.plan


def test_what_the_rules_say_comes_with_its_source(staff):
    traineeship = TraineeshipFactory(ends_on=TODAY + timedelta(days=60))
    cautions = staff.get(traineeship.get_absolute_url()).context["cautions"]
    assert [(caution.effect, bool(caution.source)) for caution in cautions] == [("warn", True), ("info", True)]


# The end -------------------------------------------------------------------------------------------


def test_it_can_be_given_up_before_it_begins_with_a_reason(staff):
    traineeship = agreed()
    url = page("traineeship_void", traineeship)
    assert list(staff.post(url, {"note": ""}).context["form"].errors) == ["note"]
    staff.post(url, {"note": "Ha trovato lavoro"})
    traineeship.refresh_from_db()
    assert traineeship.state == State.VOID


def test_an_early_end_moves_the_follow_up(staff):
    traineeship = agreed(starts_on=TODAY - timedelta(days=30))
    url = page("traineeship_end_early", traineeship)
    outside = staff.post(url, {"last_day": "1/1/2026", "ended_by": "host", "reason": "other"})
    assert list(outside.context["form"].errors) == ["last_day"]
    staff.post(url, {"last_day": "20/11/2026", "ended_by": "host", "reason": "host_stopped"})
    traineeship.refresh_from_db()
    assert traineeship.effective_end == traineeship.plan.anchor_on == date(2026, 11, 20)


def test_it_is_closed_after_its_end_with_how_it_ended(staff):
    traineeship = agreed(starts_on=TODAY - timedelta(days=120), ends_on=TODAY - timedelta(days=5))
    assert staff.get(traineeship.get_absolute_url()).context["condition"].code == "to_close"
    url = page("traineeship_close", traineeship)
    assert list(staff.post(url, {"outcome": "early_end"}).context["form"].errors) == ["outcome"]
    staff.post(url, {"outcome": "hired"})
    traineeship.refresh_from_db()
    assert (traineeship.state, traineeship.outcome) == (State.CLOSED, "hired")


def test_a_running_one_cannot_be_closed_yet(staff):
    traineeship = agreed(starts_on=TODAY - timedelta(days=10))
    context = staff.get(traineeship.get_absolute_url()).context
    assert (context["condition"].code, context["day_number"]) == ("running", 11)
    assert staff.post(page("traineeship_close", traineeship), {"outcome": "completed"}).status_code == 422


# Lists, paper, the host ------------------------------------------------------------------------------


def test_traineeships_are_found_by_where_they_are(staff):
    member = MembershipFactory()
    draft = TraineeshipFactory(membership=member)
    to_start = TraineeshipFactory(state=State.AGREED, starts_on=TODAY + timedelta(days=1))
    running = TraineeshipFactory(state=State.AGREED, starts_on=TODAY)
    over = TraineeshipFactory(state=State.AGREED, starts_on=TODAY - timedelta(days=200))
    closed = TraineeshipFactory(state=State.CLOSED, outcome="hired", starts_on=TODAY - timedelta(days=300))
    void = TraineeshipFactory(state=State.VOID, slot__site__municipality_id=PERO)
    TraineeshipFactory(person=admitted_person(municipality_id=PERO))

    def found(query):
        return set(staff.get(reverse("orafo:traineeships") + query).context["page_obj"])

    assert found("") == {draft, to_start, running, over, closed, void}
    assert [found(f"?stato={where}") for where in ("preparing", "to_start", "running", "to_close", "closed", "void")] == [
        {draft},
        {to_start},
        {running},
        {over},
        {closed},
        {void},
    ]
    assert found("?stato=papers") == {draft, to_start, running}
    assert found(f"?comune={PERO}") == {void}
    assert found(f"?gruppo={member.cohort_id}") == {draft}
    assert found("?stato=nonsense&gruppo=x&page=99") == {draft, to_start, running, over, closed, void}


def test_the_list_leaves_as_a_file(staff):
    traineeship = TraineeshipFactory()
    response = staff.get(reverse("orafo:traineeships") + "?formato=csv")
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert traineeship.person.full_name in lines[1]


def test_pages_cost_the_same_for_one_and_for_three(staff):
    def cost(url):
        with CaptureQueriesContext(connection) as queries:
            staff.get(url)
        return len(queries)

    member = MembershipFactory()
    TraineeshipFactory(membership=member)
    pages = [reverse("orafo:traineeships"), member.cohort.get_absolute_url()]
    for url in pages:
        cost(url)
    one = [cost(url) for url in pages]
    for _number in range(2):
        TraineeshipFactory(membership=MembershipFactory(), state=State.AGREED)
        TraineeshipFactory(membership=member, state=State.CLOSED, outcome="hired")
    assert [cost(url) for url in pages] == one


def test_the_plan_can_be_printed(staff):
    response = staff.get(page("traineeship_plan", TraineeshipFactory()))
    if pdf.is_available():
        assert (response["Content-Type"], response.content[:4]) == ("application/pdf", b"%PDF")
    else:
        assert (response["Content-Type"], response.status_code) == ("text/html; charset=utf-8", 200)


def test_the_host_sees_the_name_and_the_days_of_its_own_trainee_only(client):
    traineeship = agreed(starts_on=TODAY - timedelta(days=10))
    other, void = TraineeshipFactory(), TraineeshipFactory(state=State.VOID, slot=traineeship.slot)
    client.force_login(firm_account(traineeship.organisation), backend=BACKEND)
    body = client.get(page("trainee", traineeship)).content.decode()
    assert traineeship.person.full_name in body
    assert traineeship.person.email not in body
    assert [client.get(page("trainee", one)).status_code for one in (other, void)] == [404, 404]
    assert client.get(traineeship.get_absolute_url()).status_code == 403


def test_the_strip_is_drawn_between_whole_months():
    running = TraineeshipFactory(state=State.AGREED, starts_on=date(2026, 11, 1), ends_on=date(2027, 1, 31))
    drawn = strip([running, TraineeshipFactory(state=State.VOID)], today=TODAY)
    assert [(bar.traineeship, bar.x, bar.width) for bar in drawn.bars] == [(running, 0, drawn.width)]
    assert len(drawn.months) == 3
    assert 0 < drawn.today_x < drawn.width
    assert strip([], today=TODAY) is None
