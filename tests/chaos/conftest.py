"""What happens when workers die and Redis goes: always on PostgreSQL, with real processes and a quick beat."""

import pytest

from tests.services import environment, postgres_url, processes, redis, sink, step, web  # noqa: F401 - fixtures


@pytest.fixture(scope="module")
def settings_module():
    return "tests.chaos.settings"


@pytest.fixture(scope="module")
def database_url(postgres_url):  # noqa: F811
    return postgres_url
