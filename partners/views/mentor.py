from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.gates import role_required

from ..domain import mentor as verbs
from ..forms.mentor import MentorProfileForm
from ..models import MentorProfile


@role_required(Role.MENTOR)
def profile(request):
    own = MentorProfile.objects.filter(user=request.user).first()
    form = MentorProfileForm(request.POST or None, instance=own)
    if request.method == "POST" and form.is_valid():
        verbs.save_profile(request.user, form.cleaned_data, by=request.user)
        messages.success(request, _("Thank you: your profile is saved."))
        return redirect("portal:mentor")
    return render(request, "partners/mentor/profile.html", {"form": form})
