"""Small numbers are hidden, and somebody who tries to work them out from all that is shown does not succeed."""

from collections.abc import Iterator
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from plans.years.suppression import SMALL, Node, protect


def tree(*regions: list[tuple[int, int]]) -> Node:
    """Regions of municipalities, each with its number and of how many people that is a part; sums above them."""
    nodes = []
    for number, of in enumerate(regions):
        leaves = [Node(f"m{number}{at}", value, people) for at, (value, people) in enumerate(of)]
        nodes.append(
            Node(f"r{number}", sum(one.value for one in leaves), sum(one.people for one in leaves), leaves)
        )
    return Node("all", sum(one.value for one in nodes), sum(one.people for one in nodes), nodes)


def shown(root: Node) -> dict[str, str]:
    """What everybody sees."""
    return {
        one.key: str(one.value) if one.is_shown else ("< 5" if one.is_small and not one.is_unsaid else "?")
        for one in root.all()
    }


def guesses(root: Node) -> dict[str, set[int]]:
    """By trying out: which values each number may have, to somebody who sees the page and knows its rules."""
    leaves = [one for one in root.all() if not one.parts]
    possible: dict[str, set[int]] = {one.key: set() for one in root.all()}
    for values in product(*(_tried(leaf) for leaf in leaves)):
        known = dict(zip((leaf.key for leaf in leaves), values, strict=True))
        found = dict(_sums(root, known))
        if all(_fits(node, found[node.key]) for node in root.all()):
            for key, value in found.items():
                possible[key].add(value)
    return possible


def _tried(leaf: Node) -> range:
    return range(leaf.value, leaf.value + 1) if leaf.is_shown else range(leaf.people + 1)


def _sums(node: Node, known: dict[str, int]) -> Iterator[tuple[str, int]]:
    if not node.parts:
        yield node.key, known[node.key]
        return
    total = 0
    for part in node.parts:
        below = dict(_sums(part, known))
        total += below[part.key]
        yield from below.items()
    yield node.key, total


def _fits(node: Node, value: int) -> bool:
    if node.is_shown:
        return value == node.value
    if node.is_unsaid:
        return True
    return value < SMALL if node.is_small else value >= SMALL


def test_a_number_under_5_is_hidden_and_one_beside_it_so_that_no_sum_gives_it_away():
    root = tree([(3, 10), (7, 10), (20, 30)])

    protect(root)

    assert shown(root) == {"all": "30", "r0": "30", "m00": "< 5", "m01": "?", "m02": "20"}


def test_a_region_of_one_municipality_is_hidden_with_it():
    root = tree([(2, 10)], [(12, 30), (30, 40)])

    protect(root)

    assert shown(root) == {"all": "44", "r0": "< 5", "m00": "< 5", "r1": "?", "m10": "?", "m11": "30"}


def test_two_small_numbers_that_can_only_be_the_largest_need_a_third():
    root = tree([(4, 10), (4, 10), (9, 20)])

    protect(root)

    assert shown(root) == {"all": "17", "r0": "17", "m00": "< 5", "m01": "< 5", "m02": "?"}


def test_nothing_is_hidden_where_everything_is_large_or_nobody_came():
    root = tree([(5, 10), (0, 0)], [(8, 9)])

    protect(root)

    assert shown(root) == {"all": "13", "r0": "5", "m00": "5", "m01": "0", "r1": "8", "m10": "8"}


numbers = st.integers(0, 9).flatmap(lambda people: st.tuples(st.integers(0, people), st.just(people)))
regions = st.lists(numbers, min_size=1, max_size=3)


@settings(max_examples=120, deadline=None)
@given(st.lists(regions, min_size=1, max_size=2))
def test_whoever_tries_to_work_out_a_small_number_is_left_with_at_least_two(found):
    root = tree(*found)

    protect(root)

    possible = guesses(root)
    assert [one.key for one in root.all() if one.is_small and len(possible[one.key]) < 2] == []
    assert all(one.value in possible[one.key] for one in root.all())


def test_without_hiding_more_the_numbers_would_be_found_out():
    """The test above would see it."""
    root = tree([(3, 10), (7, 10), (20, 30)])

    assert guesses(root)["m00"] == {3}
