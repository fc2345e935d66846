"""A real browser on the live server: phone and desktop, every console message kept."""

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

PHONE, DESKTOP = (390, 844), (1280, 900)


@pytest.fixture
def open_page(chrome, live_server):
    """`open_page(user=None, size=PHONE)` gives a page signed in as `user`; the test fails on any console error."""
    contexts, complaints = [], []

    def opened(user=None, size=PHONE):
        context = chrome.new_context(
            viewport={"width": size[0], "height": size[1]}, base_url=live_server.url, locale="it-IT", reduced_motion="reduce"
        )
        contexts.append(context)
        if user is not None:
            context.add_cookies(
                [{"name": django_settings.SESSION_COOKIE_NAME, "value": session_of(user), "url": live_server.url}]
            )
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.complaints = complaints
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def session_of(user) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key
