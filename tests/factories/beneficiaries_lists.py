from datetime import UTC, date, datetime

import factory

from beneficiaries.models import DataRequest, Disposal, Hold, SavedView
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import PersonFactory


class SavedViewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SavedView

    owner = factory.SubFactory(UserFactory, caseworker=True)
    list = SavedView.List.APPLICATIONS
    name = factory.Sequence("Le mie {}".format)
    query = "stato=received"


class DataRequestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DataRequest

    person = factory.SubFactory(PersonFactory)
    kind = DataRequest.Kind.ERASURE
    asked_at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    due_on = date(2026, 12, 2)


class HoldFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Hold

    person = factory.SubFactory(PersonFactory)
    reason = "Ricorso in corso"
    until = date(2031, 1, 31)
    at = datetime(2026, 11, 2, 9, tzinfo=UTC)


class DisposalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Disposal

    person = factory.SubFactory(PersonFactory)
    ground = Disposal.Ground.REJECTED
    due_on = date(2026, 10, 1)
    proposed_by = factory.SubFactory(UserFactory, coordinator=True)
    proposed_at = datetime(2026, 11, 2, 9, tzinfo=UTC)
