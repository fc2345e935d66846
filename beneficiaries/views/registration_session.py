"""Which registration this browser is filling in: its draft and its code (encrypted), in the session and nowhere else."""

from functools import wraps

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from oltreiperimetri.accounts.gates import public
from oltreiperimetri.shared.crypto import decrypt_bytes, encrypt_bytes

from ..models import RegistrationDraft
from .registration_steps import Path

DRAFT, CODE = "registration_draft", "registration_code"
FOLDER = "beneficiaries/registration/"


def draft_of(request) -> RegistrationDraft | None:
    pk = request.session.get(DRAFT)
    drafts_here = RegistrationDraft.objects.select_related("application__person__municipality")
    return drafts_here.filter(pk=pk).first() if pk else None


def remember(request, draft: RegistrationDraft, code: str = "") -> None:
    request.session.cycle_key()
    request.session[DRAFT] = draft.pk
    request.session[CODE] = encrypt_bytes(code.encode()).decode() if code else ""


def forget(request) -> None:
    request.session.pop(DRAFT, None)
    request.session.pop(CODE, None)


def code_of(request) -> str:
    """The code, when this browser knows it: who came back by a link does not."""
    kept = request.session.get(CODE)
    return decrypt_bytes(kept.encode()).decode() if kept else ""


def with_draft(view):
    """A page of a registration under way: without one, back to the start; once sent, to the confirmation."""

    @public
    @never_cache
    @wraps(view)
    def found(request, *args, **kwargs):
        draft = draft_of(request)
        if draft is None:
            return redirect("beneficiaries:register")
        if draft.application_id:
            return redirect("beneficiaries:register_done")
        return view(request, draft, *args, **kwargs)

    return found


def next_step(draft: RegistrationDraft) -> str:
    """Where to go on: after the last step saved."""
    after = Path(draft.answers or {}).after(draft.step)
    return step_url(after.slug) if after else reverse("beneficiaries:register_check")


def step_url(slug: str) -> str:
    return reverse("beneficiaries:register_step", args=[slug])


def place_of(draft: RegistrationDraft) -> str:
    """The page on which a registration taken up again goes on."""
    return reverse("beneficiaries:register_done") if draft.application_id else next_step(draft)
