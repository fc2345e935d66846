from django import forms
from django.utils.translation import gettext_lazy as _

from oltreiperimetri.shared.models import Municipality
from partners.enums import Sector
from partners.forms.filters import Filters

from ..enums import DeclinedBy, DeclineReason
from ..models import Proposal

Reason = DeclineReason
REASONS = {
    DeclinedBy.PERSON: [
        Reason.TIMES,
        Reason.DISTANCE,
        Reason.TASKS,
        Reason.NOT_NOW,
        Reason.FOUND_WORK,
        Reason.OTHER,
    ],
    DeclinedBy.FIRM: [Reason.OTHER_PERSON, Reason.NOT_NOW, Reason.TIMES, Reason.TASKS, Reason.OTHER],
    DeclinedBy.OFFICE: list(Reason),
}


class DeclineForm(forms.Form):
    """Why not, from the list of whoever says no; `prefix` lets it stand twice on a page."""

    reason = forms.ChoiceField(label=_("Why not?"))
    note = forms.CharField(
        label=_("Do you want to add something?"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, side: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [("", _("Choose")), *[(reason.value, reason.label) for reason in REASONS[side]]]


class ProposalFilters(Filters):
    OPEN = "open"
    LAPSING = "lapsing"

    stato = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All states")),
            (OPEN, _("All open ones")),
            (LAPSING, _("An answer due within two days")),
            *Proposal.State.choices,
        ],
    )
    comune = forms.ModelChoiceField(
        Municipality.objects.in_programme(), label=_("Town of the person"), required=False, empty_label=_("All towns")
    )
    settore = forms.ChoiceField(label=_("Sector"), required=False, choices=[("", _("All sectors")), *Sector.choices])

    def rows(self, proposals, *, today):
        chosen = self.chosen
        match chosen.get("stato"):
            case self.OPEN:
                proposals = proposals.open()
            case self.LAPSING:
                proposals = proposals.lapsing(today)
            case str(state):
                proposals = proposals.filter(state=state)
        if "comune" in chosen:
            proposals = proposals.filter(person__municipality=chosen["comune"])
        if "settore" in chosen:
            proposals = proposals.filter(slot__sector=chosen["settore"])
        return proposals


class MatchingFilters(Filters):
    comune = forms.ModelChoiceField(
        Municipality.objects.in_programme(), label=_("Town of the slot"), required=False, empty_label=_("All towns")
    )
    settore = forms.ChoiceField(label=_("Sector"), required=False, choices=[("", _("All sectors")), *Sector.choices])

    def rows(self, slots):
        chosen = self.chosen
        if "comune" in chosen:
            slots = slots.filter(site__municipality=chosen["comune"])
        if "settore" in chosen:
            slots = slots.filter(sector=chosen["settore"])
        return slots


class OfficeDeclineForm(DeclineForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, side=DeclinedBy.OFFICE, **kwargs)
        self.fields["reason"].label = _("Why does the office close it?")
        self.fields["note"].label = _("Note for colleagues")
