"""The three groups of the demo, told on any day by the whole chain of chapters."""

from collections import Counter
from datetime import date

import pytest

from oltreiperimetri.followups.models import Checkpoint
from oltreiperimetri.portal import demo_data
from oltreiperimetri.reminders.models import Message
from oltreiperimetri.shared.dates import at_rome
from orafo.conditions import condition_of
from orafo.models import Cohort, Membership, Proposal, Traineeship

pytestmark = pytest.mark.django_db
State = Membership.State


@pytest.mark.parametrize("today", [date(2026, 11, 24), date(2028, 2, 29)])
def test_three_groups_at_three_moments_of_the_path(today, time_machine, settings):
    settings.DEMO = True
    now = at_rome(today, 12)
    time_machine.move_to(now, tick=False)
    world = demo_data.fill(now=now, say=lambda text: None)
    finished, running, filling = world.groups

    assert [cohort.state for cohort in Cohort.objects.order_by("pk")] == ["closed", "confirmed", "open"]
    assert Counter(finished.memberships.values_list("state", flat=True)) == {State.COMPLETED: 11, State.WITHDRAWN: 1}
    assert Counter(running.memberships.values_list("state", flat=True)) == {State.ENROLLED: 12}
    seats = Counter(filling.memberships.values_list("state", flat=True))
    assert (seats[State.ENROLLED], seats[State.OFFERED]) == (7, 1)
    assert seats[State.WAITLISTED] >= 3

    over = Traineeship.objects.filter(membership__cohort=finished)
    assert {traineeship.outcome for traineeship in over} == {"completed", "hired", "early_end"}
    assert all(traineeship.plan.anchor_on == traineeship.effective_end for traineeship in over)
    assert Checkpoint.objects.filter(plan__traineeship__in=over, due_on__lt=today).count() >= len(over)
    now_on = Counter(condition_of(one, today).code for one in Traineeship.objects.filter(membership__cohort=running))
    assert now_on["running"] >= 3
    assert (now_on["to_close"], now_on["preparing"]) == (1, 1)
    accounts_have_something_to_answer(world, today)


def accounts_have_something_to_answer(world, today):
    asked = Proposal.objects.get(person=world.beneficiary)
    at_the_firm = Proposal.objects.get(slot__organisation=world.firm, state=Proposal.State.SENT_TO_FIRM)
    assert asked.state == Proposal.State.SHOWN_TO_PERSON
    assert Traineeship.objects.running_on(today).filter(organisation=world.firm).exists()
    leaving = Message.objects.filter(template__startswith="orafo/", state=Message.State.QUEUED)
    assert {(message.about_id, message.recipient) for message in leaving} == {
        (asked.pk, "beneficiary@example.org"),
        (at_the_firm.pk, "firm@example.org"),
    }
