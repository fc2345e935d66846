"""Finding people by what one remembers of them; never by notes, debts or documents, which are encrypted.

Covers: names (any words, any order, from their beginning), application number, phone, e-mail, the exact tax code.
"""

import re
import unicodedata

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from oltreiperimetri.shared.crypto import blind_index

from ..models import Application, Person, SearchWord

TAX_CODE = re.compile(r"[A-Z0-9]{16}")
NUMBER = re.compile(r"ORF[- ]?(\d{4})[- ]?(\d+)", re.IGNORECASE)
AFTER_ANY_LETTER = "\U0010ffff"


def words_of(text: str) -> list[str]:
    """`Niccolò Dell'Orto-De Sanctis` -> niccolo, dellorto, de, sanctis; also what lies between apostrophes."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = re.sub(r"['’‘`´ʼ]", "", plain)
    return re.findall(r"[^\W_]+", plain)


def name_words(text: str) -> set[str]:
    """Words of a name, with the apostrophe joined (dangelo) and split (angelo): people type both."""
    return {*words_of(text), *words_of(re.sub(r"['’‘`´ʼ]", " ", text))}


def phone_digits(text: str) -> str:
    """National digits: +39 and blanks go."""
    return re.sub(r"\D", "", re.sub(r"^\s*(\+|00)39", "", text))


@transaction.atomic
def index_person(person: Person) -> None:
    """Write the person's search words again; call it whenever name, phone or e-mail changed."""
    words = name_words(f"{person.first_name} {person.last_name}")
    words |= {phone_digits(person.phone or ""), (person.email or "").lower()}
    wanted = {word[:120] for word in words if word}
    kept = set(person.search_words.values_list("word", flat=True))
    person.search_words.filter(word__in=kept - wanted).delete()
    SearchWord.objects.bulk_create(SearchWord(person=person, word=word) for word in sorted(wanted - kept))


def starting_with(prefix: str) -> Q:
    """A prefix condition that uses the index on both databases (LIKE on PostgreSQL, a range on SQLite)."""
    if connection.vendor == "postgresql":
        return Q(word__startswith=prefix)
    return Q(word__gte=prefix, word__lt=prefix + AFTER_ANY_LETTER)


def has_word(prefix: str) -> Exists:
    return Exists(SearchWord.objects.filter(starting_with(prefix), person=OuterRef("pk")))


def matching(people: QuerySet, text: str) -> QuerySet:
    """The people among `people` whom `text` names. Empty text changes nothing; nonsense finds nobody."""
    text = text.strip()[:200]
    if not text:
        return people
    compact = re.sub(r"\s", "", text).upper()
    number = NUMBER.fullmatch(text)
    if number:
        wanted = f"ORF-{number[1]}-{int(number[2]):04d}"
        return people.filter(Exists(Application.objects.filter(person=OuterRef("pk"), number=wanted)))
    if TAX_CODE.fullmatch(compact) and not compact.isalpha():
        by_code = Q(tax_code_index=blind_index(compact, purpose="tax_code"))
        return people.filter(by_code | Q(has_word(compact.lower())))
    if "@" in text:
        return people.filter(has_word(text.lower()))
    if re.fullmatch(r"[\d\s+./()-]+", text) and len(phone_digits(text)) >= 4:
        return people.filter(has_word(phone_digits(text)))
    words = words_of(text)
    if not words:
        return people.none()
    for word in words[:6]:
        people = people.filter(has_word(word))
    return people
