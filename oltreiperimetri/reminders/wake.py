"""A nudge to the worker after commit. Losing it costs a minute: beat comes round anyway."""

import logging

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)


def wake_deliver() -> None:
    """Wake the worker after this transaction, once however many messages it queued."""
    waiting = transaction.get_connection().run_on_commit
    if not any(callback is nudge for _savepoints, callback, *_rest in waiting):
        transaction.on_commit(nudge)


def nudge() -> None:
    """Publish without waiting or retrying: a broker that is down must not fail the page that wrote the row."""
    try:
        current_app.send_task("reminders.deliver", retry=False, expires=50)
    except Exception as error:  # noqa: BLE001 - whatever the broker's client raises
        logger.warning("The worker was not woken (%s); the next beat will do.", type(error).__name__)
