"""The pact on the person's own page: say yes or what to change, tick what is done, take a tick back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.gates import role_required
from oltreiperimetri.shared.acting import carried_out
from oltreiperimetri.shared.errors import DomainError

from ..domain import pact_agreement as verbs
from ..enums import Ball
from ..forms.pact import ChangeForm
from ..models import Pact, PactAction
from .posted import posted

own_required = role_required(Role.BENEFICIARY)


def own_page():
    return redirect(f"{redirect('portal:my_path').url}#patto")


def own_pact(request, pk) -> Pact:
    return get_object_or_404(Pact.objects.filter(person__user=request.user).select_related("person"), pk=pk)


@own_required
@require_POST
def my_pact_agree(request, pk):
    found = own_pact(request, pk)
    carried_out(
        request,
        verbs.agree_online,
        found,
        thanks=_("Thank you! The pact is agreed: here you find what is up to you."),
        tone=messages.WARNING,
    )
    return own_page()


@own_required
def my_pact_change(request, pk):
    found = own_pact(request, pk)
    form = ChangeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            verbs.ask_for_change(found, form.cleaned_data["text"], by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("We have it. We change the pact and get back to you within a week."))
            return own_page()
    return render(request, "beneficiaries/pact/change.html", {"form": form, "pact": found})


@own_required
@require_POST
def my_action(request, pk):
    """`to`: done, or todo to take the tick back. Only what is theirs is found here."""
    own = PactAction.objects.with_pact().filter(goal__pact__person__user=request.user, ball=Ball.PERSON)
    action = get_object_or_404(own, pk=pk)
    to = PactAction.State.DONE if request.POST.get("to") == "done" else PactAction.State.TODO
    try:
        verbs.tick(action, to, by=request.user, now=timezone.now())
    except DomainError as refusal:
        messages.warning(request, str(refusal))
    else:
        is_done = to == PactAction.State.DONE
        messages.success(
            request, _("Done, well! If it was a mistake, take the tick back.") if is_done else _("The tick is taken back.")
        )
    return own_page()
