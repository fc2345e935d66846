"""Four questions, answered on the spot."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from beneficiaries.domain.rules import orafo_rules

pytestmark = pytest.mark.django_db
CHECK = reverse("beneficiaries:check")


def answers(**changes):
    ended = timezone.localdate() - timedelta(days=30)
    told = {"birth_date": "3/10/1970", "last_job_ended_on": f"{ended:%d/%m/%Y}", "working_now": "no", "town": "015182"}
    return told | changes


def verdicts(response) -> dict:
    return {one.criterion: one.verdict for one in response.context["criteria"]}


def test_whoever_meets_the_rules_is_told_so_and_until_when(client):
    response = client.post(CHECK, answers())
    assert response.context["outcome"] == "eligible"
    assert response.context["changes_on"] > timezone.localdate()
    assert set(verdicts(response).values()) == {"met"}


def test_nothing_known_is_an_answer_too(client):
    response = client.post(CHECK, {"birth_date": "", "last_job_ended_on": "", "working_now": "not_said", "town": ""})
    assert response.context["outcome"] == "to_assess"
    assert set(verdicts(response).values()) == {"unknown"}


@pytest.mark.parametrize("told", [answers(), answers(town="other", working_now="yes"), {"birth_date": "1/1/2000"}])
def test_the_answer_is_never_a_dead_end(client, settings, told):
    page = client.post(CHECK, told)
    text = page.content.decode()
    assert reverse("beneficiaries:register") in text
    assert settings.PHONE in text
    assert all(one.next_step for one in page.context["criteria"] if one.verdict != "met")


def test_nothing_of_it_is_kept(client):
    client.post(CHECK, answers())
    assert not Session.objects.exists()
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize("born", ["31/2/1970", "1/1/1850", "ieri", "1/1/2999"])
def test_an_impossible_day_is_pointed_out_and_nothing_typed_is_lost(client, born):
    response = client.post(CHECK, answers(birth_date=born))
    assert set(response.context["form"].errors) == {"birth_date"}
    assert f'value="{born}"' in response.content.decode()
    assert 'value="015182" selected' in response.content.decode()


def test_asking_costs_few_queries(client, django_assert_max_num_queries):
    orafo_rules(timezone.localdate())  # remembered by the process
    with django_assert_max_num_queries(4):
        client.post(CHECK, answers())
