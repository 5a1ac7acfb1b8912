"""A map of the sixteen voivodeships with one number in each, drawn by ``templates/components/region_map.html``.

The shade says how much it is, the number says it exactly, and a table beside the map says both without a picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from municipalities.outlines import outlines

SHADES = 4


@dataclass(frozen=True)
class Place:
    """What is said of one voivodeship: ``shown`` on the map, ``said`` to whoever points at it or cannot see it."""

    code: str
    name: str
    value: int
    shown: str
    said: str
    url: str | None = None


@dataclass(frozen=True)
class Drawn:
    place: Place
    path: str
    x: float
    y: float
    shade: int
    """0: nothing; 1 to ``SHADES``: from little to much."""

    @property
    def lines(self) -> list[str]:
        """The name in lines that stand in its region; it is broken where it has a hyphen, or in its middle."""
        first, hyphen, second = self.place.name.partition("-")
        return [first + hyphen, second] if hyphen else [self.place.name]


@dataclass(frozen=True)
class Step:
    """One line of the legend."""

    shade: int
    first: int
    last: int


@dataclass(frozen=True)
class RegionMap:
    key: str
    title: str
    said: str
    table: str
    """The id of the table that holds the same numbers."""
    regions: Sequence[Drawn]
    legend: Sequence[Step]
    unit: str


def region_map(
    key: str,
    title: str,
    places: Sequence[Place],
    *,
    said: str,
    table: str,
    full: int | None = None,
    unit: str = "",
) -> RegionMap:
    """``full``: what the darkest shade ends with; without it the largest value does."""
    top = full or max((place.value for place in places), default=0)
    known = outlines()
    drawn = [_drawn(place, top) for place in places if place.code in known]
    return RegionMap(key, title, said, table, drawn, _legend(top), unit)


def _drawn(place: Place, top: int) -> Drawn:
    outline = outlines()[place.code]
    return Drawn(place, outline.path, *outline.middle, shade_of(place.value, top))


def shade_of(value: int, top: int) -> int:
    """Four equal parts of what there is at most; nothing has no shade."""
    return min(SHADES, -(-value * SHADES // top)) if top and value > 0 else 0


def _legend(top: int) -> list[Step]:
    """Whole numbers from where a shade begins to where it ends; a shade that no number has is left out."""
    ends = [top * shade // SHADES for shade in range(SHADES + 1)]
    steps = [Step(shade, ends[shade - 1] + 1, ends[shade]) for shade in range(1, SHADES + 1)]
    return [Step(0, 0, 0), *(step for step in steps if step.first <= step.last)]
