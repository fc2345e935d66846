"""Italian numbers: `1.234,56` is one thousand two hundred and thirty-four euro and fifty-six cents."""

import re
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def parse_italian_decimal(text: str) -> Decimal:
    """Read `1.234,56`, `1234,56`, `1234`, `€ 500`, `12.5`. Raises ValueError.

    A point followed by exactly three digits is a thousands separator, as every Italian office writes it.
    """
    cleaned = re.sub(r"[\s€\u00a0]", "", str(text))
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?|-?\d+(,\d+)?", cleaned):
        return Decimal(cleaned.replace(".", "").replace(",", "."))
    if re.fullmatch(r"-?\d+\.\d{1,2}", cleaned):
        return Decimal(cleaned)
    raise ValueError(f"not an Italian number: {text!r}")


def format_italian_decimal(value: Decimal, places: int = 2) -> str:
    text = f"{value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):,f}"
    return text.translate(str.maketrans(",.", ".,"))


def round_cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, rounding=ROUND_HALF_UP)
