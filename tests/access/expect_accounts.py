from datetime import timedelta

from django.utils import timezone

from oltreiperimetri.accounts.enums import LinkPurpose, Role
from oltreiperimetri.accounts.links import issue_link
from oltreiperimetri.accounts.models import Invitation

from .matrix import everybody, refused, signed_in

MFA_PAGES = [
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
]
PUBLIC_PAGES = [
    "account_login",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_reset_password",
    "account_confirm_password_reset_code",
    "account_complete_password_reset",
    "account_password_reset_completed",
    "mfa_authenticate",
]
OWN_PAGES = ["account_reauthenticate", "account_email", "account_change_password", "account_set_password"]


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
} | {
    (name, method): row
    for names, row in [(PUBLIC_PAGES, everybody()), ([*MFA_PAGES, *OWN_PAGES], signed_in())]
    for name in names
    for method in ("GET", "POST")
}
