"""Letters that give a role: what is accepted once, corrected or taken away does not come back by an older letter."""

import re
from datetime import UTC, datetime

import pytest

from oltreiperimetri.accounts.enums import LinkPurpose, Role
from oltreiperimetri.accounts.invitations import accept
from oltreiperimetri.accounts.links import LinkRefused, open_link
from oltreiperimetri.accounts.models import Invitation
from oltreiperimetri.shared.errors import DomainError
from partners.domain import contact as contacts
from partners.models import Organisation
from tests.factories.accounts import UserFactory
from tests.factories.partners import ContactFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def invited(mailoutbox, django_capture_on_commit_callbacks):
    """Invites a contact; returns the invitation and the token in its letter."""

    def invite(contact):
        with django_capture_on_commit_callbacks(execute=True):
            contacts.invite(contact, by=UserFactory(caseworker=True), now=NOW)
        token = re.search(r"/account/invito/([\w-]+)/", mailoutbox[-1].body)[1]
        return Invitation.objects.latest("pk"), token

    return invite


def refused(token) -> str:
    with pytest.raises(LinkRefused) as refusal:
        open_link(LinkPurpose.INVITATION, token, now=NOW)
    return refusal.value.reason


def test_whoever_left_does_not_come_back_by_a_second_letter(invited):
    contact = ContactFactory(email="lia@example.org")
    (first, _token), (second, second_token) = invited(contact), invited(contact)
    lia = UserFactory(email="lia@example.org")
    accept(first, by=lia, now=NOW)
    contact.refresh_from_db()
    contacts.end_access(contact, by=UserFactory(caseworker=True), now=NOW)
    assert refused(second_token) == "revoked"
    with pytest.raises(DomainError) as refusal:
        accept(second, by=lia, now=NOW)
    assert refusal.value.code == "expired"
    assert not Organisation.objects.visible_to(lia).exists()


def test_ending_access_ends_what_was_sent_later_too(invited):
    contact = ContactFactory(email="lia@example.org", user=UserFactory(email="lia@example.org"))
    other = ContactFactory(email="lia@example.org")
    _invitation, elsewhere = invited(other)
    Invitation.objects.create(
        email="lia@example.org",
        role=Role.FIRM_CONTACT,
        subject_type=Organisation._meta.label_lower,
        subject_id=contact.organisation_id,
        expires_at=NOW.replace(month=12),
    )
    contacts.end_access(contact, by=UserFactory(caseworker=True), now=NOW)
    assert Invitation.objects.filter(expires_at__gt=NOW).get().subject_id == other.organisation_id
    assert open_link(LinkPurpose.INVITATION, elsewhere, now=NOW)


def test_a_letter_that_went_to_a_mistyped_address_opens_nothing_once_it_is_corrected(invited):
    contact = ContactFactory(email="stranger@example.org")
    invitation, token = invited(contact)
    contacts.change(contact, {"email": "lia@example.org"}, by=UserFactory(caseworker=True), now=NOW)
    assert refused(token) == "revoked"
    with pytest.raises(DomainError):
        accept(invitation, by=UserFactory(email="stranger@example.org"), now=NOW)


def test_another_correction_leaves_the_letter_good(invited):
    contact = ContactFactory(email="lia@example.org")
    _invitation, token = invited(contact)
    contacts.change(contact, {"phone": "+390212345678"}, by=UserFactory(caseworker=True), now=NOW)
    assert open_link(LinkPurpose.INVITATION, token, now=NOW)
