"""A registration under way: begun without an account, saved as it is typed, resumed by code or link, sent once."""

import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.links import LinkRefused, issue_link, open_link, revoke_links
from oltreiperimetri.reminders import engine
from oltreiperimetri.shared.crypto import blind_index
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.errors import DomainError

from .. import emails
from ..models import Application, Person, RegistrationDraft
from ..models.draft import KEPT_DAYS
from . import declaration
from .account import owns
from .answers import Answers
from .queries import OPEN_STATES
from .questions import to_ask_again
from .registration import register, send_receipt
from .rules import orafo_rules

# No letter or digit that is mistaken for another when read aloud or copied by hand: 28 signs, 8 of them (38 bits).
SIGNS = "ABCDEFGHJKLMNPQRTUVWXY346789"
LENGTH = 8


def new_code() -> str:
    """For example `KTRM-4H7Q`."""
    signs = "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))
    return f"{signs[:4]}-{signs[4:]}"


def as_written(code: str) -> str:
    """A code as it was given, however it is typed: `ktrm 4h7q` is `KTRM-4H7Q`."""
    signs = re.sub(r"[\s\-]", "", code).upper()
    return f"{signs[:4]}-{signs[4:]}"


def code_hash(code: str) -> str:
    """Equal however the code is typed: small letters, blanks and hyphens do not matter."""
    return blind_index(re.sub(r"[\s\-]", "", code).upper(), purpose="registration_draft")


def email_hash(email: str) -> str:
    """ "" for what is no address."""
    try:
        validate_email(email)
    except ValidationError:
        return ""
    return blind_index(email.strip().lower(), purpose="registration_email")


def begin(*, now: datetime) -> tuple[RegistrationDraft, str]:
    """A new draft, bound to the rules of today, and its resume code, which is not kept anywhere."""
    code, rules = new_code(), orafo_rules(timezone.localtime(now).date())
    draft = RegistrationDraft.objects.create(
        code_hash=code_hash(code),
        answers={},
        rule_set=rules.code,
        rule_set_version=rules.version,
        started_at=now,
        saved_at=now,
    )
    return draft, code


def resume(code: str, *, now: datetime) -> RegistrationDraft:
    """The draft of a code. Raises DomainError "unknown", the same for a wrong code and for one no longer kept."""
    draft = RegistrationDraft.objects.filter(code_hash=code_hash(code), saved_at__gt=now - timedelta(days=KEPT_DAYS)).first()
    if draft is None:
        raise DomainError(
            _("We find no registration with this code. Check it sign by sign: we keep it for %(days)d days.")
            % {"days": KEPT_DAYS},
            code="unknown",
            field="code",
        )
    return draft


def resume_by_link(token: str, *, now: datetime) -> RegistrationDraft:
    """The draft of a link sent by mail; it works until the registration is sent. Raises LinkRefused."""
    link = open_link(LinkPurpose.REGISTRATION, token, now=now)
    draft = RegistrationDraft.objects.filter(pk=link.subject_id, saved_at__gt=now - timedelta(days=KEPT_DAYS)).first()
    if draft is None:
        raise LinkRefused("expired")
    return draft


def link_token(draft: RegistrationDraft) -> str:
    """A fresh link to go on from any device; it opens nothing once the draft is no longer kept."""
    return issue_link(LinkPurpose.REGISTRATION, draft, expires_at=at_rome(draft.kept_until))


def send_link(draft: RegistrationDraft, *, now: datetime) -> bool:
    """The link by mail, at once, to the address in the draft; False without one. At most one an hour."""
    if draft.application_id or not email_hash(draft.email):
        return False
    emails.registration_link(draft, token=link_token(draft), now=now)
    return True


