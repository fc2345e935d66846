from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = _("Partners")

    def ready(self):  # the registries are filled once every model is loaded
        from oltreiperimetri.accounts import invitations
        from oltreiperimetri.accounts.enums import Role

        from . import reminders
        from .domain.contact import link_account

        invitations.register(Role.FIRM_CONTACT, link_account)
        reminders.register_kind()
