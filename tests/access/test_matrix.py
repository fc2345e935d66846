import re

import pytest
from django.db import transaction
from django.urls import reverse

from .matrix import LOGIN, OK, PERSONAS
from .routes import named_routes
from .world import PARTS, build_world, expectations

METHODS = ("GET", "POST")
CSRF = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
MISSING = 999_999_999

pytestmark = pytest.mark.django_db


def all_rows() -> dict:
    rows = {}
    for module in expectations():
        rows |= module.ROWS
    return rows


def kwargs_of(name: str, world) -> dict:
    for module in expectations():
        if name in getattr(module, "KWARGS", {}):
            return module.KWARGS[name](world)
    return {}


def test_every_url_and_method_has_a_row():
    declared = set(all_rows())
    routes = {(name, method) for name in named_routes() for method in METHODS}
    assert routes - declared == set()
    assert declared - routes == set()


def test_every_row_names_every_persona():
    assert {key: set(PERSONAS) ^ set(row) for key, row in all_rows().items() if set(row) != set(PERSONAS)} == {}


def answer(client, world, persona, method, url):
    """The response, with whatever it changed rolled back."""
    client.logout()
    if persona != "anonymous":
        client.force_login(world.users[persona], backend="django.contrib.auth.backends.ModelBackend")
    with transaction.atomic():
        response = client.generic(method, url, content_type="application/x-www-form-urlencoded")
        if getattr(response, "streaming", False):
            response.content_read = b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return response


def verdict(response):
    if response.status_code in (301, 302) and response["Location"].startswith("/accedi/?"):
        return LOGIN
    if response.status_code in (403, 404, 405) or response.status_code >= 500:
        return response.status_code
    return OK


def with_missing_object(kwargs: dict) -> dict | None:
    missing = {key: MISSING if isinstance(value, int) else value for key, value in kwargs.items()}
    return missing if missing != kwargs else None


@pytest.mark.parametrize("part", PARTS)
def test_everybody_gets_what_the_matrix_says(part, client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.raise_request_exception = False
    world = build_world()
    module = next(module for module in expectations() if module.__name__.endswith(f".expect_{part}"))
    deviations = []
    for (name, method), row in module.ROWS.items():
        kwargs = kwargs_of(name, world)
        url = reverse(name, kwargs=kwargs)
        for persona, expected in row.items():
            response = answer(client, world, persona, method, url)
            got = verdict(response)
            if got != expected and not (isinstance(expected, int) and response.status_code == expected):
                deviations.append(f"{method} {name} as {persona}: expected {expected}, got {got}")
            elif expected == 404 and (missing := with_missing_object(kwargs)):
                twin = answer(client, world, persona, method, reverse(name, kwargs=missing))
                if (twin.status_code, CSRF.sub(b"", twin.content)) != (404, CSRF.sub(b"", response.content)):
                    deviations.append(f"{method} {name} as {persona}: differs from a missing object")
    assert not deviations, "\n" + "\n".join(deviations)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_no_url_changes_anything_by_an_unexpected_method(method, client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.raise_request_exception = False
    world = build_world()
    names = {name for name, _method in all_rows()}
    surprises = [
        f"{method} {name}: {response.status_code}"
        for name in sorted(names)
        for response in [
            answer(client, world, "citizen", method, reverse(name, kwargs=kwargs_of(name, world))),
        ]
        if response.status_code >= 500
    ]
    assert not surprises, "\n" + "\n".join(surprises)
