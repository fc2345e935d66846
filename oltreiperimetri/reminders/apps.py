from celery.signals import task_success
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RemindersConfig(AppConfig):
    name = "oltreiperimetri.reminders"
    verbose_name = _("Reminders")

    def ready(self):
        from .heartbeat import note_success

        task_success.connect(note_success, dispatch_uid="heartbeat")
