"""The requirements of a person: the latest screening, its waivers, and every one before it."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from oltreiperimetri.shared.desk import Panel, Record

from .domain.explanation import explain_screening
from .models import Application, CriterionResult, Person, Screening, Waiver


def eligibility_panel(person: Person, viewer, today: date) -> Panel:
    applications = list(Application.objects.filter(person=person).order_by("-received_at", "-pk"))
    taken: dict[int, list[Screening]] = {}
    for screening in (
        Screening.objects.filter(application__in=applications).select_related("by").prefetch_related("criteria")
    ):
        taken.setdefault(screening.application_id, []).append(screening)
    waivers = waivers_of(applications)
    for application in applications:
        attach_screenings(application, taken.get(application.pk, []), waivers.get(application.pk, []))
    context = {"person": person, "for_staff": True, "applications": applications}
    return Panel(_("Requirements"), "beneficiaries/rules/_panel.html", context, order=10, anchor="requisiti")


def attach_screenings(application: Application, screenings: list[Screening], waivers: list[Waiver]) -> None:
    """Put on an application what `rules/_screened.html` draws: screenings come newest first."""
    latest = application.screening = screenings[0] if screenings else None
    application.criteria = explain_screening(latest, latest.criteria.all(), for_staff=True) if latest else []
    application.waivers_told = waivers
    application.screenings_told = with_spans(screenings)


def with_spans(screenings: list[Screening]) -> list[Screening]:
    """Each with `until`, the last day on which it was the latest one; None for the one that still is."""
    following = None
    for screening in screenings:
        screening.until = max(following - timedelta(days=1), screening.on_day) if following else None
        following = screening.on_day
    return screenings


def waivers_of(applications: list[Application]) -> dict[int, list[Waiver]]:
    """Application -> its waivers, each with the `title` of its requirement. One query."""
    found: dict[int, list[Waiver]] = {}
    for waiver in Waiver.objects.filter(application__in=applications).select_related("asked_by", "signed_by"):
        waiver.title = CriterionResult.Criterion(waiver.criterion).label
        found.setdefault(waiver.application_id, []).append(waiver)
    return found


def person_records(person: Person) -> list[Record]:
    """Screenings and waivers for the copy of one's data: what was judged, never the reasons the team wrote for itself."""
    screenings = Screening.objects.filter(application__person=person).defer("facts").order_by("pk")
    facts = [
        (one.on_day.isoformat(), f"{one.get_outcome_display()} ({_('rules')} {one.rule_set} {one.rule_set_version})")
        for one in screenings
    ]
    granted = Waiver.objects.filter(application__person=person, state=Waiver.State.GRANTED)
    facts += [(_("Waived"), str(CriterionResult.Criterion(one.criterion).label)) for one in granted]
    return [Record(_("How the requirements were looked at"), tuple(facts))] if facts else []
