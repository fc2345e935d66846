from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import ItalianDateField, form_helper

from ..enums import Sector
from ..models import Slot
from ..models.slot import MAX_WEEKLY_HOURS


class SlotForm(forms.ModelForm):
    """Only the title and the sector are needed to save a draft; the readiness check says what is missing to offer it."""

    weekly_hours = forms.IntegerField(
        label=_("Hours a week"), min_value=1, max_value=MAX_WEEKLY_HOURS, required=False, help_text=_("At most 40.")
    )
    quantity = forms.IntegerField(
        label=_("Places"), min_value=1, max_value=50, initial=1, help_text=_("How many people at once.")
    )
    starts_on = ItalianDateField(label=_("First possible day"), required=False)
    ends_on = ItalianDateField(
        label=_("Last possible day"), required=False, help_text=_("A traineeship lasts three months within this period.")
    )

    class Meta:
        model = Slot
        fields = [
            "title",
            "sector",
            "site",
            "tasks",
            "skills",
            "weekly_hours",
            "schedule",
            "starts_on",
            "ends_on",
            "quantity",
            "tutor",
            "needs_licence",
            "needs_car",
        ]
        widgets = {"tasks": forms.Textarea(attrs={"rows": 4}), "skills": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "title": _("The work in a few words, for example: warehouse hand."),
            "tasks": _("What the person will do on an ordinary day."),
            "schedule": _("For example: Monday to Friday, 9 to 15."),
        }

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.organisation = organisation
        self.fields["sector"].choices = [("", _("Choose the sector")), *Sector.choices]
        self.fields["site"].queryset = organisation.sites.select_related("municipality")
        self.fields["site"].empty_label = _("Choose the site")
        self.fields["tutor"].queryset = organisation.contacts.tutors()
        self.fields["tutor"].empty_label = _("Choose the tutor")
        self.fields["tutor"].help_text = _("Only colleagues marked as possible host tutors appear here.")
        self.helper = form_helper(submit=_("Save the draft") if self.instance.state == Slot.State.DRAFT else _("Save"))
        self.helper.layout = Layout(
            Fieldset(_("The work"), "title", "sector", "site", "tasks", "skills"),
            Fieldset(_("When"), "weekly_hours", "schedule", "starts_on", "ends_on"),
            Fieldset(_("Who"), "quantity", "tutor", "needs_licence", "needs_car"),
        )


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Why do you withdraw it?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
