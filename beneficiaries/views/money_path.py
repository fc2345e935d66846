"""Paths of the household economy and their sessions."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.audit.trail import record_read

from ..domain import money_path as verbs
from ..enums_money import MoneyPathKind
from ..forms.money_path import EndPathForm, MoveEndForm, OpenPathForm, ReopenPathForm, SessionForm, StopPathForm
from ..models import MoneyPath, MoneySession
from .acts import is_done, is_sent
from .people import person_of
from .posted import posted

State = MoneyPath.State
KINDS = {"educazione": MoneyPathKind.COURSE, "debiti": MoneyPathKind.DEBT}
PAGES = {MoneyPathKind.COURSE: "beneficiaries:budget", MoneyPathKind.DEBT: "beneficiaries:debts"}


@dataclass(frozen=True)
class PathStep:
    """One passage: what is asked, who acts, in which states it is offered and what it leads to, in a sentence."""

    label: str
    form: type
    verb: Callable
    states: tuple[str, ...]
    lead: str = ""


STEPS = {
    "concludi": PathStep(
        gettext_lazy("End the path"),
        EndPathForm,
        verbs.end_path,
        (State.OPEN,),
        gettext_lazy("From the last day on we ask the person how it goes, after 3, 6 and 12 months."),
    ),
    "interrompi": PathStep(
        gettext_lazy("Interrupt the path"),
        StopPathForm,
        verbs.stop_path,
        (State.OPEN,),
        gettext_lazy("Nothing is asked afterwards. The path can be opened again."),
    ),
    "sposta": PathStep(
        gettext_lazy("Move the last day"),
        MoveEndForm,
        verbs.move_end,
        (State.ENDED,),
        gettext_lazy("What the person has not answered yet moves with it."),
    ),
    "riapri": PathStep(
        gettext_lazy("Open it again"),
        ReopenPathForm,
        verbs.reopen_path,
        (State.ENDED, State.STOPPED),
        gettext_lazy("The questions after the end stop until it ends again."),
    ),
}


def path_of(request, pk) -> MoneyPath:
    paths = MoneyPath.objects.visible_to(request.user).select_related("person__municipality", "plan")
    return get_object_or_404(paths, pk=pk)


@staff_required
def money_path_new(request, pk, kind):
    person = person_of(request, pk)
    chosen = KINDS.get(kind)
    if chosen is None:
        raise Http404
    form = OpenPathForm(posted(request), initial={"opened_on": timezone.localdate(), "educator": request.user.pk})
    if is_sent(request, form) and is_done(request, form, verbs.open_path, person, chosen, **form.cleaned_data):
        messages.success(request, _("The path is open."))
        return redirect(PAGES[chosen], pk=person.pk)
    context = {"person": person, "form": form, "title": chosen.label, "back": PAGES[chosen]}
    return render(request, "beneficiaries/money/form.html", context)


@staff_required
def money_path_step(request, pk, slug):
    path = path_of(request, pk)
    step = STEPS.get(slug)
    if step is None:
        raise Http404
    back = PAGES[path.kind]
    if path.state not in step.states:
        messages.warning(request, _("This step is not possible now."))
        return redirect(back, pk=path.person_id)
    form = form_of(step, path, posted(request))
    if is_sent(request, form) and is_done(request, form, step.verb, path, **form.cleaned_data):
        messages.success(request, _("Saved."))
        return redirect(back, pk=path.person_id)
    record_read(path, by=request.user, changes={"part": "money_path"})
    context = {"person": path.person, "form": form, "title": step.label, "lead": step.lead, "back": back}
    return render(request, "beneficiaries/money/form.html", context)


def form_of(step: PathStep, path: MoneyPath, data):
    today = timezone.localdate()
    initial = {"ended_on": path.ended_on or today, "stopped_on": today}
    kind = {"kind": path.kind} if step.form is EndPathForm else {}
    return step.form(data, initial=initial, **kind)


@staff_required
def money_session_new(request, pk):
    path = path_of(request, pk)
    initial = {"day": timezone.localdate(), "educator": path.educator_id or request.user.pk, "outcome": "honoured"}
    form = SessionForm(posted(request), initial=initial)
    if is_sent(request, form) and is_done(request, form, verbs.write_session, path, form.cleaned_data):
        messages.success(request, _("The session is written down."))
        return redirect(PAGES[path.kind], pk=path.person_id)
    record_read(path, by=request.user, changes={"part": "money_path"})
    context = {"person": path.person, "form": form, "title": _("New session"), "back": PAGES[path.kind]}
    return render(request, "beneficiaries/money/form.html", context)


@staff_required
def money_session(request, pk):
    sessions = MoneySession.objects.visible_to(request.user).select_related("path__person")
    session = get_object_or_404(sessions, pk=pk)
    fields = ("day", "outcome", "educator")
    initial = {name: getattr(session, name) for name in fields}
    initial |= {"minutes": session.minutes or None, "note": session.note_for(request.user)}
    form = SessionForm(posted(request), initial=initial)
    if is_sent(request, form) and is_done(request, form, verbs.correct_session, session, form.cleaned_data):
        messages.success(request, _("Saved."))
        return redirect(PAGES[session.path.kind], pk=session.path.person_id)
    record_read(session, by=request.user, changes={"part": "money_path"})
    back = PAGES[session.path.kind]
    context = {"person": session.path.person, "form": form, "title": _("Correct the session"), "back": back}
    return render(request, "beneficiaries/money/form.html", context)
