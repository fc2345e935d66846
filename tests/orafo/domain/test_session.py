"""Meetings, who hears of them, and the register."""

from datetime import time, timedelta

import pytest

from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.reminders.models import Reminder
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.errors import DomainError
from orafo.domain import session as verbs
from orafo.domain.attendance import Participation
from orafo.domain.queries import participation, register
from orafo.models import Attendance, Membership, Session
from tests.factories.orafo import NOW, TODAY, CohortFactory, MembershipFactory, SessionFactory

pytestmark = pytest.mark.django_db


def values(**fields):
    return {
        "kind": "training",
        "day": TODAY + timedelta(days=3),
        "start_time": time(9),
        "end_time": time(12),
        "place": "Rho",
        "trainer": "",
    } | fields


def test_everybody_is_reminded_the_day_before():
    session = verbs.plan_session(CohortFactory(), values(), by=None, now=NOW)
    assert Reminder.objects.about(session).get().wanted_at == at_rome(TODAY + timedelta(days=2), 9)


@pytest.mark.parametrize(("invite", "told"), [(True, 1), (False, 0)])
def test_invitation_is_written_only_when_asked(invite, told):
    member = MembershipFactory()
    verbs.plan_session(member.cohort, values(), by=None, now=NOW, invite=invite)
    assert member.person.notices.count() == told


def test_meeting_outside_the_days_of_the_group_would_have_nobody():
    cohort = CohortFactory()
    for day in (cohort.starts_on - timedelta(days=1), cohort.ends_on + timedelta(days=1)):
        with pytest.raises(DomainError) as refused:
            verbs.plan_session(cohort, values(day=day), by=None, now=NOW)
        assert (refused.value.code, refused.value.field) == ("outside_the_group", "day")


@pytest.mark.parametrize(("change", "sequence", "told"), [({"place": "Pero"}, 1, 1), ({"trainer": "Ada"}, 0, 0), ({}, 0, 0)])
def test_moved_meeting_is_told_and_gets_a_new_version(change, sequence, told):
    member = MembershipFactory()
    session = verbs.plan_session(member.cohort, values(), by=None, now=NOW)
    assert verbs.change_session(session, values(**change), by=None, now=NOW) == list(change)
    assert (Session.objects.get().sequence, member.person.notices.count()) == (sequence, told)


def test_cancelled_meeting_is_told_and_no_longer_reminded():
    member = MembershipFactory()
    session = verbs.plan_session(member.cohort, values(), by=None, now=NOW)
    verbs.cancel_session(session, by=None, now=NOW, note="Aula chiusa")
    assert (session.state, session.sequence, member.person.notices.count()) == (Session.State.CANCELLED, 1, 1)
    assert not Reminder.objects.about(session).filter(state="planned").exists()


def test_register_holds_exactly_those_in_the_group_on_the_day():
    cohort = CohortFactory()
    there = MembershipFactory(cohort=cohort)
    MembershipFactory(cohort=cohort, enrolled_on=TODAY + timedelta(days=1))
    MembershipFactory(cohort=cohort, waiting=True)
    gone = MembershipFactory(cohort=cohort, state=Membership.State.WITHDRAWN, left_on=TODAY)
    session = SessionFactory(cohort=cohort, day=TODAY)
    verbs.hold_session(session, {there.pk: "late", gone.pk: "present"}, by=None, now=NOW)
    assert list(Attendance.objects.values_list("membership", "mark")) == [(there.pk, "late")]


@pytest.mark.parametrize(("day", "marks", "code"), [(1, {}, "too_early"), (0, {}, "incomplete")])
def test_register_is_not_closed_too_early_or_in_part(day, marks, code):
    member = MembershipFactory()
    session = SessionFactory(cohort=member.cohort, day=TODAY + timedelta(days=day))
    with pytest.raises(DomainError) as refused:
        verbs.hold_session(session, marks, by=None, now=NOW)
    assert refused.value.code == code


def test_correction_keeps_old_and_new_in_the_log():
    member = MembershipFactory()
    session = SessionFactory(cohort=member.cohort, day=TODAY)
    verbs.hold_session(session, {member.pk: "absent"}, by=None, now=NOW)
    assert verbs.correct_register(session, {member.pk: "excused"}, by=None, now=NOW) == 1
    assert verbs.correct_register(session, {member.pk: "excused"}, by=None, now=NOW) == 0
    entry = AuditEntry.objects.get(action="correct_register")
    assert entry.changes == {str(member.pk): ["absent", "excused"]}


def test_participation_counts_so_far_and_what_can_be_reached():
    member = MembershipFactory()
    for mark in ("present", "late", "absent"):
        session = SessionFactory(cohort=member.cohort, day=TODAY)
        verbs.hold_session(session, {member.pk: mark}, by=None, now=NOW)
    SessionFactory(cohort=member.cohort)
    shares = participation([member])[member.pk]
    assert shares == Participation(attended=2, held=3, to_come=1)
    assert (shares.so_far, shares.reachable) == (67, 75)


def test_register_has_a_row_for_whoever_was_in_the_group():
    cohort = CohortFactory()
    member = MembershipFactory(cohort=cohort)
    MembershipFactory(cohort=cohort, waiting=True)
    session = SessionFactory(cohort=cohort, day=TODAY)
    verbs.hold_session(session, {member.pk: "present"}, by=None, now=NOW)
    rows = register([session], cohort.memberships.all())
    assert [(row.membership, [mark.mark for mark in row.marks]) for row in rows] == [(member, ["present"])]
