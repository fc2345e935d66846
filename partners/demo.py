# ruff: noqa: E501 - one line of the cast is one organisation
"""the network: 25 invented organisations, their people and 40 slots"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.text import slugify
from stdnum import iban as stdnum_iban
from stdnum import luhn

from oltreiperimetri.accounts.enums import Role
from oltreiperimetri.accounts.models import User
from oltreiperimetri.audit.trail import move
from oltreiperimetri.shared.dates import add_months, at_rome

from .demo_slots import WORKS
from .domain import contact as contacts
from .domain import mentor, organisation, site, slot
from .enums import Kind
from .models import JoinRequest, Organisation, Slot

ARESE, CORNAREDO, LAINATE, PERO, POGLIANO = "015009", "015087", "015116", "015170", "015176"
PREGNANA, RHO, SETTIMO, VANZAGO = "015179", "015182", "015211", "015229"
NO_SUCH_BANK = "99999"


@dataclass(frozen=True)
class Partner:
    """One line of the cast. `works` are keys of WORKS; `sites` are (town, street, people)."""

    name: str
    kind: str
    sites: tuple
    works: tuple = ()
    state: str = Organisation.State.ACCREDITED
    website: bool = False


CAST = [
    Partner("Officina Meccanica Sant'Ambrogio S.r.l.", Kind.FIRM, ((RHO, "Via dell'Esempio 12", 24), (PERO, "Via Prova 3", 7)), ("lathe", "assembly", "warehouse", "quality"), website=True),
    Partner("Torneria Olona S.n.c.", Kind.FIRM, ((POGLIANO, "Via dei Torni 5", 9),), ("lathe", "assembly")),
    Partner("Logistica Tre Ponti S.p.A.", Kind.FIRM, ((PERO, "Via dei Magazzini 40", 86), (CORNAREDO, "Via della Dogana 2", 32)), ("warehouse", "forklift", "shipping", "driver"), website=True),
    Partner("Panificio Molino Vecchio S.a.s.", Kind.FIRM, ((LAINATE, "Piazza del Forno 1", 8),), ("baker", "shop")),
    Partner("Arredi Brambilla & Figli S.r.l.", Kind.FIRM, ((VANZAGO, "Via dei Falegnami 21", 14),), ("carpenter", "shop")),
    Partner("Idrotermica Rhodense S.r.l.", Kind.FIRM, ((RHO, "Via delle Caldaie 8", 17),), ("plumber", "office")),
    Partner("Elettroimpianti Villoresi S.r.l.", Kind.FIRM, ((LAINATE, "Via del Canale 33", 22),), ("electrician", "warehouse")),
    Partner("Ristorante La Corte Antica S.r.l.", Kind.FIRM, ((ARESE, "Vicolo della Corte 4", 11),), ("kitchen", "waiter")),
    Partner("Studio Contabile Ferrario", Kind.FIRM, ((SETTIMO, "Via dei Conti 16", 5),), ("accounts",)),
    Partner("Grafiche Settimo S.r.l.", Kind.FIRM, ((SETTIMO, "Via della Stampa 9", 13),), ("printer", "web")),
    Partner("Vivai Bosco di Vanzago S.S. agricola", Kind.FIRM, ((VANZAGO, "Cascina dell'Esempio", 6),), ("gardener",)),
    Partner("Supermercati del Rhodense S.p.A.", Kind.FIRM, ((RHO, "Corso dell'Esempio 100", 58), (ARESE, "Viale dei Carrelli 2", 41), (CORNAREDO, "Via del Mercato 11", 37)), ("shop", "stockroom", "deli"), website=True),
    Partner("Informatica Nord Ovest S.r.l.", Kind.FIRM, ((PREGNANA, "Via dei Calcolatori 7", 19),), ("helpdesk", "web")),
    Partner("Carpenteria Metallica Pregnana S.r.l.", Kind.FIRM, ((PREGNANA, "Via del Ferro 15", 31),), ("assembly",), state=Organisation.State.PENDING),
    Partner("Cooperativa sociale Il Ponte Verde", Kind.COOPERATIVE, ((RHO, "Via della Rimessa 6", 44), (POGLIANO, "Via dei Prati 2", 18)), ("gardener", "cleaning", "care"), website=True),
    Partner("Cooperativa Mani Insieme", Kind.COOPERATIVE, ((CORNAREDO, "Via della Filanda 3", 27),), ("care", "cleaning")),
    Partner("Cooperativa Cucina di Quartiere", Kind.COOPERATIVE, ((PERO, "Via del Mestolo 5", 12),), ("kitchen",)),
    Partner("Associazione Porte Aperte", Kind.ASSOCIATION, ((LAINATE, "Via del Cortile 10", 3),), ("office",), website=True),
    Partner("Associazione Tempo Ritrovato", Kind.ASSOCIATION, ((ARESE, "Via degli Orologi 2", 2),)),
    Partner("Banca Mutua del Contado", Kind.BANK, ((RHO, "Piazza della Moneta 1", 36),), ("office",), website=True),
    Partner("Sindacato Territoriale Lavoro e Diritti", Kind.UNION, ((RHO, "Via del Lavoro 1", 9),)),
    Partner("Comune di Esempio sul Lura", Kind.MUNICIPALITY, ((LAINATE, "Piazza del Municipio 1", 120),), ("records", "maintenance")),
    Partner("Imprenditori Uniti del Nord Ovest", Kind.TRADE_ASSOCIATION, ((LAINATE, "Largo delle Imprese 4", 4),), website=True),
    Partner("Unione Commercianti delle Nove Piazze", Kind.TRADE_ASSOCIATION, ((SETTIMO, "Via delle Botteghe 18", 6),), state=Organisation.State.PENDING),
    Partner("Trasporti Rapidi Esempio S.r.l.", Kind.FIRM, ((CORNAREDO, "Via dei Camion 50", 15),), ("driver",), state=Organisation.State.SUSPENDED),
]  # fmt: skip
FIRST_NAMES = [
    "Elena",
    "Giorgio",
    "Silvia",
    "Matteo",
    "Rosa",
    "Davide",
    "Ornella",
    "Sergio",
    "Fatima",
    "Stefano",
    "Lucia",
    "Andrei",
    "Marina",
    "Piero",
    "Teresa",
    "Omar",
]
LAST_NAMES = [
    "Colombo",
    "Ferrari",
    "Banfi",
    "Moroni",
    "Re",
    "Galli",
    "Castelli",
    "Airaghi",
    "Ceriani",
    "Haddad",
    "Popescu",
    "Cozzi",
    "Restelli",
    "Zucchi",
    "Borghi",
    "Musazzi",
]
MENTORS = [
    ("Ivo", "Esperienza", "Conti, prezzi e primi clienti di una piccola impresa.", RHO, 6, 0),
    ("Bianca", "Bottega", "Aprire un negozio: permessi, fornitori, orari.", SETTIMO, 4, 23),
    ("Tarek", "Digitale", "Vendere e farsi trovare in rete senza spendere troppo.", PREGNANA, 5, 12),
    ("Ada", "Credito", "Parlare con la banca: piano, garanzie, microcredito.", RHO, 3, 19),
]


def build(world, *, today: date) -> None:
    """Adds `world.organisations`, `world.firm` (where firm@example.org works), `world.slots` and `world.mentors`."""
    world.organisations = [found(world, number, partner, today=today) for number, partner in enumerate(CAST)]
    world.firm = world.organisations[0]
    world.slots = list(offers(world, today=today))
    world.mentors = [introduce(world, line) for line in MENTORS]
    ask_to_join(world, world.organisations[2], today=today)


def found(world, number: int, partner: Partner, *, today: date) -> Organisation:
    name, word = f"{partner.name} (demo)", slugify(partner.name.replace("'", " ")).split("-")[1]
    entered_at = at_rome(
        add_months(today, -22 + number // 3) if partner.state != "pending" else today - timedelta(days=number % 7), 10
    )
    created, _contact = organisation.enter(
        organisation={
            "name": name,
            "kind": partner.kind,
            "vat_number": vat_number(number),
            "iban": iban(number) if number % 3 == 0 else "",
            "email": f"info.{word}{number}@example.org",
            "phone": f"+39020000{number + 10:04d}",
            "website": f"https://{word}{number}.example.org" if partner.website else "",
            "is_public_body": partner.kind == Kind.MUNICIPALITY,
            "can_promote": partner.kind in {Kind.MUNICIPALITY, Kind.TRADE_ASSOCIATION},
            "may_refer": partner.kind in {Kind.ASSOCIATION, Kind.UNION, Kind.MUNICIPALITY},
            "is_listed": number % 8 != 5,
        },
        site=None,
        contact=None,
        by=world.users["coordinator"],
        now=entered_at,
    )
    for town, street, people in partner.sites:
        values = {"name": street, "address": street, "municipality": world.towns[town], "headcount": people}
        site.add(created, values, by=world.users["coordinator"])
    staff(world, created, number)
    accredit(world, created, partner.state, entered_at)
    return created


def staff(world, created: Organisation, number: int) -> None:
    """Who signs, and who follows trainees; the first organisation is firm@'s."""
    for place, position in enumerate(
        ["Legale rappresentante", "Responsabile del personale", "Capo reparto"][: 2 + number % 2]
    ):
        index = number * 3 + place
        first_name, last_name = FIRST_NAMES[index % 16], LAST_NAMES[(index * 5 + number) % 16]
        account = world.users["firm"] if (number, place) == (0, 1) else None
        values = {
            "first_name": account.first_name if account else first_name,
            "last_name": account.last_name if account else last_name,
            "position": position,
            "email": account.email if account else f"{slugify(first_name)}.{slugify(last_name)}{number}@example.org",
            "phone": f"+39020000{index + 100:04d}",
            "is_tutor": place > 0,
            "is_legal_representative": place == 0,
        }
        person = contacts.add(created, values, by=world.users["coordinator"])
        if account:
            person.user = account
            person.save()


