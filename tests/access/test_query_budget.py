"""What pages cost: median at most 8 queries, 95th percentile 15, none over 20; the admin at most 30."""

import statistics

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from .matrix import OK
from .test_matrix import all_rows, kwargs_of
from .world import build_world

pytestmark = pytest.mark.django_db
PREFERRED = ("coordinator", "caseworker", "beneficiary", "firm", "juror", "mentor", "citizen", "anonymous")


@pytest.fixture
def world(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    return build_world()


def enter(client, world, persona):
    client.logout()
    if persona != "anonymous":
        client.force_login(world.users[persona], backend="django.contrib.auth.backends.ModelBackend")


def cost(client, url) -> int:
    client.get(url)  # content types and the like are cached once per process
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
        if response.streaming:
            b"".join(response.streaming_content)
    return len(queries)


def test_portal_pages_keep_within_the_query_budget(client, world):
    costs = {}
    for (name, method), row in all_rows().items():
        persona = next((persona for persona in PREFERRED if row.get(persona) == OK), None)
        if method == "GET" and persona:
            enter(client, world, persona)
            costs[name] = cost(client, reverse(name, kwargs=kwargs_of(name, world)))
    ordered = sorted(costs.values())
    worst = dict(sorted(costs.items(), key=lambda item: -item[1])[:10])
    assert max(ordered) <= 20, worst
    assert statistics.median(ordered) <= 8, worst
    assert ordered[int(len(ordered) * 0.95) - 1] <= 15, worst


def test_admin_lists_keep_within_the_query_budget(client, world):
    enter(client, world, "admin")
    costs = {}
    for model in apps.get_models():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        try:
            costs[name] = cost(client, reverse(name))
        except NoReverseMatch:
            continue
    assert {name: queries for name, queries in costs.items() if queries > 30} == {}
