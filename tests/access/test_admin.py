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


def registered():
    return [model for model in our_models() if model in admin.site._registry]


def admin_url(model, page, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def test_lists_and_searches_open_for_an_administrator(client, world):
    client.force_login(world.users["admin"], backend="django.contrib.auth.backends.ModelBackend")
    answers = {model._meta.label: client.get(admin_url(model, "changelist")).status_code for model in registered()}
    searches = {
        model._meta.label: client.get(admin_url(model, "changelist"), {"q": "canarino"}).status_code
        for model in registered()
        if admin.site._registry[model].search_fields
    }
    assert {label: status for label, status in (answers | searches).items() if status != 200} == {}


def test_the_administration_is_closed_to_everybody_else(client, world):
    outsiders = [user for persona, user in world.users.items() if persona != "admin"]
    opened = []
    for user in outsiders:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        opened += [
            model._meta.label for model in registered() if client.get(admin_url(model, "changelist")).status_code == 200
        ]
    assert opened == []


def test_every_object_opens_in_the_admin(client, world):
    client.force_login(world.users["admin"], backend="django.contrib.auth.backends.ModelBackend")
    first = {model: model._base_manager.first() for model in registered()}
    answers = {
        model._meta.label: client.get(admin_url(model, "change", thing.pk)).status_code
        for model, thing in first.items()
        if thing is not None
    }
    assert {label: status for label, status in answers.items() if status != 200} == {}
