"""How long somebody was there, however often they joined: what overlaps counts once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Interval = tuple[int, int]
"""From and to, in seconds of one clock."""


def union(intervals: Iterable[Interval]) -> int:
    """Seconds that at least one of them covers."""
    total, reached = 0, None
    for begin, end in sorted(one for one in intervals if one[1] > one[0]):
        if reached is None or begin > reached:
            total += end - begin
            reached = end
        elif end > reached:
            total += end - reached
            reached = end
    return total


@dataclass(frozen=True)
class Spent:
    """What a report says of one person, ready to be put together with what else it says of them."""

    stays: tuple[Interval, ...] = ()
    """From one joining to its leaving."""
    spans: tuple[Interval, ...] = ()
    """From the first joining to the last leaving; of that they were there for ``within``."""
    within: int = 0
    loose: int = 0
    """Lengths of which nobody said when."""

    @property
    def seconds(self) -> int:
        return union(self.stays) + min(self.within, union(self.spans)) + self.loose

    @property
    def minutes(self) -> int:
        """Rounded, and at least one: they were there."""
        return max(1, (self.seconds + 30) // 60)

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(
            tuple(sorted({*self.stays, *other.stays})),
            tuple(sorted({*self.spans, *other.spans})),
            self.within + other.within,
            self.loose + other.loose,
        )

    def as_data(self) -> dict[str, Any]:
        return {
            "stays": [list(one) for one in self.stays],
            "spans": [list(one) for one in self.spans],
            "within": self.within,
            "loose": self.loose,
        }

    @classmethod
    def of_data(cls, data: dict[str, Any]) -> "Spent":
        stays, spans = (tuple((begin, end) for begin, end in data[name]) for name in ("stays", "spans"))
        return cls(stays, spans, data["within"], data["loose"])
