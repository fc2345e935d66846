"""ideas contest and themed evenings"""

from datetime import date

from . import demo_contest, demo_evenings


def build(world, *, today: date) -> None:
    demo_contest.build(world, today=today)
    demo_evenings.build(world, today=today)
