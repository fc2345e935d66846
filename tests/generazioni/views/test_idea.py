"""An author in the browser."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from generazioni.models import Decision, Idea
from oltreiperimetri.accounts.enums import Role
from tests.factories.accounts import UserFactory
from tests.factories.generazioni import EditionFactory, IdeaFactory, MentoringFactory, NeedFactory, ReviewFactory

pytestmark = pytest.mark.django_db
NEW = reverse("generazioni:idea_new")
TEXTS = {name: f"Testo di {name}." for name in Idea.TEXTS}


def edition_now(phase="ideas", **fields):
    return EditionFactory(phase=phase, today=timezone.localdate(), **fields)


def sign_in(client, user=None):
    user = user or UserFactory(citizen=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def page(name, idea):
    return reverse(f"generazioni:{name}", args=[idea.pk])


@pytest.mark.parametrize("role", [Role.CITIZEN, Role.BENEFICIARY])
def test_author_writes_a_draft_completes_it_and_sends_it(client, role):
    edition = edition_now()
    need = NeedFactory(edition=edition)
    author = sign_in(client, UserFactory(roles=[role]))
    client.post(NEW, {"title": "Cargo bike", "needs": [need.pk], "team": "Lia Gufi\r\nPiero Merli"})
    idea = Idea.objects.get()
    assert (idea.state, idea.author, idea.team_names) == ("draft", author, ["Lia Gufi", "Piero Merli"])
    client.post(page("idea_submit", idea))
    idea.refresh_from_db()
    assert idea.state == "draft"
    client.post(page("idea_edit", idea), {"title": "Cargo bike", "needs": [need.pk], **TEXTS})
    client.post(page("idea_submit", idea))
    idea.refresh_from_db()
    assert (idea.state, idea.number, list(idea.needs.all())) == ("submitted", 1, [need])


def test_need_and_earlier_idea_fill_the_new_one(client):
    edition = edition_now()
    need = NeedFactory(edition=edition)
    author = sign_in(client)
    earlier = IdeaFactory(author=author, title="Riprovo", edition=EditionFactory(phase="decision"))
    foreign = IdeaFactory(title="Di altri", edition=EditionFactory(phase="decision"))
    assert client.get(NEW, {"bisogno": need.pk}).context["form"].initial == {"needs": [need.pk]}
    assert client.get(NEW, {"da": earlier.pk}).context["form"].initial["title"] == "Riprovo"
    assert client.get(NEW, {"da": foreign.pk, "bisogno": "²"}).context["form"].initial == {}


def test_text_of_an_earlier_edition_can_be_taken_up_while_another_is_open(client):
    earlier = IdeaFactory(edition=EditionFactory(phase="decision"))
    sign_in(client, earlier.author)
    assert client.get(earlier.get_absolute_url()).context["may_start_again"] is False
    now = IdeaFactory(edition=edition_now(), author=earlier.author)
    assert client.get(earlier.get_absolute_url()).context["may_start_again"] is True
    assert client.get(now.get_absolute_url()).context["may_start_again"] is False


def test_nothing_typed_is_lost_when_a_text_is_too_long(client):
    edition_now()
    sign_in(client)
    response = client.post(NEW, {"title": "Cargo bike", "summary": "x" * 301, "problem": "Testo da non perdere"})
    assert list(response.context["form"].errors) == ["summary"]
    assert "Testo da non perdere" in response.content.decode()
    assert not Idea.objects.exists()


@pytest.mark.parametrize("phase", ["preparation", "announced", "review", "decision"])
def test_outside_the_days_of_the_ideas_nothing_is_written(client, phase):
    edition = edition_now(phase)
    author = sign_in(client)
    assert client.post(NEW, {"title": "Tardi"}).url == reverse("generazioni:contest")
    idea = IdeaFactory(author=author, edition=edition)
    assert client.post(page("idea_edit", idea), {"title": "Tardi"}).url == idea.get_absolute_url()
    client.post(page("idea_submit", idea))
    idea.refresh_from_db()
    assert (idea.state, idea.title == "Tardi", Idea.objects.count()) == ("draft", False, 1)


def test_author_takes_an_idea_back(client):
    idea = IdeaFactory(sent=True, edition=edition_now("review"))
    sign_in(client, idea.author)
    client.post(page("idea_withdraw", idea))
    idea.refresh_from_db()
    assert idea.state == "withdrawn"


def test_idea_of_somebody_else_is_not_found(client):
    idea = IdeaFactory(sent=True, edition=edition_now())
    sign_in(client)
    names = ["idea", "idea_edit"]
    assert {client.get(page(name, idea)).status_code for name in names} == {404}
    assert {client.post(page(name, idea)).status_code for name in ["idea_submit", "idea_withdraw"]} == {404}


def test_author_sees_decision_and_readings_only_after_the_results(client):
    edition = edition_now("decision")
    idea = IdeaFactory(sent=True, edition=edition)
    review = ReviewFactory(idea=idea, strength="Forzacanarina", juror__user__last_name="Giuratocanarino")
    Decision.objects.create(idea=idea, outcome="finalist", message="Motivocanarino", at=timezone.now())
    sign_in(client, idea.author)
    assert "canarin" not in client.get(idea.get_absolute_url()).content.decode().lower()
    idea.state = "finalist"
    idea.save()
    response = client.get(idea.get_absolute_url())
    text = response.content.decode()
    assert (response.context["message"], list(response.context["reviews"])) == ("Motivocanarino", [review])
    assert [word for word in ("Motivocanarino", "Forzacanarina") if word not in text] == []
    assert "Giuratocanarino" not in text


def test_author_reads_the_log_of_the_mentor(client):
    mentoring = MentoringFactory()
    Decision.objects.create(idea=mentoring.idea, outcome="chosen", message="Brava", at=timezone.now())
    meeting = mentoring.meetings.create(day=mentoring.started_on, minutes=60, notes="Fatti i conti")
    sign_in(client, mentoring.idea.author)
    assert list(client.get(mentoring.idea.get_absolute_url()).context["meetings"]) == [meeting]


def test_my_ideas_cost_the_same_for_one_and_for_many(client):
    edition, author = edition_now(), sign_in(client)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            response = client.get(reverse("generazioni:my_ideas"))
        return len(queries), len(response.context["ideas"])

    costs = []
    for more in (1, 2, 10):
        for _ in range(more):
            IdeaFactory(author=author, edition=edition)
        costs.append(cost())
    assert [count for _queries, count in costs] == [1, 3, 13]
    assert len({queries for queries, _count in costs}) == 1
