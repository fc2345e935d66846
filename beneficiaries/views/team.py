"""Who is around a person, now and before, and who has followed them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oltreiperimetri.accounts.gates import staff_required
from oltreiperimetri.audit.trail import record_read
from oltreiperimetri.shared.errors import DomainError

from ..domain import queries, team
from ..forms.team import TeamForm
from ..models import Person, TeamMember
from .people import person_of
from .posted import posted


@staff_required
def team_page(request, pk):
    person = person_of(request, pk)
    form = TeamForm(posted(request), today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            team.join_team(person, **form.cleaned_data, by=request.user, now=timezone.now())
        except DomainError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Added."))
            return redirect("beneficiaries:team", person.pk)
    record_read(person, by=request.user, changes={"part": "team"})
    application = queries.current_applications(person).select_related("owner").first()
    context = {
        "form": form,
        "person": person,
        "members": list(person.team.select_related("user", "added_by").order_by("until", "since", "pk")),
        "application": application,
        "owners": team.owners_of(application) if application else [],
    }
    return render(request, "beneficiaries/team/page.html", context)


@staff_required
@require_POST
def team_leave(request, pk):
    reach = Person.objects.visible_to(request.user)
    member = get_object_or_404(TeamMember.objects.filter(person__in=reach).select_related("person", "user"), pk=pk)
    team.leave_team(member, by=request.user, now=timezone.now())
    messages.success(request, _("%(who)s is no longer in the team.") % {"who": member})
    if not reach.filter(pk=member.person_id).exists():  # who leaves a team of another town has just left its reach
        return redirect("beneficiaries:people")
    return redirect("beneficiaries:team", member.person_id)