def accredit(world, created: Organisation, state: str, entered_at: datetime) -> None:
    """By `move` alone: the demo's mailbox should not start with fifty old letters."""
    if state == Organisation.State.PENDING:
        return
    coordinator = world.users["coordinator"]
    move(created, Organisation.State.ACCREDITED, by=coordinator, now=entered_at + timedelta(days=3))
    if state == Organisation.State.SUSPENDED:
        note = "Documenti sulla sicurezza scaduti: li aspettiamo aggiornati."
        move(created, state, by=coordinator, now=world.now - timedelta(days=20), note=note)


def offers(world, *, today: date):
    """40 slots: 10 of past periods, 20 open, 3 to confirm soon, 3 expired, 2 drafts, 2 withdrawn."""
    pairs = [
        (owner, key)
        for partner, owner in zip(CAST, world.organisations, strict=True)
        for key in partner.works
        if partner.state == Organisation.State.ACCREDITED
    ]
    fates = ["open", "open", "past", "open", "soon", "past", "open", "expired", "past", "open", "open", "draft", "past"]
    fates += ["open", "withdrawn", "past", "open", "open", "past", "soon", "open", "past", "open", "expired", "past", "open"]
    fates += [
        "open",
        "past",
        "open",
        "draft",
        "open",
        "past",
        "soon",
        "open",
        "withdrawn",
        "open",
        "expired",
        "open",
        "open",
        "open",
    ]
    for number, fate in enumerate(fates):
        owner, key = pairs[number % len(pairs)]
        yield offer(world, owner, key, fate, number, today=today)


