"""ideas contest and themed evenings"""

from datetime import date

from . import demo_evenings


def build(world, *, today: date) -> None:
    demo_evenings.build(world, today=today)
