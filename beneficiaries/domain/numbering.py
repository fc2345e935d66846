"""Application numbers: ORF-YYYY-NNNN, one series a year, no two alike however many register together."""

from datetime import datetime

from django.db.models import F
from django.utils import timezone

from ..models import Application, NumberSeries


def last_written(year: int) -> int:
    """The highest number of the year already on an application (those brought in from elsewhere count too)."""
    numbers = Application.objects.filter(number__startswith=f"ORF-{year}-").values_list("number", flat=True)
    return max((int(number.rsplit("-", 1)[1]) for number in numbers), default=0)


def next_number(now: datetime) -> str:
    """The next number of the year; inside the caller's transaction, which holds the series until it ends."""
    year = timezone.localtime(now).year
    series = NumberSeries.objects.filter(year=year)
    if not series.update(last=F("last") + 1):
        NumberSeries.objects.get_or_create(year=year, defaults={"last": last_written(year)})
        series.update(last=F("last") + 1)
    return f"ORF-{year}-{series.get().last:04d}"
