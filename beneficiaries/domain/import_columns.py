"""What a column of a list may be, by the headers that Italian offices use; and what each cell says, or why it does not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oltreiperimetri.shared.forms import ItalianDateField
from oltreiperimetri.shared.models import Municipality

from ..models import Person
from ..validators import clean_phone, clean_tax_code
from .search import words_of


@dataclass(frozen=True)
class Column:
    """`name` is the field of Person ("home" is the town, of the programme or another)."""

    name: str
    label: str
    header: str
    known: tuple[str, ...]
    read: Callable


@dataclass(frozen=True)
class Reading:
    """What the cells of a row say: `values` of Person's fields, `problems` as (column, sentence)."""

    values: dict
    problems: list[tuple[str, str]]


def text_of(cell: str, today: date) -> str:
    if len(cell) > 80:
        raise ValidationError(_("This is too long: at most 80 characters."))
    return cell


def long_text(cell: str, today: date) -> str:
    return cell[:200]


def day_of(cell: str, today: date) -> date:
    return ItalianDateField(latest=today).clean(cell.split(" ", maxsplit=1)[0] if cell.count(":") else cell)


def tax_code_of(cell: str, today: date) -> str:
    return clean_tax_code(cell)


def email_of(cell: str, today: date) -> str:
    validate_email(cell)
    return cell.lower()


def phone_of(cell: str, today: date) -> str:
    return clean_phone(cell)


def one_of(words: dict[str, object]) -> Callable:
    def read(cell: str, today: date):
        said = "".join(words_of(cell))
        if said not in words:
            raise ValidationError(
                _("“%(cell)s” is not understood here. Write one of: %(words)s."),
                params={"cell": cell[:40], "words": ", ".join(words)},
            )
        return words[said]

    return read


YES_NO = {"si": True, "no": False, "s": True, "n": False, "x": True}
SEX = {"f": "F", "m": "M", "femmina": "F", "maschio": "M", "donna": "F", "uomo": "M"}

COLUMNS = (
    Column("last_name", gettext_lazy("Surname"), "Cognome", ("cognome",), text_of),
    Column("first_name", gettext_lazy("Name"), "Nome", ("nome",), text_of),
    Column(
        "birth_date",
        gettext_lazy("Date of birth"),
        "Data di nascita",
        ("datadinascita", "datanascita", "natoil", "natoail", "natail", "nascita", "ddn"),
        day_of,
    ),
    Column("sex", gettext_lazy("Sex"), "Sesso", ("sesso", "genere"), one_of(SEX)),
    Column("tax_code", gettext_lazy("Tax code"), "Codice fiscale", ("codicefiscale", "cf", "codfiscale"), tax_code_of),
    Column("email", gettext_lazy("E-mail"), "E-mail", ("email", "mail", "postaelettronica", "indirizzoemail"), email_of),
    Column(
        "phone",
        gettext_lazy("Phone"),
        "Telefono",
        ("telefono", "cellulare", "tel", "cell", "recapito", "recapitotelefonico", "numeroditelefono"),
        phone_of,
    ),
    Column(
        "home",
        gettext_lazy("Town"),
        "Comune",
        ("comune", "comunediresidenza", "residenza", "citta", "comuneresidenza"),
        text_of,
    ),
    Column("address", gettext_lazy("Address"), "Indirizzo", ("indirizzo", "via", "indirizzodiresidenza"), long_text),
    Column("has_licence", gettext_lazy("Driving licence"), "Patente", ("patente", "patenteb"), one_of(YES_NO)),
    Column("has_car", gettext_lazy("Car"), "Automobile", ("automobile", "auto", "automunito", "macchina"), one_of(YES_NO)),
)
BY_NAME = {column.name: column for column in COLUMNS}
NEEDED = ("last_name", "first_name")


def guess(headers: list[str]) -> list[str]:
    """For each header the name of its column, or "" when it is not known; a column is matched once."""
    taken, found = set(), []
    for header in headers:
        said = "".join(words_of(header))
        name = next((one.name for one in COLUMNS if said in one.known and one.name not in taken), "")
        taken.add(name)
        found.append(name)
    return found


def towns() -> dict[str, Municipality]:
    """Every town we know by its name without accents, and by its codes. One query."""
    found = {}
    for town in Municipality.objects.all():
        found |= dict.fromkeys(
            ("".join(words_of(town.name)), town.pk, town.pk.lstrip("0"), town.cadastral_code.lower()), town
        )
    return found


def read_cells(cells: list[str], columns: list[str], *, known_towns: dict[str, Municipality], today: date) -> Reading:
    """Empty cells say nothing and change nothing."""
    values, problems = {}, []
    for cell, name in zip(cells, columns, strict=False):
        if not name or not cell:
            continue
        try:
            values[name] = BY_NAME[name].read(cell, today)
        except ValidationError as error:
            problems.append((name, " ".join(error.messages)))
    problems += [(name, _("This is missing.")) for name in NEEDED if not values.get(name) and (name not in dict(problems))]
    if "home" in values:
        told = values.pop("home")
        town = known_towns.get("".join(words_of(told)))
        values |= {"municipality": town, "other_town": "" if town else told}
    return Reading(values, problems)


def fields_of(values: dict) -> tuple[str, ...]:
    return tuple(name for name in values if name in {field.name for field in Person._meta.concrete_fields})
