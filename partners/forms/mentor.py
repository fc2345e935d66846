from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import form_helper

from ..models import MentorProfile


class MentorProfileForm(forms.ModelForm):
    class Meta:
        model = MentorProfile
        fields = ["topics", "municipality", "hours_per_month", "is_available"]
        widgets = {"topics": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "topics": _("For example: accounts, first customers, shop permits, selling online."),
            "hours_per_month": _("An honest guess is enough. You can change it whenever you like."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topics"].required = True
        self.fields["hours_per_month"].widget.attrs["max"] = 100
        self.fields["hours_per_month"].max_value = 100
        self.fields["municipality"].empty_label = _("Anywhere in the area")
        self.helper = form_helper(submit=_("Save"))
