"""The two steps to the firm or the mentor: on the day, and a week later. Nothing after; the office may call."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oltreiperimetri.reminders.enums import Audience
from oltreiperimetri.reminders.kinds import Kind, Recipient, Wanted, register
from oltreiperimetri.shared.dates import at_rome

from . import emails, paths
from .models import Witness

CODE = "followups.witness"
ASK, ASK_AGAIN = range(2)
# (step, days from the due day, days from the due day after which it says nothing useful any more)
LADDER = [(ASK, 0, 7), (ASK_AGAIN, 7, 30)]


def wanted(witness: Witness) -> list[Wanted]:
    if not witness.is_asked:
        return []
    due_on = witness.checkpoint.due_on
    return [
        Wanted(
            CODE,
            Audience.FIRM,
            wave,
            due_at=at_rome(due_on + timedelta(days=days), 9),
            not_after=at_rome(due_on + timedelta(days=last), 8),
        )
        for wave, days, last in LADDER
    ]


def still_needed(witness: Witness, reminder, *, today: date) -> str:
    plan = witness.checkpoint.plan
    if not witness.is_asked:
        return _("already settled: %s") % witness.get_state_display()
    return "" if paths.get(plan.path).is_open(plan) else _("the monitoring of this path was stopped")


def recipients(witness: Witness, reminder) -> list[Recipient]:
    return witness.side.contacts(witness.checkpoint.plan)


def register_kind() -> None:
    register(
        Kind(
            code=CODE,
            subject="followups.witness",
            label=gettext_lazy("Follow-up: firm or mentor"),
            wanted=wanted,
            still_needed=still_needed,
            recipients=recipients,
            compose=lambda witness, reminder, recipient: emails.ask_beside(witness, is_last=reminder.wave == ASK_AGAIN),
            town=lambda witness: paths.get(witness.checkpoint.plan.path).town(witness.checkpoint.plan),
            title=lambda witness: witness.checkpoint.plan.subject_label,
            live_subjects=lambda: Witness.objects.asked().select_related("checkpoint__plan"),
            to_whom=gettext_lazy("To the contacts of the firm that hosted the person, or to the mentor of the idea."),
            when=gettext_lazy("On the day of some checkpoints of the path, and once more 7 days later."),
            why=gettext_lazy("To know from the other side too whether work, or the idea, goes on."),
            stop=gettext_lazy(
                "By an answer, by whatever road it comes; by the office, which may leave them out; when the person prefers "
                "not to answer or the monitoring is stopped."
            ),
            templates=("followups/witness",),
            to_organisations=True,
            page=lambda witness_id: reverse("portal:witness", kwargs={"pk": witness_id}),
        )
    )
