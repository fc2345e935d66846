"""A person's appointments on composed pages: what is to come, what is to be chosen, what has been."""

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from oltreiperimetri.audit.models import StateChange
from oltreiperimetri.shared import desk
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.desk import Event, Panel, Record, Step

from .dossier import appointments_of
from .models import Appointment, Person


def appointments_panel(person: Person) -> Panel:
    """For staff: those to come first, then those invited, then the past, newest first."""
    found = appointments_of(person)
    booked = sorted((one for one in found if one.is_booked), key=lambda one: one.starts_at)
    invited = [one for one in found if one.is_invited]
    return Panel(
        _("Appointments"),
        "beneficiaries/people/_panel_appointments.html",
        {"person": person, "open": booked + invited, "past": [one for one in found if not one.is_open]},
        order=65,
        anchor="appuntamenti",
    )


def to_come(person: Person, *, now: datetime) -> list[desk.Appointment]:
    """Booked, from this morning on; the page behind each lets the person move or cancel it."""
    first = at_rome(timezone.localdate(now))
    return [
        desk.Appointment(
            one.starts_at,
            one.get_kind_display(),
            one.place,
            _("If you cannot come, you can move it or cancel it here; or call us."),
            url=own_page(one),
        )
        for one in appointments_of(person)
        if one.is_booked and one.starts_at >= first
    ]


def own_page(appointment: Appointment) -> str:
    return reverse("beneficiaries:my_appointment", args=[appointment.pk])


def appointment_steps(person: Person, *, for_staff: bool, today: date) -> list[Step]:
    """Whoever is invited chooses a day; once that day has passed, the office calls."""
    return [
        step_of(one, for_staff=for_staff, is_late=one.choose_by < today) for one in appointments_of(person) if one.is_invited
    ]


def step_of(appointment: Appointment, *, for_staff: bool, is_late: bool) -> Step:
    what = {"what": appointment.get_kind_display().lower()}
    if for_staff:
        title = _("No day was chosen: call the person (%(what)s).") if is_late else _("To choose a day (%(what)s).")
        url = appointment.get_absolute_url()
    else:
        title, url = _("Choose a day to meet us (%(what)s)."), own_page(appointment)
    return Step(
        title % what,
        url=url,
        ball="caseworker" if is_late and for_staff else "person",
        due_on=None if is_late and not for_staff else appointment.choose_by,
        urgency=18,
    )


def appointment_events(person: Person, *, for_staff: bool) -> list[Event]:
    """Invited, booked, called off, how it went; a colleague's name is for staff."""
    found = {one.pk: one for one in appointments_of(person)}
    states = dict(Appointment.State.choices)
    changes = StateChange.objects.filter(object_type=Appointment._meta.label_lower, object_id__in=found)
    events = [
        event(change.at, states.get(change.to_state, ""), found[change.object_id], by=change.by, for_staff=for_staff)
        for change in changes.select_related("by")
    ]
    for one in found.values():
        first = Appointment.State.INVITED if one.invited_at else Appointment.State.BOOKED
        at = one.invited_at or one.booked_at
        if at:
            events.append(event(at, first.label, one, by=one.invited_by, for_staff=for_staff))
    return events


def event(at: datetime, state: str, appointment: Appointment, *, by, for_staff: bool) -> Event:
    what = {"what": appointment.get_kind_display().lower(), "state": str(state).lower()}
    return Event(
        at,
        _("Appointment (%(what)s): %(state)s") % what,
        body=told(appointment),
        by=str(by or "") if for_staff else "",
        icon="it-calendar",
        url=appointment.get_absolute_url() if for_staff else own_page(appointment),
    )


def told(appointment: Appointment) -> str:
    if appointment.starts_at is None:
        return ""
    return f"{date_format(timezone.localtime(appointment.starts_at), 'd/m/Y H:i')}, {appointment.place}"


def appointment_records(person: Person) -> list[Record]:
    """What the person may take away: each with its day, place and how it ended."""
    facts = tuple(
        (
            one.starts_at.isoformat() if one.starts_at else one.invited_at.date().isoformat() if one.invited_at else "",
            ", ".join(filter(None, [str(one.get_kind_display()), one.place, str(one.get_state_display())])),
        )
        for one in appointments_of(person)
    )
    return [Record(_("Appointments"), facts)] if facts else []
