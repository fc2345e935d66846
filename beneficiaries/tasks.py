from celery import shared_task
from django.utils import timezone

from .domain.draft import delete_old
from .domain.unsent_page import delete_old_pages


@shared_task(name="beneficiaries.delete_old_drafts")
def delete_old_drafts():
    """Registrations that nobody has gone on with for 30 days."""
    delete_old(now=timezone.now())


@shared_task(name="beneficiaries.delete_old_pages")
def delete_old_pages_task():
    """Photos chosen for a paper and not sent within a week."""
    delete_old_pages(now=timezone.now())
