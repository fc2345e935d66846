"""A draft of the rules tried on the past: which applications would have another outcome, on the facts stored then.

Each application counts with its latest screening. It goes on in chunks, so that a page
answers at once however many there are.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from oltreiperimetri.audit.trail import record

from ..models import Rehearsal, RehearsedChange, RuleVersion, Screening
from .eligibility import judge
from .rule_draft import locked_draft, must_write_rules
from .rules import as_rule_set
from .screening import facts_from_json, reference_day

CHUNK, PER_REQUEST = 500, 5000


def latest_screenings(after: int, count: int) -> list[Screening]:
    """The latest screening of each of the next `count` applications, in the order of their keys. Two queries."""
    latest = (
        Screening.objects.filter(application_id__gt=after)
        .order_by("application_id")
        .values("application_id")
        .annotate(last=Max("pk"))
        .values_list("last", flat=True)[:count]
    )
    return list(Screening.objects.filter(pk__in=list(latest)).select_related("application").order_by("application_id"))


@transaction.atomic
def rehearse(draft: RuleVersion, *, by, now: datetime, at_most: int = PER_REQUEST) -> Rehearsal:
    """Begin a rehearsal of the draft as it is now, or go on with it, for `at_most` applications."""
    must_write_rules(by)
    found = locked_draft(draft)
    rehearsal = Rehearsal.objects.select_for_update().filter(rules=found).first()
    if rehearsal is None or rehearsal.is_complete or rehearsal.edited_at != found.edited_at:
        rehearsal = begin(found, by=by, now=now)
    rules, left = as_rule_set(found), at_most
    while left > 0 and not rehearsal.is_complete:
        screenings = latest_screenings(rehearsal.reached, min(CHUNK, left))
        RehearsedChange.objects.bulk_create(changed_by(rules, screenings, rehearsal))
        rehearsal.looked_at += len(screenings)
        rehearsal.is_complete = len(screenings) < min(CHUNK, left)
        if screenings:
            rehearsal.reached = screenings[-1].application_id
        left -= CHUNK
    if rehearsal.is_complete:
        rehearsal.total = rehearsal.looked_at
    rehearsal.save()
    return rehearsal


def begin(draft: RuleVersion, *, by, now: datetime) -> Rehearsal:
    Rehearsal.objects.filter(rules=draft).delete()
    record("rehearse_rules", draft, by=by, changes={"version": draft.version}, at=now)
    total = Screening.objects.values("application_id").distinct().count()
    return Rehearsal.objects.create(rules=draft, edited_at=draft.edited_at, at=now, total=total)


def changed_by(rules, screenings: list[Screening], rehearsal: Rehearsal) -> list[RehearsedChange]:
    """Those whose outcome is another by `rules`, on the facts of their screening; none is told where no facts were kept."""
    changes = []
    for screening in screenings:
        if not screening.facts:
            continue
        on = reference_day(screening.application, rules, screening.on_day)
        after = judge(facts_from_json(screening.facts), rules, on).outcome
        if after != screening.outcome:
            changes.append(
                RehearsedChange(
                    rehearsal=rehearsal,
                    application_id=screening.application_id,
                    before=screening.outcome,
                    after=after.value,
                )
            )
    return changes
