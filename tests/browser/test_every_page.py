"""Every page of the matrix in Chromium, on a phone and on a desktop: no axe violation, no CSP error, nothing too wide."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from tests.access.matrix import OK
from tests.access.test_matrix import all_rows, kwargs_of
from tests.access.test_query_budget import PREFERRED
from tests.access.world import APPS, build_world, expectations

from .conftest import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def pages(app: str) -> list[tuple[str, str]]:
    """(URL name, persona who may see it) for what an app shows by GET."""
    module = next(module for module in expectations() if module.__name__.endswith(f"expect_{app}"))
    seen = []
    for (name, method), row in module.ROWS.items():
        persona = next((persona for persona in PREFERRED if row.get(persona) == OK), None)
        if method == "GET" and persona:
            seen.append((name, persona))
    return seen


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("app", APPS)
def test_pages_are_accessible_quiet_and_fit_the_screen(app, size, open_page, client):
    world = build_world()
    findings = []
    open_pages = {}
    for name, persona in pages(app):
        url = reverse(name, kwargs=kwargs_of(name, world))
        if persona != "anonymous":
            client.force_login(world.users[persona], backend="django.contrib.auth.backends.ModelBackend")
        else:
            client.logout()
        if not client.get(url, follow=True).get("Content-Type", "").startswith("text/html"):
            continue
        if persona not in open_pages:
            open_pages[persona] = open_page(world.users.get(persona), size)
        page = open_pages[persona]
        page.goto(url)
        findings += [f"{url}: {violation['id']}: {violation['nodes'][0]['html'][:200]}" for violation in violations(page)]
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if overflow > 0:
            findings.append(f"{url}: {overflow} px wider than the screen")
        if page.locator("h1").count() != 1:
            findings.append(f"{url}: {page.locator('h1').count()} main headings")
        if page.get_attribute("html", "lang") not in ("it", "en"):
            findings.append(f"{url}: no language")
    assert not findings, "\n" + "\n".join(findings)


def violations(page) -> list[dict]:
    return Axe().run(page).response["violations"]


def test_the_matrix_has_pages():
    assert len(all_rows()) > 100


def test_the_administration_breaks_no_content_rule(open_page):
    world = build_world()
    page = open_page(world.users["admin"], DESKTOP)
    for path in ("/gestione/", "/gestione/accounts/user/", "/gestione/accounts/user/add/"):
        page.goto(path)
        assert page.locator("#content").count() == 1
    assert page.complaints == []
