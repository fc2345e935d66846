"""What the office is reminded of: an answer of a service or of a creditor that has not come by its day."""

from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oltreiperimetri.reminders import kinds
from oltreiperimetri.reminders.enums import Audience
from oltreiperimetri.reminders.kinds import Kind, Line, Recipient, Wanted
from oltreiperimetri.shared.dates import at_rome

from .domain.staff import staff_recipients
from .models import Debt, ServiceReferral

MORNING = 9
REFERRAL, DEBT = "beneficiaries.referral_answer", "beneficiaries.debt_answer"
# Days after the one by which an answer was awaited.
STEPS = (1, 8)
TELL_WITHIN = timedelta(days=30)


def recipients(subject, reminder) -> list[Recipient]:
    return staff_recipients(subject.person)


def steps(code: str, due_on: date) -> list[Wanted]:
    last = at_rome(due_on) + TELL_WITHIN
    return [
        Wanted(code, Audience.CASEWORKER, wave, at_rome(due_on + timedelta(days=days), MORNING), not_after=last)
        for wave, days in enumerate(STEPS)
    ]


def referral_wanted(referral: ServiceReferral) -> list[Wanted]:
    return steps(REFERRAL, referral.due_on) if referral.state == ServiceReferral.State.SENT else []


def referral_needed(referral: ServiceReferral, reminder, *, today: date) -> str:
    if referral.state != ServiceReferral.State.SENT or referral.due_on >= today:
        return _("The answer is no longer awaited.")
    return ""


def referral_line(referral: ServiceReferral, reminder) -> Line:
    text = _("No answer to a referral (%(service)s), awaited by %(day)s.")
    facts = {"service": referral.get_service_display(), "day": referral.due_on.strftime("%d/%m/%Y")}
    return Line(text % facts, settings.SITE_URL + referral.get_absolute_url())


def debt_wanted(debt: Debt) -> list[Wanted]:
    return steps(DEBT, debt.due_on) if debt.state in Debt.WAITING else []


def debt_needed(debt: Debt, reminder, *, today: date) -> str:
    if debt.state not in Debt.WAITING or debt.due_on >= today:
        return _("Nothing is awaited for this debt.")
    return ""


def debt_line(debt: Debt, reminder) -> Line:
    """Neither who nor how much: that is on the page."""
    text = _("A debt being negotiated waits since %(day)s.") % {"day": debt.due_on.strftime("%d/%m/%Y")}
    return Line(text, settings.SITE_URL + reverse("beneficiaries:debts", args=[debt.person_id]))


def of_person(subject) -> str:
    return subject.person.full_name


def register() -> None:
    kinds.register(
        Kind(
            code=REFERRAL,
            subject="beneficiaries.servicereferral",
            label=gettext_lazy("Answer of a service awaited"),
            wanted=referral_wanted,
            still_needed=referral_needed,
            recipients=recipients,
            line=referral_line,
            title=of_person,
            live_subjects=ServiceReferral.objects.awaited,
            page=lambda pk: reverse("beneficiaries:referral", args=[pk]),
            to_whom=gettext_lazy("To whoever follows the person, in the daily digest."),
            when=gettext_lazy("The day after the answer was awaited, and a week later."),
            why=gettext_lazy("Who was sent to another service is not left alone with its silence."),
            stop=gettext_lazy("When the answer is written down, another day is agreed, or the referral is taken back."),
        )
    )
    kinds.register(
        Kind(
            code=DEBT,
            subject="beneficiaries.debt",
            label=gettext_lazy("Debt being negotiated"),
            wanted=debt_wanted,
            still_needed=debt_needed,
            recipients=recipients,
            line=debt_line,
            title=of_person,
            live_subjects=Debt.objects.waiting,
            to_whom=gettext_lazy("To whoever follows the person, in the daily digest."),
            when=gettext_lazy("The day after the answer was awaited, and a week later."),
            why=gettext_lazy("An offer that nobody answers is lost."),
            stop=gettext_lazy("When the negotiation goes on, another day is agreed, or the debt is closed."),
        )
    )
