"""A firm asks to join, is accredited, makes its account by a code, and offers a traineeship."""

import re

import pytest

from tests.factories.partners import vat_number

pytestmark = [pytest.mark.browser, pytest.mark.e2e]
OWNER = "rosa@example.org"


def test_a_firm_joins_the_network_and_offers_a_traineeship(visitor, cast, celery, mail_to):
    rosa, marta = visitor(), visitor()

    rosa.go("/rete/iscrizione/")
    rosa.fill(
        name="Falegnameria Prova S.r.l.",
        vat_number=vat_number(2_000_001),
        address="Via dei Legni 3",
        headcount="9",
        first_name="Rosa",
        last_name="Legnani",
        email=OWNER,
    )
    rosa.choose(kind="firm", municipality="015182")
    rosa.send()
    invitation = mail_to(OWNER, r"/account/invito/[\w-]+/")

    marta.sign_in(cast["coordinator"])
    marta.go("/partner/?stato=pending")
    marta.follow_text("Falegnameria Prova")
    marta.press('form[action$="/stato/"] .btn-primary')

    rosa.go(invitation)
    rosa.page.locator('a[href*="/account/nuovo/"]').click()
    rosa.fill(email=OWNER)
    rosa.send()
    rosa.fill(code=mail_to(OWNER, r"(?m)^\s*\d{6}\s*$").strip())
    rosa.send()
    rosa.send()
    assert rosa.page.url.endswith("/area-partner/")

    rosa.follow("/persone/nuova/")
    rosa.fill(first_name="Ugo", last_name="Pialla", position="Capo reparto")
    rosa.page.locator("input[name=is_tutor] + label").click()
    rosa.send()
    rosa.follow("/area-partner/tirocini/nuovo/")
    rosa.fill(title="Aiuto falegname", tasks="Levigare e montare mobili.", weekly_hours="30", schedule="lun-ven 8-14")
    rosa.fill(starts_on="1/3/2027", ends_on="30/11/2027")
    rosa.page.locator("select[name=sector]").select_option(index=1)
    rosa.page.locator("select[name=site]").select_option(index=1)
    rosa.page.locator("select[name=tutor]").select_option(index=1)
    rosa.send()
    rosa.press('form[action$="/offri/"] .btn-primary')

    marta.go("/tirocini-offerti/")
    assert re.search(r"Aiuto falegname", marta.text())
