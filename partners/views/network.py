"""The public face of the network: who is in it, where, and how to join."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oltreiperimetri.accounts.gates import public
from oltreiperimetri.accounts.ratelimits import limit_posts

from ..domain import organisation as verbs
from ..domain.queries import network_in, tiles
from ..enums import Kind
from ..forms.join import JoinForm


@public
@require_safe
def network(request):
    towns = tiles()
    town = next((tile for tile in towns if tile.code == request.GET.get("comune")), None)
    kind = request.GET.get("tipo") if request.GET.get("tipo") in Kind.values else ""
    organisations = network_in(town.code if town else "", kind)
    context = {
        "tiles": towns,
        "town": town,
        "kind": kind,
        "kinds": Kind.choices,
        "organisations": organisations,
        "count": len(organisations),
    }
    return render(request, "partners/network/list.html", context)


@public
@limit_posts("partners.join", rate="10/h")
def join(request):
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verbs.sign_up(organisation=form.organisation, site=form.site, contact=form.contact, now=timezone.now())
        messages.success(request, _("Your request has arrived."))
        return redirect("partners:joined")
    return render(request, "partners/network/join.html", {"form": form})


@public
@require_safe
def joined(request):
    """The same page for an organisation that is new and for one that is already here."""
    return render(request, "partners/network/joined.html")
