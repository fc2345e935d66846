"""A slot from draft to offer, and the day on which it expires."""

from datetime import date, timedelta

import pytest

from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.reminders.models import Reminder
from oltreiperimetri.shared.dates import at_rome
from oltreiperimetri.shared.errors import DomainError
from partners.domain import organisation as organisations
from partners.domain import slot as slots
from partners.models import Slot
from tests.factories.partners import ContactFactory, OrganisationFactory, SiteFactory, SlotFactory, firm_account

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
NOW = at_rome(TODAY, 10)


def test_complete_draft_is_offered():
    slot = SlotFactory(draft=True)
    slots.offer(slot, by=firm_account(slot.organisation), now=NOW)
    slot.refresh_from_db()
    assert (slot.state, slot.confirmed_on, slot.expires_on) == ("offered", TODAY, date(2027, 2, 22))


def test_empty_draft_is_told_everything_it_lacks():
    organisation = OrganisationFactory(pending=True)
    slot = Slot.objects.create(organisation=organisation, title="Aiuto", sector="other")
    assert len(slots.gaps(slot, today=TODAY)) == 7
    with pytest.raises(DomainError) as refusal:
        slots.offer(slot, by=None, now=NOW)
    assert refusal.value.code == "not_ready"


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "count"),
    [
        (date(2026, 12, 1), date(2027, 2, 28), 0),
        (date(2026, 12, 1), date(2027, 2, 27), 1),
        (date(2026, 11, 30), date(2027, 2, 27), 0),
        (date(2026, 6, 1), date(2026, 11, 23), 1),
        (date(2026, 6, 1), None, 1),
    ],
)
def test_period_must_hold_a_traineeship_of_three_months(starts_on, ends_on, count):
    slot = SlotFactory(draft=True, starts_on=starts_on, ends_on=ends_on)
    assert len(slots.gaps(slot, today=TODAY)) == count


def test_places_stay_within_the_quota_of_the_site():
    site = SiteFactory(headcount=5)
    assert slots.gaps(SlotFactory(draft=True, site=site, quantity=1), today=TODAY) == []
    assert len(slots.gaps(SlotFactory(draft=True, site=site, quantity=2), today=TODAY)) == 1


def test_one_tutor_follows_three_people_at_most():
    site = SiteFactory(headcount=60)
    assert slots.gaps(SlotFactory(draft=True, site=site, quantity=3), today=TODAY) == []
    assert len(slots.gaps(SlotFactory(draft=True, site=site, quantity=4), today=TODAY)) == 1


def test_offer_stands_for_ninety_days():
    slot = SlotFactory(confirmed_on=TODAY)
    assert list(Slot.objects.open_on(TODAY + timedelta(days=90))) == [slot]
    assert list(Slot.objects.open_on(TODAY + timedelta(days=91))) == []
    assert list(Slot.objects.expired_on(TODAY + timedelta(days=90))) == []
    assert list(Slot.objects.expired_on(TODAY + timedelta(days=91))) == [slot]
    assert (slot.is_expired_on(TODAY + timedelta(days=90)), slot.is_expired_on(TODAY + timedelta(days=91))) == (False, True)


def test_slots_of_a_suspended_organisation_or_of_a_past_period_are_not_open():
    SlotFactory(site__organisation__suspended=True, confirmed_on=TODAY)
    SlotFactory(confirmed_on=TODAY, ends_on=TODAY - timedelta(days=1))
    last_day = SlotFactory(confirmed_on=TODAY, ends_on=TODAY)
    assert list(Slot.objects.open_on(TODAY)) == [last_day]


def test_confirming_gives_ninety_more_days_and_leaves_a_trace():
    slot = SlotFactory(confirmed_on=TODAY - timedelta(days=95))
    slots.confirm(slot, by=None, now=NOW)
    slot.refresh_from_db()
    assert slot.confirmed_on == TODAY
    assert AuditEntry.objects.get(action="confirm").changes == {"confirmed_on": ["2026-08-21", "2026-11-24"]}


def test_withdrawn_slot_cannot_be_confirmed():
    with pytest.raises(DomainError):
        slots.confirm(SlotFactory(withdrawn=True), by=None, now=NOW)


def test_withdrawal_needs_a_reason():
    slot = SlotFactory()
    with pytest.raises(DomainError):
        slots.withdraw(slot, by=None, now=NOW, reason="")
    slots.withdraw(slot, by=None, now=NOW, reason="Assunto")
    assert slot.state == "withdrawn"


def test_offered_slot_cannot_lose_what_makes_it_an_offer():
    slot = SlotFactory()
    with pytest.raises(DomainError):
        slots.change(slot, {"tasks": "", "tutor": None}, by=None, now=NOW)
    slot.refresh_from_db()
    assert slot.tasks
    assert slot.tutor


def test_reminders_follow_the_last_confirmation():
    slot = SlotFactory(draft=True)
    slots.offer(slot, by=None, now=NOW)
    rows = Reminder.objects.about(slot).order_by("wave")
    assert [row.wanted_at for row in rows] == [at_rome(TODAY + timedelta(days=days), 9) for days in (60, 83, 91)]
    later = TODAY + timedelta(days=70)
    slots.confirm(slot, by=None, now=at_rome(later, 10))
    assert [row.wanted_at for row in rows.all()] == [at_rome(later + timedelta(days=days), 9) for days in (60, 83, 91)]


def test_withdrawing_cancels_the_reminders():
    slot = SlotFactory(draft=True)
    slots.offer(slot, by=None, now=NOW)
    slots.withdraw(slot, by=None, now=NOW, reason="Assunto")
    assert set(Reminder.objects.about(slot).values_list("state", flat=True)) == {"cancelled"}


def test_complete_organisation_misses_nothing():
    organisation = OrganisationFactory()
    assert len(organisations.missing_details(organisation)) == 3
    SiteFactory(organisation=organisation)
    ContactFactory(organisation=organisation, is_tutor=True, is_legal_representative=True)
    assert organisations.missing_details(organisation) == []
