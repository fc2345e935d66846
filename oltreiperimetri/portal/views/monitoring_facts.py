"""Answers as terms and values for the page of a checkpoint."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from oltreiperimetri.followups import languages
from oltreiperimetri.followups.models import Answer, Witness


def instant(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "j F Y, H:i") if moment else ""


def yes_or_no(value: bool | None) -> str:
    return {True: _("yes"), False: _("no"), None: ""}[value]


def facts_of(given: Answer | None) -> list[tuple]:
    """The answer as terms and values; empty without one."""
    if given is None:
        return []
    call = _("yes") if given.wants_call else _("no")
    if given.called_back_at:
        call = _("yes, called on %(day)s") % {"day": date_format(timezone.localtime(given.called_back_at), "j F Y")}
    facts = [
        (_("Situation"), given.get_situation_display()),
        (_("Contract"), given.get_contract_kind_display() if given.contract_kind else ""),
        (_("Same firm"), yes_or_no(given.same_firm)),
        (_("Usefulness, 1 to 5"), given.usefulness or ""),
        (_("Wants a call"), call),
        (_("Anything else"), given.note),
        (_("Answered at"), instant(given.answered_at)),
        (_("Corrected at"), instant(given.corrected_at)),
        (_("How"), given.get_channel_display()),
        (_("Language of the form"), languages.NAMES.get(given.language, "")),
        (_("Recorded by"), str(given.by or "")),
    ]
    return [fact for fact in facts if fact[1] != ""]


def versions_of(given: Answer | None) -> list[tuple[str, str]]:
    """(when it was said, what was said) of each version that a correction replaced, the newest first."""
    if given is None:
        return []
    return [(instant(version.said_at), in_a_line(version)) for version in given.versions.all()]


def in_a_line(version) -> str:
    parts = [version.get_situation_display()]
    if version.contract_kind:
        parts.append(version.get_contract_kind_display())
    if version.note:
        parts.append(version.note)
    return ", ".join(parts)


def witness_facts(witness: Witness | None) -> list[tuple]:
    if witness is None or witness.state != Witness.State.ANSWERED:
        return []
    facts = [
        (_("It goes on"), yes_or_no(witness.goes_on)),
        (_("Contract"), witness.get_contract_kind_display() if witness.contract_kind else ""),
        (_("Anything else"), witness.note),
        (_("Answered at"), instant(witness.answered_at)),
        (_("How"), witness.get_channel_display()),
        (_("Recorded by"), str(witness.by or "")),
    ]
    return [fact for fact in facts if fact[1] != ""]
