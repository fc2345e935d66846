"""The Celery application. Beat only wakes the work: rows in the database decide what is done."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oltreiperimetri.settings")

app = Celery("oltreiperimetri")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
