"""The secretariat: edition, days, rubric, jury."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from generazioni.models import Edition
from tests.factories.accounts import UserFactory
from tests.factories.generazioni import EditionFactory, IdeaFactory, JurorFactory, ReviewFactory, days_of

pytestmark = pytest.mark.django_db
DESK = reverse("generazioni:desk")


@pytest.fixture(autouse=True)
def caseworker(client):
    user = UserFactory(caseworker=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def edition_now(phase="announced", **fields):
    return EditionFactory(phase=phase, today=timezone.localdate(), **fields)


def page(name, row):
    return reverse(f"generazioni:{name}", args=[row.pk])


def typed_days(phase="preparation"):
    return {name: f"{day:%d/%m/%Y}" for name, day in days_of(phase, timezone.localdate()).items()}


def test_desk_without_an_edition_says_how_to_begin(client):
    assert client.get(DESK).context["edition"] is None


def test_desk_shows_the_current_edition_and_the_progress_of_its_jury(client):
    edition = edition_now("review")
    edition_now("preparation")
    review = ReviewFactory(idea=IdeaFactory(sent=True, edition=edition))
    JurorFactory(edition=edition)
    IdeaFactory(edition=edition)
    context = client.get(DESK).context
    assert (context["edition"], context["in_contest"], context["sent"], context["expected"]) == (edition, 1, 1, 2)
    assert [(juror.sent, whole) for juror, whole in context["jurors"] if juror == review.juror] == [(1, 1)]
    assert client.get(DESK, {"edizione": "0"}).status_code == 404


def test_new_edition_is_prepared_with_its_days(client):
    values = {"name": "Terza edizione", "min_reviews": "3", **typed_days()}
    response = client.post(reverse("generazioni:edition_new"), values)
    assert response.url == Edition.objects.get().get_absolute_url()


@pytest.mark.parametrize(("field", "day"), [("review_from", "31/2/2027"), ("announced_on", "1/1/1850")])
def test_impossible_day_is_refused_beside_its_field(client, field, day):
    values = {"name": "Terza edizione", "min_reviews": "3", **typed_days(), field: day}
    form = client.post(reverse("generazioni:edition_new"), values).context["form"]
    assert list(form.errors) == [field]


def test_days_in_the_wrong_order_are_refused(client):
    days = typed_days()
    values = {"name": "Terza", "min_reviews": "3", **days, "ideas_from": days["decision_from"]}
    assert client.post(reverse("generazioni:edition_new"), values).context["form"].errors
    assert not Edition.objects.exists()


def test_moving_a_day_needs_a_reason(client):
    edition = edition_now("ideas")
    new_day = edition.review_from + timedelta(days=5)
    values = {"boundary": "review_from", "new_day": f"{new_day:%d/%m/%Y}", "reason": ""}
    assert list(client.post(page("move_day", edition), values).context["form"].errors) == ["reason"]
    client.post(page("move_day", edition), values | {"reason": "Ce lo avete chiesto"})
    edition.refresh_from_db()
    assert edition.review_from == new_day


def test_refused_move_stands_beside_the_day(client):
    edition = edition_now("ideas")
    values = {"boundary": "review_from", "new_day": f"{edition.review_from:%d/%m/%Y}", "reason": "Prova"}
    assert list(client.post(page("move_day", edition), values).context["form"].errors) == ["new_day"]


def test_rubric_is_written_before_ideas_open(client):
    edition = edition_now()
    values = {"name": "Territorio", "weight": "20", "guidance": "0 no, 10 sì"}
    client.post(page("criterion_new", edition), values)
    assert client.post(page("criterion_new", edition), values).context["form"].errors
    added = edition.criteria.get(name="Territorio")
    client.post(page("criterion_edit", added), values | {"weight": "35"})
    client.post(page("criterion_remove", edition.criteria.first()))
    assert list(edition.criteria.values_list("name", "weight")) == [("Fattibilità", 40), ("Territorio", 35)]


def test_locked_rubric_does_not_move(client):
    edition = edition_now("ideas")
    client.post(page("criterion_remove", edition.criteria.first()))
    values = {"name": "Territorio", "weight": "20", "guidance": "0 no, 10 sì"}
    assert client.post(page("criterion_new", edition), values).context["form"].non_field_errors()
    assert edition.criteria.count() == 2


def test_jurors_are_added_and_taken_off(client):
    edition, user = edition_now(), UserFactory(juror=True)
    outsider = UserFactory(citizen=True)
    assert client.post(page("seat", edition), {"user": outsider.pk}).context["seat_form"].errors
    client.post(page("seat", edition), {"user": user.pk})
    juror = edition.jurors.get()
    assert juror.user == user
    client.post(page("unseat", juror))
    assert not edition.jurors.exists()


def test_names_of_an_edition_change_and_days_do_not(client):
    edition = edition_now()
    before = edition.review_from
    client.post(page("edition_edit", edition), {"name": "Nome nuovo", "introduction": "Ciao", "review_from": "1/1/2040"})
    edition.refresh_from_db()
    assert (edition.name, edition.introduction, edition.review_from) == ("Nome nuovo", "Ciao", before)
