"""The Celery application. Beat only wakes the work: rows in the database decide what is done."""

import os
from contextlib import suppress

from celery import Celery
from celery.signals import beat_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oltreiperimetri.settings")

app = Celery("oltreiperimetri")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@beat_init.connect
def begin_at_once(sender=None, **kwargs):
    """Beat starts with one round of every entry: after an outage nothing waits for its period to pass."""
    for entry in app.conf.beat_schedule.values():
        with suppress(Exception):  # the broker may not be up yet: the ordinary ticks follow
            app.send_task(entry["task"], retry=False, **entry["options"])
