from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from . import kinds

VIEWS = [
    ("planned", pgettext_lazy("messages", "Planned")),
    ("waiting", _("Leaving")),
    ("sent", pgettext_lazy("messages", "Sent")),
    ("skipped", _("Not sent, with the reason")),
    ("failed", _("Failed or stopped")),
    ("cancelled", _("No longer needed")),
]


class MessageFilter(forms.Form):
    """Filters of the list of messages, kept in the URL; a mistyped one is ignored."""

    vista = forms.ChoiceField(label=_("Show"), choices=VIEWS, required=False, widget=forms.HiddenInput)
    tipo = forms.ChoiceField(label=_("Kind"), required=False)
    indirizzo = forms.CharField(label=_("Address contains"), max_length=100, required=False)

    def __init__(self, data, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.fields["tipo"].choices = [("", _("All")), *kinds.labels().items()]
        self.is_valid()

    def value(self, name: str, default: str = "") -> str:
        return getattr(self, "cleaned_data", {}).get(name) or default

    def active(self, query) -> list[tuple[str, str]]:
        """The filters in use as (what it says, address without it)."""
        labels = {"tipo": dict(self.fields["tipo"].choices).get(self.value("tipo")), "indirizzo": self.value("indirizzo")}
        in_use = []
        for name, label in labels.items():
            if self.value(name) and label:
                rest = query.copy()
                rest.pop(name, None)
                rest.pop("page", None)
                in_use.append((str(label), f"?{rest.urlencode()}"))
        return in_use
