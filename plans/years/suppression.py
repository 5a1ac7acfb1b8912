"""Numbers of people under 5 are not shown, and cannot be worked out from what is shown.

The numbers form a tree: all together, under it regions, under each its municipalities, each number the sum of those
below it. A number under 5 is hidden. Where the others would still give it away, further numbers are hidden until at
least two values remain possible for it, also to somebody who knows how this is done.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

SMALL = 5


@dataclass
class Node:
    """``people``: of how many the number is a part; everybody sees that one."""

    key: str
    value: int
    people: int
    parts: list["Node"] = field(default_factory=list)
    is_hidden: bool = False
    """Hidden for the sake of another number: it is 5 or more."""
    is_unsaid: bool = False
    """Not even "under 5" is said of it, as that alone would give it away."""

    @property
    def is_small(self) -> bool:
        """Where nobody came there is nobody to find out about."""
        return self.value < SMALL and self.people > 0

    @property
    def is_shown(self) -> bool:
        return not (self.is_small or self.is_hidden or self.is_unsaid)

    def all(self) -> Iterator["Node"]:
        yield self
        for part in self.parts:
            yield from part.all()


Range = tuple[int, int]


def protect(root: Node) -> None:
    """Hide what would give a small number away."""
    while (told := _given_away(root)) is not None:
        family = _family_of(root, told)
        more = _next_to_hide(family, besides=told)
        if more is not None:
            _hide(more)
        elif not told.is_unsaid:
            for one in family:
                one.is_unsaid = one.is_unsaid or not one.is_shown
        else:
            break


def _hide(node: Node) -> None:
    """A sum is hidden only together with one of its parts: else it is worked out at once."""
    node.is_hidden = True
    large = [part for part in node.parts if part.is_shown and part.value >= SMALL]
    if large and all(part.is_shown for part in node.parts):
        _hide(min(large, key=lambda part: part.value))


def _given_away(root: Node) -> Node | None:
    found = possible(root)
    return next((one for one in root.all() if one.is_small and found[id(one)][0] == found[id(one)][1]), None)


def _family_of(root: Node, node: Node) -> list[Node]:
    """Where something can be hidden for it: beside it and above it, below it, then anywhere."""
    above = next((one for one in root.all() if any(part is node for part in one.parts)), None)
    beside = above.parts if above else []
    up = [above] if above else []
    return [*beside, *node.parts, *up, *root.all()]


def _next_to_hide(family: Sequence[Node], *, besides: Node) -> Node | None:
    """The smallest number of its nearest relatives: least is lost with it."""
    nearest = [one for one in family if one.is_shown and one.value >= SMALL and one is not besides]
    if not nearest:
        return None
    first = nearest[0]
    level = [one for one in nearest if (not one.parts) == (not first.parts)]
    return min(level, key=lambda one: one.value)


def possible(root: Node) -> dict[int, Range]:
    """What each number may be, as far as what is shown tells: exact, as the numbers form a tree. By ``id`` of the node."""
    found: dict[int, Range] = {}
    _upwards(root, found)
    _downwards(root, found)
    return found


def _known(node: Node) -> Range:
    if node.is_shown:
        return node.value, node.value
    if node.is_unsaid:
        return 0, node.people
    return (0, min(SMALL - 1, node.people)) if node.is_small else (SMALL, node.people)


def _upwards(node: Node, found: dict[int, Range]) -> None:
    low, high = _known(node)
    if node.parts:
        for part in node.parts:
            _upwards(part, found)
        low = max(low, sum(found[id(part)][0] for part in node.parts))
        high = min(high, sum(found[id(part)][1] for part in node.parts))
    found[id(node)] = low, high


def _downwards(node: Node, found: dict[int, Range]) -> None:
    low, high = found[id(node)]
    lowest, highest = (sum(found[id(part)][side] for part in node.parts) for side in (0, 1))
    for part in node.parts:
        own_low, own_high = found[id(part)]
        found[id(part)] = (
            max(own_low, low - (highest - own_high)),
            min(own_high, high - (lowest - own_low)),
        )
        _downwards(part, found)
