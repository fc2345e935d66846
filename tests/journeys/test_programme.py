"""The whole programme once: from registration on a phone to the follow-up answer, each page in a real browser.

The traineeship is written down after it happened, so that its first follow-up is due now: the worker sends it.
"""

from datetime import date, timedelta

import pytest

from oltreiperimetri.shared.dates import add_months
from tests.factories.partners import RHO

from .conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.e2e]
ANNA = "anna.ripartenza@example.org"
ANSWERS = {
    "nome": {"first_name": "Anna", "last_name": "Ripartenza"},
    "nascita": {"birth_date": "10/3/1975"},
    "codice-fiscale": {},
    "casa": {"address": "Via della Prova 7"},
    "contatti": {"email": ANNA, "phone": "333 000 0000"},
    "lavoro": {},
    "ultimo-lavoro": {},
    "motivo": {},
    "dopo": {},
    "did": {},
    "servizi": {},
    "altro": {},
    "famiglia": {},
    "coppia": {},
    "figli": {"children": "2012 e 2015"},
    "capacita": {"skills": "Cassa e magazzino"},
    "orari": {},
    "spostamenti": {},
    "italiano": {},
}
CHOICES = {
    "nascita": {"sex": "F"},
    "casa": {"town": RHO},
    "lavoro": {"working_now": "no"},
    "motivo": {"loss_reason": "not_said"},
    "dopo": {"worked_after": "no"},
    "famiglia": {"lives_with": "yes"},
    "coppia": {"partner": "not_working"},
    "italiano": {"italian": "good"},
    "spostamenti": {"has_licence": "yes", "has_car": "yes"},
    "servizi": {"known_to_services": "no"},
}


def italian(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def register(anna, today: date) -> str:
    """Every step on the phone, one question a page; returns the number of the application."""
    anna.go("/iscrizione/")
    anna.send()
    assert anna.page.locator(".op-code").inner_text()
    anna.follow("/passo/nome/")
    for slug, typed in ANSWERS.items():
        assert f"/passo/{slug}/" in anna.page.url
        anna.fill(**typed)
        anna.choose(**CHOICES.get(slug, {}))
        if slug == "ultimo-lavoro":
            anna.fill(last_job_ended_on=italian(today - timedelta(days=200)))
        anna.send()
    anna.page.locator("input[name=notice_read] + label").click()
    anna.send()
    return anna.page.locator(".op-reference").inner_text()


def admit(luca, number: str) -> None:
    """The caseworker reads, takes in review, invites, says how it went, admits."""
    luca.sign_in("luca@example.org")
    luca.go("/domande/")
    luca.follow_text("Ripartenza")
    application = luca.page.url
    assert number in luca.text()
    luca.follow("/passo/in-esame/")
    luca.send()
    luca.follow("/passo/ammetti/")
    luca.send()
    assert luca.page.url == application


def seat(luca, today: date) -> str:
    """A new group that takes people; Anna gets seat number one, and comes to its first meeting."""
    luca.go("/orafo/gruppi/nuovo/")
    luca.fill(name="Rho, prova", place="#Op cafè di Rho", capacity="12")
    luca.fill(starts_on=italian(today), ends_on=italian(add_months(today, 2)))
    luca.choose(municipality=RHO)
    luca.send()
    group = luca.page.url
    luca.follow("/passo/apri/")
    luca.send()
    luca.follow("/aggiungi/")
    luca.press("button[name=act][value=enrol]")
    luca.go(group)
    assert luca.page.locator(".op-seat-taken").count() == 1
    assert luca.page.locator(".op-seat-free").count() == 11
    luca.follow("/incontri/nuovo/")
    luca.fill(day=italian(today), start_time="9:30", end_time="12:30")
    luca.choose(kind="orientation")
    luca.send()
    if "/orafo/incontri/" not in luca.page.url:
        luca.follow("/orafo/incontri/")
    luca.follow("/registro/")
    luca.send()
    return group


def offer_slot(dario, today: date) -> None:
    dario.sign_in("dario@example.org")
    dario.go("/area-partner/tirocini/nuovo/")
    dario.fill(title="Aiuto magazzino", tasks="Preparare gli ordini.", weekly_hours="30", schedule="lun-ven 9-15")
    dario.fill(starts_on=italian(today), ends_on=italian(add_months(today, 10)))
    for name in ("sector", "site", "tutor"):
        dario.page.locator(f"select[name={name}]").select_option(index=1)
    dario.send()
    dario.press('form[action$="/offri/"] .btn-primary')


def place(luca, anna, dario, group: str, mail_to) -> None:
    """Proposed by the office, accepted by the person and then by the firm, each from the link in their mail."""
    luca.go(group)
    luca.follow("/orafo/abbinamenti/")
    luca.page.locator("a.btn", has_text="Ripartenza").first.click()
    luca.send()
    for somebody, address in ((anna, ANNA), (dario, "dario@example.org")):
        somebody.go(mail_to(address, r"/rispondi/proposta/[\w-]+/"))
        somebody.press("button[name=answer][value=yes]")


def traineeship(luca, last_day: date) -> None:
    luca.go("/orafo/proposte/?stato=firm_ok")
    luca.follow_text("Ripartenza")
    luca.follow("/tirocinio/")
    luca.fill(starts_on=italian(add_months(last_day, -3) + timedelta(days=1)), ends_on=italian(last_day))
    luca.fill(weekly_hours="30", days_a_week="5", monthly_allowance="1.500,50")
    for name in ("host_tutor", "promoter_tutor"):
        luca.page.locator(f"select[name={name}]").select_option(index=1)
    luca.send()
    for _item in range(4):
        luca.press('form[action$="/documenti/"] .btn-outline-primary')
    luca.press('form[action$="/accordo/"] .btn-primary')
    luca.follow("/chiusura/")
    luca.choose(outcome="hired")
    luca.send()
    assert "1.500,50" in luca.text()


def test_from_registration_to_the_follow_up_answer(visitor, cast, celery, mail_to):
    today = date.today()
    anna, luca, dario = visitor(PHONE), visitor(), visitor(PHONE)

    number = register(anna, today)
    mail_to(ANNA, number)
    admit(luca, number)
    mail_to(ANNA, "ORAFO")
    group = seat(luca, today)
    offer_slot(dario, today)
    place(luca, anna, dario, group, mail_to)
    traineeship(luca, add_months(today - timedelta(days=1), -1))

    anna.go(mail_to(ANNA, r"/rispondi/monitoraggio/[\w-]+/"))
    anna.choose(situation="employed", contract_kind="permanent", same_firm="yes", usefulness="5")
    anna.send()
    luca.go("/monitoraggio/")
    assert "100" in luca.text()

    anna.go("/accedi/codice/")
    anna.fill(email=ANNA)
    anna.send()
    anna.fill(code=mail_to(ANNA, r"(?m)^\s*\d{6}\s*$").strip())
    anna.send()
    assert anna.page.url.endswith("/il-mio-percorso/")
    assert number in anna.text()
