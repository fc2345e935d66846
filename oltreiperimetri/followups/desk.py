"""What this app shows on pages composed by the portal."""

from collections import Counter
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oltreiperimetri.reminders.queries import failed_messages
from oltreiperimetri.shared.desk import Card, CardItem, Figure

from . import paths
from .domain.queries import people_to_phone
from .enums import WORKING
from .models import Checkpoint

ITEMS = 3


def cards(viewer, *, today: date) -> list[Card]:
    if not viewer.is_staff_member:
        return []
    rows = people_to_phone(Checkpoint.objects.visible_to(viewer), today, first=ITEMS)
    found = [
        people_to_call([row for row in rows if not row.asks_for_call], today),
        people_who_want_a_call([row for row in rows if row.asks_for_call]),
    ]
    if viewer.sees_all_towns:
        found.append(mail_that_failed())
    return found


def people_to_call(rows: list[Checkpoint], today: date) -> Card:
    """Two weeks without an answer or more, the longest first."""
    return Card(
        _("Follow-up: people to call"),
        url=reverse("portal:monitoring") + "?stato=late",
        count=in_all(rows),
        items=tuple(CardItem(row.plan.subject_label, page_of(row), days_late(row, today), urgent=True) for row in rows),
        urgency=60,
        icon="it-telephone",
    )


def people_who_want_a_call(rows: list[Checkpoint]) -> Card:
    return Card(
        _("They asked to be called"),
        url=reverse("portal:monitoring") + "?stato=call_back",
        count=in_all(rows),
        items=tuple(CardItem(row.plan.subject_label, page_of(row), row.plan.path_label) for row in rows),
        urgency=70,
        icon="it-telephone",
    )


def mail_that_failed() -> Card:
    return Card(
        _("Messages that did not arrive"),
        url=reverse("reminders:messages") + "?vista=failed",
        count=failed_messages().count() or None,
        urgency=40,
        icon="it-mail",
    )


def in_all(rows: list[Checkpoint]) -> int | None:
    return rows[0].in_all if rows else None


def page_of(checkpoint: Checkpoint) -> str:
    return reverse("portal:checkpoint", kwargs={"pk": checkpoint.pk})


def days_late(checkpoint: Checkpoint, today: date) -> str:
    days = checkpoint.days_late(today)
    return ngettext("%(days)s day without an answer", "%(days)s days without an answer", days) % {"days": days}


def report_rows(start: date, end: date) -> list[Figure]:
    """Checkpoints due in the period: heard, working, not heard, by town of the person."""
    figures: Counter = Counter()
    codes: dict[str, list[str]] = {}  # paths whose town lies at the same place are counted together
    for path in paths.REGISTRY.values():
        if path.town_lookup:
            codes.setdefault(path.town_lookup, []).append(path.code)
    for town_lookup, together in codes.items():
        due = Checkpoint.objects.filter(plan__path__in=together, due_on__range=(start, end)).order_by()
        for town, state, situation in due.values_list(f"plan__{town_lookup}", "state", "answer__situation"):
            figures[town, _("Follow-ups due")] += 1
            figures[town, _("Follow-ups answered")] += state == Checkpoint.State.ANSWERED
            figures[town, _("Working at the follow-up")] += situation in WORKING
    return [Figure(town, _("Follow-up"), indicator, value) for (town, indicator), value in sorted_figures(figures)]


def sorted_figures(figures: Counter) -> list:
    return sorted(figures.items(), key=lambda item: (item[0][0] or "", item[0][1]))
