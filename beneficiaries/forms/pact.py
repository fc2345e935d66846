from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.dates import add_months
from oltreiperimetri.shared.forms import ItalianDateField, form_helper

from ..enums import Area, Ball
from ..models import Pact
from ..models.pact import DOERS

REVIEW_MONTHS = 3


class GoalForm(forms.Form):
    area = forms.ChoiceField(label=_("Area"), choices=[("", _("Choose")), *Area.choices])
    text = forms.CharField(
        label=_("Where do we want to arrive?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In the words of the person, as something one can see. The person reads it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Save the goal"))


class ActionForm(forms.Form):
    text = forms.CharField(
        label=_("What is to be done?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One thing, for example: bring the curriculum to the desk. The person reads it."),
    )
    ball = forms.ChoiceField(
        label=_("Who does it?"), choices=[(one.value, one.label) for one in DOERS], widget=forms.RadioSelect
    )
    partner_name = forms.CharField(
        label=_("Which partner"), required=False, max_length=120, help_text=_("Only if a partner does it.")
    )
    due_on = ItalianDateField(label=_("By when?"))

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ball"].initial = Ball.PERSON.value
        self.fields["due_on"].initial = today + timedelta(days=14)
        self.helper = form_helper(submit=_("Save the action"))


class ReviewDayForm(forms.Form):
    """The day on which both look at the pact again: three months on, unless another is said."""

    review_on = ItalianDateField(label=_("When do you look at it together again?"))

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["review_on"].initial = add_months(today, REVIEW_MONTHS)


class ProposeForm(ReviewDayForm):
    answer_by = ItalianDateField(label=_("Answer by"))
    message = forms.CharField(
        label=_("What the person reads"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Leave it empty and we write that the pact is ready to be read."),
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, today=today, **kwargs)
        self.fields["answer_by"].initial = today + timedelta(days=14)
        self.order_fields(["answer_by", "review_on", "message"])
        self.helper = form_helper(submit=_("Let the person read it"))


class AgreeForm(ReviewDayForm):
    agreed_on = ItalianDateField(label=_("When did you agree?"))
    consent = forms.ChoiceField(
        label=_("How did the person say yes?"),
        choices=[(one.value, one.label) for one in (Pact.Consent.PRESENT, Pact.Consent.PAPER)],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, today=today, **kwargs)
        self.fields["agreed_on"].initial = today
        self.fields["agreed_on"].latest = today
        self.fields["consent"].initial = Pact.Consent.PRESENT.value
        self.order_fields(["agreed_on", "consent", "review_on"])
        self.helper = form_helper(submit=_("Write down that it is agreed"))


class ReviewForm(ReviewDayForm):
    note = forms.CharField(
        label=_("How did it go?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For the team only. The person does not see it."),
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, today=today, **kwargs)
        self.order_fields(["note", "review_on"])
        self.helper = form_helper(submit=_("Save"))


class ChangeForm(forms.Form):
    """What the person would change, in their words."""

    text = forms.CharField(label=_("What would you change?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Send it to us"))
