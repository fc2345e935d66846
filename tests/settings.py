"""The portal's settings, read in an environment of the suite's own: nothing of the developer's machine comes in."""

import os
import tempfile

for variable in ("DJANGO_ENV", "REDIS_URL", "EMAIL_URL", "DATABASE_URL", "DEMO", "SITE_URL", "ALLOWED_HOSTS"):
    os.environ.pop(variable, None)
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="oltreiperimetri-"))
os.environ["SECOND_FACTOR_REQUIRED"] = "0"
if os.environ.get("TEST_DB") == "postgres":
    if "TEST_DATABASE_URL" not in os.environ:
        from tests import postgres

        os.environ["TEST_DATABASE_URL"] = postgres.start()
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]

from oltreiperimetri.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
