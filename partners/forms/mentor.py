from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import form_helper

from ..models import MentorProfile


class MentorProfileForm(forms.ModelForm):
    hours_per_month = forms.IntegerField(
        label=_("Hours a month"),
        min_value=1,
        max_value=100,
        required=False,
        help_text=_("An honest guess is enough. You can change it whenever you like."),
    )

    class Meta:
        model = MentorProfile
        fields = ["topics", "municipality", "hours_per_month", "is_available"]
        widgets = {"topics": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "topics": _("For example: accounts, first customers, shop permits, selling online."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topics"].required = True
        self.fields["municipality"].empty_label = _("Anywhere in the area")
        self.helper = form_helper(submit=_("Save"))
