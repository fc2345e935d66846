from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import form_helper

from ..models import Site


class SiteForm(forms.ModelForm):
    class Meta:
        model = Site
        fields = ["name", "address", "municipality", "headcount"]
        help_texts = {
            "name": _("For example the street, or what you do there."),
            "headcount": _("Owners and staff, without apprentices. It decides how many trainees the law allows."),
        }

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.organisation = organisation
        self.fields["municipality"].empty_label = _("Choose the municipality")
        self.helper = form_helper(submit=_("Save"))

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - {"organisation"}
