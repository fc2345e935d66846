from datetime import UTC, datetime, timedelta

import pytest

from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.links import LinkRefused, issue_link, open_link, revoke_links, use_link
from oltreiperimetri.accounts.models import AccessLink
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def subject():
    return UserFactory()


@pytest.fixture
def token(subject):
    return issue_link(LinkPurpose.FOLLOW_UP, subject, expires_at=NOW + timedelta(days=1))


def refusal(purpose, token, *, now=NOW):
    with pytest.raises(LinkRefused) as refused:
        open_link(purpose, token, now=now)
    return refused.value.reason


def test_the_token_itself_is_not_stored(token):
    assert token not in str(AccessLink.objects.values().get())


def test_a_link_opens_what_it_was_issued_for(token, subject):
    assert open_link(LinkPurpose.FOLLOW_UP, token, now=NOW).subject_id == subject.pk


def test_a_link_serves_one_purpose_only(token):
    assert refusal(LinkPurpose.PROPOSAL, token) == "unknown"


def test_a_tampered_link_is_unknown(token):
    assert refusal(LinkPurpose.FOLLOW_UP, token[:-1] + "x") == "unknown"


def test_a_link_expires_at_its_instant(token):
    assert refusal(LinkPurpose.FOLLOW_UP, token, now=NOW + timedelta(days=1)) == "expired"


def test_a_used_link_does_not_open_again(token):
    use_link(open_link(LinkPurpose.FOLLOW_UP, token, now=NOW), now=NOW)
    assert refusal(LinkPurpose.FOLLOW_UP, token) == "used"


def test_of_two_who_use_a_link_at_once_the_second_is_refused(token):
    first, second = (open_link(LinkPurpose.FOLLOW_UP, token, now=NOW) for _ in range(2))
    use_link(first, now=NOW)
    with pytest.raises(LinkRefused, match="used"):
        use_link(second, now=NOW)


def test_revoked_links_do_not_open(token, subject):
    assert revoke_links(LinkPurpose.FOLLOW_UP, subject, now=NOW) == 1
    assert refusal(LinkPurpose.FOLLOW_UP, token) == "revoked"
