"""Files that look alike, on a person's page: a callout on the overview, and what was made one in the timeline."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from oltreiperimetri.shared.desk import Event, Panel

from .domain.twins import known_about
from .models import Person, PersonMerge


def twins_panel(person: Person, viewer, today: date) -> Panel | None:
    known = known_about(person, viewer)
    context = {"person": person, "known": known}
    return Panel(_("Perhaps the same person"), "beneficiaries/twins/panel.html", context, order=5) if known else None


def merge_events(person: Person) -> list[Event]:
    return [
        Event(
            one.undone_at or one.merged_at,
            _("Two files became two again") if one.undone_at else _("Two files became one"),
            by=str((one.undone_by if one.undone_at else one.merged_by) or ""),
            icon="it-copy",
            url="" if one.undone_at else reverse("beneficiaries:merge_undo", args=[one.pk]),
        )
        for one in PersonMerge.objects.filter(kept=person).select_related("merged_by", "undone_by")
    ]
