"""People sent by partners, on composed pages: for the body that sends, and on the file of the person who came that way."""

from datetime import date

from django.utils.translation import gettext as _

from oltreiperimetri.shared.desk import Panel, Record

from .models import InboundReferral, Person

SHOWN = 3


def organisation_panels(organisation, viewer, *, today: date) -> list[Panel]:
    """For the contacts of a body accredited to send people."""
    if not (organisation.may_refer and organisation.is_accredited):
        return []
    sent = InboundReferral.objects.sent_by(viewer).filter(organisation=organisation).order_by("-sent_at", "-pk")
    if not viewer.partner_contacts.filter(organisation=organisation).exists():
        return []
    context = {"referrals": sent.defer("why", "phone", "email")[:SHOWN]}
    return [Panel(_("People we sent"), "beneficiaries/inbound/_panel.html", context, order=25, anchor="segnalazioni")]


def referral_records(person: Person) -> list[Record]:
    """What a partner told us of the person, in the copy of one's data."""
    return [
        Record(
            _("How you came to us"),
            (
                (_("sent by"), str(referral.organisation)),
                (_("sent at"), referral.sent_at.isoformat()),
                (_("why"), referral.why),
            ),
        )
        for referral in person.inbound_referrals.select_related("organisation")
    ]
