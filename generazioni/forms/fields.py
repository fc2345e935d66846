"""Fields that count as the page counts."""

from django import forms


class LimitedTextField(forms.CharField):
    """A long text whose limit is what the counter under it shows: a new line is one character, as in the browser."""

    widget = forms.Textarea

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")
