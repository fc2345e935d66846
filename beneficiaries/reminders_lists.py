"""What the queue must not hide from whoever follows it: lines of the one daily digest of staff, never a mail for each.

The window that ends or the fortieth birthday that comes, files nobody has touched, people without a caseworker, and what
somebody asked about their own data. With nothing to say there is no mail.
"""

from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.models import User
from oltreiperimetri.reminders import kinds
from oltreiperimetri.reminders.enums import Audience
from oltreiperimetri.reminders.kinds import Kind, Line, Recipient, Wanted
from oltreiperimetri.shared.dates import ROME, add_months, at_rome, birthday_on

from .domain.queries import OPEN_STATES, TO_WORK_ON
from .domain.rules import orafo_rules
from .domain.staff import as_recipients, staff_recipients
from .domain.untouched import UNASSIGNED_DAYS, UNTOUCHED_WEEKS, last_touch_of, with_last_touch
from .domain.window import REMIND_DAYS, window_seen
from .models import Application, DataRequest

MORNING = 9
WINDOW, FORTY = "beneficiaries.window_ends", "beneficiaries.turns_forty"
UNTOUCHED, UNASSIGNED = "beneficiaries.untouched", "beneficiaries.unassigned"
DATA_REQUEST = "beneficiaries.data_request"
REQUEST_DAYS = (7, 1)


def of_person(application: Application) -> str:
    return application.person.full_name


def recipients(application: Application, reminder) -> list[Recipient]:
    return staff_recipients(application.person, day=reminder.due_at.astimezone(ROME).date())


def page(subject) -> str:
    return settings.SITE_URL + subject.get_absolute_url()


def received_on(application: Application) -> date:
    return timezone.localtime(application.received_at).date()


# The window: 60 and 30 days before its last day, and before the birthday of who is too young ------
def before(code: str, day: date, *, last: date) -> list[Wanted]:
    """One step for each of REMIND_DAYS; after `last` there is nothing to say."""
    end = at_rome(last + timedelta(days=1))
    return [
        Wanted(code, Audience.CASEWORKER, wave, at_rome(day - timedelta(days=days), MORNING), not_after=end)
        for wave, days in enumerate(REMIND_DAYS)
    ]


def window_wanted(application: Application) -> list[Wanted]:
    if application.state not in OPEN_STATES or application.working_now or application.last_job_ended_on is None:
        return []
    came = received_on(application)
    ends_on = add_months(application.last_job_ended_on, orafo_rules(came)["unemployment_max_months"])
    return before(WINDOW, ends_on, last=ends_on) if ends_on >= came else []


def forty_wanted(application: Application) -> list[Wanted]:
    if application.state not in OPEN_STATES or application.person.birth_date is None:
        return []
    came = received_on(application)
    birthday = birthday_on(application.person.birth_date, orafo_rules(came)["age_min"])
    return before(FORTY, birthday, last=birthday) if birthday > came else []


def window_needed(application: Application, reminder, *, today: date) -> str:
    if application.state not in OPEN_STATES:
        return _("The application has been decided.")
    days = window_seen(application, today=today).days_left
    return "" if days is not None and days >= 0 else _("The 24 months are over, or say nothing any more.")


def forty_needed(application: Application, reminder, *, today: date) -> str:
    if application.state not in OPEN_STATES:
        return _("The application has been decided.")
    return "" if window_seen(application, today=today).turns_on else _("The person has the age already.")


def window_line(application: Application, reminder) -> Line:
    months = orafo_rules(received_on(application))["unemployment_max_months"]
    day = add_months(application.last_job_ended_on, months)
    text = _("The 24 months of application %(number)s end on %(day)s.")
    return Line(text % {"number": application.number, "day": day.strftime("%d/%m/%Y")}, page(application))


def forty_line(application: Application, reminder) -> Line:
    day = birthday_on(application.person.birth_date, orafo_rules(received_on(application))["age_min"])
    text = _("Who sent application %(number)s turns 40 on %(day)s: look at it again.")
    return Line(text % {"number": application.number, "day": day.strftime("%d/%m/%Y")}, page(application))


# Left alone ---------------------------------------------------------------------------------------
def untouched_wanted(application: Application) -> list[Wanted]:
    """After so many weeks without a word, and again after twice and three times as many."""
    if application.state not in TO_WORK_ON:
        return []
    touched_on = last_touch_of(application).astimezone(ROME).date()
    weeks = [UNTOUCHED_WEEKS * times for times in (1, 2, 3)]
    return [
        Wanted(UNTOUCHED, Audience.CASEWORKER, wave, at_rome(touched_on + timedelta(weeks=after), MORNING))
        for wave, after in enumerate(weeks)
    ]


def untouched_needed(application: Application, reminder, *, today: date) -> str:
    if application.state not in TO_WORK_ON:
        return _("The application has been decided.")
    touched_on = last_touch_of(application).astimezone(ROME).date()
    is_old = touched_on + timedelta(weeks=UNTOUCHED_WEEKS) <= today
    return "" if is_old else _("Somebody has worked on it since.")


