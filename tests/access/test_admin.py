"""The administration: for administrators only, every model of ours in it, and nothing that history needs can be deleted."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from .world import build_world

pytestmark = pytest.mark.django_db
OURS = ("oltreiperimetri.", "partners", "beneficiaries", "orafo", "generazioni")


def our_models():
    return [model for model in apps.get_models() if model.__module__.startswith(OURS) and not model._meta.auto_created]


@pytest.fixture
def world(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    return build_world()


def test_every_model_is_registered_or_shown_inline():
    inline = {inline.model for model_admin in admin.site._registry.values() for inline in model_admin.inlines}
    assert [model._meta.label for model in our_models() if model not in admin.site._registry and model not in inline] == []


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_list_and_search_open_for_an_administrator_and_for_nobody_else(model, client, world):
    if model not in admin.site._registry:
        pytest.skip("shown inline")
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    client.force_login(world.users["coordinator"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(url).status_code in (302, 403)
    client.force_login(world.users["admin"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(url).status_code == 200
    if admin.site._registry[model].search_fields:
        assert client.get(url, {"q": "canarino"}).status_code == 200


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_an_object_opens_in_the_admin(model, client, world):
    if model not in admin.site._registry:
        pytest.skip("shown inline")
    thing = model._base_manager.first()
    if thing is None:
        pytest.skip("the little world has none")
    client.force_login(world.users["admin"], backend="django.contrib.auth.backends.ModelBackend")
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[thing.pk])
    assert client.get(url).status_code == 200
