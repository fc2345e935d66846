"""Two families who look at their accounts with an educator: one learns to save, the other negotiates its debts."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from oltreiperimetri.accounts.models import User
from oltreiperimetri.shared.dates import at_rome

from .domain import debt as debts
from .domain import service_referral as referrals
from .domain.budget import fill_budget_at_home, keep_budget
from .domain.money_path import end_path, open_path, write_session
from .enums import Ball
from .models import BudgetLine, MoneyPath, Offer, Person, Terms


def line(category: str, amount: str, frequency: str = "monthly", label: str = "") -> BudgetLine:
    return BudgetLine(category, Decimal(amount), frequency, label)


BEFORE = [
    line("unemployment", "780"),
    line("children", "199.40"),
    line("housing", "430"),
    line("utilities", "310", "bimonthly", "luce e gas"),
    line("food", "110", "weekly"),
    line("transport", "95"),
    line("phone", "64.80", label="tre telefoni"),
    line("taxes", "420", "yearly", "assicurazione auto"),
    line("other_expense", "60", label="sigarette"),
]
AFTER = [
    line("unemployment", "780"),
    line("children", "199.40"),
    line("housing", "430"),
    line("utilities", "265", "bimonthly", "luce e gas"),
    line("food", "85", "weekly"),
    line("transport", "70"),
    line("phone", "32.90", label="una sola offerta"),
    line("taxes", "420", "yearly", "assicurazione auto"),
]
AT_HOME = [*AFTER[:-1], line("taxes", "388", "yearly", "assicurazione auto, nuova"), line("wage", "240", label="pulizie")]
INDEBTED = [
    line("wage", "1350"),
    line("family", "150", label="la sorella"),
    line("housing", "520"),
    line("utilities", "240", "bimonthly"),
    line("food", "95", "weekly"),
    line("transport", "120"),
    line("phone", "41"),
    line("school", "600", "yearly"),
    line("instalments", "489"),
]
OWED = [
    ("Banca del Rhodense (invenzione)", Terms("bank_loan", Decimal("7200"), Decimal("240"), arrears_months=2)),
    (
        "Rateizza & Vai (invenzione)",
        Terms("consumer_credit", Decimal("2900"), Decimal("145"), yearly_rate=Decimal("11.9"), arrears_months=4),
    ),
    ("Condominio di via dei Tigli", Terms("rent", Decimal("1248"), Decimal("104"), arrears_months=3)),
    ("Un cugino", Terms("family", Decimal("1500"), Decimal("0"))),
]


def build(world, *, today: date) -> None:
    caseworker, other = world.users["caseworker"], world.users["caseworker2"]
    saving(world.beneficiary, caseworker, today=today)
    families = [person for person in world.admitted if person.pk != world.beneficiary.pk]
    indebted(families[1], caseworker, today=today)
    ended(families[3], other, today=today)


def moment(today: date, days_ago: int, hour: int = 15) -> datetime:
    return at_rome(today - timedelta(days=days_ago), hour)


def held(path: MoneyPath, by: User, *, today: date, days_ago: int, outcome: str = "honoured", note: str = "") -> None:
    values = {"day": today - timedelta(days=days_ago), "minutes": 60, "educator": by, "outcome": outcome, "note": note}
    write_session(path, values, by=by, now=moment(today, days_ago, 17))


def saving(person: Person, by: User, *, today: date) -> None:
    """Two budgets two months apart, one begun at home, four sessions; the job centre has not answered yet."""
    path = open_path(
        person,
        "course",
        opened_on=today - timedelta(days=75),
        goals="Arrivare a fine mese senza chiedere a mia sorella.\nMettere via qualcosa per la caldaia.",
        educator=by,
        by=by,
        now=moment(today, 75),
    )
    keep_budget(person, BEFORE, on_day=today - timedelta(days=70), by=by, now=moment(today, 70))
    held(path, by, today=today, days_ago=70, note="Molto attenta; si vergogna delle bollette arretrate.")
    held(path, by, today=today, days_ago=49)
    held(path, by, today=today, days_ago=28, outcome="excused")
    held(path, by, today=today, days_ago=14, note="Ha disdetto due abbonamenti.")
    keep_budget(person, AFTER, on_day=today - timedelta(days=14), by=by, now=moment(today, 14))
    fill_budget_at_home(person, AT_HOME, by=person.user, now=moment(today, 2, 21))
    values = {
        "service": "job_centre",
        "organisation": None,
        "other_name": "Centro per l’impiego di Rho",
        "reason": "Verificare la disponibilità per un corso serale di contabilità.",
        "consent_on": today - timedelta(days=40),
    }
    sent = referrals.prepare(person, values, by=by, now=moment(today, 40))
    sent_on = today - timedelta(days=39)
    due_on = today - timedelta(days=4)
    referrals.send(sent, sending="email", sent_on=sent_on, due_on=due_on, by=by, now=moment(today, 39))


def indebted(person: Person, by: User, *, today: date) -> None:
    """Four debts at four points of their negotiation, and the anti-usury foundation asked."""
    path = open_path(person, "debt", opened_on=today - timedelta(days=50), educator=by, by=by, now=moment(today, 50))
    keep_budget(person, INDEBTED, on_day=today - timedelta(days=50), by=by, now=moment(today, 50))
    held(path, by, today=today, days_ago=50)
    held(path, by, today=today, days_ago=22)
    bank, credit, rent, _family = [
        debts.list_debt(person, creditor=creditor, terms=terms, by=by, now=moment(today, 49)) for creditor, terms in OWED
    ]
    waiting = {"ball": Ball.PARTNER.value, "by": by}
    for owed in (bank, credit, rent):
        debts.contact_creditor(owed, due_on=today - timedelta(days=18), now=moment(today, 46), **waiting)
    agreed = Offer(Decimal("120"), 60)
    debts.note_offer(bank, agreed, ball=Ball.PERSON, due_on=today - timedelta(days=10), by=by, now=moment(today, 20))
    debts.agree(bank, by=by, now=moment(today, 12))
    offered = Offer(Decimal("52"))
    debts.note_offer(rent, offered, ball=Ball.PERSON, due_on=today + timedelta(days=6), by=by, now=moment(today, 3))
    debts.wait_longer(credit, due_on=today + timedelta(days=12), now=moment(today, 8), **waiting)
    values = {
        "service": "anti_usury",
        "organisation": None,
        "other_name": "Fondazione antiusura, centro di ascolto",
        "reason": "Nessuna banca concede altro credito: valutare una garanzia per un prestito che chiuda la finanziaria.",
        "consent_on": today - timedelta(days=16),
    }
    sent = referrals.prepare(person, values, by=by, now=moment(today, 16))
    sent_on, due_on = today - timedelta(days=15), today + timedelta(days=15)
    referrals.send(sent, sending="together", sent_on=sent_on, due_on=due_on, by=by, now=moment(today, 15))


def ended(person: Person, by: User, *, today: date) -> None:
    """A course that ended four months ago: its first question has been asked already."""
    path = open_path(person, "course", opened_on=today - timedelta(days=210), educator=by, by=by, now=moment(today, 210))
    held(path, by, today=today, days_ago=200)
    held(path, by, today=today, days_ago=160)
    end_path(path, outcome="accounts", ended_on=today - timedelta(days=125), by=by, now=moment(today, 125))
