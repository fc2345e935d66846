import logging
import time
from smtplib import SMTPException

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from oltreiperimetri.shared.crypto import decrypt_bytes, encrypt_bytes

from .enums import Role

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Whoever signs up alone is a citizen; other roles come by registration, invitation or the office."""

    def save_user(self, request: HttpRequest, user, form, commit=True):
        user = super().save_user(request, user, form, commit=commit)
        if commit:
            user.role_assignments.get_or_create(role=Role.CITIZEN)
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """A mail server that does not answer must not break the page: the person can ask for another code."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            logger.exception("sign-in mail %s could not be sent", template_prefix)

    def send_account_already_exists_mail(self, email: str) -> None:
        """Takes as long as a new account, whose password is hashed: the wait tells nobody who is registered."""
        if self.request.POST.get("password1"):
            make_password(self.request.POST["password1"])
        super().send_account_already_exists_mail(email)

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Nobody proves twice in a row who they are: the sign-in of a moment ago counts."""
        methods = get_authentication_records(self.request, self.request.user)
        if methods and time.time() - methods[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app)


class SecondFactorAdapter(DefaultMFAAdapter):
    """The secret shared with the phone and the seed of the recovery codes are unreadable in the database."""

    def encrypt(self, text: str) -> str:
        return encrypt_bytes(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt_bytes(encrypted_text.encode()).decode()
