from datetime import UTC, date, datetime

import factory

from beneficiaries.models import Declaration, EmploymentSpell, HouseholdMember, WorkProfile
from tests.factories.beneficiaries import ApplicationFactory, PersonFactory


class HouseholdMemberFactory(factory.django.DjangoModelFactory):
    """A child of 2015 who lives at home; traits for the others."""

    class Meta:
        model = HouseholdMember

    class Params:
        partner = factory.Trait(relation="partner", birth_year=1974, is_dependant=None, is_working=False)
        parent = factory.Trait(relation="parent", birth_year=1945)

    person = factory.SubFactory(PersonFactory)
    relation = HouseholdMember.Relation.CHILD
    birth_year = 2015
    is_dependant = True


class EmploymentSpellFactory(factory.django.DjangoModelFactory):
    """Ten years in a warehouse, ended in June 2025."""

    class Meta:
        model = EmploymentSpell

    person = factory.SubFactory(PersonFactory)
    employer = "Magazzino"
    role = "Addetta alle spedizioni"
    started_on = date(2015, 7, 1)
    ended_on = date(2025, 6, 30)
    ended_how = "dismissal"


class WorkProfileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WorkProfile

    person = factory.SubFactory(PersonFactory)
    skills = "So guidare il muletto"
    wishes = "Lavorare vicino a casa"


class DeclarationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Declaration

    application = factory.SubFactory(ApplicationFactory)
    answers = {"first_name": "Teresa"}
    answers_index = factory.Sequence("{:064d}".format)
    rule_set = "orafo"
    rule_set_version = 1
    sent_at = datetime(2026, 11, 2, 9, tzinfo=UTC)
