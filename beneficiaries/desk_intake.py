"""What people told of family and work, on composed pages and in the copy of one's data."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oltreiperimetri.shared.dates import add_months
from oltreiperimetri.shared.desk import Panel, Record

from .domain.employment import Seniority, is_short, last_job_ended_on, seniority
from .domain.household import HouseholdCount, count_household
from .domain.intake import OF_MEMBER, OF_PROFILE, OF_SPELL
from .domain.queries import window_months
from .dossier import applications_of
from .models import Application, EmploymentSpell, HouseholdMember, Person, WorkProfile
from .words import label_of, value_of


@dataclass(frozen=True)
class Family:
    """One person's family and work on a day, ready to be shown; each list of facts holds (term, value) pairs."""

    count: HouseholdCount
    household_facts: list[tuple[str, str]]
    members: list[str]
    clocks: list[tuple[str, str]]
    differs: bool
    spells: list[EmploymentSpell]
    profile: list[tuple[str, str]]


def family_panel(person: Person, *, for_staff: bool, today: date) -> Panel:
    """Household, both clocks and profile, with the ways to correct them (four queries)."""
    if for_staff:
        pages = {part: reverse(f"beneficiaries:{part}", args=[person.pk]) for part in ("household", "spells", "profile")}
    else:
        pages = {part: reverse(f"beneficiaries:my_{part}") for part in ("household", "spells", "profile")}
    context = {"family": family_of(person, today=today), "for_staff": for_staff, "edit": pages}
    title = _("Family and work") if for_staff else _("My family and my work")
    return Panel(title, "beneficiaries/family/_panel.html", context, order=40, anchor="famiglia")


def family_of(person: Person, *, today: date) -> Family:
    members, spells = list(person.household.all()), list(person.spells.all())
    application = next(iter(applications_of(person)), None)
    counted = count_household(members, told=person.household_told_on is not None, on=today)
    for spell in spells:
        spell.is_short = is_short(spell, today)
    ended_on = last_job_ended_on(spells, today)
    profile = WorkProfile.objects.filter(person=person).first()
    return Family(
        count=counted,
        household_facts=household_facts(counted, person),
        members=[member_told(member) for member in members],
        clocks=clocks(
            application,
            ended_on,
            seniority(application.did_on, spells, today) if application else None,
            months=window_months(today),
        ),
        differs=bool(application and ended_on and application.last_job_ended_on not in (None, ended_on)),
        spells=spells,
        profile=[(name[:1].upper() + name[1:], told) for name, told in facts(profile, *OF_PROFILE) if told]
        if profile
        else [],
    )


def household_facts(counted: HouseholdCount, person: Person) -> list[tuple[str, str]]:
    if not counted.is_known:
        return []
    idle = {True: _("yes"), False: _("no"), None: _("not known")}[counted.partner_not_working]
    rows = [
        (_("Under 18"), str(counted.minors)),
        (_("Other people on the person's income"), str(counted.dependants)),
        (_("Partner at home without work"), idle),
    ]
    told_on = person.household_told_on
    return [*rows, (_("Told on"), date_format(told_on, "d/m/Y"))] if told_on else rows


def member_told(member: HouseholdMember) -> str:
    """For instance "Figlia o figlio (2012), a carico"."""
    marks = [
        _("on the person's income") if member.is_dependant else "",
        "" if member.lives_in else _("lives elsewhere"),
        {True: _("works"), False: _("does not work"), None: ""}[member.is_working],
    ]
    return ", ".join([str(member), *filter(None, marks)])


def clocks(
    application: Application | None, ended_on: date | None, did: Seniority | None, *, months: int
) -> list[tuple[str, str]]:
    """The end of the last job with its 24 months, and the declaration of availability with its days."""
    told = application.last_job_ended_on if application else None
    last_day = told or ended_on
    window = add_months(last_day, months) if last_day else None
    return [
        (_("Last job ended on"), day_said(told)),
        (_("According to the stretches of work"), day_said(ended_on)),
        (_("24 months end on"), day_said(window)),
        (_("Day of the DID"), day_said(application.did_on if application else None)),
        (_("Length of unemployment (DID)"), seniority_said(did)),
    ]


def day_said(day: date | None) -> str:
    return date_format(day, "d/m/Y") if day else _("not known")


def seniority_said(did: Seniority | None) -> str:
    if did is None:
        return _("not known")
    if did.lost_on:
        return _("It ended on %(day)s, with a job of more than 180 days.") % {"day": date_format(did.lost_on, "d/m/Y")}
    days = ngettext("%(count)d day", "%(count)d days", did.days) % {"count": did.days}
    if not did.suspended:
        return days
    suspended = ngettext("%(count)d day suspended", "%(count)d days suspended", did.suspended) % {"count": did.suspended}
    return f"{days} ({suspended})"


def intake_records(person: Person) -> list[Record]:
    """Family, stretches of work and profile, in the words in which they were told; nothing told, no record."""
    family = [facts(one, *OF_MEMBER) for one in person.household.all()]
    spells = [facts(one, *OF_SPELL) for one in person.spells.all()]
    profile = WorkProfile.objects.filter(person=person).first()
    told = facts(profile, *OF_PROFILE) if profile else ()
    told_on = [facts(person, "household_told_on")] if person.household_told_on else []
    records = [
        *[Record(_("Family"), rows) for rows in [*told_on, *family]],
        *[Record(_("Work of before"), rows) for rows in spells],
    ]
    return [*records, Record(_("What I can do and what I look for"), told)] if told else records


def facts(obj, *names: str) -> tuple[tuple[str, str], ...]:
    return tuple((label_of(obj, name), value_of(obj, name)) for name in names)
