"""The next version of the rules: drafted by one person, published by another, never changed afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.enums import ALL_TOWNS_ROLES
from oltreiperimetri.audit.trail import record
from oltreiperimetri.shared.errors import DomainError
from oltreiperimetri.shared.rulesets import Rule, RuleSet

from ..models import RuleVersion
from .rules import as_json, forget, from_json, orafo_rules, read_published
from .rules_2014 import VERSION_1

State = RuleVersion.State


@dataclass(frozen=True)
class RuleDifference:
    """A parameter that is not the same in two versions; None where a version does not have it."""

    code: str
    before: Rule | None
    after: Rule | None


def differences(before: RuleSet, after: RuleSet) -> list[RuleDifference]:
    """The parameters whose value, effect, source or certainty differs, in the order of the newer version."""
    codes = list(dict.fromkeys([*after.by_code, *before.by_code]))
    pairs = [RuleDifference(code, before.by_code.get(code), after.by_code.get(code)) for code in codes]
    return [pair for pair in pairs if pair.before != pair.after]


def must_write_rules(user) -> None:
    if not user.has_role(*ALL_TOWNS_ROLES):
        raise DomainError(_("Only a coordinator writes and publishes rules."), code="not_allowed")


@transaction.atomic
def start_draft(*, by, now: datetime) -> RuleVersion:
    """The draft under way, or a new one that begins as a copy of the rules in force."""
    must_write_rules(by)
    versions = RuleVersion.objects.filter(code=VERSION_1.code)
    draft = versions.filter(state=State.DRAFT).first()
    if draft is not None:
        return draft
    last = versions.aggregate(last=Max("version"))["last"] or VERSION_1.version
    rules = orafo_rules(timezone.localtime(now).date())
    draft = RuleVersion.objects.create(version=last + 1, rules=as_json(rules.rules), edited_by=by, edited_at=now)
    record("draft_rules", draft, by=by, changes={"version": draft.version}, at=now)
    return draft


def locked_draft(draft: RuleVersion) -> RuleVersion:
    found = RuleVersion.objects.select_for_update().filter(pk=draft.pk, state=State.DRAFT).first()
    if found is None:
        raise DomainError(_("This version is published: it does not change any more. Write a new draft."), code="published")
    return found


@transaction.atomic
def save_draft(draft: RuleVersion, changes: Mapping[str, Mapping], *, valid_from: date | None, note: str, by, now) -> None:
    """Write parameters of a draft: code -> the fields of `Rule` that change (value, effect, source, certainty)."""
    must_write_rules(by)
    found = locked_draft(draft)
    rules = [replace(rule, **changes.get(rule.code, {})) for rule in from_json(found.rules)]
    found.rules, found.valid_from, found.note = as_json(rules), valid_from, note
    found.edited_by, found.edited_at = by, now
    found.save()
    record("edit_rules", found, by=by, changes={"version": found.version, "rules": sorted(changes)}, at=now)
    draft.refresh_from_db()


@transaction.atomic
def publish(draft: RuleVersion, *, by, now: datetime) -> None:
    """Make a draft a version for ever, from its day on. By somebody else than who wrote it last, and after a rehearsal."""
    must_write_rules(by)
    found = locked_draft(draft)
    if found.edited_by_id == by.pk:
        raise DomainError(_("You wrote this draft last: somebody else has to publish it."), code="same_person")
    today = timezone.localtime(now).date()
    must_begin_in_time(found.valid_from, today=today)
    rehearsal = getattr(found, "rehearsal", None)
    if rehearsal is None or not rehearsal.is_complete or rehearsal.edited_at != found.edited_at:
        raise DomainError(_("Rehearse this draft first: it was written again since the last rehearsal."), code="rehearse")
    found.state, found.published_by, found.published_at = State.PUBLISHED, by, now
    found.save()
    forget()
    transaction.on_commit(forget)
    record("publish_rules", found, by=by, changes={"version": found.version, "from": str(found.valid_from)}, at=now)
    draft.refresh_from_db()


def must_begin_in_time(day: date | None, *, today: date) -> None:
    """From tomorrow on, so that a day has one version only, and after the last version published."""
    if day is None:
        raise DomainError(_("Say from which day these rules are valid."), code="no_day", field="valid_from")
    if day <= today:
        raise DomainError(_("New rules can be valid from tomorrow on."), code="past", field="valid_from")
    if day <= read_published()[-1].valid_from:
        raise DomainError(_("Another version is already valid from that day or later."), code="overlap", field="valid_from")


@transaction.atomic
def discard(draft: RuleVersion, *, by, now: datetime) -> None:
    """Throw a draft away; nothing was ever judged by it."""
    must_write_rules(by)
    found = locked_draft(draft)
    record("discard_rules", found, by=by, changes={"version": found.version}, at=now)
    found.delete()
