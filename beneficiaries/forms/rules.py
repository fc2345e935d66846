"""A draft of the rules: every parameter with a field of its own type."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import ItalianDateField, form_helper
from oltreiperimetri.shared.models import Municipality
from oltreiperimetri.shared.rulesets import Rule, RuleSet

from ..domain.eligibility import Criterion
from ..domain.rules_2014 import CHOICES, GROUP_OF
from ..enums import LossReason, RuleCertainty, RuleEffect
from ..models import CriterionResult, PersonDocument

NEEDED = ("age_min", "unemployment_max_months", "unemployment_suspension_days_max", "residence_min_months")
AT_MOST = {"age_min": 120, "age_max": 120, "unemployment_max_months": 600, "residence_min_months": 600}
SEPARATOR = ","


class NumbersOrWords(forms.CharField):
    """A list written with commas: whole numbers stay numbers."""

    def prepare_value(self, value):
        return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else value

    def to_python(self, value):
        words = [word.strip() for word in (super().to_python(value) or "").split(SEPARATOR)]
        return tuple(int(word) if word.isdecimal() else word for word in words if word)


class Papers(forms.MultipleChoiceField):
    """Pairs of a criterion and the kinds of papers that prove it; each choice is one pair, `criterion:kind`."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        titles = CriterionResult.Criterion
        choices = [
            (f"{criterion}:{kind}", f"{titles(criterion.value).label}: {label}")
            for criterion in (Criterion.AGE, Criterion.UNEMPLOYED, Criterion.DURATION, Criterion.RESIDENCE)
            for kind, label in PersonDocument.Kind.choices
            if kind not in (PersonDocument.Kind.CV, PersonDocument.Kind.OTHER)
        ]
        super().__init__(choices=choices, **kwargs)

    def prepare_value(self, value):
        if value and not isinstance(value[0], str):
            return [f"{criterion}:{kind}" for criterion, kinds in value for kind in kinds]
        return value

    def clean(self, value):
        required: dict[str, list[str]] = {}
        for pair in super().clean(value):
            criterion, kind = pair.split(":")
            required.setdefault(criterion, []).append(kind)
        return tuple((criterion, tuple(kinds)) for criterion, kinds in required.items())

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)


def field_of(rule: Rule) -> forms.Field:
    """The field that edits the value of a parameter, by its kind."""
    common = {"label": rule.title or rule.code, "required": False, "help_text": rule.unit}
    match rule.kind:
        case "number":
            return forms.IntegerField(
                **common | {"required": rule.code in NEEDED}, min_value=0, max_value=AT_MOST.get(rule.code, 1_000_000)
            )
        case "yes_no":
            return forms.BooleanField(**common)
        case "choice":
            return forms.ChoiceField(**common | {"required": True}, choices=CHOICES[rule.code])
        case "reasons":
            return TupleField(**common, choices=LossReason.choices)
        case "towns":
            towns = Municipality.objects.filter(in_programme=True).order_by("name")
            choices = [(town.pk, town.name) for town in towns]
            return TupleField(**common | {"required": True, "help_text": ""}, choices=choices)
        case "evidence":
            return Papers(**common)
        case "list":
            return NumbersOrWords(**common)
    return forms.CharField(**common, max_length=300)


class TupleField(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def clean(self, value):
        return tuple(super().clean(value))


class DraftForm(forms.Form):
    """One parameter after the other: its value, and beside it what it does, where it stands and how sure that is."""

    valid_from = ItalianDateField(label=_("Valid from"), required=False)
    note = forms.CharField(
        label=_("Why the rules change"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, rules: RuleSet, today: date, **kwargs):
        self.rules = rules
        initial = {**kwargs.pop("initial", {})}
        for rule in rules.rules:
            initial |= {f"{rule.code}-{name}": getattr(rule, name) for name in ("value", "effect", "source", "certainty")}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["valid_from"].earliest = today + timedelta(days=1)
        for rule in rules.rules:
            self.fields[f"{rule.code}-value"] = field_of(rule)
            self.fields[f"{rule.code}-effect"] = forms.ChoiceField(label=_("What it does"), choices=RuleEffect.choices)
            self.fields[f"{rule.code}-certainty"] = forms.ChoiceField(label=_("How sure"), choices=RuleCertainty.choices)
            self.fields[f"{rule.code}-source"] = forms.CharField(label=_("Where it stands"), max_length=400)
        self.helper = form_helper(submit=_("Save the draft"), tag=False)

    def parameters(self) -> list[dict]:
        """For the template: the four bound fields of each parameter, and whether one of the last three has an error."""
        return [
            {
                "rule": rule,
                "group": GROUP_OF[rule.code],
                "value": self[f"{rule.code}-value"],
                "others": [self[f"{rule.code}-{name}"] for name in ("effect", "certainty", "source")],
                "is_open": any(f"{rule.code}-{name}" in self.errors for name in ("effect", "certainty", "source")),
            }
            for rule in self.rules.rules
        ]

    def clean(self):
        cleaned = super().clean()
        low, high = cleaned.get("age_min-value"), cleaned.get("age_max-value")
        if low is not None and high is not None and high < low:
            self.add_error("age_max-value", _("The highest age cannot be below the lowest."))
        return cleaned

    def changes(self) -> dict[str, dict]:
        """Code -> what differs from the draft as it was."""
        changed = {}
        for rule in self.rules.rules:
            now = {name: self.cleaned_data[f"{rule.code}-{name}"] for name in ("value", "effect", "source", "certainty")}
            fresh = {name: value for name, value in now.items() if value != getattr(rule, name)}
            if fresh:
                changed[rule.code] = fresh
        return changed


class WaiverForm(forms.Form):
    reason = forms.CharField(
        label=_("Why this requirement need not be met"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A colleague reads it before signing. The person reads only that two of us agreed."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Ask for the waiver"))
