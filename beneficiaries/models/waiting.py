"""Every waiting state names who has the ball and the due day: the database itself says so."""

from django.db.models import CheckConstraint, Q

from ..enums import Ball


def waiting_constraint(open_states, *, name: str, holders=Ball.values) -> CheckConstraint:
    """In `open_states` one of `holders` has the ball until `due_on`; in every other state nobody waits for anybody."""
    states = [str(state) for state in open_states]
    waiting = Q(state__in=states, ball__in=[str(holder) for holder in holders], due_on__isnull=False)
    return CheckConstraint(condition=waiting | Q(ball="", due_on=None) & ~Q(state__in=states), name=name)
