"""The answers of a registration as people read them: on the check page, on the receipt, on the printed summary."""

from collections.abc import Callable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..enums import LossReason
from ..forms.registration import RegistrationForm
from ..models import Application, Person

SHOWN = (
    "first_name",
    "last_name",
    "birth_date",
    "sex",
    "tax_code",
    "town",
    "address",
    "email",
    "phone",
    "contact_by",
    "working_now",
    "last_job_ended_on",
    "loss_reason",
    "has_licence",
    "has_car",
    "known_to_services",
)


def labels() -> dict[str, str]:
    return {
        "first_name": _("First name"),
        "last_name": _("Last name"),
        "birth_date": _("Date of birth"),
        "sex": _("Sex"),
        "tax_code": _("Tax code"),
        "town": _("Lives in"),
        "address": _("Street and number"),
        "email": _("E-mail"),
        "phone": _("Phone"),
        "contact_by": _("Prefers to be reached"),
        "working_now": _("Is working now"),
        "last_job_ended_on": _("Last job ended on"),
        "loss_reason": _("How the last job ended"),
        "has_licence": _("Driving licence"),
        "has_car": _("Can use a car"),
        "known_to_services": _("Already in touch with social services"),
    }


def as_rows(values: dict, change_url: Callable[[str], str] | None = None) -> list[tuple]:
    """(term, value) or (term, value, change_url), in the order of the questions."""
    names = labels()
    return [(names[name], said(name, values[name]), *([change_url(name)] if change_url else [])) for name in SHOWN]


def said(name: str, value) -> str:
    match value:
        case None | "":
            return _("not said")
        case True:
            return _("yes")
        case False:
            return _("no")
    if name in ("birth_date", "last_job_ended_on"):
        return date_format(value, "d/m/Y")
    choices = {"sex": Person.Sex, "contact_by": Person.ContactBy, "loss_reason": LossReason}
    return str(choices[name](value).label) if name in choices else str(value)


def answers_told(form: RegistrationForm, *, change_url: Callable[[str], str]) -> list[tuple]:
    """What a valid form holds, each with the way to change it."""
    answers = form.answers(notice_version="")
    values = {name: getattr(answers, name) for name in SHOWN if name != "town"}
    return as_rows(values | {"town": answers.municipality or answers.other_town}, change_url)


def facts_of(application: Application) -> list[tuple]:
    """What was registered; of the tax code only the end, for paper travels."""
    person = application.person
    values = {name: getattr(person if hasattr(person, name) else application, name) for name in SHOWN if name != "town"}
    masked = f"{'•' * 12}{person.tax_code[-4:]}" if person.tax_code else ""
    return as_rows(values | {"town": person.municipality or person.other_town, "tax_code": masked})
