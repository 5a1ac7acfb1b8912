"""The drawn map: sixteen outlines that fit together, each where its voivodeship is."""

from itertools import pairwise

import pytest

from municipalities.outlines import BORDERS, CODES, HEIGHT, WIDTH, outlines, round_of
from municipalities.region_map import Place, Step, region_map

NEIGHBOURS = {
    "02": "08 16 30", "04": "10 14 22 28 30", "06": "14 18 20 26", "08": "02 30 32", "10": "04 14 16 24 26 30",
    "12": "18 24 26", "14": "04 06 10 20 26 28", "16": "02 10 24 30", "18": "06 12 26", "20": "06 14 28",
    "22": "04 28 30 32", "24": "10 12 16 26", "26": "06 10 12 14 18 24", "28": "04 14 20 22",
    "30": "02 04 08 10 16 22 32", "32": "08 22 30",
}  # fmt: skip
"""As in an atlas."""


def area(points: list[tuple[float, float]]) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*points, points[0]]))) / 2


def test_there_are_sixteen_by_their_official_codes():
    assert list(CODES) == [f"{number:02d}" for number in range(2, 33, 2)]
    assert sorted(outlines()) == list(CODES)


def test_each_region_has_the_neighbours_that_an_atlas_says():
    pairs = [key.split("_") for key in BORDERS if key[0].isdigit()]

    found = {code: " ".join(sorted(
        other for pair in pairs if code in pair for other in pair if other != code)) for code in CODES}  # fmt: skip
    assert found == NEIGHBOURS


def test_the_regions_fill_the_country_without_gap_or_overlap():
    """The area within the outer border is that of all regions together."""
    outer = [key for key in BORDERS if not key[0].isdigit()]
    edge = [
        (float(place.split()[0]), float(place.split()[1]))
        for key in outer
        for place in BORDERS[key].split(", ")[:-1]
    ]

    assert sum(area(round_of(code)) for code in CODES) == pytest.approx(area(edge))


@pytest.mark.parametrize("code", CODES)
def test_a_number_stands_in_its_region_and_on_the_map(code):
    x, y = outlines()[code].middle
    corners = [tuple(map(float, corner.split())) for corner in outlines()[code].path[1:-1].split("L")]

    crossed = sum(
        (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
        for (x1, y1), (x2, y2) in pairwise([*corners, corners[0]])
    )
    assert crossed % 2 == 1
    assert all(0 < left < WIDTH and 0 < down < HEIGHT for left, down in corners)


def test_north_is_up_and_west_is_left():
    middles = {code: outline.middle for code, outline in outlines().items()}

    assert min(middles, key=lambda code: middles[code][1]) == "22"
    assert max(middles, key=lambda code: middles[code][1]) in ("12", "18")
    assert min(middles, key=lambda code: middles[code][0]) in ("08", "32")
    assert max(middles, key=lambda code: middles[code][0]) in ("06", "20")


def drawn(*values: int):
    places = [Place(code, "a", value, str(value), "said") for code, value in zip(CODES, values, strict=False)]
    return region_map("k", "Title", places, said="Said.", table="t")


def test_the_legend_names_every_shade_that_occurs():
    made = drawn(0, 3, 9)

    assert [region.shade for region in made.regions] == [0, 2, 4]
    assert made.legend == [Step(0, 0, 0), Step(1, 1, 2), Step(2, 3, 4), Step(3, 5, 6), Step(4, 7, 9)]


@pytest.mark.parametrize("top", range(40))
def test_a_value_has_the_shade_under_which_the_legend_names_it(top):
    made = drawn(*range(min(top, 15) + 1), top)

    for region in made.regions:
        within = [step.shade for step in made.legend if step.first <= region.place.value <= step.last]
        assert within == [region.shade]


def test_a_region_that_nobody_knows_is_not_drawn():
    assert region_map("k", "T", [Place("99", "x", 1, "1", "x")], said="", table="t").regions == []
