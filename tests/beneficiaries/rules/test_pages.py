"""Pages of rules, waivers and stored screenings, as people use them."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from beneficiaries.domain.rules import orafo_rules
from beneficiaries.domain.screening import screen
from beneficiaries.forms.rules import DraftForm
from beneficiaries.models import RuleVersion, Waiver
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, ApplicationFactory
from tests.factories.beneficiaries_rules import DraftFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def posted(form) -> dict:
    """What a browser sends back of a form nobody touched."""
    data = {}
    for field in form:
        value = field.value()
        if isinstance(value, bool):
            data |= {field.html_name: "on"} if value else {}
        elif value is not None:
            data[field.html_name] = value.strftime("%d/%m/%Y") if isinstance(value, date) else value
    return data


def test_a_draft_is_written_rehearsed_and_published_by_two_coordinators(client):
    writer, second = UserFactory(coordinator=True), UserFactory(coordinator=True)
    application = ApplicationFactory(person__birth_date=date(1984, 1, 1))
    screen(application, by=None, now=NOW)
    client.force_login(writer)
    edit = client.post(reverse("beneficiaries:rule_draft"))["Location"]
    form = client.get(edit).context["form"]
    assert isinstance(form, DraftForm)
    answer = client.post(edit, posted(form) | {"age_min-value": "many"})
    assert "age_min-value" in answer.context["form"].errors
    answer = client.post(edit, posted(form) | {"age_min-value": "45", "valid_from": "1/1/2031", "age_max-value": "60"})
    draft = RuleVersion.objects.get(state="draft")
    assert answer["Location"] == draft.get_absolute_url()
    values = {rule["code"]: rule["value"] for rule in draft.rules}
    assert (values["age_min"], values["age_max"], draft.valid_from) == (45, 60, date(2031, 1, 1))
    before = {rule.code: rule.value for rule in orafo_rules(NOW.date()).rules}
    now = {code: tuple(value) if isinstance(value, list) else value for code, value in values.items()}
    assert {code for code in now if now[code] != before[code]} == {"age_min", "age_max"}
    assert [len(pair["changed"]) for pair in client.get(draft.get_absolute_url()).context["differences"]] == [1, 1]

    rehearsal = reverse("beneficiaries:rule_rehearsal", args=[2])
    page = client.post(rehearsal, follow=True).context
    assert (page["changed"], page["rehearsal"].total) == (1, 1)
    assert [change.application for change in page["page_obj"]] == [application]

    publish = reverse("beneficiaries:rule_publish", args=[2])
    client.post(publish)
    assert RuleVersion.objects.get(version=2).is_draft
    client.force_login(second)
    client.post(publish)
    assert not RuleVersion.objects.get(version=2).is_draft
    assert client.get(edit).status_code == 404
    assert orafo_rules(date(2031, 1, 1)).version == 2


def test_a_caseworker_reads_and_sees_only_the_changes_in_reach(client):
    draft = DraftFactory()
    for municipality in (RHO, "015170"):
        application = ApplicationFactory(person__birth_date=date(1984, 1, 1), person__municipality_id=municipality)
        screen(application, by=None, now=NOW)
    draft.rules = [rule | ({"value": 45} if rule["code"] == "age_min" else {}) for rule in draft.rules]
    draft.save()
    coordinator = UserFactory(coordinator=True)
    client.force_login(coordinator)
    client.post(reverse("beneficiaries:rule_rehearsal", args=[2]))
    client.force_login(UserFactory(caseworker=True, towns=[RHO]))
    context = client.get(reverse("beneficiaries:rule_rehearsal", args=[2])).context
    assert (context["changed"], len(context["page_obj"].object_list)) == (2, 1)
    assert client.get(reverse("beneficiaries:rules")).context["may_write"] is False
    assert client.get(reverse("beneficiaries:rule_edit", args=[2])).status_code == 403


def test_a_waiver_is_asked_on_the_requirements_and_signed_from_the_list(client, time_machine):
    time_machine.move_to(NOW)
    application = ApplicationFactory(person__birth_date=date(1986, 12, 30))
    first = screen(application, by=None, now=NOW)
    client.force_login(UserFactory(caseworker=True, towns=[RHO]))
    sheet = client.get(f"{application.person.get_absolute_url()}?scheda=requisiti")
    asked = reverse("beneficiaries:waiver_new", args=[application.pk, "age"])
    assert asked.encode() in sheet.content
    assert client.post(asked, {"reason": ""}).context["form"].errors
    client.post(asked, {"reason": "Compie 40 anni a fine anno."})
    waiver = Waiver.objects.get()
    client.force_login(UserFactory(coordinator=True))
    assert list(client.get(reverse("beneficiaries:waivers")).context["page_obj"]) == [waiver]
    answer = reverse("beneficiaries:waiver_answer", args=[waiver.pk])
    assert client.get(answer).context["may_sign"] is True
    client.post(answer, {"answer": "grant"})
    waiver.refresh_from_db()
    assert (waiver.state, application.screenings.count()) == ("granted", 2)
    kept = client.get(reverse("beneficiaries:screening", args=[first.pk])).context["criteria"]
    assert kept[0].verdict == "not_met"
    assert client.get(application.get_absolute_url()).context["criteria"][0].verdict == "waived"


def test_a_screening_is_taken_again_without_changing_the_facts(client):
    application = ApplicationFactory()
    screen(application, by=None, now=NOW)
    caseworker = UserFactory(caseworker=True, towns=[RHO])
    client.force_login(caseworker)
    client.post(reverse("beneficiaries:screen_again", args=[application.pk]))
    client.get(f"{application.person.get_absolute_url()}?scheda=requisiti")
    latest, first = application.screenings.all()
    assert (latest.by, first.by) == (caseworker, None)
