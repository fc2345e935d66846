from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.models import User
from oltreiperimetri.shared.forms import ItalianDateField, form_helper

from ..models import Meeting
from .fields import LimitedTextField


class MentorField(forms.ModelChoiceField):
    def label_from_instance(self, user):
        profile = getattr(user, "mentor_profile", None)
        return f"{user} ({profile.topics[:60]})" if profile and profile.topics else str(user)


class MentorForm(forms.Form):
    mentor = MentorField(User.objects.none(), label=_("Mentor"), empty_label=_("Choose a mentor"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mentors = User.objects.active().with_role(Role.MENTOR).select_related("mentor_profile")
        self.fields["mentor"].queryset = mentors.order_by("last_name", "first_name", "pk")


class MeetingForm(forms.ModelForm):
    day = ItalianDateField(label=_("Day"), latest=timezone.localdate)
    minutes = forms.IntegerField(label=_("How long, in minutes"), min_value=5, max_value=480, initial=60)
    next_on = ItalianDateField(label=_("Next meeting"), required=False)

    class Meta:
        model = Meeting
        fields = ["day", "minutes", "notes", "next_on"]
        field_classes = {"notes": LimitedTextField}
        widgets = {"notes": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"notes": _("Three lines: what you saw, what you decided, who does what.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Write it down"))
