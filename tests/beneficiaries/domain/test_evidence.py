from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from beneficiaries.domain import evidence
from beneficiaries.domain.evidence import check_paper, declare, evidence_state, evidence_states, set_aside, take_up_again
from beneficiaries.enums import CheckedHow, Evidence, SetAsideReason
from beneficiaries.models import PersonDocument
from oltreiperimetri.audit.models import AuditEntry, StateChange
from oltreiperimetri.reminders.models import Reminder
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, DocumentFactory, PersonFactory

pytestmark = pytest.mark.django_db
Kind, State = PersonDocument.Kind, PersonDocument.State
NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
TODAY = date(2026, 11, 10)


@pytest.fixture
def caseworker():
    return UserFactory(caseworker=True, towns=[RHO])


def checked(how=CheckedHow.ORIGINAL, **fields):
    state = State.VERIFIED if how == CheckedHow.OFFICE else State.SEEN
    return DocumentFactory(**{"file": None, "state": state, "how": how, "checked_at": NOW} | fields)


@pytest.mark.parametrize(
    ("kind", "issued_on", "expires_on"),
    [
        (Kind.IDENTITY, date(2016, 2, 29), date(2026, 2, 28)),
        (Kind.TAX_CARD, date(2024, 8, 31), date(2030, 8, 31)),
        (Kind.RESIDENCE, date(2026, 8, 31), date(2027, 2, 28)),
        (Kind.UNEMPLOYMENT, date(2026, 5, 10), date(2026, 11, 10)),
        (Kind.ISEE, date(2026, 1, 2), date(2026, 12, 31)),
        (Kind.PERMIT, date(2026, 1, 2), None),
        (Kind.IDENTITY, None, None),
    ],
)
def test_each_kind_has_the_term_of_the_law(kind, issued_on, expires_on):
    assert evidence.default_expiry(kind, issued_on) == expires_on


def test_the_last_day_of_validity_still_counts():
    paper = checked(kind=Kind.ISEE, expires_on=TODAY)
    assert evidence_state(paper.person, [Kind.ISEE], TODAY) == Evidence.SEEN
    assert evidence_state(paper.person, [Kind.ISEE], TODAY + timedelta(days=1)) == Evidence.EXPIRED


def test_the_strongest_paper_that_still_counts_decides(django_assert_num_queries):
    person = PersonFactory()
    assert evidence_state(person, [Kind.IDENTITY], TODAY) == Evidence.NONE
    checked(person=person, kind=Kind.IDENTITY, how=CheckedHow.OFFICE, expires_on=TODAY - timedelta(days=1))
    assert evidence_state(person, [Kind.IDENTITY], TODAY) == Evidence.EXPIRED
    DocumentFactory(person=person, kind=Kind.IDENTITY)
    assert evidence_state(person, [Kind.IDENTITY], TODAY) == Evidence.DECLARED
    checked(person=person, kind=Kind.PERMIT, how=CheckedHow.OFFICE)
    DocumentFactory(person=person, kind=Kind.PERMIT, state=State.SET_ASIDE)
    with django_assert_num_queries(1):
        assert evidence_state(person, [Kind.IDENTITY, Kind.PERMIT], TODAY) == Evidence.VERIFIED
    with django_assert_num_queries(1):
        states = evidence_states(person, TODAY)
    assert {kind: state for kind, state in states.items() if state != Evidence.NONE} == {
        Kind.IDENTITY: Evidence.DECLARED,
        Kind.PERMIT: Evidence.VERIFIED,
    }
    assert set(states) == set(Kind)


def test_a_paper_told_shown_and_asked_for_without_any_file(caseworker):
    person = PersonFactory()
    paper = declare(person, kind=Kind.RESIDENCE, by=caseworker, now=NOW)
    assert (paper.state, paper.file, evidence_state(person, [Kind.RESIDENCE], TODAY)) == (
        State.DECLARED,
        None,
        Evidence.DECLARED,
    )
    check_paper(paper, CheckedHow.ORIGINAL, issued_on=date(2026, 10, 1), by=caseworker, now=NOW)
    assert (paper.state, paper.checked_by, paper.expires_on) == (State.SEEN, caseworker, date(2027, 4, 1))
    check_paper(paper, CheckedHow.OFFICE, expires_on=date(2027, 1, 1), by=caseworker, now=NOW)
    paper.refresh_from_db()
    assert (paper.state, paper.how, paper.expires_on) == (State.VERIFIED, CheckedHow.OFFICE, date(2027, 1, 1))
    assert list(StateChange.objects.order_by("pk").values_list("from_state", "to_state", "by")) == [
        ("declared", "seen", caseworker.pk),
        ("seen", "verified", caseworker.pk),
    ]
    assert set(AuditEntry.objects.values_list("action", "subject")) == {
        ("declare_document", person.audit_key),
        ("move", person.audit_key),
    }


