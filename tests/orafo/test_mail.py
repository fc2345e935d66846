"""Every mail of the app can be written, first and as a reminder."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from beneficiaries.emails_appointments import person_recipient
from oltreiperimetri.reminders.enums import Audience
from orafo import emails, reminders
from orafo.models import Membership, Proposal
from tests.factories.orafo import MembershipFactory, ProposalFactory, SessionFactory, TraineeshipFactory

pytestmark = pytest.mark.django_db
FOLDER = Path(settings.BASE_DIR) / "templates/mail/orafo"


class Planned:
    """What composing needs to know of a reminder."""

    def __init__(self, audience):
        self.audience = audience


def composed():
    """(template, context) of all that is composed about one object of each kind."""
    offered: Membership = MembershipFactory(offered=True)
    proposal: Proposal = ProposalFactory()
    nobody = person_recipient(offered.person)
    yield "orafo/seat_offer", emails.seat_offer_context(offered)
    yield reminders.offer_compose(offered, None, nobody)
    yield reminders.session_compose(SessionFactory(), None, nobody)
    for audience in (Audience.PERSON, Audience.FIRM):
        yield reminders.proposal_compose(proposal, Planned(audience), nobody)
    yield (
        "orafo/traineeship_agreed",
        {"person": "Teresa Colombo", "traineeship": TraineeshipFactory(), "link": "https://example.org"},
    )


def test_every_mail_has_a_subject_a_text_and_a_page():
    names = {path.name.split(".")[0] for path in FOLDER.iterdir()}
    assert {path.name for path in FOLDER.iterdir()} == {
        f"{name}{ending}" for name in names for ending in (".subject.txt", ".txt", ".html")
    }
    assert {template.removeprefix("orafo/") for template, _context in composed()} == names


def test_every_mail_is_written_with_its_link_and_without_gaps():
    for template, found in composed():
        context = {"phone": "02 0000 0000", **found, "name": "Teresa"}
        subject = render_to_string(f"mail/{template}.subject.txt", context).strip()
        text, page = (render_to_string(f"mail/{template}.{ending}", context) for ending in ("txt", "html"))
        assert subject
        assert "\n" not in subject
        for body in (text, page):
            assert "Teresa" in body
            assert context.get("link", "") in body.replace("&amp;", "&")
            assert "None" not in body
