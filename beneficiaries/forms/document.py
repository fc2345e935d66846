from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import form_helper

from ..models import PersonDocument


class DocumentForm(forms.Form):
    """A photo or a PDF; what is inside it is checked where it is kept."""

    kind = forms.ChoiceField(label=_("What is it?"))
    description = forms.CharField(
        label=_("In a few words"),
        required=False,
        max_length=120,
        help_text=_("Needed only if you chose “Something else”."),
    )
    file = forms.FileField(
        label=_("Photo or file"),
        max_length=200,
        help_text=_("A photo from your phone (JPG or PNG) or a PDF, 10 MB at most. All four corners must be visible."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
        error_messages={
            "required": _("Choose the photo or the file."),
            "empty": _("This file is empty."),
            "max_length": _("The name of this file is too long: rename it."),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Choose")), *PersonDocument.Kind.choices]
        self.helper = form_helper(submit=_("Send the document"))
