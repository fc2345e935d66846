from collections.abc import Mapping

from django.db import transaction

from oltreiperimetri.audit.trail import record

from ..models import Organisation, Site
from . import changes


@transaction.atomic
def add(organisation: Organisation, values: Mapping, *, by) -> Site:
    site = Site.objects.create(organisation=organisation, **values)
    record("create", site, by=by)
    return site


def change(site: Site, values: Mapping, *, by) -> list[str]:
    return changes.apply(site, values, by=by)
