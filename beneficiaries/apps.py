from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class BeneficiariesConfig(AppConfig):
    name = "beneficiaries"
    verbose_name = _("Beneficiaries")

    def ready(self):
        from . import (
            followups,
            reminders_appointments,
            reminders_draft,
            reminders_lists,
            reminders_money,
            reminders_papers,
            reminders_work,
        )
        from .domain import rules

        post_migrate.connect(rules.publish_missing, sender=self)

        followups.register()
        reminders_appointments.register()
        reminders_draft.register()
        reminders_lists.register()
        reminders_money.register()
        reminders_papers.register()
        reminders_work.register()
