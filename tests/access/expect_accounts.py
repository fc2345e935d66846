from datetime import timedelta

from django.utils import timezone

from oltreiperimetri.accounts.enums import LinkPurpose, Role
from oltreiperimetri.accounts.links import issue_link
from oltreiperimetri.accounts.models import Invitation

from .matrix import everybody, refused, signed_in

PUBLIC_FORMS = [
    "account_login",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_logout",
    "account_signup",
    "account_email_verification_sent",
    "account_reset_password",
    "account_confirm_password_reset_code",
    "account_complete_password_reset",
    "mfa_authenticate",
]
PUBLIC_PAGES = ["account_inactive", "account_password_reset_completed"]
OWN_FORMS = [
    "account_email",
    "account_change_password",
    "account_set_password",
    "mfa_activate_totp",
    "mfa_generate_recovery_codes",
]
# Nobody in the little world has a second factor yet: its pages do not exist for them.
SECOND_FACTOR_FORMS = ["mfa_deactivate_totp"]
# Nobody has a password either, so there is nothing to confirm with.
CONFIRMATIONS = ["account_reauthenticate", "mfa_reauthenticate"]


def build(world):
    invitation = Invitation.objects.create(
        email=world.users["citizen"].email, role=Role.MENTOR, expires_at=timezone.now() + timedelta(days=1)
    )
    world.invitation_token = issue_link(LinkPurpose.INVITATION, invitation, expires_at=invitation.expires_at)


KWARGS = {"accounts:accept_invitation": lambda world: {"token": world.invitation_token}}

ROWS = {
    ("accounts:accept_invitation", "GET"): signed_in(),
    ("accounts:accept_invitation", "POST"): signed_in(),
    ("accounts:security", "GET"): signed_in(),
    ("accounts:security", "POST"): refused(signed_in()),
    ("mfa_index", "GET"): signed_in(),
    ("mfa_index", "POST"): refused(signed_in()),
    ("mfa_download_recovery_codes", "GET"): signed_in(404),
    ("mfa_download_recovery_codes", "POST"): signed_in(404),
    ("mfa_view_recovery_codes", "GET"): signed_in(404),
    ("mfa_view_recovery_codes", "POST"): signed_in(405),
}
for name in PUBLIC_FORMS:
    ROWS |= {(name, "GET"): everybody(), (name, "POST"): everybody()}
for name in PUBLIC_PAGES:
    ROWS |= {(name, "GET"): everybody(), (name, "POST"): everybody(405)}
for name in OWN_FORMS:
    ROWS |= {(name, "GET"): signed_in(), (name, "POST"): signed_in()}
for name in SECOND_FACTOR_FORMS:
    ROWS |= {(name, "GET"): signed_in(404), (name, "POST"): signed_in(404)}
for name in CONFIRMATIONS:
    ROWS |= {(name, "GET"): signed_in(403), (name, "POST"): signed_in(403)}
