from celery import shared_task
from django.utils import timezone

from oltreiperimetri.reminders.heartbeat import beat

from .domain.membership import expire_all_offers
from .domain.proposal import expire_all


@shared_task(name="orafo.expire_offers")
def expire_offers() -> None:
    """Seats and proposals whose last day to answer has passed go back to the group and to the slot."""
    now = timezone.now()
    expire_all_offers(today=timezone.localdate(now), now=now)
    expire_all(now=now)
    beat("expire-offers")
