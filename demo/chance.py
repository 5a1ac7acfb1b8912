"""Chance that falls the same way every time: two demonstrations of one day are alike."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

Item = TypeVar("Item")

SEED = "gromada"


class Chance:
    """A stream of its own for each thing it decides, so that a new decision somewhere changes nothing elsewhere."""

    def __init__(self, *about: object) -> None:
        self._random = Random("/".join(map(str, (SEED, *about))))  # noqa: S311  # sample data, no secrets

    def whole(self, lowest: int, highest: int) -> int:
        return self._random.randint(lowest, highest)

    def one(self, items: Sequence[Item]) -> Item:
        return self._random.choice(items)

    def some(self, items: Sequence[Item], count: int) -> list[Item]:
        """So many of them, in the order they have."""
        taken = set(self._random.sample(range(len(items)), min(count, len(items))))
        return [item for position, item in enumerate(items) if position in taken]

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        return self._random.sample(items, len(items))

    def weighted(self, weights: Mapping[Item, int]) -> Item:
        return self._random.choices(list(weights), list(weights.values()))[0]

    def happens(self, percent: int) -> bool:
        return self._random.randrange(100) < percent

    def mark(self) -> str:
        """Twelve hexadecimal digits, as ids of rows are written."""
        return f"{self._random.getrandbits(48):012x}"

    def countable(self, lowest: int, highest: int) -> int:
        """A number after which Polish nouns stand in the genitive plural: 15 osób, never 22 osoby."""
        fitting = [number for number in range(lowest, highest + 1) if not _takes_nominative(number)]
        return self._random.choice(fitting)


def _takes_nominative(number: int) -> bool:
    return number == 1 or (number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14))
