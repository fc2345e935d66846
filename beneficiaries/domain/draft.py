"""A registration under way: begun without an account, saved at each step, taken up again with a code, sent once."""

import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from oltreiperimetri.shared.crypto import blind_index
from oltreiperimetri.shared.errors import DomainError

from ..models import Application, RegistrationDraft
from ..models.draft import KEPT_DAYS
from .registration import Answers, register, send_receipt

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


def begin(*, now: datetime) -> tuple[RegistrationDraft, str]:
    """A new draft and its resume code, which is not kept anywhere."""
    code = new_code()
    draft = RegistrationDraft.objects.create(code_hash=code_hash(code), answers={}, started_at=now, saved_at=now)
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


@transaction.atomic
def save_step(draft: RegistrationDraft, step: str, typed: Mapping[str, str], *, now: datetime) -> None:
    """Keep what was typed at one step beside the rest. A registration already sent does not change any more."""
    draft.refresh_from_db(from_queryset=RegistrationDraft.objects.select_for_update(of=("self",)))
    if draft.application_id:
        raise DomainError(_("This registration has already been sent."), code="sent")
    draft.answers = (draft.answers or {}) | dict(typed)
    draft.step, draft.saved_at = step, now
    draft.save(update_fields=["answers", "step", "saved_at", "updated_at"])


@transaction.atomic
def send(draft: RegistrationDraft, answers: Answers, *, by, now: datetime) -> Application:
    """Turn the draft into an application, with its receipt. Sent twice, it gives the one application there is."""
    draft.refresh_from_db(from_queryset=RegistrationDraft.objects.select_for_update(of=("self",)))
    if draft.application_id:
        return draft.application
    application = register(answers, channel=Application.Channel.ONLINE, by=by, now=now)
    draft.application, draft.answers, draft.saved_at = application, None, now
    draft.save(update_fields=["application", "answers", "saved_at", "updated_at"])
    send_receipt(application, now=now)
    return application


def delete_old(*, now: datetime) -> int:
    """Delete what nobody has touched for 30 days; returns how many."""
    old = RegistrationDraft.objects.filter(saved_at__lte=now - timedelta(days=KEPT_DAYS))
    deleted, _by_model = old.delete()
    return deleted
