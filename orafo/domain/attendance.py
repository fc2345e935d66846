"""How much somebody took part: so far, and the most that can still be reached."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Participation:
    """`attended` of `held` meetings while in the group; `to_come` meetings are still planned."""

    attended: int
    held: int
    to_come: int

    @property
    def so_far(self) -> int | None:
        """Per cent, rounded; None before the first meeting."""
        return round(100 * self.attended / self.held) if self.held else None

    @property
    def reachable(self) -> int | None:
        """Per cent of all meetings if everything to come is attended."""
        total = self.held + self.to_come
        return round(100 * (self.attended + self.to_come) / total) if total else None
