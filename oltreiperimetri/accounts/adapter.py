import logging
from smtplib import SMTPException

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

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
