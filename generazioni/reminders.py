"""What this app reminds people of."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oltreiperimetri.reminders import kinds
from oltreiperimetri.reminders.enums import Audience
from oltreiperimetri.reminders.kinds import Kind, Recipient, Wanted
from oltreiperimetri.shared.dates import at_rome

from . import emails, reminders_contest
from .models import Guest

EVENING_TOMORROW = "generazioni.evening_tomorrow"
MORNING = 9


# The evening is tomorrow: one reminder for each guest, so that the caps of one never hold back the others ---
def evening_wanted(guest: Guest) -> list[Wanted]:
    """The day before. Who took the seat on that day or later has just read the confirmation."""
    eve = guest.evening.day - timedelta(days=1)
    if not (guest.email and guest.evening.is_published and guest.had_seat_before(eve)):
        return []
    return [Wanted(EVENING_TOMORROW, Audience.PERSON, 0, at_rome(eve, MORNING), not_after=guest.evening.starts_at)]


def evening_needed(guest: Guest, reminder, *, today) -> str:
    if not guest.is_seated:
        return _("The seat was given back.")
    return "" if guest.evening.is_published else _("The evening does not take place.")


def evening_recipients(guest: Guest, reminder) -> list[Recipient]:
    return [Recipient(email=guest.email, name=guest.name, phone=guest.phone)]


def evening_compose(guest: Guest, reminder, recipient) -> tuple[str, dict]:
    return emails.evening_tomorrow(guest)


def register() -> None:
    reminders_contest.register_kinds()
    kinds.register(
        Kind(
            code=EVENING_TOMORROW,
            subject="generazioni.guest",
            label=gettext_lazy("Themed evening tomorrow"),
            wanted=evening_wanted,
            still_needed=evening_needed,
            recipients=evening_recipients,
            compose=evening_compose,
            live_subjects=Guest.objects.to_remind,
            to_whom=gettext_lazy("To everybody who has a seat at a themed evening and left an e-mail address."),
            when=gettext_lazy("On the morning of the day before."),
            why=gettext_lazy("So that the evening is remembered, and a seat that is not needed goes to somebody who waits."),
            stop=gettext_lazy("By giving the seat back with the link in the message; when the evening is cancelled."),
            templates=("generazioni/evening_tomorrow",),
        )
    )
