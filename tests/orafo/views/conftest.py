import pytest

from oltreiperimetri.accounts.enums import Role
from tests.factories.accounts import UserFactory
from tests.factories.orafo import NOW
from tests.factories.partners import RHO

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def on_the_day(settings, time_machine):
    """Views read the clock: here it is ten o'clock of the factories' day."""
    settings.SECOND_FACTOR_REQUIRED = False
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def caseworker():
    return UserFactory(roles=[Role.CASEWORKER], towns=[RHO])


@pytest.fixture
def staff(client, caseworker):
    """The browser of a caseworker of Rho."""
    client.force_login(caseworker, backend=BACKEND)
    return client
