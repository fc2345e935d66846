from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.models import Municipality

from .. import paths
from ..domain.queries import names_in

GROUP_LABELS = [
    ("coming", _("Coming in thirty days")),
    ("waiting", _("Asked, waiting")),
    ("to_call", _("To call")),
    ("overdue", _("Overdue")),
]
# Lists that are not columns: each number of the home page opens its own.
OTHER_LISTS = [
    ("late", _("To call or overdue")),
    ("call_back", _("They asked to be called")),
    ("divergent", _("Answers that differ")),
]
ALL = ("", _("All"))
# Parameter of the address for each dimension of the paths.
DIMENSIONS = {"comune": "town", "gruppo": "cohort", "azienda": "firm"}
GROUPINGS = [("", _("Everybody together")), ("cohort", _("By group")), ("town", _("By town")), ("firm", _("By firm"))]


class BoardFilter(forms.Form):
    """Filters of the monitoring board, kept in the URL."""

    percorso = forms.ChoiceField(label=_("Path"), required=False)
    comune = forms.ChoiceField(label=_("Town"), required=False)
    gruppo = forms.ChoiceField(label=_("Group"), required=False)
    azienda = forms.ChoiceField(label=_("Firm"), required=False)
    stato = forms.ChoiceField(label=_("Column"), required=False, choices=[ALL, *GROUP_LABELS, *OTHER_LISTS])
    per = forms.ChoiceField(label=_("Figures"), required=False, choices=GROUPINGS)

    def __init__(self, data, *args, checkpoints, **kwargs):
        """`checkpoints`: those the reader sees; groups and firms to choose from are theirs."""
        super().__init__(data, *args, **kwargs)
        self.fields["percorso"].choices = [ALL, *paths.labels().items()]
        self.fields["comune"].choices = [ALL, *Municipality.objects.in_programme().values_list("pk", "name")]
        self.fields["gruppo"].choices = [ALL, *names_in(checkpoints, "cohort")]
        self.fields["azienda"].choices = [ALL, *names_in(checkpoints, "firm")]

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
        for name, dimension in DIMENSIONS.items():
            if self.value(name):
                checkpoints = paths.within(checkpoints, dimension, self.value(name))
        return checkpoints
