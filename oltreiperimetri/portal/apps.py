from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def create_cache_table(*, using, **kwargs):
    """Without Redis rate limits live in a table that all web processes share."""
    call_command("createcachetable", database=using, verbosity=0)


class PortalConfig(AppConfig):
    name = "oltreiperimetri.portal"
    verbose_name = _("Portal")

    def ready(self):
        post_migrate.connect(create_cache_table, sender=self)
