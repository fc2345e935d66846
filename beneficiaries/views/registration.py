"""Registering from one's own phone: no account needed to begin, one thing a page, saved at every step.

The session remembers which draft is being filled in, and its code (encrypted), so that the code can be shown again.
"""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.gates import public
from oltreiperimetri.accounts.ratelimits import limit_posts
from oltreiperimetri.documents import pdf
from oltreiperimetri.shared.crypto import decrypt_bytes, encrypt_bytes
from oltreiperimetri.shared.errors import DomainError

from ..domain import draft as drafts
from ..forms.registration import NoticeForm, RegistrationForm
from ..forms.resume import ResumeForm
from ..models import RegistrationDraft
from .posted import posted
from .registration_answers import answers_told, facts_of
from .registration_steps import STEPS, TOTAL, step_after, step_asking, step_before, step_of

DRAFT, CODE = "registration_draft", "registration_code"
FOLDER = "beneficiaries/registration/"


def draft_of(request) -> RegistrationDraft | None:
    pk = request.session.get(DRAFT)
    drafts_here = RegistrationDraft.objects.select_related("application__person__municipality")
    return drafts_here.filter(pk=pk).first() if pk else None


def remember(request, draft: RegistrationDraft, code: str) -> None:
    request.session.cycle_key()
    request.session[DRAFT] = draft.pk
    request.session[CODE] = encrypt_bytes(code.encode()).decode()


def forget(request) -> None:
    request.session.pop(DRAFT, None)
    request.session.pop(CODE, None)


def code_of(request) -> str:
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


@public
@never_cache
@limit_posts("registration.begin", rate="30/h")
def start(request):
    """What it takes, how long, and by voice instead. POST begins."""
    if request.method == "POST":
        draft, code = drafts.begin(now=timezone.now())
        remember(request, draft, code)
        return redirect("beneficiaries:register_code")
    draft = draft_of(request)
    under_way = draft is not None and draft.application_id is None
    return render(request, FOLDER + "start.html", {"under_way": under_way, "total": TOTAL})


@with_draft
def code(request, draft):
    """The first page: the code by which to come back, also from another phone."""
    context = {"code": code_of(request), "kept_until": draft.kept_until, "next": next_step(draft)}
    return render(request, FOLDER + "code.html", context)


def next_step(draft: RegistrationDraft) -> str:
    """Where to go on: after the last step saved."""
    after = step_after(draft.step) if draft.step else STEPS[0]
    if after is None:
        return reverse("beneficiaries:register_check")
    return reverse("beneficiaries:register_step", args=[after.slug])


