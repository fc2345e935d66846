from celery import shared_task
from django.conf import settings
from django.utils import timezone

from .domain.draft import delete_old
from .domain.people_import import purge_old, write_chunk
from .domain.twins import find_recent_twins
from .domain.unsent_page import delete_old_pages
from .models import PeopleImport


@shared_task(name="beneficiaries.delete_old_drafts")
def delete_old_drafts():
    """Registrations that nobody has gone on with for 30 days."""
    delete_old(now=timezone.now())


@shared_task(name="beneficiaries.delete_old_pages")
def delete_old_pages_task():
    """Photos chosen for a paper and not sent within a week."""
    delete_old_pages(now=timezone.now())


@shared_task(name="beneficiaries.write_import")
def write_import(pk: int):
    """Some rows of an import that somebody confirmed; while any is left it comes round again."""
    running = PeopleImport.objects.filter(pk=pk, state=PeopleImport.State.RUNNING).first()
    if running and write_chunk(running, now=timezone.now()):
        write_import.delay(pk)


@shared_task(name="beneficiaries.go_on_with_imports")
def go_on_with_imports():
    """Imports whose worker was lost half way."""
    for running in PeopleImport.objects.filter(state=PeopleImport.State.RUNNING):
        write_import(running.pk)


@shared_task(name="beneficiaries.purge_imports")
def purge_imports():
    """The personal content of old imports is deleted; the people stay."""
    purge_old(now=timezone.now(), days=settings.IMPORT_KEPT_DAYS)


@shared_task(name="beneficiaries.find_twins")
def find_twins_task():
    """Files that look alike, also where somebody corrected one in the administration."""
    find_recent_twins(now=timezone.now())
