"""What the real worker and beat run with: the portal's settings, a path to follow, and a quick beat."""

from oltreiperimetri.settings import *  # noqa: F403
from oltreiperimetri.settings import CELERY_BEAT_SCHEDULE, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.e2e"]
for entry in ("emit-due", "deliver"):
    CELERY_BEAT_SCHEDULE[entry] |= {"schedule": 2.0, "options": {"expires": 1.5}}
