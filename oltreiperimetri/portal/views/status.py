"""/stato/: whether the portal does its work by itself, and what to do when it does not."""

from django.conf import settings
from django.db.models import Count, Window
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from oltreiperimetri.accounts.enums import ALL_TOWNS_ROLES, Role
from oltreiperimetri.accounts.gates import role_required
from oltreiperimetri.reminders import condition, heartbeat, kinds
from oltreiperimetri.reminders.models import Message, Reminder

from .. import lights

SHOWN = 50
FINDINGS = {
    "past_their_time": _("steps still planned although their time has passed"),
    "unknown_kind": _("steps planned of a kind that nobody sends any more"),
    "emitted_without_mail": _("steps handed to delivery for which nothing was written"),
    "without_lease": _("messages leaving that no worker holds"),
    "overtaken": _("messages waiting although their step was cancelled"),
    "sent_without_day": _("messages sent without a day"),
}


@role_required(*ALL_TOWNS_ROLES)
@require_safe
def status(request):
    """Coordinators read; the buttons are the administrators'."""
    now = timezone.now()
    found = condition.condition(now=now)
    refusing = list(condition.refusing_addresses().annotate(in_all=Window(Count("pk")))[:SHOWN])
    shown = lights.machine_lights(now=now) + lights.engine_lights(found, now=now)
    context = {
        "now": now,
        "lights": sorted(shown, key=lambda light: light.state != lights.RED),
        "red": sum(light.state == lights.RED for light in shown),
        "beats": [beat_row(beat) for beat in heartbeat.beats(now)],
        "reminders": [(label, found.reminders[state]) for state, label in Reminder.State.choices],
        "messages_by_state": [(label, found.messages[state]) for state, label in Message.State.choices],
        "findings": [(FINDINGS[name], count) for name, count in found.findings],
        "failures": failures(),
        "refusing": refusing,
        "refusing_in_all": refusing[0].in_all if refusing else 0,
        "may_act": request.user.has_role(Role.ADMIN),
        "quiet_hours": settings.QUIET_HOURS,
    }
    return render(request, "portal/status/status.html", context)


def beat_row(beat: heartbeat.Beat) -> dict:
    state = lights.beat_state(beat)
    return {
        "entry": beat.entry,
        "at": beat.at,
        "age": None if beat.age is None else max(0, int(beat.age.total_seconds() // 60)),
        "limit": int(beat.limit.total_seconds() // 60),
        "word": lights.WORDS[state],
        "tone": lights.TONES[state],
    }


def failures() -> list[Message]:
    labels = kinds.labels()
    rows = list(condition.failures()[:SHOWN])
    for row in rows:
        row.kind_label = labels.get(row.reminder.kind, "") if row.reminder else ""
    return rows
