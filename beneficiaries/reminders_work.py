"""What the pact reminds of: the person of something of theirs that is due, staff of the day to look at it together."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oltreiperimetri.reminders import kinds
from oltreiperimetri.reminders.enums import Audience
from oltreiperimetri.reminders.kinds import Kind, Line, Recipient, Wanted
from oltreiperimetri.shared.dates import at_rome

from .domain.staff import staff_recipients
from .emails_appointments import person_recipient
from .enums import Ball
from .models import Pact, PactAction

MORNING = 9
ACTION_DAYS = 2  # before the day of the action
REVIEW_DAYS = 3  # before the review, so that a day can still be agreed


def is_awaited(action: PactAction) -> bool:
    return (
        action.state == PactAction.State.TODO and action.ball == Ball.PERSON and action.goal.pact.state == Pact.State.AGREED
    )


def action_wanted(action: PactAction) -> list[Wanted]:
    if not is_awaited(action):
        return []
    eve = at_rome(action.due_on - timedelta(days=ACTION_DAYS), MORNING)
    return [
        Wanted("beneficiaries.action_due", Audience.PERSON, 0, eve, not_after=at_rome(action.due_on + timedelta(days=1)))
    ]


def action_needed(action: PactAction, reminder, *, today) -> str:
    return "" if is_awaited(action) else _("It is done, or no longer asked.")


def action_recipients(action: PactAction, reminder) -> list[Recipient]:
    return [person_recipient(action.goal.pact.person)]


def action_compose(action: PactAction, reminder, recipient) -> tuple[str, dict]:
    """What is to be done stays on the page of the person: mail is read by others too."""
    context = {
        "name": action.goal.pact.person.first_name,
        "due_on": action.due_on,
        "link": settings.SITE_URL + reverse("portal:my_path"),
    }
    return "beneficiaries/action_due", context


def review_wanted(pact: Pact) -> list[Wanted]:
    if pact.state != Pact.State.AGREED:
        return []
    eve = at_rome(pact.review_on - timedelta(days=REVIEW_DAYS), MORNING)
    return [Wanted("beneficiaries.pact_review", Audience.CASEWORKER, 0, eve)]


def review_needed(pact: Pact, reminder, *, today) -> str:
    return "" if pact.state == Pact.State.AGREED else _("The pact is no longer in force.")


def review_recipients(pact: Pact, reminder) -> list[Recipient]:
    return staff_recipients(pact.person)


def review_line(pact: Pact, reminder) -> Line:
    day = date_format(pact.review_on, "l j F Y")
    return Line(
        _("A pact is to be looked at together on %(day)s: agree when to meet.") % {"day": day},
        settings.SITE_URL + pact.get_absolute_url(),
    )


def register() -> None:
    kinds.register(
        Kind(
            code="beneficiaries.action_due",
            subject="beneficiaries.pactaction",
            label=gettext_lazy("Something of the pact is due"),
            wanted=action_wanted,
            still_needed=action_needed,
            recipients=action_recipients,
            compose=action_compose,
            town=lambda action: action.goal.pact.person.municipality_id,
            title=lambda action: str(action.goal.pact.person),
            live_subjects=PactAction.objects.awaited,
            to_whom=gettext_lazy("To the person who has agreed to do something."),
            when=gettext_lazy("On the morning of two days before the day agreed in the pact."),
            why=gettext_lazy("So that what was agreed is not forgotten; what it is about stays on the person's own page."),
            stop=gettext_lazy("When it is ticked, or no longer part of the pact."),
            templates=("beneficiaries/action_due",),
        )
    )
    kinds.register(
        Kind(
            code="beneficiaries.pact_review",
            subject="beneficiaries.pact",
            label=gettext_lazy("Pact to be looked at again"),
            wanted=review_wanted,
            still_needed=review_needed,
            recipients=review_recipients,
            line=review_line,
            title=lambda pact: str(pact.person),
            live_subjects=Pact.objects.agreed,
            to_whom=gettext_lazy("To whoever follows the person, in the daily digest."),
            when=gettext_lazy("3 days before the day on which both look at the pact again."),
            why=gettext_lazy("A pact that nobody looks at again is only paper."),
            stop=gettext_lazy("When a new day is written, or the pact ends."),
        )
    )
