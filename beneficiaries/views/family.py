"""Family, work and profile of a person: the same pages for the office and for the person, each for their own."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.gates import role_required, staff_required
from oltreiperimetri.audit.trail import record_read
from oltreiperimetri.shared.desk import Tab

from ..domain.intake import OF_MEMBER, OF_PROFILE, OF_SPELL, correct_did, correct_household, correct_profile, correct_spells
from ..domain.queries import current_applications
from ..forms.family import DidForm, MemberRows, ProfileForm, SpellRows, shown
from ..models import WorkProfile
from .people import person_of, person_page
from .posted import posted

FOLDER = "beneficiaries/family/"


def both_ways(part: str):
    """A page of one part, twice: `staff(request, pk)` for people in reach, `own(request)` for oneself."""

    def decorate(view):
        @staff_required
        @wraps(view)
        def staff(request, pk):
            person = person_of(request, pk)
            if request.method == "GET":
                record_read(person, by=request.user, changes={"part": part})
            return view(request, person, for_staff=True)

        @role_required(Role.BENEFICIARY)
        @wraps(view)
        def own(request):
            person = getattr(request.user, "person", None)
            return redirect("portal:my_path") if person is None else view(request, person, for_staff=False)

        return staff, own

    return decorate


def saved(request, person, changed: bool, *, for_staff: bool):
    """Back to the person's page, or to one's own data."""
    messages.success(request, _("Saved.") if changed else _("Nothing was different."))
    return person_page(person, Tab.HOUSEHOLD) if for_staff else redirect("portal:my_data")


@both_ways("household")
def household(request, person, *, for_staff):
    """Who belongs to the family: a row each, and one more to fill in."""
    today = timezone.localdate()
    initial = [shown(member, OF_MEMBER) for member in person.household.all()]
    rows = MemberRows(posted(request), initial=initial, form_kwargs={"today": today}, prefix="familiari")
    if request.method == "POST" and rows.is_valid():
        changed = correct_household(person, rows.rows(), by=request.user, now=timezone.now())
        return redirect(request.path) if "altra" in request.POST else saved(request, person, changed, for_staff=for_staff)
    context = {"rows": rows, "errors": rows.errors_shown(), "person": person, "for_staff": for_staff, "title": _("Family")}
    return render(request, FOLDER + "household.html", context)


@both_ways("spells")
def spells(request, person, *, for_staff):
    """Stretches of work, and the day of the DID."""
    today, now = timezone.localdate(), timezone.now()
    application = current_applications(person).first()
    initial = [shown(spell, OF_SPELL) for spell in person.spells.all()]
    rows = SpellRows(posted(request), initial=initial, form_kwargs={"today": today}, prefix="lavori")
    did = DidForm(posted(request), initial={"did_on": application.did_on}, today=today) if application else None
    if request.method == "POST" and all([rows.is_valid(), did is None or did.is_valid()]):
        changed = correct_spells(person, rows.rows(), by=request.user, now=now)
        if did is not None:
            changed |= correct_did(application, did.cleaned_data["did_on"], by=request.user, now=now)
        return redirect(request.path) if "altra" in request.POST else saved(request, person, changed, for_staff=for_staff)
    errors = rows.errors_shown() + [
        (did["did_on"].id_for_label, error) for error in (did.errors.get("did_on", []) if did else [])
    ]
    context = {"rows": rows, "did": did, "errors": errors, "person": person, "for_staff": for_staff, "title": _("Work done")}
    return render(request, FOLDER + "spells.html", context)


@both_ways("profile")
def profile(request, person, *, for_staff):
    """What somebody can do, would like and when."""
    kept = WorkProfile.objects.filter(person=person).first()
    form = ProfileForm(posted(request), initial=shown(kept, OF_PROFILE) if kept else None)
    if request.method == "POST" and form.is_valid():
        changed = correct_profile(person, form.cleaned_data, by=request.user, now=timezone.now())
        return saved(request, person, changed, for_staff=for_staff)
    title = _("Skills, wishes and hours")
    return render(request, FOLDER + "profile.html", {"form": form, "person": person, "for_staff": for_staff, "title": title})


household_of_person, my_household = household
spells_of_person, my_spells = spells
profile_of_person, my_profile = profile
