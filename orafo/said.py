"""What a proposal's state means, said to the person and to the firm; never the other side's reasons."""

from django.utils.translation import gettext_lazy as _

from .models import Proposal

State = Proposal.State

TO_PERSON = {
    State.SHOWN_TO_PERSON: _("Read it calmly and tell us. You decide, and saying no costs you nothing."),
    State.PERSON_OK: _("You said yes. Now we ask the firm."),
    State.SENT_TO_FIRM: _("You said yes. Now the firm is deciding: we write to you as soon as it answers."),
    State.FIRM_OK: _("You and the firm both said yes. We prepare the papers and call you."),
    State.ACCEPTED: _("It has become your traineeship."),
    State.DECLINED: _("This proposal is closed. Your path goes on: we look for another one together."),
    State.EXPIRED: _("The time to answer has passed. Call us: we look together."),
}
TO_FIRM = {
    State.EXPIRED: _("The time to answer has passed. Call us if you are still interested."),
    State.SENT_TO_FIRM: _(
        "The person has said yes. Now it is your turn. Do you want to meet first? Call us and we arrange it."
    ),
    State.FIRM_OK: _("You said yes. We prepare the papers and call you to agree on the days."),
    State.ACCEPTED: _("It has become a traineeship at your firm."),
}
