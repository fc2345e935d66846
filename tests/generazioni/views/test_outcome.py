"""Ideas, ranking, decisions and results, for staff."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from generazioni.models import Decision
from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.audit.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.generazioni import EditionFactory, IdeaFactory, JurorFactory, ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def caseworker(client):
    user = UserFactory(caseworker=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def edition():
    return EditionFactory(phase="decision", today=timezone.localdate(), min_reviews=1)


def page(name, row):
    return reverse(f"generazioni:{name}", args=[row.pk])


def test_ranking_stays_closed_while_the_jury_reads(client):
    idea = ReviewFactory(idea__edition__phase="review", idea__edition__today=timezone.localdate()).idea
    response = client.get(page("ranking", idea.edition))
    assert (response.context["is_open"], response.context["rows"]) == (False, [])
    assert client.get(page("ranking", idea.edition), {"formato": "csv"}).context["rows"] == []
    assert client.get(page("idea_office", idea)).context["reviews"] is None


def test_staff_decide_and_publish(client, edition):
    ideas = [ReviewFactory(idea=IdeaFactory(sent=True, edition=edition), score=score).idea for score in (4, 9)]
    rows = client.get(page("ranking", edition)).context["rows"]
    assert [row.idea for row in rows] == ideas[::-1]
    client.post(page("publish_results", edition))
    edition.refresh_from_db()
    assert edition.results_published_at is None
    for idea in ideas:
        client.post(page("idea_decide", idea), {"outcome": "chosen", "message": "Brava"})
    assert client.get(page("publish_results", edition)).context["counts"][0][1] == 2
    client.post(page("publish_results", edition))
    edition.refresh_from_db()
    assert edition.results_published_at
    assert {idea.state for idea in edition.ideas.all()} == {"chosen"}


def test_decision_without_a_message_is_refused(client, edition):
    idea = IdeaFactory(sent=True, edition=edition)
    form = client.post(page("idea_decide", idea), {"outcome": "chosen", "message": ""}).context["decision_form"]
    assert list(form.errors) == ["message"]
    assert not Decision.objects.exists()


def test_chosen_idea_gets_a_mentor(client, edition):
    mentor = UserFactory(roles=[Role.MENTOR])
    idea = IdeaFactory(chosen=True, edition=edition)
    assert client.post(page("assign_mentor", idea), {"mentor": ""}).context["mentor_form"].errors
    client.post(page("assign_mentor", idea), {"mentor": mentor.pk})
    assert idea.mentorings.get().mentor == mentor


def test_reading_an_idea_leaves_a_trace_and_drafts_are_not_found(client, edition, caseworker):
    sent, draft = IdeaFactory(sent=True, edition=edition), IdeaFactory(edition=edition)
    client.get(page("idea_office", sent))
    assert AuditEntry.objects.filter(action="read", object_id=sent.pk, actor=caseworker).count() == 1
    assert client.get(page("idea_office", draft)).status_code == 404


def test_ideas_and_ranking_are_exported(client, edition):
    ReviewFactory(idea=IdeaFactory(sent=True, edition=edition, title="Unica"))
    IdeaFactory(edition=edition, title="Bozza")
    for url in (reverse("generazioni:ideas"), page("ranking", edition)):
        content = b"".join(client.get(url, {"formato": "csv"}).streaming_content)
        assert (b"Unica" in content, b"Bozza" in content, content.count(b"\r\n")) == (True, False, 2)


@pytest.mark.parametrize("name", ["ideas", "ranking"])
def test_lists_cost_the_same_for_one_and_for_many_ideas(client, edition, name):
    url = page("ranking", edition) if name == "ranking" else reverse("generazioni:ideas")
    juror = JurorFactory(edition=edition)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        return len(queries), len(response.context["rows"] if name == "ranking" else response.context["page_obj"])

    costs = []
    for more in (1, 2, 20):
        for _ in range(more):
            ReviewFactory(idea=IdeaFactory(sent=True, edition=edition), juror=juror)
        cost()
        costs.append(cost())
    assert [count for _queries, count in costs] == [1, 3, 23]
    assert len({queries for queries, _count in costs}) == 1
