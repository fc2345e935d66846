from celery import shared_task
from django.utils import timezone

from . import seals


@shared_task(name="audit.seal")
def seal():
    seals.seal(now=timezone.now())
