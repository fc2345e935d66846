from datetime import date

import factory

from beneficiaries.models import (
    Assessment,
    AssessmentLevel,
    CaseFile,
    ContactEntry,
    Pact,
    PactAction,
    PactGoal,
    TeamMember,
)
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, PersonFactory


class CaseFactory(factory.django.DjangoModelFactory):
    """A case in assessment since the 2nd of November 2026."""

    class Meta:
        model = CaseFile

    class Params:
        closed = factory.Trait(
            state=CaseFile.State.CLOSED, ball="", due_on=None, closed_on=date(2026, 11, 20), closing_reason="goals_reached"
        )

    person = factory.SubFactory(PersonFactory)
    state = CaseFile.State.ASSESSMENT
    opened_on = date(2026, 11, 2)
    due_on = date(2026, 12, 2)


class AssessmentFactory(factory.django.DjangoModelFactory):
    """Work at level 2, with a note of the team."""

    class Meta:
        model = Assessment
        skip_postgeneration_save = True

    person = factory.SubFactory(PersonFactory)
    taken_on = factory.Sequence(lambda number: date.fromordinal(date(2020, 1, 1).toordinal() + number))
    by = factory.SubFactory(UserFactory, caseworker=True)

    @factory.post_generation
    def levels(self, create, extracted, **kwargs):
        for area, level in (extracted or {"work": 2}).items():
            AssessmentLevel.objects.create(assessment=self, area=area, level=level, note=kwargs.get("note", ""))


class PactFactory(factory.django.DjangoModelFactory):
    """A draft without goals; traits for where it may be."""

    class Meta:
        model = Pact

    class Params:
        proposed = factory.Trait(state=Pact.State.PROPOSED, ball="person", review_on=date(2027, 3, 1))
        agreed = factory.Trait(
            state=Pact.State.AGREED,
            agreed_on=date(2026, 11, 10),
            consent=Pact.Consent.PRESENT,
            review_on=date(2027, 2, 10),
            due_on=date(2027, 2, 10),
        )
        replaced = factory.Trait(
            state=Pact.State.REPLACED, agreed_on=date(2026, 6, 10), consent="paper", ball="", due_on=None
        )

    person = factory.SubFactory(PersonFactory)
    version = factory.LazyAttribute(lambda made: made.person.pacts.count() + 1)
    drafted_by = factory.SubFactory(UserFactory, caseworker=True)
    due_on = date(2026, 12, 9)


class GoalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PactGoal

    pact = factory.SubFactory(PactFactory)
    area = "work"
    text = "Un lavoro vicino a casa"


class ActionFactory(factory.django.DjangoModelFactory):
    """Something the person does by the 4th of December 2026."""

    class Meta:
        model = PactAction

    goal = factory.SubFactory(GoalFactory)
    text = "Portare il curriculum"
    ball = "person"
    due_on = date(2026, 12, 4)


class ContactEntryFactory(factory.django.DjangoModelFactory):
    """A phone call of nobody in particular, in Rho."""

    class Meta:
        model = ContactEntry

    kind = ContactEntry.Kind.CALL
    day = date(2026, 11, 24)
    place_id = RHO
    by = factory.SubFactory(UserFactory, caseworker=True)


class TeamMemberFactory(factory.django.DjangoModelFactory):
    """A colleague in the team since the 1st of October 2026."""

    class Meta:
        model = TeamMember

    person = factory.SubFactory(PersonFactory)
    user = factory.SubFactory(UserFactory, caseworker=True)
    role = "educator"
    since = date(2026, 10, 1)