def untouched_line(application: Application, reminder) -> Line:
    day = last_touch_of(application).astimezone(ROME).strftime("%d/%m/%Y")
    text = _("Nobody has touched application %(number)s since %(day)s.")
    return Line(text % {"number": application.number, "day": day}, page(application))


def unassigned_wanted(application: Application) -> list[Wanted]:
    if application.state not in OPEN_STATES or application.owner_id:
        return []
    days = (UNASSIGNED_DAYS, UNASSIGNED_DAYS * 3)
    return [
        Wanted(
            UNASSIGNED,
            Audience.CASEWORKER,
            wave,
            at_rome(received_on(application) + timedelta(days=after), MORNING),
        )
        for wave, after in enumerate(days)
    ]


def unassigned_needed(application: Application, reminder, *, today: date) -> str:
    waits = application.state in OPEN_STATES and application.owner_id is None
    return "" if waits else _("Somebody follows it now.")


def unassigned_line(application: Application, reminder) -> Line:
    return Line(_("Nobody follows application %(number)s yet.") % {"number": application.number}, page(application))


def live_applications():
    """One pass looks after all the kinds of an application: they are asked together."""
    return with_last_touch(Application.objects.filter(state__in=OPEN_STATES)).select_related("person")


# What somebody asked about their own data ---------------------------------------------------------
def request_wanted(request: DataRequest) -> list[Wanted]:
    if request.state != DataRequest.State.OPEN:
        return []
    steps = [request.due_on - timedelta(days=days) for days in REQUEST_DAYS] + [request.due_on + timedelta(days=1)]
    return [Wanted(DATA_REQUEST, Audience.CASEWORKER, wave, at_rome(day, MORNING)) for wave, day in enumerate(steps)]


def request_needed(request: DataRequest, reminder, *, today: date) -> str:
    return "" if request.state == DataRequest.State.OPEN else _("The request has been answered.")


def coordinators(request: DataRequest, reminder) -> list[Recipient]:
    everybody = User.objects.active().with_role(Role.COORDINATOR).order_by("pk")
    day = reminder.due_at.astimezone(ROME).date()
    return as_recipients(everybody.present_on(day) or everybody)


def request_line(request: DataRequest, reminder) -> Line:
    text = _("A request about somebody's own data is to be answered by %(day)s.")
    return Line(text % {"day": request.due_on.strftime("%d/%m/%Y")}, page(request))


TO_WHOM_FOLLOWS = gettext_lazy("To whoever follows the person, in the daily digest.")
OF_APPLICATION = {
    "subject": "beneficiaries.application",
    "recipients": recipients,
    "title": of_person,
    "to_whom": TO_WHOM_FOLLOWS,
}


def register() -> None:
    kinds.register(
        Kind(
            code=WINDOW,
            label=gettext_lazy("24 months about to end"),
            wanted=window_wanted,
            still_needed=window_needed,
            line=window_line,
            live_subjects=live_applications,
            when=gettext_lazy("60 and 30 days before the last day of the 24 months."),
            why=gettext_lazy("After that day the person may no longer join: it is decided before."),
            stop=gettext_lazy("When the application is decided, or the person works."),
            **OF_APPLICATION,
        )
    )
    kinds.register(
        Kind(
            code=FORTY,
            label=gettext_lazy("Fortieth birthday that comes"),
            wanted=forty_wanted,
            still_needed=forty_needed,
            line=forty_line,
            when=gettext_lazy("60 and 30 days before the birthday of who was too young."),
            why=gettext_lazy("From that day on the person may join: nobody has to register again."),
            stop=gettext_lazy("When the application is decided."),
            **OF_APPLICATION,
        )
    )
    kinds.register(
        Kind(
            code=UNTOUCHED,
            label=gettext_lazy("Application left alone"),
            wanted=untouched_wanted,
            still_needed=untouched_needed,
            line=untouched_line,
            when=gettext_lazy("4, 8 and 12 weeks after the last change, note, message or contact."),
            why=gettext_lazy("Somebody waits for us and does not dare to ask."),
            stop=gettext_lazy("As soon as somebody works on it."),
            **OF_APPLICATION,
        )
    )
    kinds.register(
        Kind(
            code=UNASSIGNED,
            label=gettext_lazy("Application that nobody follows"),
            wanted=unassigned_wanted,
            still_needed=unassigned_needed,
            line=unassigned_line,
            when=gettext_lazy("3 and 9 days after it came."),
            why=gettext_lazy("Every person has a caseworker."),
            stop=gettext_lazy("When somebody follows it."),
            **OF_APPLICATION,
        )
    )
    kinds.register(
        Kind(
            code=DATA_REQUEST,
            subject="beneficiaries.datarequest",
            label=gettext_lazy("Request about one's own data"),
            wanted=request_wanted,
            still_needed=request_needed,
            recipients=coordinators,
            line=request_line,
            live_subjects=DataRequest.objects.open,
            page=lambda pk: reverse("beneficiaries:data_request", args=[pk]),
            to_whom=gettext_lazy("To the coordinators, in the daily digest."),
            when=gettext_lazy("7 days and 1 day before the last day of the law, and the day after it."),
            why=gettext_lazy("The law gives a month to answer (GDPR, art. 12)."),
            stop=gettext_lazy("When the request is answered or taken back."),
        )
    )
