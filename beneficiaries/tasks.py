from celery import shared_task
from django.utils import timezone

from .domain.draft import delete_old


@shared_task(name="beneficiaries.delete_old_drafts")
def delete_old_drafts():
    """Registrations that nobody has gone on with for 30 days."""
    delete_old(now=timezone.now())
