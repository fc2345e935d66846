from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "oltreiperimetri.accounts"
    verbose_name = _("People who sign in")

    def ready(self):
        from allauth.mfa.signals import authenticator_removed

        from .middleware import forget_second_factor

        authenticator_removed.connect(forget_second_factor, dispatch_uid="second_factor")
