from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrafoConfig(AppConfig):
    name = "orafo"
    verbose_name = _("Orafo")

    def ready(self):
        from beneficiaries.domain.erasure import asked_what_is_under_way, person_erased

        from . import followups, merging, reminders
        from .domain import erasure

        followups.register()
        merging.register_relations()
        reminders.register()
        asked_what_is_under_way.connect(erasure.what_is_under_way)
        person_erased.connect(erasure.forget_person)
