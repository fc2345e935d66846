from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.forms import form_helper
from oltreiperimetri.shared.models import Municipality
from partners.forms.filters import Filters

from ..domain.idea import NEEDED
from ..enums import Outcome
from ..models import Edition, Idea, Need
from .fields import LimitedTextField


class NeedsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, need):
        return f"{need.title} ({need.organisation.name})"


class IdeaForm(forms.ModelForm):
    """A draft needs its title alone; an idea already sent stays whole."""

    needs = NeedsField(
        label=_("Which needs does it answer?"),
        queryset=Need.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None is fine too: your idea is free."),
    )

    class Meta:
        model = Idea
        fields = ["title", *Idea.TEXTS, "needs", "municipality", "team"]
        field_classes = dict.fromkeys([*Idea.TEXTS, "team"], LimitedTextField)
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "problem": forms.Textarea(attrs={"rows": 6}),
            "solution": forms.Textarea(attrs={"rows": 8}),
            "customers": forms.Textarea(attrs={"rows": 5}),
            "first_steps": forms.Textarea(attrs={"rows": 5}),
            "team": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "title": _("It will be public if your idea is chosen. Do not write names."),
            "summary": _("As you would tell it to a neighbour."),
            "problem": _("Who has this problem, how often, how do they manage today?"),
            "solution": _("What you would do, step by step. Do not write names: the jury must not know who you are."),
            "customers": _("Who would use it, who would pay, roughly how much."),
            "first_steps": _("Skills, tools, a place, money: what you have and what you lack."),
            "municipality": _("Where it would begin, if you know already."),
            "team": _("Name and surname, one person a line. The jury does not see them."),
        }

    def __init__(self, *args, edition: Edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["needs"].queryset = edition.needs.published().select_related("organisation").order_by("title", "pk")
        self.fields["municipality"].queryset = Municipality.objects.in_programme()
        self.fields["municipality"].empty_label = _("Anywhere in the area")
        is_sent = self.instance.state == Idea.State.SUBMITTED
        for name in NEEDED:
            self.fields[name].required = is_sent
        self.helper = form_helper(submit=_("Save and replace what I sent") if is_sent else _("Save the draft"))
        self.helper.layout = Layout(
            Fieldset(_("The idea"), "title", "summary", "problem", "solution"),
            Fieldset(_("How it stands up"), "customers", "first_steps"),
            Fieldset(_("For whom and with whom"), "needs", "municipality", "team"),
        )


class IdeaFilters(Filters):
    STATES = [(value, label) for value, label in Idea.State.choices if value != Idea.State.DRAFT]

    q = forms.CharField(label=_("Title, number or author"), required=False)
    stato = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All states")), *STATES])
    bisogno = forms.ModelChoiceField(Need.objects.none(), label=_("Need"), required=False, empty_label=_("All needs"))

    def __init__(self, *args, edition: Edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bisogno"].queryset = edition.needs.order_by("title", "pk")

    def rows(self, ideas):
        chosen = self.chosen
        if "q" in chosen:
            ideas = ideas.matching(chosen["q"])
        if "stato" in chosen:
            ideas = ideas.filter(state=chosen["stato"])
        if "bisogno" in chosen:
            ideas = ideas.filter(needs=chosen["bisogno"])
        return ideas


class DecisionForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect)
    message = LimitedTextField(
        label=_("What we say to the authors"),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Why, and what they can do now. They read it word for word."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Keep the decision"))