def offer(world, owner: Organisation, key: str, fate: str, number: int, *, today: date) -> Slot:
    """Offered on a past day by the same verb that the firm uses; what came later is told after."""
    since = {
        "past": add_months(today, -14),
        "soon": today - timedelta(days=62 + number % 15),
        "expired": today - timedelta(days=93),
    }
    offered_on = since.get(fate, today - timedelta(days=3 + number))
    starts_on = offered_on + timedelta(days=20)
    sites, tutors = list(owner.sites.order_by("pk")), list(owner.contacts.tutors().order_by("pk"))
    place = sites[number % len(sites)]
    values = WORKS[key] | {
        "site": place,
        "starts_on": starts_on,
        "ends_on": add_months(starts_on, 11),
        "quantity": 2 if place.headcount > 20 and number % 3 == 0 else 1,
        "tutor": tutors[number % len(tutors)],
    }
    if fate == "draft":
        return slot.draft(owner, values | {"tutor": None, "schedule": ""}, by=world.users["coordinator"])
    made = slot.draft(owner, values, by=world.users["coordinator"])
    slot.offer(made, by=world.users["coordinator"], now=at_rome(offered_on, 11))
    if fate == "withdrawn":
        reason = "Abbiamo assunto una persona per questo lavoro."
        slot.withdraw(made, by=world.users["coordinator"], now=world.now - timedelta(days=1), reason=reason)
    return made


def introduce(world, line: tuple) -> User:
    first_name, last_name, topics, town, hours, place = line
    is_main = last_name == "Esperienza"
    user = world.users["mentor"] if is_main else new_mentor(first_name, last_name)
    values = {"topics": topics, "municipality": world.towns[town], "hours_per_month": hours}
    values["organisation"] = None if is_main else world.organisations[place]
    mentor.save_profile(user, values, by=user)
    return user


def new_mentor(first_name: str, last_name: str) -> User:
    email = f"{slugify(first_name)}.{slugify(last_name)}@example.org"
    return User.objects.create_user(
        email, roles=[Role.MENTOR], email_verified=True, first_name=first_name, last_name=last_name
    )


def ask_to_join(world, owner: Organisation, *, today: date) -> None:
    JoinRequest.objects.create(
        organisation=owner,
        first_name="Caterina",
        last_name="Zucchi",
        position="Ufficio personale",
        email="caterina.zucchi@example.org",
        phone="+390200000999",
        asked_at=at_rome(today - timedelta(days=2), 16, 20),
    )


def vat_number(number: int) -> str:
    stem = f"{8_800_100 + number * 37}015"
    return stem + luhn.calc_check_digit(stem)


def iban(number: int) -> str:
    """Formally right, of a bank that does not exist."""
    account = f"X{NO_SUCH_BANK}20500{number + 1:012d}"
    return f"IT{stdnum_iban.calc_check_digits('IT00' + account)}{account}"