@transaction.atomic
def send_links_to(email: str, *, now: datetime) -> None:
    """Who has lost the code: a link for the latest registration begun with this address. Silent where there is none."""
    index = email_hash(email)
    found = RegistrationDraft.objects.under_way().filter(email_index=index, saved_at__gt=now - timedelta(days=KEPT_DAYS))
    draft = found.order_by("-saved_at").first() if index else None
    if draft:
        send_link(draft, now=now)


@transaction.atomic
def save_step(draft: RegistrationDraft, step: str, typed: Mapping[str, str], *, now: datetime) -> None:
    """Keep what was answered at one step beside the rest, under the rules of today."""
    version = orafo_rules(timezone.localtime(now).date()).version
    keep(draft, typed, now=now)
    if version != draft.rule_set_version:
        draft.asked_again = sorted({*draft.asked_again, *(f"{version}:{field}" for field in typed)})
    draft.step = step
    draft.save(update_fields=["step", "asked_again", "updated_at"])
    engine.plan(draft, now=now)


@transaction.atomic
def save_half(draft: RegistrationDraft, typed: Mapping[str, str], *, now: datetime) -> None:
    """Keep what is typed on a page that was not sent on: read again when they come back, checked before sending."""
    keep(draft, typed, now=now)


def keep(draft: RegistrationDraft, typed: Mapping[str, str], *, now: datetime) -> None:
    """Raises DomainError "sent": a registration already sent does not change any more."""
    draft.refresh_from_db(from_queryset=RegistrationDraft.objects.select_for_update(of=("self",)))
    if draft.application_id:
        raise DomainError(_("This registration has already been sent."), code="sent")
    draft.answers = (draft.answers or {}) | dict(typed)
    draft.saved_at, draft.email_index = now, email_hash(draft.email)
    draft.save(update_fields=["answers", "saved_at", "email_index", "updated_at"])


@transaction.atomic
def send(draft: RegistrationDraft, answers: Answers, *, by, now: datetime) -> Application:
    """Turn the draft into an application, with its receipt. Sent twice, it gives the one application there is.

    A signed-in person with an application under way sends new answers to that one; staff see what changed. Raises
    DomainError "rules_changed" (some questions are to be asked again) and "unchanged" (the same answers are here).
    """
    draft.refresh_from_db(from_queryset=RegistrationDraft.objects.select_for_update(of=("self",)))
    if draft.application_id:
        return draft.application
    if to_ask_again(draft, today=timezone.localtime(now).date()):
        raise DomainError(_("The rules have changed: there is something to answer again."), code="rules_changed")
    declaration.refuse_unchanged(answers)
    application = open_application_of(answers, by)
    if application is not None:
        declaration.declare(application, answers, rules=orafo_rules(timezone.localtime(now).date()), now=now)
        delete(draft, now=now)
        return application
    application = register(answers, channel=Application.Channel.ONLINE, by=by, now=now)
    draft.application, draft.answers, draft.saved_at, draft.email_index = application, None, now, ""
    draft.save(update_fields=["application", "answers", "saved_at", "email_index", "updated_at"])
    revoke_links(LinkPurpose.REGISTRATION, draft, now=now)
    engine.plan(draft, now=now)
    send_receipt(application, now=now)
    return application


def open_application_of(answers: Answers, by) -> Application | None:
    """The application under way of the signed-in person who registers for themselves."""
    if not owns(by, answers.email):
        return None
    person = Person.objects.select_for_update(of=("self",)).filter(user=by).first()
    return person and Application.objects.filter(person=person, state__in=OPEN_STATES).first()


@transaction.atomic
def delete(draft: RegistrationDraft, *, now: datetime) -> None:
    """Delete a draft that is needed no more, with its links."""
    revoke_links(LinkPurpose.REGISTRATION, draft, now=now)
    draft.delete()


def delete_old(*, now: datetime) -> int:
    """Delete what nobody has touched for 30 days; returns how many."""
    old = RegistrationDraft.objects.filter(saved_at__lte=now - timedelta(days=KEPT_DAYS))
    deleted, _by_model = old.delete()
    return deleted
