"""Five areas, five levels each with its words; what nobody talked about stays empty."""

from datetime import date

from crispy_forms.layout import HTML, Div, Layout
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import ItalianDateField, form_helper

from ..domain.assessment import Look
from ..enums import Area
from ..scales import ANCHORS

NOT_TALKED = ""


class AssessmentForm(forms.Form):
    """`level_<area>` and `note_<area>` of each area, the day, and whether the person reads it; starts from `last`."""

    taken_on = ItalianDateField(label=_("When did you talk?"))
    is_shared = forms.BooleanField(
        label=_("The person reads it on their page"),
        required=False,
        help_text=_("They read the levels in plain words, never the notes."),
    )

    def __init__(self, *args, last: Look | None, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["taken_on"].initial = today
        self.fields["taken_on"].latest = today
        self.fields["is_shared"].initial = last.assessment.is_shared if last else True
        levels = last.levels if last else {}
        for area in Area:
            before = levels.get(area.value)
            self.fields[f"level_{area}"] = forms.TypedChoiceField(
                label=area.label,
                required=False,
                coerce=int,
                empty_value=None,
                widget=forms.RadioSelect,
                initial=before.level if before else NOT_TALKED,
                choices=[
                    *((level, f"{level}. {words}") for level, words in enumerate(ANCHORS[area], start=1)),
                    (NOT_TALKED, _("We did not talk about it")),
                ],
            )
            self.fields[f"note_{area}"] = forms.CharField(
                label=_("Note on “%(area)s”") % {"area": area.label},
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=before.note if before else "",
                help_text=_("For the team only. The person does not see it."),
            )
        self.helper = form_helper(submit=_("Save the assessment"))
        self.helper.layout = Layout("taken_on", *(self.area(area) for area in Area), "is_shared")

    def area(self, area: Area) -> Div:
        """The levels, and the note folded away until there is one."""
        is_open = " open" if self[f"note_{area}"].value() else ""
        fold = format_html('<details class="mb-4"{}><summary>{}</summary>', is_open, _("Note of the team"))
        return Div(f"level_{area}", HTML(fold), f"note_{area}", HTML("</details>"))

    def levels(self) -> dict[str, tuple[int, str]]:
        """{area: (level, note)} of the areas talked about."""
        values = self.cleaned_data
        return {
            area.value: (values[f"level_{area}"], values[f"note_{area}"])
            for area in Area
            if values[f"level_{area}"] is not None
        }
