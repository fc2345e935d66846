"""Answers to a proposal: by link, from the own page, told to the office."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from oltreiperimetri.accounts.enums import LinkPurpose
from oltreiperimetri.accounts.links import LinkRefused, issue_link
from oltreiperimetri.accounts.models import AccessLink
from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.audit.trail import state_changes
from oltreiperimetri.reminders.models import Message
from orafo.domain import proposal as verbs
from orafo.models import Proposal
from tests.factories.accounts import UserFactory
from tests.factories.orafo import NOW, TODAY, ProposalFactory, admitted_person
from tests.factories.partners import PERO, RHO, SlotFactory, firm_account

from .conftest import BACKEND

pytestmark = pytest.mark.django_db
State = Proposal.State


def link_to(proposal, *, days=7):
    token = issue_link(LinkPurpose.PROPOSAL, proposal, expires_at=timezone.now() + timedelta(days=days))
    return reverse("orafo:answer_proposal", args=[token])


def state_of(proposal):
    return Proposal.objects.get(pk=proposal.pk).state


def no(reason="times", **fields):
    return {"answer": "no", "reason": reason, "note": "", **fields}


# By link -------------------------------------------------------------------------------------------


def test_looking_changes_nothing(client):
    proposal = ProposalFactory()
    url = link_to(proposal)
    page = client.get(url)
    assert (page.status_code, page.context["is_firm"]) == (200, False)
    assert proposal.slot.tasks in page.content.decode()
    assert state_of(proposal) == State.SHOWN_TO_PERSON
    assert client.head(url).status_code == 200
    assert state_of(proposal) == State.SHOWN_TO_PERSON


def test_the_person_says_yes_and_the_firm_is_asked(client):
    proposal = ProposalFactory()
    url = link_to(proposal)
    assert client.post(url, {"answer": "yes"}).status_code == 200
    assert state_of(proposal) == State.SENT_TO_FIRM
    assert Message.objects.get(template="orafo/proposal_firm").recipient
    assert client.get(url).status_code == 410
    assert client.post(url, {"answer": "yes"}).status_code == 410
    assert AccessLink.objects.filter(used_at=NOW).count() == 1


def test_the_firm_says_yes_by_link(client):
    proposal = ProposalFactory(at_firm=True)
    page = client.get(link_to(proposal))
    assert page.context["is_firm"]
    assert proposal.person.full_name in page.content.decode()
    assert proposal.person.phone not in page.content.decode()
    client.post(link_to(proposal), {"answer": "yes"})
    assert state_of(proposal) == State.FIRM_OK


def test_a_second_tap_of_the_person_does_not_answer_for_the_firm():
    """The link was looked up before the first answer was in, the proposal after it."""
    proposal = ProposalFactory()
    link = issued(proposal)
    verbs.answer_by_link(link, proposal, side="person", says_yes=True, now=NOW)
    with pytest.raises(LinkRefused):
        verbs.answer_by_link(link, proposal, side="firm", says_yes=True, now=NOW)
    assert state_of(proposal) == State.SENT_TO_FIRM


def issued(proposal) -> AccessLink:
    issue_link(LinkPurpose.PROPOSAL, proposal, expires_at=NOW + timedelta(days=7))
    return AccessLink.objects.latest("pk")


@pytest.mark.parametrize(("at_firm", "side"), [(False, "person"), (True, "firm")])
def test_no_needs_a_reason_and_keeps_what_was_typed(client, at_firm, side):
    proposal = ProposalFactory(at_firm=at_firm)
    url = link_to(proposal)
    wrong = client.post(url, no(reason="", note="Abito lontano"))
    assert wrong.status_code == 422
    assert list(wrong.context["form"].errors) == ["reason"]
    assert "Abito lontano" in wrong.content.decode()
    assert client.post(url, no(note="Abito lontano")).status_code == 200
    proposal.refresh_from_db()
    assert (proposal.state, proposal.declined_by, proposal.decline_reason) == (State.DECLINED, side, "times")
    assert state_changes(proposal).first().note == "Abito lontano"


def test_a_reason_of_the_firm_is_not_one_of_the_person(client):
    proposal = ProposalFactory()
    assert client.post(link_to(proposal), no(reason="other_person")).status_code == 422
    assert state_of(proposal) == State.SHOWN_TO_PERSON


def test_expired_unknown_and_closed_links_say_so(client):
    proposal = ProposalFactory()
    expired, closed = link_to(proposal, days=-1), link_to(ProposalFactory(state=State.DECLINED, **declined()))
    assert client.get(expired).status_code == 404
    assert client.get(reverse("orafo:answer_proposal", args=["x" * 43])).status_code == 404
    assert client.get(closed).status_code == 410


def declined():
    return {"declined_by": "office", "decline_reason": "other"}


def test_after_the_last_day_the_answer_is_refused_kindly(client):
    proposal = ProposalFactory(answer_by=TODAY - timedelta(days=1))
    assert client.post(link_to(proposal), {"answer": "yes"}).status_code == 409
    assert state_of(proposal) == State.SHOWN_TO_PERSON


def test_answers_by_link_are_limited(client):
    statuses = [client.post(reverse("orafo:answer_proposal", args=["x" * 43])).status_code for _number in range(31)]
    assert statuses == [404] * 30 + [429]


# From the own page -----------------------------------------------------------------------------------


@pytest.fixture
def me(client):
    user = UserFactory(beneficiary=True)
    client.force_login(user, backend=BACKEND)
    return admitted_person(user=user, email=user.email)


def test_the_person_answers_after_signing_in(client, me):
    proposal = ProposalFactory(person=me)
    url = reverse("orafo:my_proposal", args=[proposal.pk])
    assert client.get(url).context["is_asked"]
    client.post(url, {"answer": "yes"})
    assert state_of(proposal) == State.SENT_TO_FIRM
    after = client.get(url)
    assert not after.context["is_asked"]
    client.post(url, {"answer": "yes"})
    assert state_of(proposal) == State.SENT_TO_FIRM


def test_the_person_never_reads_the_reason_of_the_firm(client, me):
    proposal = ProposalFactory(person=me, state=State.DECLINED, declined_by="firm", decline_reason="other_person")
    page = client.get(reverse("orafo:my_proposal", args=[proposal.pk]))
    assert str(proposal.get_decline_reason_display()) not in page.content.decode()


def test_the_proposal_of_somebody_else_does_not_exist(client, me):
    assert client.get(reverse("orafo:my_proposal", args=[ProposalFactory().pk])).status_code == 404


def test_the_firm_answers_after_signing_in_and_sees_only_what_was_sent_to_it(client):
    proposal = ProposalFactory(at_firm=True)
    waiting = ProposalFactory(slot=SlotFactory(site=proposal.slot.site))
    client.force_login(firm_account(proposal.slot.organisation), backend=BACKEND)
    url = reverse("orafo:firm_proposal", args=[proposal.pk])
    page = client.get(url)
    assert page.context["is_asked"]
    assert proposal.person.email not in page.content.decode()
    assert client.get(reverse("orafo:firm_proposal", args=[waiting.pk])).status_code == 404
    client.post(url, no(reason="other_person"))
    assert state_of(proposal) == State.DECLINED


# Told to the office ----------------------------------------------------------------------------------


def test_the_office_writes_down_what_it_heard_by_phone(staff, caseworker):
    proposal = ProposalFactory()
    url = reverse("orafo:proposal_answer", args=[proposal.pk])
    staff.post(url, {"answer": "yes"})
    assert state_of(proposal) == State.SENT_TO_FIRM
    staff.post(url, {"answer": "yes"})
    assert state_of(proposal) == State.FIRM_OK
    assert {change.by for change in state_changes(proposal)} >= {caseworker}
    staff.post(url, {"answer": "yes"})
    assert state_of(proposal) == State.FIRM_OK


def test_the_office_closes_a_proposal_with_its_reason(staff):
    proposal = ProposalFactory()
    url = reverse("orafo:proposal_close", args=[proposal.pk])
    assert staff.post(url, {"ufficio-note": "Fermo"}).status_code == 422
    staff.post(url, {"ufficio-reason": "found_work", "ufficio-note": ""})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.declined_by) == (State.DECLINED, "office")


def test_opening_a_proposal_leaves_a_trace(staff, caseworker):
    proposal = ProposalFactory()
    staff.get(proposal.get_absolute_url())
    entry = AuditEntry.objects.get(action="read")
    assert (entry.actor_id, entry.object_id, entry.subject) == (caseworker.pk, proposal.pk, proposal.person.audit_key)


def test_proposals_are_found_by_state_town_and_sector(staff):
    mine = ProposalFactory(slot=SlotFactory(sector="catering"))
    lapsing = ProposalFactory(at_firm=True, answer_by=TODAY + timedelta(days=1))
    closed = ProposalFactory(state=State.DECLINED, **declined())
    ProposalFactory(person=admitted_person(municipality_id=PERO))

    def found(query):
        return set(staff.get(reverse("orafo:proposals") + query).context["page_obj"])

    assert found("") == {mine, lapsing, closed}
    assert found("?stato=open") == {mine, lapsing}
    assert found("?stato=lapsing") == {lapsing}
    assert found("?stato=declined") == {closed}
    assert found("?settore=catering") == {mine}
    assert found(f"?comune={RHO}") == {mine, lapsing, closed}
    assert found("?stato=nonsense&page=99") == {mine, lapsing, closed}


def test_the_list_leaves_as_a_file(staff):
    proposal = ProposalFactory()
    response = staff.get(reverse("orafo:proposals") + "?formato=csv&stato=open")
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert proposal.person.full_name in lines[1]


def test_the_list_costs_the_same_for_one_and_for_three(staff):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            staff.get(reverse("orafo:proposals"))
        return len(queries)

    ProposalFactory()
    cost()
    one = cost()
    ProposalFactory(at_firm=True)
    ProposalFactory(agreed=True)
    assert cost() == one
