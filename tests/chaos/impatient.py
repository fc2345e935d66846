"""Settings of a portal whose broker believes after five seconds that a task was lost, and gives it to somebody else."""

from tests.chaos.settings import *  # noqa: F403
from tests.chaos.settings import CELERY_BROKER_TRANSPORT_OPTIONS

CELERY_BROKER_TRANSPORT_OPTIONS = CELERY_BROKER_TRANSPORT_OPTIONS | {"visibility_timeout": 5, "unacked_restore_interval": 1}
MAIL_LEASE = 300
