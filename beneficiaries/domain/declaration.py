"""What was declared and when: the answers as they were sent, sent again unchanged, or sent again with changes."""

import json
from dataclasses import fields
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import record
from oltreiperimetri.shared.crypto import blind_index
from oltreiperimetri.shared.errors import DomainError

from ..models import Application, Declaration
from .answers import Answers, as_json
from .queries import OPEN_STATES
from .twins import look_alikes


def index_of(told: dict) -> str:
    """Equal for equal answers only; without the key of this installation it tells nothing."""
    return blind_index(json.dumps(told, sort_keys=True, ensure_ascii=False), purpose="declaration")


def declare(application: Application, answers: Answers, *, rules=None, now: datetime) -> Declaration:
    """Keep the answers as they were sent, with the rule set they were asked under."""
    told = as_json(answers)
    return Declaration.objects.create(
        application=application,
        answers=told,
        answers_index=index_of(told),
        rule_set=rules.code if rules else "",
        rule_set_version=rules.version if rules else None,
        sent_at=now,
    )


def refuse_unchanged(answers: Answers) -> None:
    """Raises DomainError "unchanged" when the very same answers, all of them, wait already in an open application."""
    same = Declaration.objects.filter(answers_index=index_of(as_json(answers)), application__state__in=OPEN_STATES)
    if same.exists():
        raise DomainError(
            _("We have already received this registration, equal to the last comma: there is no need to send it again."),
            code="unchanged",
        )


def told_before(declaration: Declaration, *, among: QuerySet[Application]) -> Declaration | None:
    """What the same person had sent before: for this application, or for one `among` those that looks like theirs."""
    earlier = Declaration.objects.filter(pk__lt=declaration.pk).order_by("-pk")
    own = earlier.filter(application=declaration.application).first()
    of_others = among.filter(person__in=look_alikes(declaration.application.person))
    return own or earlier.filter(application__in=of_others).select_related("application").first()


def differences(before: Declaration, after: Declaration) -> list[str]:
    """The names of the answers that differ, in the order in which they are asked."""
    old, new = before.answers or {}, after.answers or {}
    return [field.name for field in fields(Answers) if (old.get(field.name) or None) != (new.get(field.name) or None)]


def to_look_at(applications: QuerySet[Application]) -> QuerySet[Declaration]:
    """Declarations sent again with changes that nobody of the office has looked at, of these applications."""
    again = Declaration.objects.filter(application__in=applications, seen_at=None)
    return again.filter(application__declarations__sent_at__lt=F("sent_at")).distinct()


@transaction.atomic
def mark_seen(declaration: Declaration, *, by, now: datetime) -> None:
    """Somebody of the office has looked at what changed; said once."""
    if Declaration.objects.filter(pk=declaration.pk, seen_at=None).update(seen_at=now, seen_by=by):
        record("declaration_seen", declaration.application, by=by, at=now)
