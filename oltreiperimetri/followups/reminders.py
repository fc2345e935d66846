"""The ladder of one checkpoint: notice, form, two nudges, then the office.

Steps count from the due day. Reminders follow the facts of the checkpoint alone; whether asking still makes sense is
looked at when a step is about to leave.
"""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.models import User
from oltreiperimetri.reminders.enums import Audience
from oltreiperimetri.reminders.kinds import Kind, Line, Recipient, Wanted, register
from oltreiperimetri.shared.dates import ROME, at_rome

from . import emails, paths
from .models import GIVE_UP_AFTER, Checkpoint

CODE = "followups.checkpoint"
NOTICE, FORM, NUDGE, LAST = range(4)
CALL, CALL_AGAIN, DECIDE = range(3)
# (audience, step, days from the due day, days from the due day after which it says nothing useful any more)
LADDER = [
    (Audience.PERSON, NOTICE, -7, 0),
    (Audience.PERSON, FORM, 0, 14),
    (Audience.PERSON, NUDGE, 3, 14),
    (Audience.PERSON, LAST, 10, GIVE_UP_AFTER.days),
    (Audience.CASEWORKER, CALL, 14, GIVE_UP_AFTER.days),
    (Audience.CASEWORKER, CALL_AGAIN, 21, GIVE_UP_AFTER.days),
    (Audience.COORDINATOR, CALL, 28, 60),
    # Proposed as not reached: whoever follows the person confirms it, after three attempts in two ways.
    (Audience.CASEWORKER, DECIDE, GIVE_UP_AFTER.days, 90),
]


def wanted(checkpoint: Checkpoint) -> list[Wanted]:
    if not checkpoint.is_asked:
        return []
    return [
        Wanted(
            CODE,
            audience,
            wave,
            due_at=at_rome(checkpoint.due_on + timedelta(days=days), 9),
            not_after=at_rome(checkpoint.due_on + timedelta(days=last), 8),
        )
        for audience, wave, days, last in LADDER
    ]


def still_needed(checkpoint: Checkpoint, reminder, *, today: date) -> str:
    if checkpoint.state != Checkpoint.State.PLANNED:
        return _("already settled: %s") % checkpoint.get_state_display()
    if not checkpoint.is_asked or not paths.get(checkpoint.plan.path).is_open(checkpoint.plan):
        return _("the monitoring of this path was stopped")
    return ""


def recipients(checkpoint: Checkpoint, reminder) -> list[Recipient]:
    if reminder.audience == Audience.PERSON:
        contact = paths.contact_of(checkpoint.plan)
        if contact:
            return [contact]
        # Nobody to write to: the office is asked to call instead, once.
        return owners(checkpoint, day_of(reminder)) if reminder.wave == FORM else []
    if reminder.audience == Audience.CASEWORKER:
        return owners(checkpoint, day_of(reminder))
    return coordinators(day_of(reminder))


def day_of(reminder) -> date:
    """The day on which a step leaves: put off, its due moment moves with it."""
    return reminder.due_at.astimezone(ROME).date()


def owners(checkpoint: Checkpoint, day: date) -> list[Recipient]:
    """Who follows the subject; absent that day or gone, the caseworkers of the town; without any, the coordinators."""
    path = paths.get(checkpoint.plan.path)
    owner = path.owner(checkpoint.plan)
    answering = owner.answering_on(day) if owner else None
    if answering:
        return [as_recipient(answering)]
    town = path.town(checkpoint.plan)
    team = User.objects.for_town(town).present_on(day) if town else User.objects.none()
    return [as_recipient(user) for user in team] or coordinators(day)


def coordinators(day: date) -> list[Recipient]:
    """Those at work that day; if all are away, all of them: it is read when they come back."""
    everybody = User.objects.active().with_role(Role.COORDINATOR).order_by("pk")
    return [as_recipient(user) for user in everybody.present_on(day) or everybody]


def as_recipient(user: User) -> Recipient:
    return Recipient(email=user.email, name=user.get_short_name(), user=user, is_staff=True)


def line(checkpoint: Checkpoint, reminder) -> Line:
    if reminder.audience == Audience.COORDINATOR:
        return emails.nobody_answered(checkpoint)
    if reminder.wave == DECIDE:
        return emails.please_decide(checkpoint)
    return emails.please_call(checkpoint)


def town(checkpoint: Checkpoint) -> str | None:
    return paths.get(checkpoint.plan.path).town(checkpoint.plan)


def compose(checkpoint: Checkpoint, reminder, recipient: Recipient) -> tuple[str, dict]:
    if reminder.wave == NOTICE:
        return emails.notice(checkpoint)
    return emails.form(checkpoint, is_first=reminder.wave == FORM, is_last=reminder.wave == LAST)


def register_kind() -> None:
    register(
        Kind(
            code=CODE,
            subject="followups.checkpoint",
            label=gettext_lazy("Follow-up"),
            wanted=wanted,
            still_needed=still_needed,
            recipients=recipients,
            compose=compose,
            line=line,
            text=lambda checkpoint, reminder, recipient: emails.text(checkpoint),
            text_waves=frozenset({FORM, LAST}),
            town=town,
            title=lambda checkpoint: checkpoint.plan.subject_label,
            live_subjects=lambda: Checkpoint.objects.asked().select_related("plan"),
            to_whom=gettext_lazy(
                "To the person (or to whoever answers for them); then to whoever follows them; at last to the coordinators."
            ),
            when=gettext_lazy(
                "A notice 7 days before the day of the question, the form on the day, again after 3 and 10 days; "
                "to the office after 14, 21, 28 and 45 days."
            ),
            why=gettext_lazy("To know how people are after a path, and whether they need help again."),
            stop=gettext_lazy(
                "By an answer, by whatever road it comes; by the office, which writes down a refusal, a waiver or "
                "“unreachable”; when monitoring is stopped, or the person asks for no more reminders."
            ),
            templates=("followups/notice", "followups/form", "followups/nudge", "followups/last"),
            page=lambda checkpoint_id: reverse("portal:checkpoint", kwargs={"pk": checkpoint_id}),
        )
    )
