"""What is said about an offered slot: ask after 60 days, again before it expires, once more when it has."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oltreiperimetri.reminders.enums import Audience
from oltreiperimetri.reminders.kinds import Kind, Recipient, Wanted, register
from oltreiperimetri.shared.dates import at_rome

from . import emails
from .models import Slot

CODE = "partners.slot_expiring"
# (step, days since the last confirmation, days after which the step says nothing useful any more)
STEPS = [(1, 60, 83), (2, 83, 90), (3, 91, 120)]


def wanted(slot: Slot) -> list[Wanted]:
    if slot.state != Slot.State.OFFERED:
        return []
    return [
        Wanted(
            CODE,
            Audience.FIRM,
            step,
            due_at=at_rome(slot.confirmed_on + timedelta(days=days), 9),
            not_after=at_rome(slot.confirmed_on + timedelta(days=last), 20),
        )
        for step, days, last in STEPS
    ]


def still_needed(slot: Slot, reminder, *, today: date) -> str:
    if slot.state != Slot.State.OFFERED:
        return _("the slot is not on offer any more")
    if slot.has_ended_on(today):
        return _("the period of the slot is over")
    if not slot.organisation.is_accredited:
        return _("the organisation is not accredited")
    return ""


def recipients(slot: Slot, reminder) -> list[Recipient]:
    """Those with an account; without any, whoever has an address; at last the organisation's own address."""
    contacts = [contact for contact in slot.organisation.contacts.all() if contact.email]
    chosen = [contact for contact in contacts if contact.user_id] or contacts
    if chosen:
        return [Recipient(email=contact.email, name=contact.first_name, user=contact.user) for contact in chosen]
    firm = slot.organisation
    return [Recipient(email=firm.email, name=firm.name, certified_email=firm.certified_email)]


def compose(slot: Slot, reminder, recipient: Recipient) -> tuple[str, dict]:
    return emails.slot_still_valid(slot, recipient, has_expired=reminder.wave == STEPS[-1][0])


def register_kind() -> None:
    register(
        Kind(
            code=CODE,
            subject="partners.slot",
            label=gettext_lazy("Slot to be confirmed"),
            wanted=wanted,
            still_needed=still_needed,
            recipients=recipients,
            compose=compose,
            live_subjects=Slot.objects.offered,
            to_whom=gettext_lazy("To the people of the firm who have an account; without any, to the firm's own address."),
            when=gettext_lazy("60 and 83 days after the place was offered or last confirmed, and once when it has lapsed."),
            why=gettext_lazy("So that nobody is proposed a place that no longer exists."),
            stop=gettext_lazy(
                "By confirming or withdrawing the place, with the link in the message or in the partner area."
            ),
            templates=("partners/slot_still_valid",),
            to_organisations=True,
        )
    )
