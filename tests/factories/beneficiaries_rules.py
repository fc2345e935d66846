from datetime import UTC, date, datetime

import factory

from beneficiaries.domain.rules import as_json
from beneficiaries.domain.rules_2014 import VERSION_1
from beneficiaries.models import RuleVersion, Waiver
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import ApplicationFactory


class DraftFactory(factory.django.DjangoModelFactory):
    """A copy of version 1, written by a coordinator, planned from 1 December 2026."""

    class Meta:
        model = RuleVersion

    version = 2
    rules = factory.LazyFunction(lambda: as_json(VERSION_1.rules))
    valid_from = date(2026, 12, 1)
    edited_by = factory.SubFactory(UserFactory, coordinator=True)
    edited_at = datetime(2026, 11, 20, 9, tzinfo=UTC)


class WaiverFactory(factory.django.DjangoModelFactory):
    """Asked by a caseworker, not yet signed."""

    class Meta:
        model = Waiver

    application = factory.SubFactory(ApplicationFactory)
    criterion = "age"
    reason = "Compie 40 anni fra un mese."
    asked_by = factory.SubFactory(UserFactory, caseworker=True)
    asked_at = datetime(2026, 11, 20, 9, tzinfo=UTC)
