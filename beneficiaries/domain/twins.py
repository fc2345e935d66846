"""Who may be the same person. Contact data alone say nothing: families share them.

The same tax code; or the same e-mail or phone and the same first name; or the same birth date and a similar name.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from oltreiperimetri.audit.trail import move
from oltreiperimetri.shared.crypto import blind_index

from ..access import may_work_with
from ..models import Person, SearchWord, TwinPair
from .search import phone_digits, words_of

State, Reason = TwinPair.State, TwinPair.Reason
IN_ORDER = (Reason.TAX_CODE, Reason.EMAIL, Reason.PHONE, Reason.BIRTH)
MOST_LOOKED_AT = 200  # of those who share a phone, an address or a birth date
SHORT_NAME = 10
MOST_SHOWN = 5


@dataclass(frozen=True)
class Known:
    """Somebody already here: `person` only when in the reader's reach, else who follows them."""

    person: Person | None
    service: str
    pair: TwinPair | None = None

    @property
    def compare_url(self) -> str:
        """Where the two files are seen side by side, when both are in reach."""
        if not (self.person and self.pair):
            return ""
        return reverse("beneficiaries:compare", args=[self.pair.first_id, self.pair.second_id])


def distance(one: str, other: str) -> int:
    """How many letters must be added, taken away or changed (Levenshtein)."""
    row = list(range(len(other) + 1))
    for line, sign in enumerate(one, 1):
        before, row[0] = row[0], line
        for column, other_sign in enumerate(other, 1):
            cost = before if sign == other_sign else before + 1
            before, row[column] = row[column], min(cost, row[column] + 1, row[column - 1] + 1)
    return row[-1]


def similar_names(one, other) -> bool:
    """Without accents, apostrophes, case and order of the words; one letter may differ, two in a long name."""
    mine, theirs = ("".join(sorted(words_of(f"{told.first_name} {told.last_name}"))) for told in (one, other))
    spoken = ["".join(words_of(f"{told.first_name} {told.last_name}")) for told in (one, other)]
    swapped = "".join(words_of(f"{other.last_name} {other.first_name}"))
    allowed = 1 if len(mine) <= SHORT_NAME else 2
    pairs = ((mine, theirs), (spoken[0], spoken[1]), (spoken[0], swapped))
    return any(abs(len(a) - len(b)) <= allowed and distance(a, b) <= allowed for a, b in pairs)


def same_first_name(one, other) -> bool:
    """The words of one are among those of the other: Maria and Maria Rosa."""
    mine, theirs = set(words_of(one.first_name)), set(words_of(other.first_name))
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def candidates(told) -> dict[int, str]:
    """Number of each file that may be of the one told of (a Person, or Answers) -> the strongest reason.

    At most three queries, each on an index.
    """
    reasons: dict[int, set] = {}
    for reason, other in (*by_tax_code(told), *by_contact(told), *by_birth_date(told)):
        if other.pk != getattr(told, "pk", None):
            reasons.setdefault(other.pk, set()).add(reason)
    return {pk: next(reason for reason in IN_ORDER if reason in found) for pk, found in reasons.items()}


def named(condition: Q) -> QuerySet:
    columns = ("first_name", "last_name", "birth_date", "email", "phone")
    return Person.objects.filter(condition).only(*columns).order_by("-pk")[:MOST_LOOKED_AT]


def by_tax_code(told):
    if told.tax_code:
        for other in named(Q(tax_code_index=blind_index(told.tax_code, purpose="tax_code"))):
            yield Reason.TAX_CODE, other


def by_contact(told):
    email, phone = (told.email or "").lower(), phone_digits(told.phone or "")
    words = [word for word in (email, phone) if word]
    if not words:
        return
    for other in named(Q(pk__in=SearchWord.objects.filter(word__in=words).values("person"))):
        if same_first_name(told, other):
            if email and other.email.lower() == email:
                yield Reason.EMAIL, other
            if phone and phone_digits(other.phone) == phone:
                yield Reason.PHONE, other


