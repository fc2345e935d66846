"""Budget, debts, paths and referrals as the office and the person use them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from beneficiaries.desk import report_rows
from beneficiaries.domain.money_path import end_path
from beneficiaries.models import Budget, Debt, MoneyPath, MoneySession, Offer, ServiceReferral
from oltreiperimetri.audit.models import AuditEntry
from oltreiperimetri.shared.desk import Figure
from tests.factories.accounts import UserFactory
from tests.factories.beneficiaries import RHO, PersonFactory
from tests.factories.beneficiaries_money import (
    LINES,
    BudgetFactory,
    DebtFactory,
    MoneyPathFactory,
    MoneySessionFactory,
    ServiceReferralFactory,
)

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def caseworker(client):
    user = UserFactory(caseworker=True, towns=[RHO])
    client.force_login(user, backend=BACKEND)
    return user


@pytest.fixture
def person():
    return PersonFactory()


@pytest.fixture
def at_home(client):
    """Somebody with an account, signed in."""
    person = PersonFactory(user=UserFactory(beneficiary=True))
    client.force_login(person.user, backend=BACKEND)
    return person


def rows(side, *lines, count=None) -> dict:
    """What the browser sends for one side of the form: (category, amount, frequency, label)."""
    data = {f"{side}-TOTAL_FORMS": count or len(lines), f"{side}-INITIAL_FORMS": 0}
    for number, line in enumerate(lines):
        names = ("category", "amount", "frequency", "label")
        data |= {f"{side}-{number}-{name}": value for name, value in zip(names, line, strict=True)}
    return data


def sent(**more) -> dict:
    income = rows("income", ("wage", "1.234,56", "monthly", ""), ("children", "", "monthly", ""))
    return income | rows("expense", ("taxes", "420", "yearly", "auto")) | more


def day(moment: date) -> str:
    return moment.strftime("%d/%m/%Y")


class TestBudget:
    def test_amounts_are_read_as_italians_write_them_and_empty_rows_do_not_count(self, client, caseworker, person):
        response = client.post(reverse("beneficiaries:budget_new", args=[person.pk]), sent(on_day="9/11/2026"))

        assert response.status_code == 302
        kept = [(line.category, line.amount, line.frequency, line.label) for line in person.budgets.get().lines]
        assert kept == [("wage", Decimal("1234.56"), "monthly", ""), ("taxes", Decimal("420"), "yearly", "auto")]

    def test_more_rows_keep_what_was_typed_and_save_nothing(self, client, caseworker, person):
        response = client.post(
            reverse("beneficiaries:budget_new", args=[person.pk]), sent(on_day="9/11/2026", more="expense")
        )

        income, expenses = (formset for _side, formset in response.context["forms"].sides)
        assert (len(income.forms), len(expenses.forms)) == (2, 5)
        assert income.forms[0]["amount"].value() == "1.234,56"
        assert not Budget.objects.exists()

    @pytest.mark.parametrize(
        "line", [("", "120", "monthly", ""), ("food", "venti", "monthly", ""), ("food", "", "monthly", "x")]
    )
    def test_a_row_half_written_is_said_beside_it(self, client, caseworker, person, line):
        data = rows("income") | rows("expense", line) | {"on_day": "9/11/2026"}

        response = client.post(reverse("beneficiaries:budget_new", args=[person.pk]), data)

        assert (response.status_code, len(response.context["forms"].problems)) == (200, 1)
        assert not Budget.objects.exists()

    @pytest.mark.parametrize("count", ["", "mille", "99999999999", "-1"])
    def test_a_count_of_rows_that_nobody_typed_breaks_nothing(self, client, caseworker, person, count):
        data = sent(on_day="9/11/2026") | {"income-TOTAL_FORMS": count}

        assert client.post(reverse("beneficiaries:budget_new", args=[person.pk]), data).status_code in (200, 302)

    def test_a_new_version_stands_beside_the_earlier_ones(self, client, caseworker, person):
        BudgetFactory(person=person, on_day=date(2026, 9, 1))
        client.post(reverse("beneficiaries:budget_new", args=[person.pk]), sent(on_day="9/11/2026"))

        context = client.get(reverse("beneficiaries:budget", args=[person.pk])).context

        assert [version.budget.on_day for version in context["versions"]] == [date(2026, 11, 9), date(2026, 9, 1)]
        assert [(row["cells"], row["change"]) for row in context["compared"]][:1] == [
            ([Decimal("1200.00"), Decimal("1234.56")], Decimal("34.56"))
        ]
        assert len(context["chart"]) == 4

    def test_what_the_person_began_at_home_is_where_the_office_begins(self, client, caseworker, person):
        BudgetFactory(person=person, state="draft", lines=LINES[:1])
        address = reverse("beneficiaries:budget_new", args=[person.pk])
        income, _expenses = (formset for _side, formset in client.get(address).context["forms"].sides)
        assert income.forms[0]["amount"].value() == "1.200,00"

        client.post(address, sent(on_day="9/11/2026"))

        assert list(person.budgets.values_list("state", flat=True)) == ["kept"]

    def test_the_person_fills_a_draft_at_home_and_changes_it(self, client, at_home):
        address = reverse("beneficiaries:my_budget_fill")
        client.post(address, sent())
        client.post(address, rows("income", ("wage", "900", "monthly", "")) | rows("expense"))

        draft = at_home.budgets.get()
        assert (draft.state, [line.amount for line in draft.lines]) == ("draft", [Decimal("900")])

    def test_a_draft_at_home_never_touches_what_was_kept(self, client, at_home):
        kept = BudgetFactory(person=at_home)
        client.post(reverse("beneficiaries:my_budget_fill"), sent())

        kept.refresh_from_db()
        assert (kept.lines, kept.state, at_home.budgets.count()) == (LINES, "kept", 2)

    def test_an_empty_budget_is_not_saved(self, client, at_home):
        client.post(reverse("beneficiaries:my_budget_fill"), rows("income") | rows("expense"))

        assert not Budget.objects.exists()

    def test_the_summary_is_printed_for_the_person_and_recorded(self, client, caseworker, person):
        BudgetFactory(person=person)
        DebtFactory(person=person)

        response = client.get(reverse("beneficiaries:money_summary", args=[person.pk]))

        assert response.status_code == 200
        assert AuditEntry.objects.filter(subject=person.audit_key, action="read", changes__part="budget").exists()

    def test_amounts_are_neither_in_the_trail_nor_in_clear_in_the_database(self, client, caseworker, person):
        client.post(reverse("beneficiaries:budget_new", args=[person.pk]), sent(on_day="9/11/2026"))

        trail = " ".join(str(changes) for changes in AuditEntry.objects.values_list("changes", flat=True))
        stored = Budget.objects.raw("SELECT id, stored_lines || '' AS raw FROM beneficiaries_budget")[0].raw
        assert "1234.56" not in trail
        assert "1234.56" not in stored


class TestDebts:
    def step(self, client, debt, slug, **values):
        response = client.post(reverse("beneficiaries:debt_step", args=[debt.pk, slug]), values)
        debt.refresh_from_db()
        return response

    def test_a_debt_is_written_down_with_italian_numbers(self, client, caseworker, person):
        data = {"creditor": "Banca", "kind": "bank_loan", "residual": "6.250,00", "instalment": "125,5"}
        data |= {"frequency": "monthly", "arrears_months": "2", "yearly_rate": "7,25", "since": "", "until": ""}

        client.post(reverse("beneficiaries:debt_new", args=[person.pk]), data)

        terms = person.debts.get().terms
        assert (terms.residual, terms.instalment) == (Decimal("6250.00"), Decimal("125.5"))
        assert (terms.yearly_rate, terms.arrears_months) == (Decimal("7.25"), 2)

    def test_a_negotiation_goes_from_contact_to_agreement(self, client, caseworker, person):
        debt, soon = DebtFactory(person=person), timezone.localdate() + timedelta(days=10)

        self.step(client, debt, "contatta", ball="partner", due_on=day(soon))
        assert (debt.state, debt.ball, debt.due_on) == ("contacted", "partner", soon)
        self.step(client, debt, "offerta", instalment="110", months="60", ball="person", due_on=day(soon))
        assert (debt.state, debt.ball, debt.offer) == ("offered", "person", Offer(Decimal("110"), 60))
        self.step(client, debt, "accordo")
        assert (debt.state, debt.ball, debt.due_on) == ("agreed", "", None)

        plan = client.get(reverse("beneficiaries:debts", args=[person.pk])).context["plan"]
        assert (plan.saved, plan.total_after) == (Decimal("140.00"), Decimal("6600.00"))

    def test_a_waiting_debt_without_a_day_is_refused_by_the_form(self, client, caseworker, person):
        debt = DebtFactory(person=person)

        response = self.step(client, debt, "contatta", ball="partner", due_on="")

        assert (debt.state, "due_on" in response.context["form"].errors) == ("listed", True)

    def test_a_day_gone_by_is_refused(self, client, caseworker, person):
        debt = DebtFactory(person=person)

        response = self.step(client, debt, "contatta", ball="partner", due_on="1/1/2020")

        assert (debt.state, "due_on" in response.context["form"].errors) == ("listed", True)

    def test_a_refusal_takes_the_offer_back(self, client, caseworker, person):
        waiting = {"state": "offered", "ball": "person", "due_on": timezone.localdate()}
        debt = DebtFactory(person=person, offer=Offer(Decimal("100")), **waiting)

        self.step(client, debt, "rifiuto")

        assert (debt.state, debt.offer) == ("refused", None)

    def test_a_step_out_of_turn_leads_back(self, client, caseworker, person):
        debt = DebtFactory(person=person)

        response = self.step(client, debt, "accordo")

        assert (response.status_code, debt.state) == (302, "listed")

    def test_the_foundation_is_asked_by_a_referral_chosen_already(self, client, caseworker, person):
        address = reverse("beneficiaries:referral_new", args=[person.pk]) + "?servizio=anti_usury"

        assert client.get(address).context["form"].initial["service"] == "anti_usury"

        ServiceReferralFactory(person=person, service="anti_usury")
        context = client.get(reverse("beneficiaries:debts", args=[person.pk])).context
        assert context["foundation"].service == "anti_usury"


class TestPath:
    def test_a_path_is_opened_met_and_ended(self, client, caseworker, person):
        today = day(timezone.localdate())
        opening = {"opened_on": today, "educator": caseworker.pk, "goals": "Mettere via qualcosa"}
        client.post(reverse("beneficiaries:money_path_new", args=[person.pk, "educazione"]), opening)
        path = person.money_paths.get()
        session = {"day": today, "outcome": "honoured", "minutes": "45", "educator": caseworker.pk, "note": "riservata"}
        client.post(reverse("beneficiaries:money_session_new", args=[path.pk]), session)
        closing = {"outcome": "saving", "ended_on": today}
        client.post(reverse("beneficiaries:money_path_step", args=[path.pk, "concludi"]), closing)

        path.refresh_from_db()
        assert (path.state, path.outcome, path.plan.path) == ("ended", "saving", "finance.course")
        assert (path.sessions.get().minutes, path.sessions.get().note) == (45, "riservata")

    def test_a_second_path_of_the_kind_is_refused_while_one_is_open(self, client, caseworker, person):
        MoneyPathFactory(person=person)
        data = {"opened_on": day(timezone.localdate()), "educator": "", "goals": ""}

        response = client.post(reverse("beneficiaries:money_path_new", args=[person.pk, "educazione"]), data)

        assert (response.status_code, MoneyPath.objects.count()) == (200, 1)

    def test_a_session_not_held_has_no_minutes(self, client, caseworker):
        path = MoneyPathFactory()
        data = {"day": "9/11/2026", "outcome": "no_show", "minutes": "45", "educator": caseworker.pk, "note": ""}

        client.post(reverse("beneficiaries:money_session_new", args=[path.pk]), data)

        assert (path.sessions.get().outcome, path.sessions.get().minutes) == ("no_show", 0)

    def test_a_note_is_read_by_its_writer_and_survives_a_colleague(self, client, caseworker):
        writer = UserFactory(caseworker=True, towns=[RHO])
        session = MoneySessionFactory(educator=writer, note="riservata", note_by=writer)
        address = reverse("beneficiaries:money_session", args=[session.pk])
        assert client.get(address).context["form"].initial["note"] == ""

        data = {"day": "9/11/2026", "outcome": "honoured", "minutes": "30", "educator": writer.pk, "note": "altra"}
        client.post(address, data)

        session.refresh_from_db()
        assert (session.minutes, session.note, session.note_by) == (30, "riservata", writer)


class TestReferral:
    def send(self, client, referral, due_on):
        today = timezone.localdate()
        data = {"sending": "email", "sent_on": day(today), "due_on": day(due_on)}
        return client.post(reverse("beneficiaries:referral_step", args=[referral.pk, "invia"]), data)

    def test_a_referral_is_prepared_sent_and_answered(self, client, caseworker, person):
        today = timezone.localdate()
        data = {"service": "caritas", "organisation": "", "other_name": "Caritas di Rho", "reason": "Pacco spesa"}
        client.post(reverse("beneficiaries:referral_new", args=[person.pk]), data | {"consent_on": day(today)})
        referral = person.service_referrals.get()
        self.send(client, referral, today + timedelta(days=20))
        referral.refresh_from_db()
        assert (referral.state, referral.ball, referral.due_on) == ("sent", "partner", today + timedelta(days=20))

        answer = {"says_yes": "yes", "answered_on": day(today), "answer": "Lo vediamo giovedì"}
        client.post(reverse("beneficiaries:referral_step", args=[referral.pk, "risposta"]), answer)

        referral.refresh_from_db()
        assert (referral.state, referral.ball, referral.due_on) == ("accepted", "", None)
        assert referral.answer == "Lo vediamo giovedì"

    def test_a_referral_without_a_place_is_refused(self, client, caseworker, person):
        data = {
            "service": "caritas",
            "organisation": "",
            "other_name": "",
            "reason": "Pacco spesa",
            "consent_on": "9/11/2026",
        }

        response = client.post(reverse("beneficiaries:referral_new", args=[person.pk]), data)

        assert ("other_name" in response.context["form"].errors, ServiceReferral.objects.count()) == (True, 0)

    def test_it_is_not_sent_before_the_person_agreed(self, client, caseworker, person):
        today = timezone.localdate()
        referral = ServiceReferralFactory(person=person, consent_on=today + timedelta(days=1))

        response = self.send(client, referral, today + timedelta(days=20))

        referral.refresh_from_db()
        assert (referral.state, "sent_on" in response.context["form"].errors) == ("draft", True)

    def test_the_list_filters_by_state_service_and_lateness(self, client, caseworker, person):
        today = timezone.localdate()
        sent = {"person": person, "state": "sent", "sending": "email", "sent_on": today, "ball": "partner"}
        late = ServiceReferralFactory(due_on=today - timedelta(days=1), **sent)
        waiting = ServiceReferralFactory(due_on=today, service="caritas", **sent)
        closed = ServiceReferralFactory(person=person, state="withdrawn")
        ServiceReferralFactory(person=PersonFactory(municipality_id="015170"))

        def found(**query):
            page = client.get(reverse("beneficiaries:referrals"), query).context["page_obj"]
            return list(page.object_list)

        assert found() == [late, waiting]
        assert found(stato="scaduti") == [late]
        assert found(servizio="caritas") == [waiting]
        assert found(stato="withdrawn") == [closed]
        assert found(comune="nowhere") == []


def test_the_person_reads_budget_and_plan_but_not_the_note(client, at_home):
    BudgetFactory(person=at_home)
    DebtFactory(person=at_home, offer=Offer(Decimal("100")))
    MoneySessionFactory(path=MoneyPathFactory(person=at_home), note="riservata", note_by=UserFactory(caseworker=True))

    response = client.get(reverse("beneficiaries:my_budget"))

    assert response.context["latest"].balance == Decimal("700.00")
    assert response.context["plan"].saved == Decimal("150.00")
    for address in ("beneficiaries:my_budget", "portal:my_path"):
        assert b"riservata" not in client.get(reverse(address)).content


def test_the_copy_of_ones_data_holds_all_but_the_notes(client, at_home):
    BudgetFactory(person=at_home)
    DebtFactory(person=at_home, creditor="Banca Canarina", offer=Offer(Decimal("100"), 60))
    ServiceReferralFactory(person=at_home, reason="Cerca un corso")
    path = MoneyPathFactory(person=at_home, goals="Mettere via qualcosa")
    MoneySessionFactory(path=path, note="riservata", note_by=UserFactory(caseworker=True))

    copy = client.get(reverse("portal:my_data"), {"formato": "json"}).content.decode()

    for said in ("1.200,00 €", "Banca Canarina", "6.000,00 €", "Cerca un corso", "Mettere via qualcosa"):
        assert said in copy
    assert "riservata" not in copy


def test_sessions_and_referrals_are_counted_by_town_without_names():
    path = MoneyPathFactory()
    MoneySessionFactory(path=path, day=date(2026, 7, 1))
    MoneySessionFactory(path=path, day=date(2026, 12, 31))
    MoneySessionFactory(path=path, day=date(2027, 1, 1))
    MoneySessionFactory(path=path, day=date(2026, 8, 1), minutes=0, outcome=MoneySession.Outcome.NO_SHOW)
    sent = {
        "state": "sent",
        "sending": "email",
        "ball": "partner",
        "due_on": date(2026, 12, 1),
        "sent_on": date(2026, 11, 9),
    }
    ServiceReferralFactory(person=path.person, **sent)
    ServiceReferralFactory(person=path.person, **sent)

    figures = report_rows(date(2026, 7, 1), date(2026, 12, 31))

    assert figures == [Figure(RHO, "savings", "consultations", 2), Figure(RHO, "places", "referrals", 1)]


def test_a_debt_is_found_by_no_search(client, caseworker, person):
    DebtFactory(person=person, creditor="Canarinobanca")

    response = client.get(reverse("portal:search"), {"q": "Canarinobanca"})

    assert Debt.objects.count() == 1
    assert person.get_absolute_url().encode() not in response.content


@pytest.mark.parametrize("sheet", ["sintesi", "famiglia", "percorso", "storia"])
def test_the_file_shows_the_economy_sheet_by_sheet_without_creditors(client, caseworker, person, sheet):
    BudgetFactory(person=person)
    waiting = {"ball": "partner", "due_on": timezone.localdate()}
    DebtFactory(person=person, creditor="Canarinobanca", state="contacted", **waiting)
    ServiceReferralFactory(person=person, state="sent", sent_on=date(2026, 11, 9), sending="email", **waiting)
    path = MoneyPathFactory(person=person)
    end_path(path, outcome="saving", ended_on=date(2026, 11, 9), by=caseworker, now=timezone.now())

    page = client.get(person.get_absolute_url(), {"scheda": sheet})

    assert page.status_code == 200
    assert b"Canarinobanca" not in page.content
    drawn = [panel.anchor for panel in page.context["panels"]]
    assert ("economia" in drawn, f"monitoraggio-{path.plan_id}" in drawn) == (sheet == "famiglia", sheet == "percorso")


def test_an_ended_path_is_on_the_board_of_follow_ups_and_leads_to_its_page(client, caseworker, person):
    path = MoneyPathFactory(person=person, kind="debt")
    end_path(path, outcome="some_agreed", ended_on=date(2026, 11, 9), by=caseworker, now=timezone.now())

    checkpoint = path.plan.checkpoints.first()
    page = client.get(reverse("portal:checkpoint", args=[checkpoint.pk]))

    assert page.status_code == 200
    assert reverse("beneficiaries:debts", args=[person.pk]).encode() in page.content
