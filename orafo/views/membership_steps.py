"""The steps of a place in a group: from which states, in which words, by which form and verb."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..domain import membership as verbs
from ..forms.membership import LeavingForm, StepForm, TransferForm
from ..models import Cohort, Membership

State = Membership.State


@dataclass(frozen=True)
class Step:
    """`for_who_runs`: only who acts on the group, not whoever follows the person. `act` may give another place back."""

    slug: str
    label: str
    text: str
    from_states: tuple[str, ...]
    act: Callable
    make_form: type = StepForm
    for_who_runs: bool = False

    def form(self, data, *, membership, viewer, today):
        if self.make_form is TransferForm:
            others = Cohort.objects.run_by(viewer).taking_people(today).exclude(pk=membership.cohort_id)
            return TransferForm(data, submit=self.label, cohorts=others)
        return self.make_form(data, submit=self.label)


def offer(membership, facts, *, by, now):
    verbs.offer_seat(membership, by=by, now=now)


def give(membership, facts, *, by, now):
    return verbs.enrol(membership.person, membership.cohort, by=by, today=timezone.localdate(now), now=now)


def accept(membership, facts, *, by, now):
    verbs.accept_offer(membership, by=by, now=now)


def decline(membership, facts, *, by, now):
    verbs.decline_offer(membership, by=by, now=now)


def wait_again(membership, facts, *, by, now):
    verbs.wait_again(membership, by=by, now=now)


def take_off(membership, facts, *, by, now):
    verbs.leave_waiting_list(membership, by=by, now=now, **facts)


def withdraw(membership, facts, *, by, now):
    verbs.withdraw(membership, by=by, now=now, **facts)


def exclude(membership, facts, *, by, now):
    verbs.exclude(membership, by=by, now=now, **facts)


def transfer(membership, facts, *, by, now):
    return verbs.transfer(membership, facts.pop("to"), by=by, now=now, **facts)


ALL = (
    Step(
        "offri",
        _("Offer a seat"),
        _("The lowest free seat is kept for three days, today not counted. We write to the person, or you call."),
        (State.WAITLISTED,),
        offer,
        for_who_runs=True,
    ),
    Step(
        "assegna",
        _("Give a seat"),
        _("For somebody who has already said yes: the lowest free seat is theirs from now."),
        (State.WAITLISTED,),
        give,
        for_who_runs=True,
    ),
    Step(
        "togli",
        _("Take off the waiting list"),
        _("The position is not used again: whoever comes back starts at the end of the list."),
        (State.WAITLISTED,),
        take_off,
        LeavingForm,
    ),
    Step(
        "accetta",
        _("The person says yes"),
        _("For an answer given by phone or in person: the seat becomes theirs."),
        (State.OFFERED,),
        accept,
    ),
    Step(
        "rifiuta",
        _("The person says no"),
        _("For an answer given by phone or in person: the seat is free again at once."),
        (State.OFFERED,),
        decline,
    ),
    Step(
        "lista",
        _("Put back on the waiting list"),
        _("The offer has lapsed. The person goes back to the old position on the list."),
        (State.EXPIRED,),
        wait_again,
    ),
    Step(
        "sposta",
        _("Move to another group"),
        _("The seat here is free from today; in the other group the person gets the lowest free seat."),
        (State.ENROLLED,),
        transfer,
        TransferForm,
    ),
    Step(
        "lascia",
        _("The person leaves"),
        _("The seat is free from today. Attendance so far stays in the register."),
        (State.ENROLLED,),
        withdraw,
        LeavingForm,
    ),
    Step(
        "escludi",
        _("Exclude"),
        _("The office ends the participation: the seat is free from today. Talk with the person first."),
        (State.ENROLLED,),
        exclude,
        LeavingForm,
        for_who_runs=True,
    ),
)
STEPS = {step.slug: step for step in ALL}


def steps_for(membership, *, runs: bool) -> list[Step]:
    """Those possible now for somebody who runs the group, or only follows the person."""
    return [step for step in ALL if membership.state in step.from_states and (runs or not step.for_who_runs)]
