"""Registering from one's own phone: no account needed to begin, one thing a page, saved as it is typed."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from oltreiperimetri.accounts.gates import public
from oltreiperimetri.accounts.ratelimits import limit_posts
from oltreiperimetri.documents import pdf
from oltreiperimetri.shared.errors import DomainError

from ..domain import draft as drafts
from ..domain.questions import changes_since, to_ask_again
from ..domain.rules import orafo_rules
from ..forms.registration import NoticeForm, TaxCodeForm, answers_of
from .posted import posted
from .registration_answers import answers_told, at_hand, changes_told, facts_of, updates_told
from .registration_session import (
    FOLDER,
    code_of,
    draft_of,
    forget,
    next_step,
    remember,
    step_url,
    with_draft,
)
from .registration_steps import Path, step_asking, step_of


@public
@never_cache
@limit_posts("registration.begin", rate="30/h")
def start(request):
    """What it takes, how long, what to have at hand, and by voice instead. POST begins."""
    if request.method == "POST":
        draft, code = drafts.begin(now=timezone.now())
        remember(request, draft, code)
        return redirect("beneficiaries:register_code")
    draft = draft_of(request)
    under_way = draft is not None and draft.application_id is None
    context = {"under_way": under_way, "at_hand": at_hand(orafo_rules(timezone.localdate()))}
    return render(request, FOLDER + "start.html", context)


@with_draft
def code(request, draft):
    """The first page: the code by which to come back, also from another phone."""
    context = {"code": code_of(request), "kept_until": draft.kept_until, "next": next_step(draft)}
    return render(request, FOLDER + "code.html", context)


@with_draft
def step(request, draft, slug):
    """One question. `?da=controlla` comes from the check of the answers and goes back there.

    The button pressed says where to: on (none), "indietro" (what is typed is kept as it is), "salta".
    """
    asked, path = step_of(slug), Path(draft.answers or {})
    if asked is None:
        raise Http404
    if asked not in path.steps:
        return redirect(next_step(draft))
    today = timezone.localdate()
    form = asked.form(posted(request), initial=initial_of(request, asked, path.told), today=today, told=path.told)
    form.helper.form_id = "answers"
    pressed, look = request.POST.get("azione", ""), False
    if pressed == "indietro":
        return kept(draft, form.half_typed(), back_url(request, path.before(asked)))
    if pressed == "salta" and asked.skippable:
        return saved(request, draft, asked, form.skipped())
    if request.method == "POST" and form.is_valid():
        look = isinstance(form, TaxCodeForm) and form.must_be_looked_at()
        if not look:
            return saved(request, draft, asked, form.typed())
        form.ask_to_look()
    context = {
        "form": form,
        "step": asked,
        "number": path.number(asked),
        "total": path.total,
        "doubts": form.doubts() if look else [],
        "saved_at": draft.saved_at if draft.step else None,
        "from_check": request.GET.get("da") == "controlla",
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
    return step_url(before.slug) if before else reverse("beneficiaries:register_code")


def kept(draft, typed: dict, url: str):
    """What is half typed stays, and counts only when it is sent on."""
    try:
        drafts.save_half(draft, typed, now=timezone.now())
    except DomainError:
        return redirect("beneficiaries:register_done")
    return redirect(url)


def saved(request, draft, asked, typed: dict):
    try:
        drafts.save_step(draft, asked.slug, typed, now=timezone.now())
    except DomainError:
        return redirect("beneficiaries:register_done")
    if request.GET.get("da") == "controlla":
        return redirect("beneficiaries:register_check")
    return redirect(next_step(draft))


@public
@never_cache
@require_POST
@limit_posts("registration.autosave", rate="2000/h")
def autosave(request):
    """What is half typed at `?passo=`, sent by the page itself; there is nothing to show."""
    draft, asked = draft_of(request), step_of(request.GET.get("passo", ""))
    if draft is not None and asked is not None:
        kept(draft, asked.form(request.POST, today=timezone.localdate()).half_typed(), "beneficiaries:register")
    return HttpResponse(status=204)


@with_draft
@limit_posts("registration.send", rate="20/h")
def check(request, draft):
    """Check your answers, read the notice, send. Whatever is missing, or asked otherwise now, is asked again first."""
    today, path = timezone.localdate(), Path(draft.answers or {})
    if again(draft, path, today=today):
        return redirect("beneficiaries:register_rules")
    cleaned, missing = path.read(today=today)
    if missing is not None:
        messages.warning(request, _("Before you send it there is one more thing to answer."))
        return redirect(next_step(draft) if missing == path.after(draft.step) else change_step(missing))
    form = NoticeForm(posted(request), today=today, submit=_("Send the application"))
    answers = answers_of(cleaned, notice_version=settings.PRIVACY_NOTICE_VERSION)
    if request.method == "POST" and form.is_valid():
        by = request.user if request.user.is_authenticated else None
        try:
            application = drafts.send(draft, answers, by=by, now=timezone.now())
        except DomainError as refusal:
            if refusal.code == "unchanged":
                return already_here(request, draft)
            form.add_error(None, str(refusal))
        else:
            return redirect("beneficiaries:register_done") if draft.pk else sent_again(request, application)
    context = {
        "form": form,
        "facts": answers_told(answers, path, change_url=change_url),
        "skipped_url": "" if path.asks("lives_with") else change_url("more"),
        "updates": updates_told(answers),
        "doubts": tax_code_doubts_of(path.told, today=today),
        "number": path.total,
        "total": path.total,
        "reachable": bool(answers.email or answers.phone),
        "back_url": step_url(path.steps[-1].slug),
    }
    return render(request, FOLDER + "check.html", context)


def tax_code_doubts_of(told: dict, *, today) -> list[str]:
    form = TaxCodeForm(told, today=today, told=told)
    return form.doubts() if form.is_valid() else []


def again(draft, path: Path, *, today) -> list[str]:
    """The questions to be asked again that are still on the path."""
    return [field for field in to_ask_again(draft, today=today) if path.asks(field)]


def change_url(field: str) -> str:
    return change_step(step_asking(field))


def change_step(asked) -> str:
    return step_url(asked.slug) + "?da=controlla"


@with_draft
@require_safe
def rules(request, draft):
    """The rules have changed since the registration was begun: what, and which questions are asked again."""
    today = timezone.localdate()
    fields = again(draft, Path(draft.answers or {}), today=today)
    if not fields:
        return redirect("beneficiaries:register_check")
    context = {
        "changes": changes_told(changes_since(draft, today=today)),
        "questions": [step_asking(field) for field in fields],
        "next": change_url(fields[0]),
    }
    return render(request, FOLDER + "rules.html", context)


def already_here(request, draft):
    """The very same answers wait already: said kindly, without a number, to whoever sent them."""
    drafts.delete(draft, now=timezone.now())
    forget(request)
    return render(request, FOLDER + "already_here.html")


def sent_again(request, application):
    """A signed-in person has sent new answers for the application under way."""
    forget(request)
    return render(request, FOLDER + "sent_again.html", {"application": application})


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
