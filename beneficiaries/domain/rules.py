"""Published rule sets of ORAFO, looked up by day: the single door to them.

Version 1 is in the code; it fills the database and stands where there is none. Later versions are drafted and published
on the portal. Each is in force until the eve of the next, so that there is no gap and no overlap.

Every page looks rules up, so a process remembers them for a minute. A version begins the day after its publication at the
earliest: none is ever missed.
"""

import time
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date, timedelta

from django.db import connections

from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.rulesets import Rule, RuleSet, in_force

from ..models import RuleVersion
from .rules_2014 import VERSION_1

ORAFO = (VERSION_1,)
REMEMBERED_SECONDS = 60
_remembered: dict[str, tuple[float, tuple[RuleSet, ...]]] = {}


def orafo_rules(day: date) -> RuleSet:
    """The rule set of ORAFO in force on `day` (before the first one, the first). One query a minute."""
    return in_force(published(), day)


def published() -> tuple[RuleSet, ...]:
    """Every published version, the oldest first, each with its last day; as remembered. One query a minute."""
    at, versions = _remembered.get(VERSION_1.code, (0.0, ()))
    if not versions or time.monotonic() - at > REMEMBERED_SECONDS:
        versions = read_published()
        _remembered[VERSION_1.code] = (time.monotonic(), versions)
    return versions


def forget() -> None:
    """Read the versions again at the next question: one was published."""
    _remembered.clear()


def read_published() -> tuple[RuleSet, ...]:
    stored = {row.version: as_rule_set(row) for row in RuleVersion.objects.published().filter(code=VERSION_1.code)}
    return dated({rules.version: rules for rules in ORAFO} | stored)


def dated(versions: dict[int, RuleSet]) -> tuple[RuleSet, ...]:
    in_order = sorted(versions.values(), key=lambda rules: rules.valid_from)
    ends = [following.valid_from - timedelta(days=1) for following in in_order[1:]]
    return tuple(replace(rules, valid_to=end) for rules, end in zip(in_order, [*ends, None], strict=True))


def publish_missing(sender, using, **kwargs) -> None:
    """After migrate: the version of the code stands in the database too. Never changes one that is there."""
    if RuleVersion._meta.db_table in connections[using].introspection.table_names():
        RuleVersion._base_manager.using(using).get_or_create(
            code=VERSION_1.code,
            version=VERSION_1.version,
            defaults={
                "state": RuleVersion.State.PUBLISHED,
                "valid_from": VERSION_1.valid_from,
                "published_at": at_rome(VERSION_1.valid_from),
                "rules": as_json(VERSION_1.rules),
            },
        )


def rule_set(code: str, version: int) -> RuleSet:
    """A published version, also one no longer in force. Raises LookupError."""
    for rules in ORAFO:  # no query for what the code knows
        if (rules.code, rules.version) == (code, version):
            return rules
    row = RuleVersion.objects.published().filter(code=code, version=version).first()
    if row is None:
        raise LookupError(f"no rule set {code} version {version}")
    return as_rule_set(row)


def as_rule_set(row: RuleVersion) -> RuleSet:
    """The rules of a version, also of a draft; its last day is not known here."""
    return RuleSet(row.code, row.version, row.valid_from or VERSION_1.valid_from, None, from_json(row.rules))


def as_json(rules: Iterable[Rule]) -> list[dict]:
    """Plain JSON: tuples become lists."""
    return [{name: as_list(value) for name, value in asdict(rule).items()} for rule in rules]


def from_json(stored: list[dict]) -> tuple[Rule, ...]:
    return tuple(Rule(**{name: as_tuple(value) for name, value in one.items()}) for one in stored)


def as_list(value):
    return [as_list(one) for one in value] if isinstance(value, (list, tuple)) else value


def as_tuple(value):
    return tuple(as_tuple(one) for one in value) if isinstance(value, (list, tuple)) else value
