from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GenerazioniConfig(AppConfig):
    name = "generazioni"
    verbose_name = _("Generazioni")

    def ready(self):
        from beneficiaries.domain.erasure import person_erased

        from . import followups, reminders
        from .domain import erasure

        reminders.register()
        followups.register()
        person_erased.connect(erasure.forget_person)
