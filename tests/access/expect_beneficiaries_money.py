from datetime import date
from decimal import Decimal

from beneficiaries.models import BudgetLine, Terms
from tests.factories.beneficiaries_money import (
    BudgetFactory,
    DebtFactory,
    MoneyPathFactory,
    MoneySessionFactory,
    ServiceReferralFactory,
)

from .matrix import BENEFICIARIES, STAFF_ALL, STAFF_IN_REACH, only, refused


def build(world):
    """The household economy of both people, with a word to look for in every personal text."""
    for owner, word in (("person", "canarinoconti"), ("other_person", "canarinospese")):
        world.canaries[owner].append(word)
        economy_of(world, getattr(world, owner), word)
    path = world.person.money_paths.get()
    world.canaries["money_note"] = ["canarinoeducatore"]
    coordinator = world.users["coordinator"]
    note = {"note": "canarinoeducatore", "note_by": world.users["caseworker"]}
    world.money_path = path
    world.money_session = MoneySessionFactory(path=path, educator=coordinator, **note)
    world.debt = world.person.debts.get()
    world.referral = world.person.service_referrals.get()


def economy_of(world, person, word):
    terms = Terms("bank_loan", residual=Decimal("6000.00"), instalment=Decimal("250.00"))
    waiting = {"state": "contacted", "ball": "partner", "due_on": date(2026, 11, 20)}
    MoneyPathFactory(person=person, goals=word)
    BudgetFactory(person=person, lines=[BudgetLine("wage", Decimal("1200.00"), label=word)])
    BudgetFactory(person=person, state="draft", lines=[BudgetLine("food", Decimal("90.00"), label=word)])
    DebtFactory(person=person, creditor=word, terms=terms, **waiting)
    ServiceReferralFactory(person=person, reason=word, other_name=word, by=world.users["caseworker"])


def to_person(world):
    return {"pk": world.person.pk}


KWARGS = {
    "beneficiaries:budget": to_person,
    "beneficiaries:budget_new": to_person,
    "beneficiaries:money_summary": to_person,
    "beneficiaries:debts": to_person,
    "beneficiaries:debt_new": to_person,
    "beneficiaries:debt_edit": lambda world: {"pk": world.debt.pk},
    "beneficiaries:debt_step": lambda world: {"pk": world.debt.pk, "slug": "offerta"},
    "beneficiaries:money_path_new": lambda world: {"pk": world.person.pk, "kind": "educazione"},
    "beneficiaries:money_path_step": lambda world: {"pk": world.money_path.pk, "slug": "concludi"},
    "beneficiaries:money_session_new": lambda world: {"pk": world.money_path.pk},
    "beneficiaries:money_session": lambda world: {"pk": world.money_session.pk},
    "beneficiaries:referral_new": to_person,
    "beneficiaries:referral": lambda world: {"pk": world.referral.pk},
    "beneficiaries:referral_edit": lambda world: {"pk": world.referral.pk},
    "beneficiaries:referral_step": lambda world: {"pk": world.referral.pk, "slug": "invia"},
}

STAFF = only(STAFF_ALL)
THEIRS = only(STAFF_IN_REACH, hidden={"other_caseworker"})
OWN = only(BENEFICIARIES)
READ = ["budget", "money_summary", "debts", "referral"]
WRITTEN = ["budget_new", "debt_new", "debt_edit", "debt_step", "money_path_new", "money_path_step"]
WRITTEN += ["money_session_new", "money_session", "referral_new", "referral_edit", "referral_step"]

ROWS = {
    ("beneficiaries:referrals", "GET"): STAFF,
    ("beneficiaries:referrals", "POST"): refused(STAFF),
    ("beneficiaries:my_budget_fill", "GET"): OWN,
    ("beneficiaries:my_budget_fill", "POST"): OWN,
}
for name in READ:
    ROWS |= {(f"beneficiaries:{name}", "GET"): THEIRS, (f"beneficiaries:{name}", "POST"): refused(STAFF)}
for name in WRITTEN:
    ROWS |= {(f"beneficiaries:{name}", method): THEIRS for method in ("GET", "POST")}
for name in ("my_budget", "my_money_summary"):
    ROWS |= {(f"beneficiaries:{name}", "GET"): OWN, (f"beneficiaries:{name}", "POST"): refused(OWN)}
