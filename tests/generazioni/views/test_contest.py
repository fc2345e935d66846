"""The contest as everybody sees it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories.generazioni import EditionFactory, IdeaFactory, NeedFactory

pytestmark = pytest.mark.django_db
CONTEST = reverse("generazioni:contest")


def edition_now(phase, **fields):
    return EditionFactory(phase=phase, today=timezone.localdate(), **fields)


def test_without_an_edition_the_page_says_so(client):
    edition_now("preparation")
    response = client.get(CONTEST)
    assert (response.status_code, response.context["edition"]) == (200, None)


@pytest.mark.parametrize("phase", ["announced", "ideas", "review", "decision"])
def test_phase_and_days_follow_the_clock(client, phase):
    edition = edition_now(phase)
    context = client.get(CONTEST).context
    assert (context["edition"], context["phase"]) == (edition, phase)
    assert [stone.phase for stone in context["milestones"] if stone.is_now] == ([phase] if phase != "decision" else [])
    assert context["takes_ideas"] is (phase == "ideas")


def test_only_published_needs_are_shown(client):
    edition = edition_now("ideas")
    need = NeedFactory(edition=edition)
    hidden = [NeedFactory(edition=edition, proposed=True), NeedFactory(edition=edition, returned=True)]
    assert list(client.get(CONTEST).context["needs"]) == [need]
    assert client.get(reverse("generazioni:need", args=[need.pk])).status_code == 200
    assert {client.get(reverse("generazioni:need", args=[row.pk])).status_code for row in hidden} == {404}


def test_need_of_an_edition_not_announced_is_not_found(client):
    need = NeedFactory(edition=edition_now("preparation"))
    assert client.get(reverse("generazioni:need", args=[need.pk])).status_code == 404


def test_nothing_of_the_ideas_is_public_before_the_results(client):
    edition = edition_now("decision")
    chosen = IdeaFactory(sent=True, edition=edition, title="Titolocanarino", state="chosen")
    IdeaFactory(sent=True, edition=edition, title="Altrocanarino", state="not_chosen")
    assert "canarino" not in client.get(CONTEST).content.decode().lower()
    edition.results_published_at = timezone.now()
    edition.save()
    response = client.get(CONTEST)
    assert list(response.context["chosen"]) == [chosen]
    page = response.content.decode()
    assert "Titolocanarino" in page
    assert [word for word in ("Altrocanarino", chosen.author.last_name, chosen.summary) if word in page] == []


def test_earlier_editions_keep_their_chosen_ideas(client):
    current = edition_now("ideas")
    earlier = EditionFactory(phase="decision", results_published_at=timezone.now())
    chosen = IdeaFactory(chosen=True, edition=earlier)
    context = client.get(CONTEST).context
    assert context["edition"] == current
    assert context["past"] == [(earlier, [chosen])]


def test_moved_day_is_told_to_everybody(client):
    edition = edition_now("ideas")
    today = timezone.localdate()
    edition.boundary_changes.create(
        boundary="review_from", old_day=today, new_day=today, reason="Motivocanarino", at=timezone.now()
    )
    assert "Motivocanarino" in client.get(CONTEST).content.decode()


def test_page_costs_the_same_for_one_and_for_many_needs(client):
    edition = edition_now("ideas")

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(CONTEST)
        return len(queries)

    costs = []
    for more in (1, 2, 20):
        for _ in range(more):
            NeedFactory(edition=edition)
        costs.append(cost())
    assert len(set(costs)) == 1
    assert costs[0] <= 8
