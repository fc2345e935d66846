"""What a test published is rolled back with it: the process must not go on remembering it."""

import pytest

from beneficiaries.domain.rules import forget


@pytest.fixture(autouse=True)
def forgotten_rules():
    forget()
    yield
    forget()
