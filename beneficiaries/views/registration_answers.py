"""The answers of a registration as people read them: on the check page, on the receipt, on the printed summary."""

from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oltreiperimetri.shared.models import Municipality
from oltreiperimetri.shared.rulesets import RuleSet

from ..domain.answers import PARTNER_WORKS, Answers, ShortJob
from ..domain.declaration import differences
from ..domain.household import household_of
from ..domain.questions import RuleChange
from ..enums import Language, LossReason
from ..models import Application, Declaration, EmploymentSpell, Person, WorkProfile
from .registration_steps import Path

CHOICES = {
    "sex": Person.Sex,
    "contact_by": Person.ContactBy,
    "preferred_language": Language,
    "loss_reason": LossReason,
    "hours": WorkProfile.Hours,
    "italian": WorkProfile.Italian,
}
DAYS = ("birth_date", "last_job_ended_on", "did_on")
# In which step's field a row is asked, where its name is another.
ASKED_AS = {"town": "town", "short_jobs": "job1_from"}


def labels() -> dict[str, str]:
    """What is shown, in the order of the questions."""
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
        "worked_after": _("Has worked after that day"),
        "short_jobs": _("Jobs after the last one"),
        "did_on": _("Day of the DID"),
        "known_to_services": _("Already in touch with social services"),
        "lives_with": _("Lives with other people"),
        "partner": _("Partner at home"),
        "children": _("Children under 18, year of birth"),
        "dependants": _("Other people to support"),
        "skills": _("What they can do"),
        "wishes": _("What work they would like"),
        "hours": _("Hours"),
        "schedule_limits": _("Limits of hours and days"),
        "has_licence": _("Driving licence"),
        "has_car": _("Can use a car"),
        "italian": _("Level of Italian"),
        "preferred_language": _("Language in which to speak"),
    }


def said(name: str, value) -> str:
    if value is None or value in ("", ()):
        return _("not said")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in DAYS:
        return date_format(value, "d/m/Y")
    if name == "short_jobs":
        return "; ".join(job_said(job) for job in value)
    if name == "children":
        return ", ".join(map(str, value))
    if name == "partner":
        return partner_said(value)
    return str(CHOICES[name](value).label) if name in CHOICES else str(value)


def job_said(job) -> str:
    kind = EmploymentSpell.Kind(job.kind).label.lower()
    return f"{date_format(job.started_on, 'd/m/Y')} – {date_format(job.ended_on, 'd/m/Y')} ({kind})"


def partner_said(value: str) -> str:
    if value not in PARTNER_WORKS:
        return _("no")
    return _("yes, and works") if PARTNER_WORKS[value] else _("yes, and does not work")


def values_of(answers: Answers) -> dict:
    told = {field.name: getattr(answers, field.name) for field in fields(Answers)}
    return told | {"town": answers.municipality or answers.other_town}


def answers_told(answers: Answers, path: Path, *, change_url: Callable[[str], str]) -> list[tuple]:
    """(term, value, change_url) of every question on the path."""
    values = values_of(answers)
    return [
        (label, said(name, values[name]), change_url(ASKED_AS.get(name, name)))
        for name, label in labels().items()
        if path.asks(ASKED_AS.get(name, name))
    ]


def facts_of(application: Application) -> list[tuple]:
    """What was registered, as (term, value); of the tax code only the end, for paper travels."""
    person, names = application.person, labels()
    of_person = ["first_name", "last_name", "birth_date", "sex", "address", "email", "phone", "contact_by"]
    of_person += ["has_licence", "has_car", "preferred_language"]
    of_application = ["working_now", "last_job_ended_on", "loss_reason", "did_on", "known_to_services"]
    values = {name: getattr(person, name) for name in of_person}
    values |= {name: getattr(application, name) for name in of_application}
    values |= {"town": person.municipality or person.other_town}
    values |= {"tax_code": f"{'•' * 12}{person.tax_code[-4:]}" if person.tax_code else ""}
    told = [(label, said(name, values[name])) for name, label in names.items() if name in values]
    return told + family_of(application)


def family_of(application: Application) -> list[tuple]:
    """The household on the day of the application, in numbers; nothing when it was not told."""
    counted = household_of(application.person, application.received_at.date())
    if not counted.is_known:
        return []
    return [
        (_("Children and others under 18"), str(counted.minors)),
        (_("Other people to support"), str(counted.dependants)),
    ]


def differences_said(before: Declaration, after: Declaration) -> list[tuple[str, str, str]]:
    """(term, what was said before, what is said now) of every answer that differs."""
    names, rows = labels() | {"municipality": _("Lives in"), "other_town": _("Other town")}, []
    for name in differences(before, after):
        old, new = (said(name, from_json(name, one.answers.get(name))) for one in (before, after))
        rows.append((names[name], old, new))
    return rows


def from_json(name: str, value):
    """A value of a declaration as the answers hold it."""
    if value in (None, "", []):
        return None
    if name in DAYS:
        return date.fromisoformat(value)
    if name == "short_jobs":
        return tuple(ShortJob(date.fromisoformat(first), date.fromisoformat(last), kind) for first, last, kind in value)
    if name == "municipality":
        return Municipality.objects.filter(pk=value).first() or value
    return tuple(value) if isinstance(value, list) else value


def updates_told(answers: Answers) -> list[str]:
    """Who will be told how the application goes, and who reads it: said before it is sent."""
    told = []
    if answers.email:
        told.append(_("To you, by e-mail: %(email)s.") % {"email": answers.email})
    if answers.phone:
        told.append(_("To you, by phone: %(phone)s.") % {"phone": answers.phone})
    if not told:
        told.append(_("To nobody by mail or phone, for you have left neither: you ask us, with your number."))
    town = answers.municipality or answers.other_town
    if town:
        told.append(_("The colleagues of the programme who follow %(town)s read your answers.") % {"town": town})
    else:
        told.append(_("The colleagues of the programme read your answers."))
    told.append(_("No firm, no relative and no other office is told anything unless you agree first."))
    return told


def at_hand(rules: RuleSet) -> list[str]:
    """What is good to have at hand, from the rules in force: each line hangs on the rule that needs it."""
    codes = {rule.code for rule in rules.rules}
    lines = []
    if "unemployment_max_months" in codes:
        lines.append(_("The day on which your last job ended: it is in the letter or on the last pay slip."))
    if "unemployed_now" in codes:
        lines.append(_("The day of your DID, or of the request for NASpI, if you made it."))
    lines.append(_("Your tax code, on the health card."))
    lines.append(_("An e-mail address or a phone number, if you have one."))
    return lines


def changes_told(changes: Iterable[RuleChange]) -> list[str]:
    """Each changed rule as a sentence, with what it was and what it is."""
    return [change_told(change) for change in changes]


def change_told(change: RuleChange) -> str:
    match change.code, change.before, change.after:
        case "age_min", int(before), int(after):
            return _("The programme is now for people of %(after)d years and over; before it was %(before)d.") % {
                "before": before,
                "after": after,
            }
        case "unemployment_max_months", int(before), int(after):
            return _("You may be without work for %(after)s at most; before it was %(before)s.") % {
                "before": months(before),
                "after": months(after),
            }
        case "residence", _before, _after:
            return _("The towns of the programme have changed.")
        case "unemployed_now", _before, _after:
            return _("The rule about working now has changed.")
        case "expelled_by_crisis", _before, _after:
            return _("The rule about how the last job ended has changed.")
    return _("A rule that does not hang on your answers has changed.")


def months(count: int) -> str:
    return ngettext("%(count)d month", "%(count)d months", count) % {"count": count}
