from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GenerazioniConfig(AppConfig):
    name = "generazioni"
    verbose_name = _("Generazioni")

    def ready(self):
        from . import followups, reminders

        reminders.register()
        followups.register()
