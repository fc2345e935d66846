"""Pages by which an application goes on: each shows what it needs, what the person will read, and a note for the team."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.dates import ROME
from oltreiperimetri.shared.forms import ItalianDateField, form_helper

from ..models import Application
from ..models.appointment import OUTCOMES

State = Application.State

MESSAGES = {
    State.INFO_REQUESTED: _("To go on with your application we need:\n\n- "),
    State.INTERVIEW: _("Bring an identity document. If you cannot come, call us: we find another day together."),
    State.ADMITTED: _(
        "Good news: you are admitted to ORAFO.\n\n"
        "Within a month we call you to offer you a place in a group. You do not have to do anything now."
    ),
    State.WAITING_LIST: _(
        "Your application is on the waiting list: at the moment the groups are full.\n\n"
        "We look at it again every month and call you as soon as there is room."
    ),
    State.NOT_ADMITTED: _(
        "We have read your application with care. This time we cannot admit you to ORAFO.\n\n"
        "This does not close the door: if something changes, or if we have misunderstood, call us. "
        "There are other ways too, and we look at them together."
    ),
    State.WITHDRAWN: _(
        "As you asked, we have withdrawn your application.\n\n"
        "If you change your mind call us: you can start again whenever you want."
    ),
}


class StepForm(forms.Form):
    """What every step shares: the state its page showed, the message, the internal note."""

    seen = forms.CharField(widget=forms.HiddenInput)
    message = forms.CharField(
        label=_("What the person reads"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Plain words, as you would say them. The name is written for you at the top."),
    )
    note = forms.CharField(
        label=_("Internal note"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For the team only. The person does not see it."),
    )
    message_is_required = True

    def __init__(self, *args, application: Application, to: str, transition, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["seen"].initial = application.state
        self.fields["message"].initial = _g(str(MESSAGES.get(to, "")))
        self.fields["message"].required = self.message_is_required
        self.helper = form_helper(submit=transition.label)

    def facts(self) -> dict:
        """The keyword arguments of the verb."""
        return dict(self.cleaned_data)


class ReasonMixin(forms.Form):
    reason = forms.ChoiceField(label=_("Reason"))

    def __init__(self, *args, transition, reason_is_required: bool = True, **kwargs):
        super().__init__(*args, transition=transition, **kwargs)
        self.fields["reason"].choices = [("", _("Choose")), *transition.reasons]
        self.fields["reason"].required = reason_is_required
        self.order_fields(["seen", "reason", "message", "note"])


class ReviewForm(StepForm):
    message_is_required = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["message"].help_text = _("Leave it empty if there is nothing to tell the person.")


class ReopenForm(ReasonMixin, ReviewForm):
    pass


class InformationForm(StepForm):
    answer_by = ItalianDateField(label=_("Answer by"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer_by"].initial = self.today + timedelta(days=15)
        self.order_fields(["seen", "message", "answer_by", "note"])

    def clean_message(self):
        """The words offered end with an empty line of a list: somebody must say what is missing."""
        message = self.cleaned_data["message"].strip()
        if message.splitlines() == self.fields["message"].initial.strip().splitlines():
            raise forms.ValidationError(_("Write what is missing: the person reads these words."), code="nothing_asked")
        return message


class InterviewForm(StepForm):
    message_is_required = False
    day = ItalianDateField(label=_("Day"))
    time = forms.TimeField(
        label=_("Time"),
        input_formats=["%H:%M", "%H.%M", "%H,%M", "%H"],
        widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"}),
        help_text=_("For example 10:30."),
        error_messages={"invalid": _("Write the time with hours and minutes, for example 10:30.")},
    )
    place = forms.CharField(label=_("Place"), max_length=150, help_text=_("Address, or “by phone”."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["seen", "day", "time", "place", "message", "note"])

    def facts(self) -> dict:
        facts = dict(self.cleaned_data)
        day: date = facts.pop("day")
        clock: time = facts.pop("time")
        return facts | {"starts_at": datetime.combine(day, clock, tzinfo=ROME)}


class DecisionForm(ReasonMixin, StepForm):
    """`against` tells that the screening advises otherwise: then reason and note are due."""

    def __init__(self, *args, transition, against: bool, **kwargs):
        needed = transition.needs_reason or against
        super().__init__(*args, transition=transition, reason_is_required=needed, **kwargs)
        if not needed:
            del self.fields["reason"]
        if against:
            self.fields["note"].required = True
            self.fields["note"].help_text = _("The screening advises otherwise: explain to the team why you decide so.")


class WithdrawalForm(ReasonMixin, StepForm):
    pass


class InterviewOutcomeForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("How did it go?"),
        choices=[(outcome.value, outcome.label) for outcome in OUTCOMES],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Internal note"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For the team only. The person does not see it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(submit=_("Save"))


class ProtocolForm(forms.Form):
    protocol_number = forms.CharField(
        label=_("Protocol number"),
        max_length=12,
        help_text=_("At least seven digits, as the office's protocol gave it."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    protocol_on = ItalianDateField(label=_("Protocol date"))

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["protocol_on"].latest = today
        self.helper = form_helper(submit=_("Save"))

    def clean_protocol_number(self):
        number = "".join(self.cleaned_data["protocol_number"].split())
        if not number.isdigit() or len(number) < 7:
            raise forms.ValidationError(_("A protocol number has at least seven digits, for example 0001234."))
        return number
