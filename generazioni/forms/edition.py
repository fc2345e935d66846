from datetime import date

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import ItalianDateField, form_helper

from ..models import Criterion, Edition
from .fields import LimitedTextField

DAYS = {
    "announced_on": (_("Announced on"), _("From this day everybody sees the contest, and firms post their needs.")),
    "ideas_from": (_("Ideas from"), _("First day on which ideas can be written and sent. The rubric is locked.")),
    "review_from": (_("The jury reads from"), _("The day before is the last one for ideas.")),
    "decision_from": (_("The jury has finished from"), _("The day before is the last one for scores.")),
    "results_expected_on": (_("Results expected on"), _("A promise to those who take part: publishing is up to you.")),
}


def day_field(name: str) -> ItalianDateField:
    label, hint = DAYS[name]
    return ItalianDateField(label=label, help_text=hint, earliest=date(2014, 1, 1))


class EditionForm(forms.ModelForm):
    """A new edition: all its days at once; the model's constraint says when they do not follow each other."""

    announced_on = day_field("announced_on")
    ideas_from = day_field("ideas_from")
    review_from = day_field("review_from")
    decision_from = day_field("decision_from")
    results_expected_on = day_field("results_expected_on")

    class Meta:
        model = Edition
        fields = ["name", "introduction", *DAYS, "min_reviews"]
        field_classes = {"introduction": LimitedTextField}
        widgets = {"introduction": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"min_reviews": _("With fewer reviews an idea gets no rank.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Prepare the edition"))
        self.helper.layout = Layout(
            Fieldset(_("The contest"), "name", "introduction"),
            Fieldset(_("Days"), *DAYS),
            Fieldset(_("Jury"), "min_reviews"),
        )


class EditionTextForm(forms.ModelForm):
    class Meta:
        model = Edition
        fields = ["name", "introduction"]
        field_classes = {"introduction": LimitedTextField}
        widgets = {"introduction": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Save"))


class MoveDayForm(forms.Form):
    boundary = forms.ChoiceField(label=_("Which day"), choices=[(name, label) for name, (label, _hint) in DAYS.items()])
    new_day = ItalianDateField(label=_("New day"), earliest=date(2014, 1, 1))
    reason = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("Everybody reads it on the page of the contest, beside the new day.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Move the day"))


class CriterionForm(forms.ModelForm):
    weight = forms.IntegerField(
        label=_("Weight"), min_value=1, max_value=100, help_text=_("How much it counts compared with the others.")
    )

    class Meta:
        model = Criterion
        fields = ["name", "weight", "guidance"]
        field_classes = {"guidance": LimitedTextField}
        widgets = {"guidance": forms.Textarea(attrs={"rows": 5})}
        help_texts = {"guidance": _("For example: 0 nobody has this problem; 5 a few people; 10 whole streets.")}

    def __init__(self, *args, edition: Edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.edition = edition
        self.helper = form_helper(submit=_("Save the criterion"))

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() - {"edition"}
