"""Outcome rates as bars: plain numbers for the template, no script and no inline style."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .domain.queries import Rate

WIDTH, BAR, GAP = 544, 28, 14
# Room for "12 months", or for the name of a group.
LEFT, LEFT_OF_NAMES, LONGEST_NAME = 96, 240, 28
# Known situations from dark to light, then the unknown in greys; the table beneath says the same in words.
SERIES = [
    ("employed", _("Employed"), "#0b3d91"),
    ("self_employed", _("Self-employed"), "#2f6fc4"),
    ("training", _("In training"), "#008575"),
    ("searching", _("Searching"), "#a35f00"),
    ("not_searching", _("Not searching"), "#6b3d00"),
    ("unreachable", _("Not reached"), "#5c6f82"),
    ("refused", _("Prefers not to say"), "#a9b4bf"),
    ("waived", _("Not asked"), "#c5ccd4"),
    ("open", _("No answer yet"), "#e4e8ec"),
]
DARK_TEXT = {"refused", "waived", "open"}


@dataclass(frozen=True)
class Segment:
    key: str
    label: str
    fill: str
    text_fill: str
    x: float
    width: float
    value: int

    @property
    def middle(self) -> str:
        return f"{self.x + self.width / 2:.1f}"

    @property
    def x_text(self) -> str:
        return f"{self.x:.1f}"

    @property
    def width_text(self) -> str:
        return f"{self.width:.1f}"

    @property
    def shows_value(self) -> bool:
        return self.width >= 22


@dataclass(frozen=True)
class Bar:
    rate: Rate
    y: int
    segments: tuple[Segment, ...]
    cells: tuple[int, ...]

    @property
    def short_label(self) -> str:
        """The name as far as there is room; the table has the whole of it."""
        label = self.rate.label
        return label if len(label) <= LONGEST_NAME else f"{label[: LONGEST_NAME - 1].rstrip()}…"

    @property
    def text_y(self) -> int:
        return self.y + BAR // 2 + 5


def bars(rates: list[Rate], left: int) -> list[Bar]:
    drawn = []
    for line, rate in enumerate(rates):
        x, segments = float(left), []
        for key, label, fill in SERIES:
            value = rate.counts[key]
            if value:
                width = WIDTH * value / rate.total
                segments.append(Segment(key, label, fill, "#17324d" if key in DARK_TEXT else "#ffffff", x, width, value))
                x += width
        cells = tuple(rate.counts[key] for key, _label, _fill in SERIES)
        drawn.append(Bar(rate, line * (BAR + GAP), tuple(segments), cells))
    return drawn


def chart(rates: list[Rate]) -> dict:
    """Context of templates/followups/rates.html."""
    is_by_name = any(rate.label for rate in rates)
    left = LEFT_OF_NAMES if is_by_name else LEFT
    return {
        "bars": bars(rates, left),
        "is_by_name": is_by_name,
        "series": SERIES,
        "width": WIDTH + left,
        "height": max(len(rates) * (BAR + GAP) - GAP, BAR),
        "bar": BAR,
    }
