"""Journeys in a real browser against the real portal: gunicorn, PostgreSQL, Redis, worker, beat and SMTP."""

import json
import re
import subprocess
import sys

import pytest

from tests.services import (  # noqa: F401 - fixtures
    ROOT,
    celery,
    environment,
    postgres_url,
    processes,
    redis,
    settings_module,
    sink,
    wait_until,
    web,
)

PASSWORD = "una-frase-lunga-di-prova"
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def database_url(postgres_url):  # noqa: F811
    """Always PostgreSQL, as in production."""
    return postgres_url


@pytest.fixture(scope="module")
def cast(environment):  # noqa: F811
    """Who was there before the journey began: office, firm, promoter, juror. Returns what the journey needs of them."""
    command = [sys.executable, "-m", "tests.journeys.cast", PASSWORD]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


class Visitor:
    """Somebody at a browser of their own; every console error is kept."""

    def __init__(self, chrome, base_url: str, size: dict):
        self.context = chrome.new_context(viewport=size, base_url=base_url, locale="it-IT", reduced_motion="reduce")
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.complaints = []
        self.page.on("console", lambda message: message.type == "error" and self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def sign_in(self, email: str) -> None:
        self.go("/accedi/")
        form = self.page.locator("form:has(input[name=password])")
        form.locator("input[name=login]").fill(email)
        form.locator("input[name=password]").fill(PASSWORD)
        self.send(form)

    def go(self, path: str) -> None:
        answer = self.page.goto(path)
        assert answer.status < 400, f"{path}: {answer.status}"

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.page.locator(f"main [name={name}]:visible").fill(value)

    def choose(self, **values: str) -> None:
        """A radio by its value, by clicking its label as people do, or an option of a list."""
        for name, value in values.items():
            if self.page.locator(f"main select[name={name}]").count():
                self.page.locator(f"main select[name={name}]").select_option(value)
            else:
                self.page.locator(f'main input[name={name}][value="{value}"] + label').click()

    def press(self, button: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(f"main {button}").first.click()
        assert not self.errors(), self.errors()

    def send(self, form=None) -> None:
        """Press the form's main button and wait for the next page."""
        button = (form or self.page.locator("main form:has(.btn-primary)")).locator(".btn-primary").first
        with self.page.expect_navigation():
            button.click()
        assert not self.errors(), self.errors()

    def follow(self, address: str) -> None:
        """A link of this page, by a part of its address."""
        with self.page.expect_navigation():
            self.page.locator(f'main a[href*="{address}"]').first.click()

    def follow_text(self, text: str) -> None:
        with self.page.expect_navigation():
            self.page.locator("main a", has_text=text).first.click()

    def errors(self) -> list[str]:
        return self.page.locator(".op-errors li, .invalid-feedback").all_inner_texts()

    def text(self) -> str:
        return self.page.inner_text("main")

    def number_in(self, pattern: str) -> str:
        """The first group of `pattern` in the address."""
        return re.search(pattern, self.page.url).group(1)


@pytest.fixture
def visitor(chrome, web):  # noqa: F811
    """`visitor(size=PHONE)`; the test fails when a page of theirs complained in the console."""
    visitors = []

    def arrive(size=DESKTOP) -> Visitor:
        visitors.append(Visitor(chrome, web, size))
        return visitors[-1]

    yield arrive
    for one in visitors:
        one.context.close()
    assert [complaint for one in visitors for complaint in one.complaints] == []


@pytest.fixture
def mail_to(sink):  # noqa: F811
    """`mail_to(address, pattern)`: the first match of `pattern` in the text of a mail that really arrived."""

    def arrived(address: str, pattern: str) -> str:
        def found():
            bodies = (mail.get_body(("plain",)).get_content() for mail in sink.to(address))
            return next((match.group() for body in bodies if (match := re.search(pattern, body))), None)

        return wait_until(found, seconds=40, what=f"a mail to {address} with {pattern}")

    return arrived
