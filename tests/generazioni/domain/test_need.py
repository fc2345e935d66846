"""A need goes from a firm to the office to everybody."""

import pytest

from generazioni.domain import need as verbs
from generazioni.models import Need
from oltreiperimetri.audit.trail import state_changes
from oltreiperimetri.reminders.models import Message
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory
from tests.factories.generazioni import NOW, TODAY, EditionFactory, NeedFactory
from tests.factories.partners import OrganisationFactory, firm_account

pytestmark = pytest.mark.django_db
VALUES = {"title": "Consegne", "description": "Non abbiamo un furgone.", "offer": "Un primo ordine."}


def refused(verb, *args, **kwargs) -> str:
    with pytest.raises(DomainError) as refusal:
        verb(*args, **kwargs)
    return refusal.value.code


def test_need_of_a_firm_waits_for_the_office():
    edition, organisation = EditionFactory(), OrganisationFactory()
    posted = verbs.post(organisation, VALUES, by=firm_account(organisation), now=NOW)
    assert (posted.edition, posted.state) == (edition, Need.State.PROPOSED)
    assert list(edition.needs.published()) == []


@pytest.mark.parametrize("phase", ["preparation", "review", "decision"])
def test_no_need_outside_its_days(phase):
    EditionFactory(phase=phase)
    organisation = OrganisationFactory()
    assert refused(verbs.post, organisation, VALUES, by=firm_account(organisation), now=NOW) == "closed"


def test_organisation_not_accredited_cannot_post():
    EditionFactory()
    organisation = OrganisationFactory(pending=True)
    assert refused(verbs.post, organisation, VALUES, by=firm_account(organisation), now=NOW) == "not_accredited"


def test_published_need_tells_whoever_signs_in_for_the_firm():
    need = NeedFactory(proposed=True)
    account = firm_account(need.organisation)
    verbs.publish(need, by=UserFactory(caseworker=True), now=NOW)
    need.refresh_from_db()
    assert (need.state, need.published_on) == (Need.State.PUBLISHED, TODAY)
    assert Message.objects.get().recipient == need.organisation.contacts.get(user=account).email


def test_need_sent_back_says_why_and_returns_when_corrected():
    need = NeedFactory(proposed=True)
    account = firm_account(need.organisation)
    verbs.send_back(need, by=UserFactory(caseworker=True), now=NOW, reason="Scrivi che cosa offri.")
    assert state_changes(need).first().note == "Scrivi che cosa offri."
    verbs.change(need, VALUES, by=account, now=NOW)
    assert (need.state, need.offer) == (Need.State.PROPOSED, VALUES["offer"])


def test_firm_cannot_change_or_publish_what_only_staff_may():
    published, proposed = NeedFactory(), NeedFactory(proposed=True)
    account = firm_account(published.organisation)
    assert refused(verbs.change, published, VALUES, by=account, now=NOW) == "published"
    assert refused(verbs.publish, proposed, by=account, now=NOW) == "not_allowed"


def test_withdrawn_need_leaves_the_page():
    need = NeedFactory()
    verbs.withdraw(need, by=firm_account(need.organisation), now=NOW)
    assert list(need.edition.needs.published()) == []
