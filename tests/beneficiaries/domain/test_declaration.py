"""Sent again unchanged, sent again with changes: what the person is told and what staff see."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from beneficiaries.domain import draft as drafts
from beneficiaries.domain.answers import Answers, ShortJob, as_json
from beneficiaries.domain.declaration import differences, mark_seen, to_look_at, told_before
from beneficiaries.models import Application, Declaration, Person, RegistrationDraft
from oltreiperimetri.shared.errors import DomainError
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TOLD = {
    "first_name": "Teresa",
    "last_name": "Colombo",
    "birth_date": date(1975, 3, 10),
    "phone": "+39 347 123 4567",
    "email": "teresa@example.org",
    "children": (2012, 2015),
    "short_jobs": (ShortJob(date(2026, 5, 1), date(2026, 5, 20)),),
}


def send(*, by=None, now=NOW, **changes) -> Application:
    draft, _code = drafts.begin(now=now)
    return drafts.send(draft, Answers(**(TOLD | changes)), by=by, now=now)


def test_the_very_same_answers_are_refused_kindly_and_nothing_is_doubled():
    """Complaint 9: repeated submissions flood staff."""
    send()
    for _time in range(3):
        with pytest.raises(DomainError) as refusal:
            send()
        assert refusal.value.code == "unchanged"
    assert (Application.objects.count(), Person.objects.count(), Declaration.objects.count()) == (1, 1, 1)


def test_the_order_of_the_children_is_no_difference_and_one_letter_is():
    send()
    with pytest.raises(DomainError):
        send(children=(2015, 2012))
    assert send(first_name="Teresina").pk


def test_once_the_application_is_closed_the_same_answers_may_be_sent_again():
    first = send()
    Application.objects.filter(pk=first.pk).update(state="withdrawn", decided_at=NOW, ball="", due_on=None)
    assert send(now=NOW + timedelta(days=1)) != first


def test_staff_see_what_differs_from_what_somebody_like_them_had_sent_before():
    """Complaint 9: a changed one shows a diff."""
    first = send()
    second = send(email="altra@example.org", children=(2012,))
    after = second.declarations.get()
    before = told_before(after, among=Application.objects.all())
    assert before == first.declarations.get()
    assert differences(before, after) == ["email", "children"]
    assert told_before(after, among=Application.objects.none()) is None
    assert told_before(before, among=Application.objects.all()) is None


def test_a_signed_in_person_sends_new_answers_for_the_same_application():
    user = UserFactory(email="teresa@example.org")
    first = send(by=user)
    draft, _code = drafts.begin(now=NOW)
    again = drafts.send(draft, Answers(**(TOLD | {"phone": "+39 02 1234 5678"})), by=user, now=NOW + timedelta(hours=1))
    assert again == first
    assert Application.objects.count() == 1
    assert not RegistrationDraft.objects.filter(pk=draft.pk).exists()
    old, new = first.declarations.order_by("pk")
    assert differences(old, new) == ["phone"]
    assert list(to_look_at(Application.objects.all())) == [new]
    mark_seen(new, by=user, now=NOW)
    assert not to_look_at(Application.objects.all()).exists()


def test_a_draft_sent_twice_is_one_application():
    draft, _code = drafts.begin(now=NOW)
    first = drafts.send(draft, Answers(**TOLD), by=None, now=NOW)
    assert drafts.send(draft, Answers(**TOLD), by=None, now=NOW) == first
    assert Declaration.objects.count() == 1


def test_the_declaration_keeps_the_rules_it_was_made_under_and_every_answer():
    declaration = send().declarations.get()
    assert (declaration.rule_set, declaration.rule_set_version) == ("orafo", 1)
    assert declaration.answers == as_json(Answers(**TOLD))
    assert declaration.answers["short_jobs"] == [["2026-05-01", "2026-05-20", "employee"]]
