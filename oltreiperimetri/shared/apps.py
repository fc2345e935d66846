from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from . import municipalities


class SharedConfig(AppConfig):
    name = "oltreiperimetri.shared"
    verbose_name = _("Territory")

    def ready(self):
        post_migrate.connect(municipalities.create_missing, sender=self)
