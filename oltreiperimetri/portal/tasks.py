from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore


@shared_task(name="portal.nightly")
def nightly():
    """House-keeping that nothing waits for."""
    SessionStore.clear_expired()
