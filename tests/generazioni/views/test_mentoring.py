import pytest
from django.urls import reverse
from django.utils import timezone

from generazioni.models import Meeting
from oltreiperimetri.accounts.enums import Role
from tests.factories.accounts import UserFactory
from tests.factories.generazioni import MentoringFactory

pytestmark = pytest.mark.django_db


def sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def test_mentor_finds_the_idea_at_home_and_writes_a_meeting_down(client):
    mentoring = MentoringFactory()
    sign_in(client, mentoring.mentor)
    cards = client.get(reverse("portal:mentor")).context["cards"]
    assert mentoring.get_absolute_url() in {item.url for card in cards for item in card.items}
    typed = {"day": f"{timezone.localdate():%d/%m/%Y}", "minutes": "45", "notes": "Fatti i conti", "next_on": ""}
    client.post(mentoring.get_absolute_url(), typed)
    assert list(Meeting.objects.values_list("mentoring", "minutes", "notes")) == [(mentoring.pk, 45, "Fatti i conti")]


@pytest.mark.parametrize(
    ("field", "value"), [("day", "31/2/2026"), ("day", "1/1/2090"), ("minutes", "4"), ("notes", "x" * 1501)]
)
def test_bad_meeting_is_explained_and_keeps_what_was_typed(client, field, value):
    mentoring = MentoringFactory()
    sign_in(client, mentoring.mentor)
    typed = {"day": f"{timezone.localdate():%d/%m/%Y}", "minutes": "45", "notes": "Fatti i conti"} | {field: value}
    response = client.post(mentoring.get_absolute_url(), typed)
    assert list(response.context["form"].errors) == [field]
    assert value in response.content.decode()


def test_idea_followed_by_somebody_else_is_not_found(client):
    mentoring = MentoringFactory()
    sign_in(client, UserFactory(roles=[Role.MENTOR]))
    assert client.get(mentoring.get_absolute_url()).status_code == 404


def test_staff_end_a_mentoring_whose_log_stays(client):
    mentoring = MentoringFactory()
    sign_in(client, UserFactory(caseworker=True))
    client.post(reverse("generazioni:mentoring_end", args=[mentoring.pk]))
    mentoring.refresh_from_db()
    assert mentoring.ended_on == timezone.localdate()
    assert client.get(mentoring.get_absolute_url()).status_code == 200
