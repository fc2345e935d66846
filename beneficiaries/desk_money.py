"""The household economy on composed pages: in a person's file, on their own page, in the copy of their data, in figures."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from oltreiperimetri.audit.models import StateChange
from oltreiperimetri.followups.panels import plan_panel
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.desk import Event, Panel, Record, Step
from oltreiperimetri.shared.money import format_italian_decimal

from .domain import household_file
from .domain.household_budget import sums_of
from .enums_money import CATEGORIES, Frequency
from .models import Budget, Debt, MoneyPath, MoneySession, Person, ServiceReferral
from .words import label_of, value_of


def money_panel(person: Person, viewer, today: date) -> Panel:
    """For the team: where budget, debts, paths and referrals stand."""
    versions = household_file.versions_of(person)
    context = {
        "person": person,
        "latest": versions[0] if versions else None,
        "draft": household_file.draft_at_home(person),
        "plan": household_file.plan_for(person, today=today),
        "money_paths": list(person.money_paths.all()),
        "referrals": household_file.referrals_of(person, today=today),
    }
    return Panel(_("Household economy"), "beneficiaries/money/_panel.html", context, order=50, anchor="economia")


def plan_panels(person: Person, viewer, today: date) -> list[Panel]:
    """What is asked after the paths that have ended."""
    paths = person.money_paths.exclude(plan=None).select_related("plan").order_by("-opened_on", "-pk")
    return [plan_panel(path.plan, viewer, today, order=60) for path in paths]


def own_money_panel(person: Person, *, today: date) -> Panel:
    """For the person: how the last count went, and the door to their own accounts."""
    budgets = list(person.budgets.order_by("-on_day", "-pk"))
    kept = next((budget for budget in budgets if budget.state == Budget.State.KEPT), None)
    context = {
        "latest": household_file.Version(kept, sums_of(kept.lines)) if kept else None,
        "has_draft": any(budget.state == Budget.State.DRAFT for budget in budgets),
    }
    return Panel(_("My accounts at home"), "beneficiaries/money/_own_panel.html", context, order=50, anchor="economia")


@dataclass(frozen=True)
class Wait:
    """Something of the household economy that waits: a debt in negotiation ("debt") or a referral ("referral")."""

    what: str
    pk: int
    state: str
    ball: str
    due_on: date
    where: str


def waits_of(person: Person) -> list[Wait]:
    """Neither creditors nor amounts; one query for both."""
    facts = ("pk", "state", "ball", "due_on")
    debts = person.debts.waiting().order_by().annotate(what=Value("debt"), where=Value(""))
    referrals = person.service_referrals.awaited().order_by()
    referrals = referrals.annotate(what=Value("referral"), where=Coalesce("organisation__name", "other_name"))
    rows = debts.values_list("what", *facts, "where").union(referrals.values_list("what", *facts, "where"), all=True)
    return [Wait(*row) for row in rows]


def money_steps(person: Person, *, for_staff: bool, today: date) -> list[Step]:
    """Whose turn it is and by when, of every debt in negotiation and every referral sent.

    Past its day it is the caseworker's turn, who calls; the person is not reminded of what is late.
    """
    steps = []
    for wait in waits_of(person):
        is_late = wait.due_on < today
        steps.append(
            Step(
                told(wait),
                url=page_of(wait, person) if for_staff else own_page_of(wait),
                ball="caseworker" if is_late else wait.ball,
                due_on=wait.due_on if for_staff or not is_late else None,
                urgency=12 if is_late else 4,
            )
        )
    return steps


def told(wait: Wait) -> str:
    if wait.what == "referral":
        return _("Answer awaited from: %(where)s.") % {"where": wait.where}
    if wait.state == Debt.State.OFFERED:
        return _("Answer the offer for a debt.")
    return _("A creditor is asked for new terms.")


def page_of(wait: Wait, person: Person) -> str:
    if wait.what == "referral":
        return reverse("beneficiaries:referral", args=[wait.pk])
    return reverse("beneficiaries:debts", args=[person.pk])


def own_page_of(wait: Wait) -> str:
    return reverse("beneficiaries:my_budget") if wait.what == "debt" else ""


def money_events(person: Person, *, for_staff: bool) -> list[Event]:
    """Passages of paths and referrals, of debts without creditor and amount, and sessions held."""
    household_file.read(person)
    subjects = {
        (type(row)._meta.label_lower, row.pk): row
        for row in [*person.money_paths.all(), *person.debts.all(), *person.service_referrals.all()]
    }
    sessions = [one for path in person.money_paths.all() for one in path.sessions.all()]
    events = [session_event(one, for_staff) for one in sessions if for_staff or one.outcome == MoneySession.Outcome.HONOURED]
    if not subjects:
        return events
    types = {kind for kind, _pk in subjects}
    changes = StateChange.objects.filter(object_type__in=types, object_id__in=[pk for _kind, pk in subjects])
    for change in changes.select_related("by"):
        row = subjects.get((change.object_type, change.object_id))
        if row is not None:
            events.append(change_event(change, row, for_staff))
    return events


def session_event(session: MoneySession, for_staff: bool) -> Event:
    title = _("Session about the household economy: %(outcome)s") % {"outcome": session.get_outcome_display()}
    return Event(at_rome(session.day, 12), title, by=str(session.educator) if for_staff else "", icon="it-user")


def change_event(change: StateChange, row, for_staff: bool) -> Event:
    names = {MoneyPath: lambda: str(row), Debt: lambda: _("A debt"), ServiceReferral: lambda: str(row)}
    state = dict(row.State.choices).get(change.to_state, change.to_state)
    title = _("%(what)s: %(state)s") % {"what": names[type(row)](), "state": state}
    return Event(change.at, title, by=str(change.by or "") if for_staff else "", icon="it-card")


def money_records(person: Person) -> list[Record]:
    """All of the household economy, as it is kept; not the notes that an educator wrote for themselves."""
    household_file.read(person)
    return [
        *[path_record(path) for path in person.money_paths.all()],
        *[budget_record(budget) for budget in person.budgets.all()],
        *[debt_record(debt) for debt in person.debts.all()],
        *[referral_record(referral) for referral in person.service_referrals.all()],
    ]


def budget_record(budget: Budget) -> Record:
    return Record(str(budget), tuple((str(CATEGORIES[line.category]), line_told(line)) for line in budget.lines))


def path_record(path: MoneyPath) -> Record:
    fields = ["state", "opened_on", "ended_on", "goals", "outcome"]
    facts = [(label_of(path, name), value_of(path, name)) for name in fields]
    facts += [
        (str(session), ", ".join(filter(None, [session.get_outcome_display(), minutes_told(session)])))
        for session in path.sessions.all()
    ]
    return Record(str(path), tuple(facts))


def minutes_told(session: MoneySession) -> str:
    return _("%(minutes)s minutes") % {"minutes": session.minutes} if session.minutes else ""


def line_told(line) -> str:
    amount = f"{format_italian_decimal(line.amount)} €"
    return ", ".join(filter(None, [amount, str(Frequency(line.frequency).label), line.label]))


def debt_record(debt: Debt) -> Record:
    terms, offer = debt.terms, debt.offer
    facts = [
        (label_of(debt, "creditor"), debt.creditor),
        (_("kind"), debt.kind_label),
        (label_of(debt, "state"), value_of(debt, "state")),
        (_("left to pay"), euro(terms.residual)),
        (_("instalment"), f"{euro(terms.instalment)}, {Frequency(terms.frequency).label}"),
        (_("months late"), str(terms.arrears_months)),
        (_("interest a year"), f"{format_italian_decimal(terms.yearly_rate)}%" if terms.yearly_rate is not None else ""),
        (_("since"), terms.since),
        (_("until"), terms.until),
    ]
    if offer:
        facts.append((label_of(debt, "stored_offer"), ", ".join(filter(None, [euro(offer.instalment), months_told(offer)]))))
    return Record(_("Debt"), tuple(facts))


def months_told(offer) -> str:
    return _("for %(months)s months") % {"months": offer.months} if offer.months else ""


def euro(value) -> str:
    return f"{format_italian_decimal(value)} €"


def referral_record(referral: ServiceReferral) -> Record:
    fields = ["service", "state", "reason", "consent_on", "sending", "sent_on", "due_on", "answered_on", "answer"]
    return Record(str(referral), tuple((label_of(referral, name), value_of(referral, name)) for name in fields))


def counted(start: date, end: date) -> list[QuerySet]:
    """(town, area, indicator, total) of sessions held and people sent elsewhere, both days included; nobody is named."""
    held = MoneySession.objects.honoured().filter(day__range=(start, end))
    sent = ServiceReferral.objects.filter(sent_on__range=(start, end))
    return [
        figures(held, "path__person__municipality_id", "savings", "consultations", Count("pk")),
        figures(sent, "person__municipality_id", "places", "referrals", Count("person", distinct=True)),
    ]


def figures(rows: QuerySet, town: str, area: str, indicator: str, total: Count) -> QuerySet:
    labels = {"in_area": Value(area), "of_what": Value(indicator)}
    found = rows.order_by().annotate(town=F(town), **labels).values("town", "in_area", "of_what")
    return found.annotate(total=total).values_list("town", "in_area", "of_what", "total")
