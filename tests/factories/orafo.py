from datetime import date, datetime, time, timedelta
from decimal import Decimal

import factory
from django.utils import timezone

from beneficiaries.models import Person
from orafo.domain.traineeship import usual_end
from orafo.enums import SessionKind
from orafo.models import Cohort, Membership, Proposal, Session, Traineeship

from .beneficiaries import ApplicationFactory, PersonFactory
from .partners import RHO, ContactFactory, OrganisationFactory, SlotFactory

TODAY = date(2026, 11, 24)
NOW = timezone.make_aware(datetime.combine(TODAY, time(10)))


def admitted_person(**fields) -> Person:
    """Somebody who may join a group."""
    return ApplicationFactory(admitted=True, person=PersonFactory(**fields)).person


class CohortFactory(factory.django.DjangoModelFactory):
    """Open to people, from a week before TODAY for two months, in Rho."""

    class Meta:
        model = Cohort

    class Params:
        planned = factory.Trait(state=Cohort.State.PLANNED)
        confirmed = factory.Trait(state=Cohort.State.CONFIRMED)

    name = factory.Sequence("Gruppo {}".format)
    place = "#Op cafè, via Meda 20"
    municipality_id = RHO
    starts_on = TODAY - timedelta(days=7)
    ends_on = TODAY + timedelta(days=60)
    capacity = 12
    state = Cohort.State.OPEN


class MembershipFactory(factory.django.DjangoModelFactory):
    """In the group since its first day; traits for the other states."""

    class Meta:
        model = Membership

    class Params:
        waiting = factory.Trait(
            state=Membership.State.WAITLISTED,
            seat=None,
            enrolled_on=None,
            position=factory.Sequence(lambda n: n + 1),
            listed_on=TODAY - timedelta(days=5),
        )
        offered = factory.Trait(
            state=Membership.State.OFFERED,
            enrolled_on=None,
            position=factory.Sequence(lambda n: n + 1),
            listed_on=TODAY - timedelta(days=5),
            offered_at=NOW - timedelta(days=1),
            offer_until=TODAY + timedelta(days=2),
        )

    cohort = factory.SubFactory(CohortFactory)
    person = factory.LazyFunction(admitted_person)
    state = Membership.State.ENROLLED
    enrolled_on = factory.SelfAttribute("cohort.starts_on")

    @factory.lazy_attribute
    def seat(self):
        taken = self.cohort.memberships.on_a_seat().values_list("seat", flat=True)
        return min(set(range(1, 13)) - set(taken))


class SessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Session

    cohort = factory.SubFactory(CohortFactory)
    kind = SessionKind.ORIENTATION
    day = TODAY + timedelta(days=3)
    start_time = time(9, 30)
    end_time = time(12, 30)
    place = "#Op cafè, via Meda 20"
    trainer = "Elena Formatrice"


class ProposalFactory(factory.django.DjangoModelFactory):
    """Shown to the person today; `at_firm=True`: the person said yes; `agreed=True`: both did."""

    class Meta:
        model = Proposal

    class Params:
        at_firm = factory.Trait(state=Proposal.State.SENT_TO_FIRM)
        agreed = factory.Trait(state=Proposal.State.FIRM_OK)

    slot = factory.SubFactory(SlotFactory)
    person = factory.LazyFunction(admitted_person)
    state = Proposal.State.SHOWN_TO_PERSON
    proposed_on = TODAY
    answer_by = TODAY + timedelta(days=7)


class PromoterFactory(OrganisationFactory):
    name = factory.Sequence("Consorzio promotore {}".format)
    can_promote = True
    is_public_body = True


def promoter_values(promoter=None) -> dict:
    promoter = promoter or PromoterFactory()
    return {"promoter": promoter, "promoter_tutor": ContactFactory(organisation=promoter)}


def plan_values(slot, *, starts_on=TODAY + timedelta(days=14), **fields) -> dict:
    """What the form of a traineeship gives for a slot."""
    return {
        "starts_on": starts_on,
        "ends_on": usual_end(starts_on),
        "weekly_hours": 30,
        "days_a_week": 5,
        "monthly_allowance": Decimal(500),
        "has_meals": False,
        "on_income_support": False,
        "host_tutor": slot.tutor,
        **promoter_values(),
        **fields,
    }


class TraineeshipFactory(factory.django.DjangoModelFactory):
    """In preparation for a start in two weeks, without papers."""

    class Meta:
        model = Traineeship

    slot = factory.SubFactory(SlotFactory)
    person = factory.LazyFunction(admitted_person)
    organisation = factory.SelfAttribute("slot.organisation")
    site = factory.SelfAttribute("slot.site")
    starts_on = TODAY + timedelta(days=14)
    ends_on = factory.LazyAttribute(lambda traineeship: usual_end(traineeship.starts_on))
    weekly_hours = 30
    monthly_allowance = Decimal(500)
    host_tutor = factory.SelfAttribute("slot.tutor")
    promoter = factory.SubFactory(PromoterFactory)
    promoter_tutor = factory.SubFactory(ContactFactory, organisation=factory.SelfAttribute("..promoter"))
