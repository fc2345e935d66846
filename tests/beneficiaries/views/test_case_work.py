"""Case, assessment, pact and team in the browser's hands: what the office presses and what the person presses."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from beneficiaries.models import Assessment, CaseFile, Pact, PactAction
from oltreiperimetri.audit.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, ApplicationFactory, PersonFactory
from tests.factories.beneficiaries_work import (
    ActionFactory,
    AssessmentFactory,
    CaseFactory,
    GoalFactory,
    PactFactory,
    TeamMemberFactory,
)

pytestmark = pytest.mark.django_db
PERO = "015170"
MY_PAGE = reverse("portal:my_path")


def sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def caseworker(client):
    return sign_in(client, UserFactory(caseworker=True, towns=[RHO]))


@pytest.fixture
def person():
    return PersonFactory(user=UserFactory(beneficiary=True))


def url(name, *args):
    return reverse(f"beneficiaries:{name}", args=args)


def italian(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def test_a_case_is_opened_moved_and_closed_with_its_reason(client, caseworker, person):
    client.post(url("case_open", person.pk))
    case = person.cases.get()
    client.post(url("case_step", case.pk, "valutazione"), {"seen": "access"})
    wordless = client.post(url("case_step", case.pk, "chiudi"), {"seen": "assessment", "reason": "moved"})
    client.post(url("case_step", case.pk, "chiudi"), {"seen": "assessment", "reason": "moved", "note": "A Legnano."})
    case.refresh_from_db()
    assert list(wordless.context["form"].errors) == ["note"]
    assert (case.state, case.closing_reason) == (CaseFile.State.CLOSED, "moved")


def test_a_phase_that_is_not_next_leads_back_to_the_person(client, caseworker):
    case = CaseFactory()
    response = client.get(url("case_step", case.pk, "valutazione-finale"))
    assert response["Location"] == case.person.get_absolute_url()
    assert client.get(url("case_step", case.pk, "altrove")).status_code == 404


def test_a_new_assessment_begins_from_the_last(client, caseworker, person):
    AssessmentFactory(person=person, levels={"work": 2, "home": 4}, levels__note="Riservata", is_shared=False)
    page = url("assessment_new", person.pk)
    form = client.get(page).context["form"]
    assert (form["level_work"].value(), form["level_care"].value(), form["note_work"].value()) == (2, "", "Riservata")
    assert form["is_shared"].value() is False

    sent = {"taken_on": italian(timezone.localdate()), "level_work": "3", "level_home": "", "is_shared": "on"}
    client.post(page, sent)

    latest = Assessment.objects.order_by("-taken_on").first()
    assert [(one.area, one.level) for one in latest.levels.all()] == [("work", 3)]
    assert latest.is_shared


def test_an_assessment_of_nothing_is_refused(client, caseworker, person):
    response = client.post(url("assessment_new", person.pk), {"taken_on": italian(timezone.localdate())})
    assert response.context["form"].errors
    assert not Assessment.objects.exists()


def test_a_pact_is_written_offered_and_changed_on_request(client, caseworker, person):
    today = timezone.localdate()
    client.post(url("pact_new", person.pk))
    pact = person.pacts.get()
    client.post(url("goal_new", pact.pk), {"area": "work", "text": "Un lavoro"})
    goal = pact.goals.get()
    nameless = client.post(
        url("action_new", goal.pk), {"text": "Corso", "ball": "partner", "due_on": italian(today + timedelta(days=9))}
    )
    client.post(
        url("action_new", goal.pk), {"text": "Curriculum", "ball": "person", "due_on": italian(today + timedelta(days=9))}
    )
    offer = {"answer_by": italian(today + timedelta(days=5)), "review_on": italian(today + timedelta(days=90))}
    client.post(url("pact_propose", pact.pk), offer)
    assert list(nameless.context["form"].errors) == ["partner_name"]

    sign_in(client, person.user)
    assert client.get(MY_PAGE).status_code == 200
    client.post(url("my_pact_change", pact.pk), {"text": "Più tempo"})
    pact.refresh_from_db()
    assert (pact.state, pact.answer) == (Pact.State.DRAFT, "Più tempo")


def test_the_person_agrees_ticks_and_takes_the_tick_back(client, person):
    pact = PactFactory(person=person, proposed=True, review_on=timezone.localdate() + timedelta(days=60))
    action = ActionFactory(goal=GoalFactory(pact=pact))
    ours = ActionFactory(goal=action.goal, ball="caseworker")
    sign_in(client, person.user)

    client.post(url("my_pact_agree", pact.pk))
    client.post(url("my_action", action.pk), {"to": "done"})
    action.refresh_from_db()
    assert (Pact.objects.get().consent, action.state, action.done_by) == ("online", "done", person.user)

    client.post(url("my_action", action.pk), {"to": "todo"})
    action.refresh_from_db()
    assert (action.state, action.done_on) == ("todo", None)
    assert client.post(url("my_action", ours.pk), {"to": "done"}).status_code == 404


def test_staff_see_how_far_it_is_and_tick_too(client, caseworker):
    pact = PactFactory(agreed=True)
    action = ActionFactory(goal=GoalFactory(pact=pact), due_on=date(2026, 1, 2))
    ActionFactory(goal=action.goal, state="dropped")
    client.post(url("action_tick", action.pk), {"to": "done"})
    client.post(url("action_tick", action.pk), {"to": "nonsense"})
    shown = client.get(pact.get_absolute_url()).context["pact"]
    assert (shown.progress.done, shown.progress.total) == (1, 1)
    assert AuditEntry.objects.filter(action="read", object_type="beneficiaries.pact").exists()


def test_goals_and_actions_are_corrected_and_taken_away_while_it_is_a_draft(client, caseworker):
    goal = GoalFactory(pact=PactFactory())
    action = ActionFactory(goal=goal)
    sent = {"text": "Altro", "ball": "caseworker", "due_on": italian(timezone.localdate())}
    client.post(url("action_edit", action.pk), sent)
    client.post(url("goal_edit", goal.pk), {"area": "home", "text": "La casa"})
    action.refresh_from_db()
    goal.refresh_from_db()
    assert (action.text, action.ball, goal.area, goal.text) == ("Altro", "caseworker", "home", "La casa")
    client.post(url("action_remove", action.pk))
    client.post(url("goal_remove", goal.pk))
    assert (PactAction.objects.count(), Pact.objects.get().goals.count()) == (0, 0)


def test_the_pact_goes_on_paper_for_both_but_a_draft_only_for_the_office(client, caseworker, person):
    draft = PactFactory(person=person)
    agreed = PactFactory(person=person, agreed=True)
    for pact in (draft, agreed):
        ActionFactory(goal=GoalFactory(pact=pact))
    assert [client.get(url("pact_on_paper", pact.pk)).status_code for pact in (draft, agreed)] == [200, 200]
    sign_in(client, person.user)
    answers = [client.get(url("pact_on_paper", pact.pk)).status_code for pact in (draft, agreed)]
    assert answers == [302, 200]
    assert AuditEntry.objects.filter(action="download", actor=person.user).count() == 1


def test_the_person_reads_only_what_is_shared_and_never_a_note(client, person):
    ApplicationFactory(person=person, admitted=True)
    AssessmentFactory(person=person, levels={"work": 2}, levels__note="notasegretissima", is_shared=True)
    AssessmentFactory(person=person, levels={"care": 1}, is_shared=False)
    sign_in(client, person.user)
    response = client.get(MY_PAGE)
    panel = next(one for one in response.context["panels"] if one.anchor == "valutazione")
    assert {course.area: course.levels for course in panel.context["courses"]}["care"] == (None,)
    assert b"notasegretissima" not in response.content + client.get(reverse("portal:my_data")).content


def test_a_draft_is_not_shown_to_the_person(client, person):
    ActionFactory(goal=GoalFactory(pact=PactFactory(person=person)))
    sign_in(client, person.user)
    assert "patto" not in [panel.anchor for panel in client.get(MY_PAGE).context["panels"]]


def test_late_actions_and_reviews_are_next_steps_of_the_office_and_open_ones_of_the_person(client, caseworker, person):
    today = timezone.localdate()
    pact = PactFactory(person=person, agreed=True, review_on=today, due_on=today)
    goal = GoalFactory(pact=pact)
    late = ActionFactory(goal=goal, due_on=today - timedelta(days=1), ball="caseworker")
    own = ActionFactory(goal=goal, due_on=today, text="Curriculum oggi")
    response = client.get(person.get_absolute_url())
    steps = [response.context["step"], *response.context["more_steps"]]
    assert [step.due_on for step in steps if step.url == pact.get_absolute_url()] == [late.due_on, today]
    sign_in(client, person.user)
    response = client.get(MY_PAGE)
    assert [step.due_on for step in [response.context["step"]] if step.title == own.text] == [own.due_on]


def test_the_team_is_added_to_and_ended(client, caseworker, person):
    colleague = UserFactory(caseworker=True, towns=[PERO])
    page = url("team", person.pk)
    sent = {"role": "educator", "since": italian(timezone.localdate())}
    neither = client.post(page, sent)
    client.post(page, sent | {"user": colleague.pk})
    member = person.team.get()
    client.post(url("team_leave", member.pk))
    member.refresh_from_db()
    assert list(neither.context["form"].errors) == ["user"]
    assert member.until == timezone.localdate()


def test_who_leaves_the_team_of_another_town_lands_on_the_list(client):
    colleague = sign_in(client, UserFactory(caseworker=True, towns=[PERO]))
    member = TeamMemberFactory(user=colleague, person=PersonFactory(municipality_id=RHO))
    response = client.post(url("team_leave", member.pk))
    assert response["Location"] == url("people")
    assert client.get(member.person.get_absolute_url()).status_code == 404
