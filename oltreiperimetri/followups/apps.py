from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowupsConfig(AppConfig):
    name = "oltreiperimetri.followups"
    verbose_name = _("Follow-up")

    def ready(self):
        from . import reminders, reminders_witness

        reminders.register_kind()
        reminders_witness.register_kind()
