"""Can I take part? Four questions, answered on the spot; nothing is stored, neither in the session nor in the log."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from oltreiperimetri.accounts.gates import public

from ..domain.eligibility import judge
from ..domain.explanation import explain, headline
from ..domain.rules import orafo_rules
from ..forms.check import CheckForm
from .posted import posted


@public
@never_cache
def check(request):
    """Answers travel in the body of the request, never in the address."""
    today = timezone.localdate()
    form = CheckForm(posted(request), today=today)
    if request.method == "POST" and form.is_valid():
        return answer(request, form, today=today)
    return render(request, "beneficiaries/check/questions.html", {"form": form})


def answer(request, form: CheckForm, *, today):
    rules = orafo_rules(today)
    judgement = judge(form.facts, rules, today)
    title, lead = headline(judgement.outcome)
    context = {
        "form": form,
        "outcome": judgement.outcome,
        "title": title,
        "lead": lead,
        "criteria": explain(form.facts, rules, today, for_staff=False),
        "changes_on": judgement.changes_on,
    }
    return render(request, "beneficiaries/check/answer.html", context)
