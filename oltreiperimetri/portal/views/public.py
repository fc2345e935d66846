"""Pages for everybody: what the programme is, help, and the duties of a public body."""

from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from generazioni import desk as generazioni_desk
from oltreiperimetri.accounts.gates import public
from oltreiperimetri.accounts.ratelimits import limit_posts

from ..context import address
from ..forms import AccessibilityReportForm


@public
@require_safe
def home(request):
    context = {
        "evenings": getattr(generazioni_desk, "public_evenings", lambda today: [])(timezone.localdate())[:3],
        "cafes": settings.OP_CAFES,
        "check_url": address("beneficiaries:check"),
        "contest_url": address("generazioni:contest"),
        "network_url": address("partners:network"),
    }
    return render(request, "portal/public/home.html", context)


@public
@require_safe
def page(request, template):
    """A page of text only."""
    return render(request, template, {"notice_version": settings.PRIVACY_NOTICE_VERSION, "cafes": settings.OP_CAFES})


@public
@limit_posts("accessibility_report", rate="5/h")
def accessibility(request):
    """The statement, and the way to tell us what does not work, which the law asks for."""
    form = AccessibilityReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        EmailMessage(
            subject=_("Accessibility problem on the portal"),
            body=form.cleaned_data["description"],
            to=[settings.FEEDBACK_EMAIL],
            reply_to=[form.cleaned_data["email"]] if form.cleaned_data["email"] else [],
        ).send(fail_silently=True)
        messages.success(request, _("Thank you. We read every report and answer within 30 days."))
        return redirect("portal:accessibility")
    return render(request, "portal/public/accessibility.html", {"form": form})
