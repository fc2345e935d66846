"""Days in pairs, both ends included."""

from collections.abc import Iterable
from datetime import date, timedelta

Interval = tuple[date, date]


def overlap(one: Interval, other: Interval) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def peak(intervals: Iterable[Interval], *, within: Interval) -> int:
    """The most intervals on one day of `within`: a sweep of the date line."""
    first, last = within
    steps: list[tuple[date, int]] = []
    for start, end in intervals:
        if overlap((start, end), within):
            steps.append((max(start, first), 1))
            steps.append((min(end, last) + timedelta(days=1), -1))
    most = current = 0
    for _day, change in sorted(steps):
        current += change
        most = max(most, current)
    return most
