from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrafoConfig(AppConfig):
    name = "orafo"
    verbose_name = _("Orafo")

    def ready(self):
        from . import followups, merging, reminders

        followups.register()
        merging.register_relations()
        reminders.register()
