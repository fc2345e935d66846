from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import form_helper

from ..domain.import_columns import BY_NAME, COLUMNS
from ..models import ImportRow


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, up to 5000 people and 2 MB. The first line holds the headers."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        error_messages={"required": _("Choose the file."), "empty": _("This file is empty.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Go on"))


class ColumnsForm(forms.Form):
    """What each column of the file is."""

    def __init__(self, *args, headers: list[str], columns: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", _("Leave out")), *((column.name, column.label) for column in COLUMNS)]
        for number, (header, name) in enumerate(zip(headers, columns, strict=True)):
            label = header or _("Column without a header")
            self.fields[f"column_{number}"] = forms.ChoiceField(label=label, choices=choices, initial=name, required=False)
        self.helper = form_helper(submit=_("See what happens to each row"))

    def columns(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.fields]


class RowForm(forms.Form):
    """The cells of one row, under the headers of its file; the errors stand beside their cell."""

    def __init__(self, *args, headers, columns, row: ImportRow, **kwargs):
        super().__init__(*args, **kwargs)
        self.count, self.columns = len(headers), columns
        for number, (header, name, cell) in enumerate(zip(headers, columns, row.cells, strict=True)):
            label = BY_NAME[name].label if name else header
            field = forms.CharField(label=label, required=False, initial=cell, max_length=500)
            if not name:
                field.widget = forms.HiddenInput()
            self.fields[f"cell_{number}"] = field
        self.helper = form_helper(submit=_("Save the row"))

    def cells(self) -> list[str]:
        return [self.cleaned_data[f"cell_{number}"] for number in range(self.count)]

    def show(self, problems: list) -> None:
        """Put each sentence beside its cell, or above when its column is not in the file."""
        for name, sentence in problems:
            field = f"cell_{self.columns.index(name)}" if name in self.columns else None
            self.add_error(field, sentence)


class ChosenRowsForm(forms.Form):
    """All the rows that can be written, or those ticked."""

    which = forms.ChoiceField(choices=[("all", _("All")), ("ticked", _("Only those ticked on this page"))])
    rows = forms.ModelMultipleChoiceField(queryset=ImportRow.objects.none(), required=False)

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rows"].queryset = rows

    def chosen(self):
        """A QuerySet, or None for all."""
        return self.cleaned_data["rows"] if self.cleaned_data["which"] == "ticked" else None
