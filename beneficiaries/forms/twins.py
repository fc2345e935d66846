from django import forms
from django.utils.translation import gettext_lazy as _

from ..domain.comparison import CHOICES


class CompareForm(forms.Form):
    """For each thing on which two files differ, which value stays; and that somebody has looked."""

    looked = forms.BooleanField(
        label=_("I have looked at both: they are the same person."),
        error_messages={"required": _("Tick this box when you are sure: otherwise leave the two files as they are.")},
    )

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            if line.differs:
                self.fields[line.name] = forms.ChoiceField(
                    label=line.label,
                    choices=[(choice, choice) for choice in CHOICES],
                    initial=line.chosen,
                    error_messages={"required": _("Choose one of the two.")},
                )

    def choices(self) -> dict[str, str]:
        return {line.name: self.cleaned_data[line.name] for line in self.lines if line.differs}

    def rows(self):
        """(line, chosen value, errors) for the page."""
        for line in self.lines:
            bound = self[line.name] if line.differs else None
            yield line, bound.value() if bound else "", bound.errors if bound else []
