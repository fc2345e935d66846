"""A juror reads without names, scores on the phone, steps aside."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from generazioni.models import Abstention, Review
from tests.factories.accounts import UserFactory
from tests.factories.generazioni import EditionFactory, IdeaFactory, JurorFactory, ReviewFactory

pytestmark = pytest.mark.django_db
JURY = reverse("generazioni:jury")


@pytest.fixture
def seat(client):
    seat = JurorFactory(edition=EditionFactory(phase="review", today=timezone.localdate()))
    client.force_login(seat.user, backend="django.contrib.auth.backends.ModelBackend")
    return seat


def page(idea, name="review"):
    return reverse(f"generazioni:{name}", args=[idea.pk])


def typed(seat, first, second, **more):
    one, two = seat.edition.criteria.all()
    scores = {f"score_{one.pk}": first, f"score_{two.pk}": second}
    return {name: value for name, value in scores.items() if value is not None} | {"no_interest": "on"} | more


def counts(response):
    return {name: len(rows) for name, rows in response.context["lists"].items()}


def test_juror_sends_and_goes_on_to_the_next_idea(client, seat):
    ideas = {idea.pk: idea for idea in (IdeaFactory(sent=True, edition=seat.edition) for _ in range(2))}
    first = ideas[client.get(JURY).context["next_idea"]["pk"]]
    (other,) = set(ideas.values()) - {first}
    assert client.post(page(first), typed(seat, 8, 0)).url == page(other)
    assert client.post(page(other), typed(seat, 3, 10)).url == JURY
    assert counts(client.get(JURY)) == {"todo": 0, "drafts": 0, "sent": 2, "aside": 0}


def test_draft_stays_on_the_list_with_what_was_given(client, seat):
    idea = IdeaFactory(sent=True, edition=seat.edition)
    assert client.post(page(idea), typed(seat, 8, None, save="", strength="Chiara")).url == JURY
    response = client.get(JURY)
    assert (counts(response)["drafts"], response.context["next_idea"]["pk"]) == (1, idea.pk)
    form = client.get(page(idea)).context["form"]
    assert [bound.value() for _criterion, bound in form.score_fields()] == [8, None]
    assert form["strength"].value() == "Chiara"


def test_sending_with_gaps_is_refused_beside_the_row_and_keeps_the_rest(client, seat):
    idea = IdeaFactory(sent=True, edition=seat.edition)
    response = client.post(page(idea), typed(seat, None, 7, advice="Provatela davvero"))
    missing, given = seat.edition.criteria.all()
    assert list(response.context["form"].errors) == [f"score_{missing.pk}"]
    assert response.context["form"][f"score_{given.pk}"].value() == "7"
    assert "Provatela davvero" in response.content.decode()
    assert not Review.objects.exists()


def test_sending_asks_for_the_declaration(client, seat):
    idea = IdeaFactory(sent=True, edition=seat.edition)
    response = client.post(page(idea), typed(seat, 5, 5) | {"no_interest": ""})
    assert list(response.context["form"].errors) == ["no_interest"]


@pytest.mark.parametrize("value", ["11", "-1", "x", "5.5"])
def test_score_outside_the_scale_is_refused(client, seat, value):
    idea = IdeaFactory(sent=True, edition=seat.edition)
    assert client.post(page(idea), typed(seat, value, 5)).context["form"].errors
    assert not Review.objects.exists()


def test_whoever_steps_aside_does_not_meet_the_idea_again(client, seat):
    idea = IdeaFactory(sent=True, edition=seat.edition)
    assert client.post(page(idea, "conflict"), {"reason": ""}).context["form"].errors
    client.post(page(idea, "conflict"), {"reason": "Mio cugino"})
    assert Abstention.objects.get().idea == idea
    assert counts(client.get(JURY)) == {"todo": 0, "drafts": 0, "sent": 0, "aside": 1}
    assert client.post(page(idea), typed(seat, 5, 5)).url == JURY
    assert not Review.objects.exists()


@pytest.mark.parametrize("phase", ["ideas", "decision"])
def test_outside_the_days_of_the_jury_there_is_nothing_to_read(client, phase):
    edition = EditionFactory(phase=phase, today=timezone.localdate())
    idea = IdeaFactory(sent=True, edition=edition)
    seat = JurorFactory(edition=edition)
    client.force_login(seat.user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(JURY).context["edition"] == edition
    assert {client.get(page(idea, name)).status_code for name in ["review", "conflict"]} == {404}


def test_juror_of_another_edition_finds_nothing(client, seat):
    idea = IdeaFactory(sent=True, edition=EditionFactory(phase="review", today=timezone.localdate()))
    draft = IdeaFactory(edition=seat.edition)
    assert {client.get(page(row)).status_code for row in (idea, draft)} == {404}
    client.force_login(UserFactory(juror=True), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(JURY).context["edition"] is None


def test_no_page_of_the_jury_says_whose_an_idea_is(client, seat):
    author = UserFactory(citizen=True, first_name="Ada", last_name="Canarini", phone="+39023334444")
    idea = IdeaFactory(
        sent=True,
        edition=seat.edition,
        author=author,
        title="La bici di Canarini",
        team="Piero Canarinodue",
        solution=f"Ada Canarini, {author.email}, {author.phone}, con Piero Canarinodue.",
    )
    ReviewFactory(idea=idea, strength="Di un altro giurato", juror__edition=seat.edition)
    urls = [JURY, page(idea), page(idea, "conflict")]
    said = [client.get(url).content.decode() for url in urls]
    said.append(client.post(page(idea), {"save": ""}, follow=True).content.decode())
    words = ["canarin", author.email, author.phone, "Di un altro giurato"]
    assert [word for word in words for text in said if word.lower() in text.lower()] == []


def test_list_costs_the_same_for_one_and_for_many_ideas(client, seat):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            response = client.get(JURY)
        return len(queries), counts(response)["todo"]

    costs = []
    for more in (1, 2, 20):
        for _ in range(more):
            IdeaFactory(sent=True, edition=seat.edition)
        costs.append(cost())
    assert [count for _queries, count in costs] == [1, 3, 23]
    assert len({queries for queries, _count in costs}) == 1
