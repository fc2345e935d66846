from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _


class DemoMailbox(BaseEmailBackend):
    """Mail of the demo lands in a table instead of leaving; used only when DEMO is on and EMAIL_URL is unset."""

    def send_messages(self, email_messages):
        from .models import DemoMail  # backends are loaded before the app registry is ready

        for message in email_messages:
            html = next((part.content for part in getattr(message, "alternatives", []) if part.mimetype == "text/html"), "")
            for recipient in message.recipients():
                DemoMail.objects.create(to=recipient, subject=message.subject[:200], body=message.body, html=html)
        return len(email_messages)


class DemoSms:
    """Text messages of the demo land in the same table."""

    def send(self, phone: str, text: str) -> None:
        from .models import DemoMail

        DemoMail.objects.create(to=phone, subject=str(_("Text message")), body=text)
