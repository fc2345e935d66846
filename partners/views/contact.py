from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.accounts.ratelimits import limit_posts
from oltreiperimetri.shared.acting import carried_out

from ..domain import contact as verbs
from ..forms.contact import ContactForm
from ..models import Contact, JoinRequest, Organisation
from .here import home_of, host_or_staff


@host_or_staff
def new(request, pk):
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    form = ContactForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        verbs.add(organisation, form.cleaned_data, by=request.user)
        messages.success(request, _("Saved. You can invite this person to make an account."))
        return redirect(home_of(organisation, request.user))
    return show(request, form, organisation)


@host_or_staff
def edit(request, pk):
    contact = get_object_or_404(Contact.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    form = ContactForm(request.POST or None, instance=contact, organisation=contact.organisation)
    if request.method == "POST" and form.is_valid():
        verbs.change(contact, form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect(home_of(contact.organisation, request.user))
    return show(request, form, contact.organisation, contact)


def show(request, form, organisation, contact=None):
    context = {
        "form": form,
        "organisation": organisation,
        "contact": contact,
        "back": home_of(organisation, request.user),
    }
    return render(request, "partners/contact/form.html", context)


@host_or_staff
@require_POST
@limit_posts("partners.invite", rate="20/h")
def invite(request, pk):
    contact = get_object_or_404(Contact.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    carried_out(
        request, verbs.invite, contact, thanks=_("The invitation is on its way to %(email)s.") % {"email": contact.email}
    )
    return redirect(home_of(contact.organisation, request.user))


@host_or_staff
@require_POST
def end_access(request, pk):
    contact = get_object_or_404(Contact.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    carried_out(
        request,
        verbs.end_access,
        contact,
        thanks=_("%(name)s can no longer act for the organisation.") % {"name": contact.full_name},
    )
    still_inside = Organisation.objects.visible_to(request.user).filter(pk=contact.organisation_id).exists()
    return redirect(home_of(contact.organisation, request.user) if still_inside else "portal:partner_area")


@staff_required
@require_POST
def answer_join_request(request, pk):
    asked = get_object_or_404(JoinRequest.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    accept = request.POST.get("answer") == "invite"
    carried_out(
        request,
        verbs.answer_join_request,
        asked,
        accept=accept,
        thanks=_("The invitation is on its way.") if accept else _("The request is set aside."),
    )
    return redirect(asked.organisation)
