from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.models import Municipality

from .. import paths

GROUP_LABELS = [
    ("coming", _("Coming in thirty days")),
    ("waiting", _("Asked, waiting")),
    ("to_call", _("To call")),
    ("overdue", _("Overdue")),
]
# Lists that are not columns: each number of the home page opens its own.
OTHER_LISTS = [("late", _("To call or overdue")), ("call_back", _("They asked to be called"))]


class BoardFilter(forms.Form):
    """Filters of the monitoring board, kept in the URL."""

    percorso = forms.ChoiceField(label=_("Path"), required=False)
    comune = forms.ChoiceField(label=_("Town"), required=False)
    stato = forms.ChoiceField(label=_("Column"), required=False, choices=[("", _("All")), *GROUP_LABELS, *OTHER_LISTS])

    def __init__(self, data, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.fields["percorso"].choices = [("", _("All")), *paths.labels().items()]
        towns = Municipality.objects.in_programme().values_list("pk", "name")
        self.fields["comune"].choices = [("", _("All")), *towns]

    def value(self, name: str) -> str:
        """The chosen value, empty when it is not one of the choices: a mistyped address still shows the list."""
        self.is_valid()
        return self.cleaned_data.get(name, "")

    def active(self, query) -> list[tuple[str, str]]:
        """The filters in use as (what it says, address without it)."""
        in_use = []
        for name, field in self.fields.items():
            label = dict(field.choices).get(self.value(name))
            if self.value(name) and label:
                rest = query.copy()
                rest.pop(name, None)
                rest.pop("page", None)
                in_use.append((str(label), f"?{rest.urlencode()}"))
        return in_use

    def apply(self, checkpoints):
        if self.value("percorso"):
            checkpoints = checkpoints.filter(plan__path=self.value("percorso"))
        if self.value("comune"):
            checkpoints = paths.in_town(checkpoints, self.value("comune"))
        return checkpoints
