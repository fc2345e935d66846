"""The office announces an evening with one seat; two people sign up from the phone; the seat passes on by a link."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from .conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.e2e]
LINK = r"/rispondi/serata/[\w-]+/"


def test_a_seat_given_back_goes_to_whoever_waits(visitor, cast, celery, mail_to):
    luca, anna, bruno = visitor(), visitor(PHONE), visitor(PHONE)
    day = timezone.localdate() + timedelta(days=20)

    luca.sign_in(cast["caseworker"])
    luca.go("/serate/ufficio/")
    luca.follow("/serate/ufficio/nuova/")
    luca.fill(title="Leggere la busta paga", description="Voce per voce.", day=f"{day:%d/%m/%Y}")
    luca.fill(start_time="20:30", end_time="22:30", place="Biblioteca", address="Via dei Libri 7", capacity="1")
    luca.choose(theme="work", municipality="015182")
    luca.send()
    luca.press('form[action$="/pubblica/"] .btn-primary')
    office = luca.page.url

    for person, email in ((anna, "anna.serate@example.org"), (bruno, "bruno.serate@example.org")):
        person.go("/")
        person.follow_text("Leggere la busta paga")
        person.fill(name=f"{email.split('.')[0].title()} Prova", email=email)
        person.send()
    assert (anna.page.url.endswith("/fatto/"), bruno.page.url.endswith("?lista=1")) == (True, True)
    waiting_link = mail_to("bruno.serate@example.org", LINK)

    anna.go(mail_to("anna.serate@example.org", LINK))
    anna.press("form button")

    mail_to("bruno.serate@example.org", f"(?!{re.escape(waiting_link)}){LINK}")
    luca.page.goto(office)
    assert luca.page.locator("main table").all_inner_texts()[0].count("bruno.serate@example.org") == 1
