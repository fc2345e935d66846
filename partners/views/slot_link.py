"""The page behind the link in the reminder: is the slot still valid? No sign-in, one purpose."""

from django.db import transaction
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.gates import public
from oltreiperimetri.accounts.links import LinkRefused, open_link, use_link
from oltreiperimetri.accounts.ratelimits import limit_posts
from oltreiperimetri.shared.errors import DomainError

from ..domain import slot as verbs
from ..forms.slot import WithdrawForm
from ..models import Slot

STATUS = {"unknown": 404}


@public
@limit_posts("partners.slot_valid", rate="60/h")
def slot_valid(request, token):
    now = timezone.now()
    try:
        link = open_link(LinkPurpose.SLOT_VALID, token, now=now)
    except LinkRefused as refusal:
        return refuse(request, refusal.reason)
    slot = get_object_or_404(Slot.objects.with_names(), pk=link.subject_id)
    if request.method == "POST":
        return answer(request, slot, link, now=now)
    return show(request, slot, WithdrawForm())


def answer(request, slot, link, *, now):
    withdraws = request.POST.get("answer") == "withdraw"
    form = WithdrawForm(request.POST if withdraws else None)
    if withdraws and not form.is_valid():
        return show(request, slot, form)
    try:
        with transaction.atomic():
            use_link(link, now=now)
            if withdraws:
                verbs.withdraw(slot, by=None, now=now, reason=form.cleaned_data["reason"])
            else:
                verbs.confirm(slot, by=None, now=now)
    except DomainError as refusal:
        return show(request, slot, form, refusal=refusal.message)
    except LinkRefused as refusal:
        return refuse(request, refusal.reason)
    return render(request, "partners/slot_link/done.html", {"slot": slot, "withdrawn": withdraws})


def show(request, slot, form, *, refusal=""):
    context = {"slot": slot, "withdraw_form": form, "refusal": refusal, "today": timezone.localdate()}
    return render(request, "partners/slot_link/answer.html", context)


def refuse(request, reason):
    return render(request, "partners/slot_link/refused.html", {"reason": reason}, status=STATUS.get(reason, 410))
