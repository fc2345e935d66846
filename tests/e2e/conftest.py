from tests.services import (  # noqa: F401 - fixtures
    celery,
    database_url,
    environment,
    processes,
    redis,
    settings_module,
    sink,
    step,
)
