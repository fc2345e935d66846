from django.core.mail.backends.base import BaseEmailBackend


class DemoMailbox(BaseEmailBackend):
    """Mail of the demo lands in a table instead of leaving; used only when DEMO is on and EMAIL_URL is unset."""

    def send_messages(self, email_messages):
        from .models import DemoMail  # backends are loaded before the app registry is ready

        for message in email_messages:
            html = next((part.content for part in getattr(message, "alternatives", []) if part.mimetype == "text/html"), "")
            for recipient in message.recipients():
                DemoMail.objects.create(to=recipient, subject=message.subject[:200], body=message.body, html=html)
        return len(email_messages)