@public
@never_cache
@limit_posts("registration.resume", rate="20/h")
def resume(request):
    form = ResumeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["code"]
        try:
            draft = drafts.resume(typed, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            remember(request, draft, drafts.as_written(typed))
            return redirect("beneficiaries:register_done" if draft.application_id else next_step(draft))
    return render(request, FOLDER + "resume.html", {"form": form})


@public
@never_cache
@require_POST
def leave(request):
    """Go on later, or from another device: this one forgets, the code remembers, also what is half typed at `?passo=`."""
    draft, kept = draft_of(request), code_of(request)
    forget(request)
    if draft is None or draft.application_id:
        return redirect("beneficiaries:register")
    asked = step_of(request.GET.get("passo", ""))
    if asked is not None:
        half_typed = asked.form(request.POST, today=timezone.localdate()).typed()
        drafts.save_step(draft, draft.step, half_typed, now=timezone.now())
    return render(request, FOLDER + "left.html", {"code": kept, "kept_until": draft.kept_until})


@with_draft
def step(request, draft, slug):
    """One question. `?da=controlla` comes from the check of the answers and goes back there."""
    asked = step_of(slug)
    if asked is None:
        raise Http404
    told, today = draft.answers or {}, timezone.localdate()
    form = asked.form(posted(request), initial=initial_of(request, asked, told), today=today, told=told)
    form.helper.form_id = "answers"
    look = False
    if request.method == "POST" and form.is_valid():
        look = hasattr(form, "must_be_looked_at") and form.must_be_looked_at()
        if not look:
            return saved(request, draft, asked, form)
        form.ask_to_look()
    back = step_before(slug)
    context = {
        "form": form,
        "step": asked,
        "number": STEPS.index(asked) + 1,
        "total": TOTAL,
        "doubts": form.doubts() if look else [],
        "saved_at": draft.saved_at if draft.step else None,
        "back_url": back_url(request, back),
    }
    return render(request, FOLDER + "step.html", context)


def initial_of(request, asked, told: dict) -> dict:
    known = {name: told[name] for name in asked.form.base_fields if name in told}
    if "email" in asked.form.base_fields and request.user.is_authenticated and not request.user.is_staff_member:
        known.setdefault("email", request.user.email)
    return known


def back_url(request, before) -> str:
    if request.GET.get("da") == "controlla":
        return reverse("beneficiaries:register_check")
    if before is None:
        return reverse("beneficiaries:register_code")
    return reverse("beneficiaries:register_step", args=[before.slug])


def saved(request, draft, asked, form):
    try:
        drafts.save_step(draft, asked.slug, form.typed(), now=timezone.now())
    except DomainError:
        return redirect("beneficiaries:register_done")
    if request.GET.get("da") == "controlla":
        return redirect("beneficiaries:register_check")
    return redirect(next_step(draft))


@with_draft
@limit_posts("registration.send", rate="20/h")
def check(request, draft):
    """Check your answers, read the notice, send. Whatever is missing is asked again first."""
    today, told = timezone.localdate(), draft.answers or {}
    everything = RegistrationForm(told, today=today, told=told)
    if not everything.is_valid():
        missing = next(step for step in STEPS if any(name in step.form.base_fields for name in everything.errors))
        messages.warning(request, _("Before you send it there is one more thing to answer."))
        return redirect("beneficiaries:register_step", missing.slug)
    form = NoticeForm(posted(request), today=today, submit=_("Send the application"))
    if request.method == "POST" and form.is_valid():
        answers = everything.answers(notice_version=settings.PRIVACY_NOTICE_VERSION)
        by = request.user if request.user.is_authenticated else None
        try:
            drafts.send(draft, answers, by=by, now=timezone.now())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("beneficiaries:register_done")
    context = {
        "form": form,
        "facts": answers_told(everything, change_url=change_url),
        "doubts": everything.doubts(),
        "number": TOTAL,
        "total": TOTAL,
        "reachable": bool(everything.cleaned_data["email"] or everything.cleaned_data["phone"]),
        "back_url": reverse("beneficiaries:register_step", args=[STEPS[-1].slug]),
    }
    return render(request, FOLDER + "check.html", context)


def change_url(field: str) -> str:
    return reverse("beneficiaries:register_step", args=[step_asking(field).slug]) + "?da=controlla"


@public
@never_cache
@require_safe
def done(request):
    """Number, what happens next and by when. The same page whether the address was known or not."""
    draft = draft_of(request)
    if draft is None or draft.application is None:
        return redirect("beneficiaries:register")
    person = draft.application.person
    context = {
        "application": draft.application,
        "person": person,
        "reachable": bool(person.email or person.phone),
        "code": code_of(request),
        "kept_until": draft.kept_until,
    }
    return render(request, FOLDER + "done.html", context)


@public
@never_cache
@require_safe
def receipt(request):
    """The receipt to print or keep."""
    draft = draft_of(request)
    if draft is None or draft.application is None:
        return redirect("beneficiaries:register")
    return receipt_of(draft.application)


def receipt_of(application):
    context = {
        "application": application,
        "person": application.person,
        "facts": facts_of(application),
        "PHONE": settings.PHONE,
        "CONTACT_EMAIL": settings.CONTACT_EMAIL,
        "OP_CAFES": settings.OP_CAFES,
    }
    return pdf.response(FOLDER + "receipt.html", context, filename=application.number)
