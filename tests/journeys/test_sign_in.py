"""Every role signs in by itself and lands on its own home page."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.e2e]


def test_a_caseworker_signs_in_with_a_password(visitor, cast):
    luca = visitor()

    luca.sign_in(cast["caseworker"])

    assert luca.page.url.endswith("/oggi/")
