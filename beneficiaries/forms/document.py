from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import form_helper

from ..enums import CheckedHow
from .evidence import NamedPaperForm, ValidityForm

NOT_YET = "not_yet"
GO_ON = _("Go on")


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class SeveralFilesField(forms.FileField):
    """A list of files, each as FileField would give it; empty when none was chosen."""

    widget = SeveralFilesInput

    def clean(self, data, initial=None):
        chosen = data if isinstance(data, (list, tuple)) else [data]
        return [super(SeveralFilesField, self).clean(one, initial) for one in chosen if one]


class PagesForm(forms.Form):
    """Photos taken now, photos taken before, or a PDF; what is inside them is checked where they are kept."""

    taken = SeveralFilesField(
        label=_("Take a photo"),
        required=False,
        max_length=200,
        help_text=_("Put the paper on a table, in good light. All four corners must be visible."),
        widget=SeveralFilesInput(attrs={"accept": "image/jpeg,image/png", "capture": "environment"}),
    )
    chosen = SeveralFilesField(
        label=_("Or choose photos or a PDF"),
        required=False,
        max_length=200,
        help_text=_("Several at once if the paper has several pages. JPG, PNG or PDF, 10 MB each."),
        widget=SeveralFilesInput(attrs={"accept": "image/jpeg,image/png,application/pdf", "multiple": True}),
    )

    def __init__(self, *args, submit=GO_ON, **kwargs):
        super().__init__(*args, **kwargs)
        for field in (self.fields["taken"], self.fields["chosen"]):
            field.error_messages |= {
                "empty": _("This file is empty."),
                "max_length": _("The name of this file is too long: rename it."),
            }
        self.helper = form_helper(submit=submit)

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.uploads():
            self.add_error("chosen", _("Take or choose at least one photo, or a PDF."))
        return cleaned

    def uploads(self) -> list:
        return [*self.cleaned_data.get("taken", []), *self.cleaned_data.get("chosen", [])]


class SendForm(NamedPaperForm):
    submit = _("Send the document")


class StaffSendForm(SendForm, ValidityForm):
    """The office adds a paper, and says whether it has looked at it."""

    submit = _("Add the document")
    how = forms.ChoiceField(
        label=_("How did you check it?"),
        choices=[
            (CheckedHow.ORIGINAL.value, CheckedHow.ORIGINAL.label),
            (CheckedHow.COPY.value, CheckedHow.COPY.label),
            (NOT_YET, _("Not yet")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you checked it.")},
    )
    field_order = ["kind", "description", "how", "issued_on", "expires_on"]

    def clean_how(self):
        return "" if self.cleaned_data["how"] == NOT_YET else self.cleaned_data["how"]
