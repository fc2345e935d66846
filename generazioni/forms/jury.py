from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.models import User
from oltreiperimetri.shared.forms import form_helper

from ..models import Criterion, Edition, Review
from ..models.jury import MAX_SCORE
from .fields import LimitedTextField

SCORES = [(value, value) for value in range(MAX_SCORE + 1)]


class ReviewForm(forms.Form):
    """One row of scores for each criterion. Sending needs all of them and the declaration; a draft needs nothing."""

    strength = LimitedTextField(
        label=_("A strong point"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The authors will read it after the results, without your name."),
    )
    advice = LimitedTextField(
        label=_("A piece of advice"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    no_interest = forms.BooleanField(
        label=_("I do not know who wrote it and have no interest in it."),
        required=False,
        error_messages={"required": _("Tick the declaration before sending, or step aside for this idea.")},
    )

    def __init__(self, data=None, *, criteria: list[Criterion], review: Review | None, must_be_whole: bool):
        super().__init__(data, initial=initial_of(review))
        self.criteria = criteria
        for criterion in criteria:
            self.fields[field_name(criterion)] = forms.TypedChoiceField(
                label=criterion.name,
                choices=SCORES,
                coerce=int,
                empty_value=None,
                required=must_be_whole,
                widget=forms.RadioSelect,
                error_messages={"required": _("Give a score from 0 to 10.")},
            )
        self.fields["no_interest"].required = must_be_whole

    def score_fields(self) -> list[tuple[Criterion, forms.BoundField]]:
        return [(criterion, self[field_name(criterion)]) for criterion in self.criteria]

    @property
    def scores(self) -> dict[Criterion, int | None]:
        return {criterion: self.cleaned_data[field_name(criterion)] for criterion in self.criteria}

    @property
    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("strength", "advice")}


def field_name(criterion: Criterion) -> str:
    return f"score_{criterion.pk}"


def initial_of(review: Review | None) -> dict:
    if review is None:
        return {}
    scores = {f"score_{score.criterion_id}": score.value for score in review.scores.all()}
    return scores | {
        "strength": review.strength,
        "advice": review.advice,
        "no_interest": review.state == Review.State.SENT,
    }


class ConflictForm(forms.Form):
    reason = forms.CharField(
        label=_("Why?"), max_length=300, help_text=_("A word is enough, for example: a relative, my employer, I helped.")
    )


class SeatForm(forms.Form):
    user = forms.ModelChoiceField(User.objects.none(), label=_("Juror"), empty_label=_("Choose a person"))

    def __init__(self, *args, edition: Edition, **kwargs):
        super().__init__(*args, **kwargs)
        jurors = User.objects.active().with_role(Role.JUROR).exclude(juries__edition=edition)
        self.fields["user"].queryset = jurors.order_by("last_name", "first_name", "pk")
        self.helper = form_helper(submit=_("Add to the jury"))
