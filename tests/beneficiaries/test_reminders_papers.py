from datetime import UTC, date, datetime, timedelta

import pytest

from beneficiaries import reminders_papers as papers
from beneficiaries.enums import CheckedHow
from beneficiaries.models import PersonDocument
from oltreiperimetri.reminders import kinds
from oltreiperimetri.reminders.enums import Audience
from oltreiperimetri.reminders.models import Reminder
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import ApplicationFactory, DocumentFactory

pytestmark = pytest.mark.django_db
LAST = date(2027, 3, 1)
NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)


def seen(person, **fields):
    given = {"kind": PersonDocument.Kind.PERMIT, "state": "seen", "how": CheckedHow.COPY, "checked_at": NOW}
    return DocumentFactory(person=person, **given | {"expires_on": LAST} | fields)


def still_needed(paper, today=LAST):
    return kinds.get(papers.ENDS).still_needed(paper, Reminder(), today=today) == ""


def test_the_end_of_a_validity_is_said_only_where_it_matters():
    person = ApplicationFactory(in_review=True).person
    paper = seen(person)
    assert still_needed(paper)
    assert not still_needed(paper, LAST + timedelta(days=1))
    newer = seen(person, expires_on=LAST + timedelta(days=1))
    assert not still_needed(paper)
    assert still_needed(newer)


def test_nobody_is_told_of_papers_of_a_path_that_is_over():
    assert not still_needed(seen(ApplicationFactory(state="not_admitted", decided_at=NOW, due_on=None).person))


def test_the_line_goes_to_the_owner_and_the_mail_to_the_person():
    owner = UserFactory(caseworker=True)
    person = ApplicationFactory(in_review=True, owner=owner).person
    promised = DocumentFactory(person=person, file=None, awaited_on=LAST)
    to_office, to_person = Reminder(audience=Audience.CASEWORKER), Reminder(audience=Audience.PERSON)
    kind = kinds.get(papers.AWAITED)
    assert [one.email for one in kind.recipients(promised, to_office)] == [owner.email]
    (recipient,) = kind.recipients(promised, to_person)
    template, context = kind.compose(promised, to_person, recipient)
    assert (recipient.email, template, context["day"]) == (person.email, "beneficiaries/paper_awaited", LAST)
    assert person.last_name not in kind.line(promised, to_office).text
