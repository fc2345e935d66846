"""What we remind people of before an appointment, and the office when those invited have nothing to choose."""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from oltreiperimetri.accounts.models import User
from oltreiperimetri.followups.reminders import as_recipient
from oltreiperimetri.reminders import kinds
from oltreiperimetri.reminders.channels import channel_of
from oltreiperimetri.reminders.enums import Audience
from oltreiperimetri.reminders.kinds import Kind, Line, Recipient, Wanted
from oltreiperimetri.shared.dates import at_rome

from . import emails_appointments as emails
from .domain.appointment_told import quiet_until
from .domain.free_time import offered_to
from .domain.invitation import without_choice
from .domain.staff import staff_for
from .domain.telling import appointment_told
from .models import Appointment

EXPECTED, INVITED, NOTHING_FREE = (
    "beneficiaries.appointment",
    "beneficiaries.invitation",
    "beneficiaries.nothing_free",
)
MORNING = 9
DAYS_BEFORE = 2
DAYS_TO_THINK = 3


def quiet_for(appointment: Appointment):
    return quiet_until(appointment.person)


# Two days before: to the person ---------------------------------------------------------------------
def expected_wanted(appointment: Appointment) -> list[Wanted]:
    if not appointment.is_booked:
        return []
    day = timezone.localdate(appointment.starts_at) - timedelta(days=DAYS_BEFORE)
    return [Wanted(EXPECTED, Audience.PERSON, 0, at_rome(day, MORNING), not_after=appointment.starts_at)]


def expected_needed(appointment: Appointment, reminder, *, today: date) -> str:
    return "" if appointment.is_booked else _("The appointment is no longer booked.")


def recipients(appointment: Appointment, reminder) -> list[Recipient]:
    """The person; without any road to them, whoever expects them calls."""
    person = emails.person_recipient(appointment.person)
    return [person] if channel_of(person) else callers(appointment)


def callers(appointment: Appointment) -> list[Recipient]:
    host = appointment.host
    return [as_recipient(user) for user in ([host] if host and host.is_active else staff_for(appointment.person))]


def expected_compose(appointment: Appointment, reminder, recipient: Recipient) -> tuple[str, dict]:
    context = {**emails.appointment_context(appointment), "is_reminder": True}
    return "beneficiaries/appointment", {**context, "name": appointment.person.first_name}


def expected_text(appointment: Appointment, reminder, recipient: Recipient) -> str:
    words = {"what": appointment_told(appointment)[:90], "phone": settings.PHONE}
    return _("#Oltreiperimetri: %(what)s. Cannot come? Call %(phone)s.") % words


def expected_line(appointment: Appointment, reminder) -> Line:
    return Line(_("Call somebody who has an appointment in two days: there is no address to write to."), page(appointment))


def page(appointment: Appointment) -> str:
    return settings.SITE_URL + appointment.get_absolute_url()


# Invited, and no time chosen after three days: to the person ------------------------------------------
def invited_wanted(appointment: Appointment) -> list[Wanted]:
    if not appointment.is_invited:
        return []
    day = timezone.localdate(appointment.invited_at) + timedelta(days=DAYS_TO_THINK)
    last = at_rome(appointment.choose_by + timedelta(days=1))
    return [Wanted(INVITED, Audience.PERSON, 0, at_rome(day, MORNING), not_after=last)]


def invited_needed(appointment: Appointment, reminder, *, today: date) -> str:
    if not appointment.is_invited:
        return _("A time was chosen, or the invitation was taken back.")
    offered = offered_to(appointment.person, appointment.kind, now=at_rome(today), host=appointment.host)
    return "" if offered.exists() else _("There is no free time to choose.")


def invited_compose(appointment: Appointment, reminder, recipient: Recipient) -> tuple[str, dict]:
    context = {**emails.appointment_context(appointment), "is_reminder": True}
    return "beneficiaries/appointment_invitation", {**context, "name": appointment.person.first_name}


def invited_line(appointment: Appointment, reminder) -> Line:
    return Line(
        _("Call somebody who was invited and has not chosen a day: there is no address to write to."), page(appointment)
    )


