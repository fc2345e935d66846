"""The questions of registration on one page, for a caseworker who reads them aloud.

Headings and what is under "For you" speak to the caseworker; every question speaks to the person, word for word.
"""

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Application, InboundReferral
from .fields import OTHER_TOWN
from .registration import NoticeForm, RegistrationForm

DUE = ("first_name", "last_name", "channel", "notice_read")


class AssistedForm(NoticeForm, RegistrationForm):
    """Only the name is due; of an e-mail address there is no need."""

    channel = forms.ChoiceField(
        label=_("How did the application arrive?"),
        choices=[(channel.value, channel.label) for channel in (Application.Channel.DESK, Application.Channel.PAPER)],
        widget=forms.RadioSelect,
        initial=Application.Channel.DESK,
    )
    is_another = forms.BooleanField(label=_("I have looked: it is another person"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, submit=_("Register this person"), **kwargs)
        for name, field in self.fields.items():
            field.required = name in DUE
        self.fields["notice_read"].label = _("The person has received the privacy notice, on paper or read aloud")
        self.fields["email"].help_text = _(
            "Do you have an e-mail address? If not, it does not matter: we telephone or write."
        )
        self.helper.layout = Layout(
            Fieldset(_("For you: how it arrived"), "channel"),
            Fieldset(_("Ask who the person is"), "first_name", "last_name", "birth_date", "sex", "tax_code", "looked_at"),
            Fieldset(
                _("Ask where they live and how to reach them"),
                "town",
                "other_town",
                "address",
                "phone",
                "email",
                "contact_by",
            ),
            Fieldset(_("Ask about work"), "working_now", "last_job_ended_on", "loss_reason", "did_on"),
            Fieldset(_("Ask about the family, if they want to tell"), "lives_with", "partner", "children", "dependants"),
            Fieldset(_("Ask what they look for"), "skills", "wishes", "hours", "schedule_limits"),
            Fieldset(_("Ask the rest"), "has_licence", "has_car", "italian", "preferred_language", "known_to_services"),
            Fieldset(_("For you: before you register"), "notice_read"),
        )

    def ask_whether_the_same(self) -> None:
        """Show the box by which staff say that it is another person than those shown."""
        self.helper.layout.insert(0, "is_another")

    @property
    def for_whom(self) -> str:
        """The name, as far as it is known."""
        return " ".join(part for part in (self["first_name"].value(), self["last_name"].value()) if part).strip()


def told_by_partner(referral: InboundReferral) -> dict:
    """What a partner told of somebody, as the form shows it."""
    return {
        "first_name": referral.first_name,
        "last_name": referral.last_name,
        "phone": referral.phone,
        "email": referral.email,
        "town": referral.municipality_id or (OTHER_TOWN if referral.other_town else ""),
        "other_town": referral.other_town,
    }