def by_birth_date(told):
    if told.birth_date:
        for other in named(Q(birth_date=told.birth_date)):
            if similar_names(told, other):
                yield Reason.BIRTH, other


@transaction.atomic
def find_twins(person: Person) -> int:
    """Write down whom `person` may be, after their data changed; forget suspicions that hold no more.

    What somebody has decided stays. Returns how many pairs are new. A constant number of queries.
    """
    found = candidates(person)
    known = {pair.other_than(person): pair for pair in TwinPair.objects.of(person)}
    # The index of a tax code belongs to who came first: the double is seen from the other side only.
    gone = {pk: pair for pk, pair in known.items() if pk not in found and pair.reason != Reason.TAX_CODE}
    TwinPair.objects.suspected().filter(pk__in=[pair.pk for pair in gone.values()]).delete()
    fresh = [pair_of(person.pk, pk, reason) for pk, reason in found.items() if pk not in known]
    TwinPair.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def find_recent_twins(*, now: datetime, days: int = 2) -> int:
    """The same for everybody whose file changed in the last `days`, by whatever road; returns how many pairs are new."""
    changed = Person.objects.filter(updated_at__gte=now - timedelta(days=days))
    return sum(find_twins(person) for person in changed.iterator(chunk_size=500))


def pair_of(one: int, other: int, reason: str, **values) -> TwinPair:
    return TwinPair(first_id=min(one, other), second_id=max(one, other), reason=reason, **values)


def look_alikes(told) -> QuerySet:
    """Other people who may be the one told of (a Person, or the Answers of a registration); for staff only."""
    return Person.objects.filter(pk__in=candidates(told))


def known_like(told, user) -> list[Known]:
    """For staff about to open a file: who is already here, in reach or not; of the others only the service is told."""
    people = list(look_alikes(told).select_related("municipality").order_by("pk")[:MOST_SHOWN])
    reached = reached_of(people, user)
    return [Known(one if one.pk in reached else None, service_of(one)) for one in people]


def known_about(person: Person, user) -> list[Known]:
    """The same for a file that is open: the pairs not yet decided. Two queries, one when there is none."""
    pairs = suspected_of(person)[:MOST_SHOWN]
    reached = reached_of([other for _pair, other in pairs], user)
    return [Known(other if other.pk in reached else None, service_of(other), pair) for pair, other in pairs]


def reached_of(people: list[Person], user) -> set[int]:
    wanted = [one.pk for one in people]
    if not wanted or user.sees_all_towns:
        return set(wanted)
    return set(Person.objects.visible_to(user).filter(pk__in=wanted).values_list("pk", flat=True))


def suspected_of(person: Person) -> list[tuple[TwinPair, Person]]:
    """The files that look like this one, not yet decided, with their town and account; one query."""
    pairs = TwinPair.objects.of(person).suspected().select_related("first__municipality", "second__municipality")
    return [(pair, pair.second if pair.first_id == person.pk else pair.first) for pair in pairs]


def may_decide_pair(user, pair: TwinPair) -> bool:
    """Coordinators, and caseworkers who reach both files; nobody about their own."""
    return may_work_with(user, pair.first) and may_work_with(user, pair.second)


def not_the_same(pair: TwinPair, *, by, now: datetime) -> None:
    """They are two people: remembered with who said so and when, so that nobody is asked again."""
    move(pair, State.NOT_SAME, by=by, now=now, decided_by=by, decided_at=now)


def look_again(pair: TwinPair, *, by, now: datetime) -> None:
    """Somebody doubts that they are two."""
    move(pair, State.SUSPECTED, by=by, now=now, decided_by=None, decided_at=None)


def service_of(person: Person) -> str:
    """Who follows somebody out of reach, told without telling who they are."""
    if person.municipality:
        return _("the service of %(town)s") % {"town": person.municipality}
    return _("another service")
