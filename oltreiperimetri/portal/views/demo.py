"""Pages of the demo only: who can be impersonated, and the mailbox of what was sent. Without DEMO they do not exist."""

from django.conf import settings
from django.contrib.auth import login
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from oltreiperimetri.accounts.gates import public
from oltreiperimetri.accounts.models import User

from ..models import DemoMail

ACCOUNTS = [
    "admin@example.org",
    "coordinator@example.org",
    "caseworker@example.org",
    "beneficiary@example.org",
    "firm@example.org",
    "mentor@example.org",
    "juror@example.org",
    "citizen@example.org",
]


def demo_only(view):
    def guarded(request, *args, **kwargs):
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return public(guarded)


@demo_only
def index(request):
    accounts = User.objects.filter(email__in=ACCOUNTS).prefetch_related("role_assignments")
    mails = Paginator(DemoMail.objects.all(), 15).get_page(request.GET.get("page"))
    accounts = sorted(accounts, key=lambda user: ACCOUNTS.index(user.email))
    return render(request, "portal/demo/index.html", {"accounts": accounts, "mails": mails})


@demo_only
def mail(request, pk):
    return render(request, "portal/demo/mail.html", {"mail": get_object_or_404(DemoMail, pk=pk)})


@demo_only
@require_POST
def enter(request):
    user = get_object_or_404(User, email=request.POST.get("email", ""), email__in=ACCOUNTS)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("portal:start")
