from collections.abc import Mapping

from django.db import transaction

from oltreiperimetri.accounts.models import User
from oltreiperimetri.audit.trail import record

from ..models import MentorProfile


@transaction.atomic
def save_profile(user: User, values: Mapping, *, by) -> MentorProfile:
    profile, created = MentorProfile.objects.update_or_create(user=user, defaults=dict(values))
    record("create" if created else "change", profile, by=by)
    return profile
