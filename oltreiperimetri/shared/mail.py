"""Mail that leaves at once: sign-in codes and receipts. Reminders leave through `reminders`."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string


def compose(template: str, context: dict, *, to: str, message_id: str = "") -> EmailMultiAlternatives:
    """One message from templates/mail/<template>.subject.txt, .txt and .html (both parts, in Italian)."""
    context = {"site_url": settings.SITE_URL, "phone": settings.PHONE, **context}
    subject = " ".join(render_to_string(f"mail/{template}.subject.txt", context).split())
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"mail/{template}.txt", context),
        to=[to],
        headers={"Message-ID": message_id} if message_id else {},
    )
    message.attach_alternative(render_to_string(f"mail/{template}.html", context), "text/html")
    return message


def send_now(template: str, context: dict, *, to: str) -> None:
    compose(template, context, to=to).send()
