"""Forgetting an account: nobody signs in with it any more, and nothing in it says whose it was."""

from collections import Counter
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction

from .enums import Role
from .models import Invitation, User

PERSONAL_ROLES = {Role.BENEFICIARY, Role.CITIZEN}


@transaction.atomic
def forget_account(user: User, *, now: datetime) -> Counter:
    """Blank an account that was only its person's; one with another role (mentor, staff) loses the participant's alone.

    The row stays, empty: the record of acts and the works of others point at it.
    """
    user.role_assignments.filter(role=Role.BENEFICIARY).delete()
    user.__dict__.pop("roles", None)
    if user.roles - PERSONAL_ROLES:
        return Counter()
    done = Counter(EmailAddress.objects.filter(user=user).delete()[1])
    done += Counter(Authenticator.objects.filter(user=user).delete()[1])
    done += Counter(Invitation.objects.filter(email__iexact=user.email).delete()[1])
    done += Counter(user.role_assignments.all().delete()[1])
    user.municipalities.clear()
    end_sessions(user, now=now)
    forget_name_in_admin(user)
    user.email, user.first_name, user.last_name, user.phone = f"erased-{user.pk}@erased.invalid", "", "", ""
    user.is_active, user.is_staff, user.is_superuser = False, False, False
    user.set_unusable_password()
    user.save()
    done[user._meta.label_lower] += 1
    return done


def end_sessions(user: User, *, now: datetime) -> None:
    for session in Session.objects.filter(expire_date__gt=now).iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()


def forget_name_in_admin(obj) -> None:
    """The administration's own log keeps the name of what was edited: the act stays, the name goes."""
    kind = ContentType.objects.get_for_model(obj)
    LogEntry.objects.filter(content_type=kind, object_id=str(obj.pk)).update(object_repr="", change_message="")
