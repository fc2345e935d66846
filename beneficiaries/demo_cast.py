# ruff: noqa: E501 - one line of the cast is one group of people
"""Who the invented people of the demo are: names of the area, ages, towns, jobs lost, how they can be reached.

Nothing here belongs to anybody: phone numbers of a series that is not in use, addresses at example.org, tax codes that
add up but name a birthplace which does not exist, so that none can be a living person's.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from django.utils.text import slugify
from stdnum.it import codicefiscale

from oltreiperimetri.shared.dates import add_months

from .enums import LossReason

NOWHERE = "Z999"  # no such cadastral code
MONTH_LETTERS = "ABCDEHLMPRST"
# Sex -> first names, with the surnames of the same origin; the first group is two thirds of the area.
ORIGINS = {
    "it": (
        (
            "Giovanna Paola Daniela Cristina Antonella Patrizia Loredana Sabrina Barbara Monica Emanuela Rosanna Tiziana "
            "Mirella Ornella Donatella Cinzia Raffaella Nicoletta Ivana"
        ),
        (
            "Marco Roberto Stefano Massimo Fabio Claudio Giuseppe Maurizio Walter Ezio Luciano Gianluca Ivano Renato "
            "Salvatore Gennaro Vito Carmelo Pasquale Silvano"
        ),
        (
            "Colombo Banfi Ceriani Airaghi Pravettoni Rimoldi Cozzi Castelnuovo Landoni Musazzi Restelli Zucchi Borghi Moroni "
            "Re Cattaneo Grassi Lombardi Esposito Russo Caruso Greco Marino Longo Gatti Sala Villa Fumagalli Meroni Galimberti "
            "Rossetti Negri Dell'Orto D'Angelo De_Luca La_Rosa"
        ),
    ),
    "ro": ("Mihaela Elena Daniela", "Vasile Gheorghe Ion", "Popescu Munteanu Ionescu Dumitru"),
    "al": ("Mirela Valbona Drita", "Arben Agron Ilir", "Hoxha Shehu Dervishi Gjoka"),
    "ma": ("Fatima Naima Khadija", "Hassan Rachid Abdelkader", "El_Amrani Benali Haddad Ouali"),
    "eg": ("Mona Hoda", "Ahmed Magdy Samir", "Mansour Ibrahim Girgis"),
    "pe": ("Rosa_María Gladys Maritza", "Jorge Luis_Alberto Víctor", "Quispe_Flores Huamán_Rojas Cárdenas_Vega"),
    "ua": ("Oksana Halyna Svitlana", "Mykola Andriy", "Kovalenko Shevchuk Bondar"),
    "ph": ("Maricel Rowena", "Rodel Ernesto", "Santos_Cruz Villanueva Dela_Cruz"),
    "sn": ("Awa Mariama", "Mamadou Cheikh Ousmane", "Diop Ndiaye Fall"),
}
WEIGHTS = {"it": 66, "ro": 7, "al": 6, "ma": 6, "eg": 4, "pe": 4, "ua": 3, "ph": 2, "sn": 2}
# ISTAT code -> how many of a hundred live there (population of the town).
TOWNS = {
    "015182": 30,
    "015116": 15,
    "015087": 12,
    "015009": 11,
    "015211": 11,
    "015170": 7,
    "015229": 5,
    "015176": 5,
    "015179": 4,
}
HUNDRED_HOMES = [town for town, homes in TOWNS.items() for _ in range(homes)]
STREETS = [
    "dell'Esempio",
    "delle Prove",
    "dei Tigli",
    "del Filatoio",
    "della Ripa",
    "dei Gelsi",
    "del Tramway",
    "dei Mulini",
    "delle Rogge",
]
REASONS = {
    LossReason.DISMISSAL: 24,
    LossReason.REDUNDANCY: 22,
    LossReason.CONTRACT_END: 28,
    LossReason.CLOSURE: 18,
    LossReason.RESIGNATION: 5,
    LossReason.FAMILY: 3,
}


@dataclass
class Character:
    """One invented person and what they answered on `registered_on`; `fate` says where their story has come today."""

    fate: str
    registered_on: date
    number: int
    first_name: str
    last_name: str
    sex: str
    birth_date: date
    town: str
    last_job_ended_on: date | None
    working_now: bool | None = False
    other_town: str = ""
    loss_reason: str = ""
    tax_code: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    contact_by: str = ""
    has_licence: bool | None = True
    has_car: bool | None = None
    known_to_services: bool | None = False
    channel: str = "online"
    detail: dict = field(default_factory=dict)

    @property
    def hour_and_minute(self) -> tuple[int, int]:
        return 9 + self.number % 9, self.number % 60


def invent(
    random: Random, names: set, number: int, fate: str, registered_on: date, *, age: int | None = None, **fixed
) -> Character:
    """Somebody who meets the four requirements on the day of registration, unless `fixed` says otherwise.

    `names` are taken: nobody has the name of another by chance.
    """
    sex = random.choice("FM")
    first_name, last_name = name(random, sex)
    while (first_name, last_name) in names:
        first_name, last_name = name(random, sex)
    names.add((first_name, last_name))
    one = Character(
        fate=fate,
        registered_on=registered_on,
        number=number,
        first_name=first_name,
        last_name=last_name,
        sex=sex,
        birth_date=born(random, registered_on, age or random.randint(41, 61)),
        town=HUNDRED_HOMES[number * 37 % 100],
        last_job_ended_on=add_months(registered_on, -random.randint(2, 17)) - timedelta(days=random.randint(0, 27)),
        loss_reason=weighted(random, REASONS),
        address=f"Via {random.choice(STREETS)} {random.randint(1, 90)}",
        has_licence=random.random() < 0.78,
        known_to_services=random.choice([False, False, False, False, True, None]),
        channel=random.choice(["online", "online", "online", "desk", "desk", "paper"]),
    )
    one.has_car = one.has_licence and random.random() < 0.7
    for key, value in fixed.items():
        setattr(one, key, value)
    return with_contacts(random, one, with_code=random.random() < 0.6)


def with_contacts(random: Random, one: Character, *, with_code: bool) -> Character:
    """How they are reached: most by phone, two thirds by e-mail, a few by neither."""
    way = random.choices(["both", "phone", "email", "none"], weights=[60, 30, 7, 3])[0]
    if way in ("both", "phone"):
        one.phone = one.phone or f"+39 02 0000 {one.number:04d}"
    if way in ("both", "email"):
        one.email = one.email or f"{slugify(one.first_name)}.{slugify(one.last_name)}{one.number}@example.org"
    one.contact_by = one.contact_by or (random.choice(["phone", ""]) if one.phone else "email" if one.email else "")
    if with_code and not one.tax_code:
        one.tax_code = tax_code(one)
    return one


def name(random: Random, sex: str) -> tuple[str, str]:
    women, men, surnames = ORIGINS[weighted(random, WEIGHTS)]
    first_name = random.choice((women if sex == "F" else men).split())
    return first_name.replace("_", " "), random.choice(surnames.split()).replace("_", " ")


def born(random: Random, day: date, age: int) -> date:
    """A birth date that makes somebody `age` on `day`, with the birthday at least a month away."""
    return add_months(day, -12 * age - random.randint(1, 10)) - timedelta(days=random.randint(1, 20))


def weighted(random: Random, weights: dict):
    return random.choices(list(weights), weights=list(weights.values()))[0]


def tax_code(one: Character) -> str:
    """Formally right (D.M. 23 December 1976), of somebody born nowhere."""
    day = one.birth_date.day + (40 if one.sex == "F" else 0)
    when = f"{one.birth_date.year % 100:02d}{MONTH_LETTERS[one.birth_date.month - 1]}{day:02d}"
    stem = letters(one.last_name) + letters(one.first_name, is_first=True) + when + NOWHERE
    return stem + codicefiscale.calc_check_digit(stem)


def letters(text: str, *, is_first: bool = False) -> str:
    """Three letters: consonants, then vowels, then X; of a first name with four consonants the second is skipped."""
    plain = slugify(text).replace("-", "").upper()
    consonants = [sign for sign in plain if sign not in "AEIOU"]
    vowels = [sign for sign in plain if sign in "AEIOU"]
    if is_first and len(consonants) >= 4:
        del consonants[1]
    return "".join([*consonants, *vowels, "X", "X"][:3])


def cast(random: Random, today: date) -> list[Character]:
    """About 120 people, the earliest registered first; where each story has come is told by its fate."""
    people: list[Character] = []
    names: set[tuple[str, str]] = set()

    def add(count: int, fate: str, days: tuple[int, int], **fixed) -> None:
        first, last = days
        for place in range(count):
            ago = last - (last - first) * place // max(count - 1, 1)
            values = {key: value(place) if callable(value) else value for key, value in fixed.items()}
            people.append(invent(random, names, len(people) + 100, fate, today - timedelta(days=ago), **values))

    def closing(place: int) -> date:
        """The end of a job whose 24 months are over within two months from today."""
        return add_months(today + timedelta(days=6 + 9 * place), -24)

    add(12, "admitted", (500, 560), detail={"first_group": True})
    add(1, "admitted", (262, 262), **GIOVANNA, birth_date=add_months(today, -12 * 47 - 4))
    people[-1].tax_code = tax_code(people[-1])
    add(11, "admitted", (215, 258))
    add(18, "admitted", (34, 135))
    add(3, "admitted", (40, 70), last_job_ended_on=None, detail={"found_out": True})
    add(8, "received", (0, 12))
    add(2, "received", (18, 23), town="015182")
    add(7, "in_review", (5, 16))
    add(3, "in_review", (30, 44), town=lambda place: ("015182", "015116", "015009")[place])
    add(
        4,
        "in_review",
        (8, 20),
        last_job_ended_on=closing,
        town=lambda place: ("015182", "015182", "015229", "015170")[place],
    )
    add(5, "info_requested", (8, 14), last_job_ended_on=None)
    add(3, "info_requested", (26, 40), working_now=None)
    add(10, "interview", (12, 26), town=lambda place: "015182" if place < 5 else "015116" if place < 7 else "015087")
    add(8, "waiting_list", (60, 150))
    add(1, "coming_of_age", (25, 25), birth_date=add_months(today + timedelta(days=40), -480), town="015182")
    add(4, "not_admitted", (40, 300), age=lambda place: 33 + place, detail={"reason": "age"})
    add(4, "not_admitted", (45, 320), last_job_ended_on=add_months(today, -41), detail={"reason": "window"})
    add(2, "not_admitted", (60, 200), working_now=True, detail={"reason": "working"})
    add(3, "not_admitted", (50, 260), town="", other_town=lambda place: ("Milano", "Garbagnate Milanese", "Legnano")[place],
        detail={"reason": "residence"})  # fmt: skip
    add(2, "not_admitted", (90, 140), detail={"reason": "no_answer"})
    add(9, "withdrawn", (30, 280))
    people.append(same_again(people))
    return sorted(people, key=lambda one: (one.registered_on, *one.hour_and_minute))


# Who signs in as beneficiary@example.org (the names are the account's).
GIOVANNA = {
    "first_name": "Giovanna",
    "last_name": "Ripartenza",
    "sex": "F",
    "town": "015182",
    "email": "beneficiary@example.org",
    "phone": "+39 02 0000 0001",
    "address": "Via dell'Esempio 20",
    "contact_by": "email",
    "has_licence": True,
    "has_car": True,
    "channel": "online",
}


def same_again(people: list[Character]) -> Character:
    """Somebody under review who registered online a second time, with another phone and without a tax code."""
    first = next(one for one in people if one.fate == "in_review" and one.town == "015182")
    return Character(
        **vars(first)
        | {
            "fate": "received",
            "registered_on": first.registered_on + timedelta(days=4),
            "number": len(people) + 100,
            "phone": f"+39 02 0000 {len(people) + 100:04d}",
            "email": "",
            "tax_code": "",
            "channel": "online",
        }
    )
