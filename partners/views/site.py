from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ..domain import site as verbs
from ..forms.site import SiteForm
from ..models import Organisation, Site
from .here import home_of, host_or_staff


@host_or_staff
def new(request, pk):
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    form = SiteForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        verbs.add(organisation, form.cleaned_data, by=request.user)
        messages.success(request, _("The site is saved."))
        return redirect(home_of(organisation, request.user))
    return show(request, form, organisation)


@host_or_staff
def edit(request, pk):
    site = get_object_or_404(Site.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    form = SiteForm(request.POST or None, instance=site, organisation=site.organisation)
    if request.method == "POST" and form.is_valid():
        verbs.change(site, form.cleaned_data, by=request.user)
        messages.success(request, _("The site is saved."))
        return redirect(home_of(site.organisation, request.user))
    return show(request, form, site.organisation)


def show(request, form, organisation):
    context = {"form": form, "organisation": organisation, "back": home_of(organisation, request.user)}
    return render(request, "partners/site/form.html", context)
