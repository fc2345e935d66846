"""What pages ask about the network."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Prefetch, Q

from oltreiperimetri.shared.models import Municipality

from ..models import Organisation, Site, Slot
from ..models.slot import VALID_FOR

WARN_AFTER = timedelta(days=60)

# Where a town stands on the tile map, as (row, column): drawn by hand after its true position, north on top.
PLACES = {
    "015116": (0, 1),  # Lainate
    "015009": (0, 2),  # Arese
    "015176": (1, 0),  # Pogliano Milanese
    "015182": (1, 1),  # Rho
    "015229": (2, 0),  # Vanzago
    "015179": (2, 1),  # Pregnana Milanese
    "015170": (2, 2),  # Pero
    "015087": (3, 1),  # Cornaredo
    "015211": (3, 2),  # Settimo Milanese
}
TILE_WIDTH, TILE_HEIGHT, GAP = 128, 92, 8


@dataclass(frozen=True)
class Tile:
    """A town on the map, how many listed partners work there, and its corner in the drawing."""

    code: str
    name: str
    partners: int
    row: int
    column: int

    @property
    def x(self) -> int:
        return self.column * (TILE_WIDTH + GAP)

    @property
    def y(self) -> int:
        return self.row * (TILE_HEIGHT + GAP)

    @property
    def middle(self) -> int:
        return self.x + TILE_WIDTH // 2

    @property
    def lines(self) -> list[tuple[int, str]]:
        """The words of the name, each with the height at which it is written."""
        return [(self.y + 28 + 20 * number, word) for number, word in enumerate(self.name.split(" ", 1))]

    @property
    def foot(self) -> int:
        return self.y + TILE_HEIGHT - 14


def tiles() -> list[Tile]:
    listed = Organisation.objects.listed().values("pk")
    towns = (
        Municipality.objects.in_programme()
        .annotate(
            partners=Count("partner_sites__organisation", filter=Q(partner_sites__organisation__in=listed), distinct=True)
        )
        .order_by("name")
    )
    return [Tile(town.pk, town.name, town.partners, *PLACES.get(town.pk, (0, 0))) for town in towns]


def network_in(town_code: str, kind: str) -> list[Organisation]:
    """Partners who agreed to be listed; never more than their name, kind, towns and website."""
    organisations = Organisation.objects.listed().prefetch_related(with_towns())
    if town_code:
        organisations = organisations.in_town(town_code)
    if kind:
        organisations = organisations.filter(kind=kind)
    return list(organisations.order_by("kind", "name", "pk"))


def with_towns() -> Prefetch:
    return Prefetch("sites", Site.objects.select_related("municipality").order_by("municipality__name", "pk"))


def organisations_for_list(organisations, *, today: date):
    """Rows of the office's list: towns, and how many slots are on offer."""
    offered = Q(
        slots__state=Slot.State.OFFERED, slots__confirmed_on__gte=today - VALID_FOR, state=Organisation.State.ACCREDITED
    ) & (Q(slots__ends_on=None) | Q(slots__ends_on__gte=today))
    return (
        organisations.annotate(open_slots=Count("slots", filter=offered, distinct=True))
        .prefetch_related(with_towns())
        .order_by("name", "pk")
    )


def slots_to_confirm(slots, *, today: date):
    """On offer, and last confirmed 60 days ago or earlier: expired ones come first."""
    return (
        slots.offered()
        .filter(confirmed_on__lte=today - WARN_AFTER)
        .exclude(ends_on__lt=today)
        .order_by("confirmed_on", "pk")
    )