def test_a_paper_at_the_desk_is_seen_at_once(caseworker):
    paper = declare(PersonFactory(), kind=Kind.IDENTITY, how=CheckedHow.ORIGINAL, by=caseworker, now=NOW)
    assert (paper.state, paper.checked_at) == (State.SEEN, NOW)


def test_a_paper_set_aside_proves_nothing_until_it_is_taken_up_again(caseworker):
    paper = checked(kind=Kind.CV)
    with pytest.raises(DomainError) as refusal:
        set_aside(paper, "", by=caseworker, now=NOW)
    assert refusal.value.code == "needs_reason"
    set_aside(paper, SetAsideReason.UNREADABLE, by=caseworker, now=NOW)
    assert evidence_state(paper.person, [Kind.CV], TODAY) == Evidence.NONE
    take_up_again(paper, by=caseworker, now=NOW)
    assert evidence_state(paper.person, [Kind.CV], TODAY) == Evidence.DECLARED
    assert (paper.how, paper.checked_by) == ("", None)


def test_nobody_checks_their_own_papers_and_the_person_checks_none(caseworker):
    own = DocumentFactory(person__user=caseworker)
    theirs = DocumentFactory(person__user=UserFactory(beneficiary=True))
    for paper, by in ((own, caseworker), (theirs, theirs.person.user)):
        with pytest.raises(DomainError) as refusal:
            check_paper(paper, CheckedHow.COPY, by=by, now=NOW)
        assert refusal.value.code == "not_allowed"


@pytest.mark.parametrize(("day", "code"), [(TODAY - timedelta(days=1), "past"), (TODAY + timedelta(days=61), "too_late")])
def test_a_promise_has_a_day_that_can_be_kept(caseworker, day, code):
    with pytest.raises(DomainError) as refusal:
        declare(PersonFactory(), kind=Kind.CV, awaited_on=day, by=caseworker, now=NOW)
    assert (refusal.value.code, refusal.value.field) == (code, "awaited_on")


@pytest.mark.parametrize("day", [TODAY, TODAY + timedelta(days=60)])
def test_today_and_the_sixtieth_day_can_be_promised(caseworker, day):
    assert declare(PersonFactory(), kind=Kind.CV, awaited_on=day, by=caseworker, now=NOW).is_awaited


def test_a_paper_that_ends_before_it_begins_is_refused(caseworker):
    with pytest.raises(DomainError) as refusal:
        check_paper(
            DocumentFactory(),
            CheckedHow.COPY,
            issued_on=TODAY,
            expires_on=TODAY - timedelta(days=1),
            by=caseworker,
            now=NOW,
        )
    assert (refusal.value.code, refusal.value.field) == ("order", "expires_on")


@pytest.mark.parametrize(
    "fields",
    [
        {"state": State.SEEN},
        {"state": State.DECLARED, "how": CheckedHow.COPY},
        {"issued_on": date(2026, 2, 1), "expires_on": date(2026, 1, 1)},
        {"awaited_on": TODAY},
    ],
)
def test_the_database_refuses_what_cannot_be(fields):
    """Seen by nobody, checked while only declared, over before it begins, awaited though its copy is here."""
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentFactory(**fields)


def reminders_of(paper):
    return list(Reminder.objects.about(paper).order_by("wave").values_list("kind", "audience", "state"))


def test_the_caseworker_is_told_fifteen_days_before_a_validity_ends(caseworker):
    paper = declare(
        PersonFactory(), kind=Kind.PERMIT, how=CheckedHow.ORIGINAL, expires_on=date(2027, 3, 1), by=caseworker, now=NOW
    )
    reminder = Reminder.objects.about(paper).get()
    assert (reminder.audience, reminder.wanted_at.date()) == ("caseworker", date(2027, 2, 14))
    set_aside(paper, SetAsideReason.MISTAKE, by=caseworker, now=NOW)
    assert reminders_of(paper) == [("beneficiaries.paper_ends", "caseworker", "cancelled")]


def test_a_promise_reminds_the_person_before_and_the_office_after(caseworker):
    paper = declare(PersonFactory(), kind=Kind.CV, awaited_on=TODAY + timedelta(days=14), by=caseworker, now=NOW)
    assert reminders_of(paper) == [
        ("beneficiaries.paper_awaited", "person", "planned"),
        ("beneficiaries.paper_awaited", "caseworker", "planned"),
    ]
    check_paper(paper, CheckedHow.ORIGINAL, by=caseworker, now=NOW)
    assert paper.awaited_on is None
    assert {state for _kind, _audience, state in reminders_of(paper)} == {"cancelled"}
