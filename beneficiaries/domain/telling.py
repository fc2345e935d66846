"""What the person reads about their own application: plain words, "you", no label."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..models import Application, Appointment
from .queries import Ball

State = Application.State


def in_sentence(text: str) -> str:
    """A day inside a sentence: Italian writes months and weekdays small."""
    return text.lower() if get_language() == "it" else text


def moment_told(moment) -> str:
    """giovedì 12 novembre alle 10:00"""
    local = timezone.localtime(moment)
    return _("%(day)s at %(time)s") % {
        "day": in_sentence(date_format(local, "l j F")),
        "time": date_format(local, "H:i"),
    }


def day_told(day) -> str:
    """giovedì 12 novembre"""
    return in_sentence(date_format(day, "l j F"))


def appointment_told(appointment: Appointment) -> str:
    text = _("%(when)s, %(kind)s: %(place)s") % {
        "when": moment_told(appointment.starts_at),
        "kind": in_sentence(appointment.get_kind_display()),
        "place": appointment.place,
    }
    return text[:1].upper() + text[1:]


def state_told(application: Application) -> str:
    """Where the application is and what happens next, without asking anything of the reader."""
    return {
        State.RECEIVED: _("We have your application. A person will read it and write or call you."),
        State.IN_REVIEW: _("A person is reading your application. If something is missing, they will ask you."),
        State.INFO_REQUESTED: _("We have asked you for something: read our message and answer, also by phone."),
        State.INTERVIEW: _("We want to meet you: an interview is the best way to understand what helps you."),
        State.WAITING_LIST: _("You can take part, but there is no free place now. We keep yours in the queue and call you."),
        State.ADMITTED: _("You are in the programme."),
        State.NOT_ADMITTED: _(
            "This programme is not the right one now. In the message we explain why and what else there is: call us."
        ),
        State.WITHDRAWN: _("You told us that you do not want to go on. If you change your mind, call us: the door is open."),
    }[application.state]


def step_told(application: Application, ball: Ball, interview: Appointment | None = None) -> str:
    """The next step of a `ball`, said to the person; `interview` is the planned one, if any."""
    if application.state == State.INTERVIEW and interview and not ball.is_late:
        return appointment_told(interview)
    if ball.is_late and application.state in (State.INFO_REQUESTED, State.INTERVIEW):
        return _("We will call you to agree how to go on.")
    if application.state == State.INTERVIEW and application.ball != "person":
        return _("We look at your application and tell you how it goes on.")
    return {
        State.RECEIVED: _("We read your application and get in touch with you."),
        State.IN_REVIEW: _("We look at your application and tell you how it goes on."),
        State.INFO_REQUESTED: _("Answer what we asked you."),
        State.INTERVIEW: _("We agree with you on a day for the interview."),
        State.WAITING_LIST: _("We look for a free place and call you as soon as there is one."),
        State.ADMITTED: _("We look for a place for you in a group."),
    }[application.state]
