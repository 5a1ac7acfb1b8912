"""What a plan can be started from: things to tick, and how they hang together. The same for ready texts and plans."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from plans.definitions import Value

Years = tuple[int, int, int]
"""A figure for the first, the second and the third year of a plan."""


@dataclass(frozen=True)
class Offer:
    """One row to tick, with the columns that are ready."""

    key: str
    values: Mapping[str, Value]
    ticked: bool


@dataclass(frozen=True)
class NeedOffer(Offer):
    evidence: str = ""
    """How one may come to know of this need: a wording to begin with."""
    measure: str = ""
    """What could be counted here; the figure is the partnership's own."""
    measure_unit: str = ""


@dataclass(frozen=True)
class GroupOffer(Offer):
    size: int | None = None
    """A first guess at how many people there are; None where nothing is known to guess from."""
    known_size: int | None = None
    """How many there are where the row comes from."""


class Targets(Protocol):
    """What a goal is to reach, year by year."""

    def values(self, people: Years, *, size: int, known_size: int) -> Mapping[str, Value]: ...


@dataclass(frozen=True)
class SharePeopleReach:
    """Of a hundred participants so many get there; never more than there are people in the groups."""

    of_hundred: int

    def values(self, people: Years, *, size: int, known_size: int) -> Mapping[str, Value]:
        so_far = [sum(people[: year + 1]) for year in range(len(people))]
        reached = [min(count * self.of_hundred // 100, size) for count in so_far]
        return {"baseline": "0", **{f"target_y{year}": str(one) for year, one in enumerate(reached, start=1)}}


@dataclass(frozen=True)
class ScaledTargets:
    """The targets of another plan, in proportion to the size of the groups; shares stay as they are."""

    known: Mapping[str, Value]
    is_share: bool

    def values(self, people: Years, *, size: int, known_size: int) -> Mapping[str, Value]:
        if self.is_share or not known_size:
            return self.known
        return {key: str(scaled(Decimal(str(one)), size, known_size)) for key, one in self.known.items()}


def scaled(figure: Decimal, size: int, known_size: int) -> int:
    return int((figure * size / known_size).to_integral_value(ROUND_HALF_UP))


@dataclass(frozen=True)
class GoalOffer:
    """Nobody ticks goals: they follow from what is taught."""

    key: str
    values: Mapping[str, Value]
    needs: tuple[str, ...]
    targets: Targets


@dataclass(frozen=True)
class LineOffer(Offer):
    goal: str = ""
    groups: tuple[str, ...] = ()
    trainings: Years = (0, 0, 0)
    hours: tuple[Decimal, Decimal, Decimal] = (Decimal(0), Decimal(0), Decimal(0))
    """Hours of the trainings above."""
    hours_each: Decimal = Decimal(0)
    """Hours of one training, where somebody wants more or fewer of them."""
    people_each: int = 0


@dataclass(frozen=True)
class RecommendationOffer(Offer):
    goals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Origin:
    """What the history remembers, and people read, about where the texts come from."""

    name: str
    example_key: str | None = None
    version_id: int | None = None
    municipality_code: str | None = None


@dataclass(frozen=True)
class Example:
    """Everything on offer, in one language and for one municipality."""

    source: str
    """How an address names it."""
    origin: Origin
    needs: Sequence[NeedOffer]
    groups: Sequence[GroupOffer]
    lines: Sequence[LineOffer]
    goals: Mapping[str, GoalOffer]
    recommendations: Sequence[RecommendationOffer]

    @property
    def is_published_plan(self) -> bool:
        return self.origin.version_id is not None


@dataclass(frozen=True)
class NeedChoice:
    evidence: str
    figure: str | None = None


@dataclass(frozen=True)
class Chosen:
    """What somebody ticked, with the figures beside it, by the keys of the offers."""

    needs: Mapping[str, NeedChoice] = field(default_factory=dict)
    groups: Mapping[str, int] = field(default_factory=dict)
    lines: Mapping[str, Years] = field(default_factory=dict)
    recommendations: frozenset[str] = frozenset()
