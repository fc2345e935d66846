"""What is said about a registration begun and not sent: "go on", twice, and once that it is about to be deleted."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oltreiperimetri.reminders import kinds
from oltreiperimetri.reminders.enums import Audience
from oltreiperimetri.reminders.kinds import Kind, Recipient, Wanted
from oltreiperimetri.shared.dates import at_rome

from . import emails
from .domain.draft import email_hash, link_token
from .models import Application, RegistrationDraft
from .models.draft import REMINDED_AFTER_DAYS, TOLD_OF_DELETION_AFTER_DAYS

CODE, MORNING = "beneficiaries.draft_waits", 9
AFTER_DAYS = (*REMINDED_AFTER_DAYS, TOLD_OF_DELETION_AFTER_DAYS)
DELETION = len(REMINDED_AFTER_DAYS)


def saved_on(draft: RegistrationDraft) -> date:
    return timezone.localtime(draft.saved_at).date()


def wanted(draft: RegistrationDraft) -> list[Wanted]:
    """Counted from the last saving; nothing without an address, and nothing once it is sent."""
    if draft.application_id or not draft.email_index:
        return []
    gone = at_rome(draft.kept_until)
    return [
        Wanted(CODE, Audience.PERSON, wave, at_rome(saved_on(draft) + timedelta(days=days), MORNING), not_after=gone)
        for wave, days in enumerate(AFTER_DAYS)
    ]


def still_needed(draft: RegistrationDraft, reminder, *, today: date) -> str:
    """Looked at when the mail is about to leave: the page, another device or the desk may have been quicker."""
    if draft.application_id:
        return _("The registration has been sent.")
    if not email_hash(draft.email):
        return _("There is no e-mail address any more.")
    if today < saved_on(draft) + timedelta(days=AFTER_DAYS[reminder.wave]):
        return _("They have gone on in the meantime.")
    if has_applied_otherwise(draft):
        return _("The same address has sent another registration.")
    return ""


def has_applied_otherwise(draft: RegistrationDraft) -> bool:
    """An application with this address since the draft was begun: at the desk, on paper, or from another device."""
    return Application.objects.filter(person__email__iexact=draft.email, received_at__gte=draft.started_at).exists()


def recipients(draft: RegistrationDraft, reminder) -> list[Recipient]:
    return [Recipient(draft.email, draft.answers.get("first_name", ""))]


def compose(draft: RegistrationDraft, reminder, recipient) -> tuple[str, dict]:
    context = emails.draft_context(draft, token=link_token(draft))
    return "beneficiaries/draft_reminder", {**context, "is_last": reminder.wave == DELETION}


def register() -> None:
    kinds.register(
        Kind(
            code=CODE,
            subject="beneficiaries.registrationdraft",
            label=gettext_lazy("Registration half way"),
            wanted=wanted,
            still_needed=still_needed,
            recipients=recipients,
            compose=compose,
            live_subjects=RegistrationDraft.objects.with_address,
            to_whom=gettext_lazy("To whoever began a registration, left an e-mail address and did not send it."),
            when=gettext_lazy("3 and 10 days after the last saving, and 5 days before the draft is deleted (on day 30)."),
            why=gettext_lazy("Many stop half way; and nothing that somebody wrote is deleted without telling them."),
            stop=gettext_lazy("When the registration is sent, here or otherwise, or they go on; when the draft is deleted."),
            templates=("beneficiaries/draft_reminder",),
        )
    )
