"""Complaint 5: drafts begun under old rules do not slip past the new ones, and only what changed is asked again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from beneficiaries.domain import rules as published
from beneficiaries.domain.answers import Answers
from beneficiaries.domain.draft import send
from beneficiaries.domain.questions import RuleChange, changes_since, rule_changes, to_ask_again
from beneficiaries.models import Application, RegistrationDraft
from oltreiperimetri.shared.errors import DomainError
from oltreiperimetri.shared.rulesets import Rule, RuleSet

from .registering import CHECK, TOLD, begin, fill, step

RULES = reverse("beneficiaries:register_rules")
TODAY = timezone.localdate


@pytest.fixture
def publish(monkeypatch):
    """`publish(age_min=42)`: from today another version is in force, with these values in place of the old ones."""

    def put_in_force(**values):
        old = published.ORAFO[-1]
        rules = tuple(replace(rule, value=values.get(rule.code, rule.value)) for rule in old.rules)
        closed = replace(old, valid_to=TODAY() - timedelta(days=1))
        fresh = replace(old, version=old.version + 1, valid_from=TODAY(), rules=rules)
        monkeypatch.setattr(published, "ORAFO", (*published.ORAFO[:-1], closed, fresh))
        published.forget()

    return put_in_force


def rule_set(**values) -> RuleSet:
    rules = tuple(Rule(code, value) for code, value in values.items())
    return RuleSet("orafo", 1, date(2014, 11, 1), None, rules)


def test_changes_are_values_that_differ_also_of_rules_that_came_or_went():
    before, after = rule_set(age_min=40, gone=1, same=3), rule_set(age_min=42, same=3, new=5)
    assert rule_changes(before, after) == [
        RuleChange("age_min", 40, 42),
        RuleChange("new", None, 5),
        RuleChange("gone", 1, None),
    ]
    assert rule_changes(before, before) == []


@pytest.mark.django_db
def test_under_the_same_rules_nothing_is_asked_again(client):
    begin(client)
    fill(client)
    draft = RegistrationDraft.objects.get()
    assert (draft.rule_set, changes_since(draft, today=TODAY()), to_ask_again(draft, today=TODAY())) == ("orafo", [], [])
    assert client.get(RULES)["Location"] == CHECK


@pytest.mark.django_db
def test_only_the_questions_whose_rule_changed_are_asked_again_and_it_is_said_what_changed(client, publish):
    begin(client)
    fill(client)
    publish(age_min=42, unemployment_max_months=30)
    assert client.get(CHECK)["Location"] == RULES
    assert client.post(CHECK, {"notice_read": "on"})["Location"] == RULES
    page = client.get(RULES)
    assert [asked.slug for asked in page.context["questions"]] == ["nascita", "ultimo-lavoro"]
    assert [line for line in page.context["changes"] if "42" in line]

    for slug in ("nascita", "ultimo-lavoro"):
        assert client.get(RULES).context["next"] == step(slug) + "?da=controlla"
        form = client.get(step(slug)).context["form"]
        assert form[next(iter(TOLD[slug]))].value() == TOLD[slug][next(iter(TOLD[slug]))]
        client.post(step(slug) + "?da=controlla", TOLD[slug])
    assert client.get(CHECK).status_code == 200
    client.post(CHECK, {"notice_read": "on"})
    assert Application.objects.get().declarations.get().rule_set_version == 2


@pytest.mark.django_db
def test_the_domain_refuses_what_the_page_would_have_asked_again(client, publish):
    begin(client)
    fill(client)
    publish(age_min=42)
    told = Answers(first_name="Teresa", last_name="Colombo")
    with pytest.raises(DomainError) as refusal:
        send(RegistrationDraft.objects.get(), told, by=None, now=timezone.now())
    assert refusal.value.code == "rules_changed"
    assert not Application.objects.exists()


@pytest.mark.django_db
def test_a_rule_of_a_question_that_was_not_asked_is_told_to_nobody(client, publish):
    begin(client)
    fill(client, until="lavoro", working_now="yes")
    for slug in ("servizi", "altro"):
        client.post(step(slug), {"azione": "salta"})
    publish(unemployment_max_months=30)
    assert client.get(CHECK).status_code == 200


@pytest.mark.django_db
def test_what_is_answered_after_the_change_is_not_asked_twice(client, publish):
    begin(client)
    fill(client, until="nome")
    publish(age_min=42)
    for slug in list(TOLD)[1:]:
        client.post(step(slug), TOLD[slug])
    assert client.get(CHECK).status_code == 200