# People invited, nothing free: to whoever invited them, the day after ----------------------------------
def nothing_free_wanted(user: User) -> list[Wanted]:
    """The day after the last change: an invitation, or a time that somebody took."""
    own = Appointment.objects.filter(invited_by=user)
    if not own.invited().exists():
        return []
    last = own.aggregate(invited=Max("invited_at"), booked=Max("booked_at"))
    day = timezone.localdate(max(filter(None, last.values()))) + timedelta(days=1)
    return [Wanted(NOTHING_FREE, Audience.CASEWORKER, 0, at_rome(day, MORNING))]


def left_without_choice(user: User, today: date) -> list[Appointment]:
    return [one for one in without_choice(user, now=at_rome(today)) if one.invited_by_id == user.pk]


def nothing_free_needed(user: User, reminder, *, today: date) -> str:
    return "" if left_without_choice(user, today) else _("Everybody who was invited has something to choose.")


def nothing_free_line(user: User, reminder) -> Line:
    count = len(left_without_choice(user, timezone.localdate(reminder.due_at)))
    text = ngettext(
        "You invited %(count)s person who finds no free time to choose: publish some.",
        "You invited %(count)s people who find no free time to choose: publish some.",
        count,
    )
    return Line(text % {"count": count}, settings.SITE_URL + reverse("beneficiaries:free_time_new"))


def register() -> None:
    kinds.register(
        Kind(
            code=EXPECTED,
            subject="beneficiaries.appointment",
            label=gettext_lazy("Appointment in two days"),
            wanted=expected_wanted,
            still_needed=expected_needed,
            recipients=recipients,
            compose=expected_compose,
            text=expected_text,
            text_waves=frozenset({0}),
            line=expected_line,
            town=lambda appointment: appointment.person.municipality_id,
            quiet_until=quiet_for,
            is_appointment=True,
            title=lambda appointment: appointment.person.full_name,
            live_subjects=lambda: Appointment.objects.planned().select_related("person"),
            page=lambda pk: reverse("beneficiaries:appointment", args=[pk]),
            to_whom=gettext_lazy(
                "To the person; without an e-mail address or a phone that takes text messages, to whoever expects them."
            ),
            when=gettext_lazy(
                "On the morning two days before; later when we wrote about an appointment in the 24 hours before."
            ),
            why=gettext_lazy("So that nobody misses an appointment by forgetting it, and can still move it."),
            stop=gettext_lazy("When the appointment is cancelled, by the person or by the office."),
            templates=("beneficiaries/appointment",),
        )
    )
    kinds.register(
        Kind(
            code=INVITED,
            subject="beneficiaries.appointment",
            label=gettext_lazy("Invited, no day chosen"),
            wanted=invited_wanted,
            still_needed=invited_needed,
            recipients=recipients,
            compose=invited_compose,
            line=invited_line,
            town=lambda appointment: appointment.person.municipality_id,
            quiet_until=quiet_for,
            title=lambda appointment: appointment.person.full_name,
            live_subjects=lambda: Appointment.objects.invited().select_related("person"),
            page=lambda pk: reverse("beneficiaries:appointment", args=[pk]),
            to_whom=gettext_lazy("To the person who was invited and has not chosen; without an address, to the office."),
            when=gettext_lazy("Once, three days after the invitation, if there still is a free time."),
            why=gettext_lazy("An invitation is easily forgotten among other messages."),
            stop=gettext_lazy("By choosing a day, by the link or by phone, or when the office takes the invitation back."),
            templates=("beneficiaries/appointment_invitation",),
        )
    )
    kinds.register(
        Kind(
            code=NOTHING_FREE,
            subject="accounts.user",
            label=gettext_lazy("People invited, nothing free"),
            wanted=nothing_free_wanted,
            still_needed=nothing_free_needed,
            recipients=lambda user, reminder: [as_recipient(user)],
            line=nothing_free_line,
            live_subjects=lambda: User.objects.filter(pk__in=Appointment.objects.invited().values("invited_by")),
            to_whom=gettext_lazy("To whoever invited them, in the daily digest."),
            when=gettext_lazy("The day after the last invitation, or after somebody took the last free time."),
            why=gettext_lazy("Whoever is invited and finds nothing to choose loses trust in us."),
            stop=gettext_lazy("When there are free times, or everybody has chosen."),
        )
    )
