"""Charts: exact places for small inputs, and what they say to those who do not see them."""

import pytest
from flask import Flask, render_template_string
from lxml import html
from lxml.html import HtmlElement

from core.charts import (
    BELOW,
    PLOT,
    ROW,
    ROW_BAR,
    ROW_HEIGHT,
    ROW_LABEL,
    TOP,
    Bar,
    Chart,
    Entry,
    Frame,
    Label,
    Line,
    Point,
    Row,
    Tick,
    bars,
    columns,
    lines,
)

ONE = Frame("c", "Hours", "What it shows.", "t", ("Held",))
TWO = Frame("c", "Hours", "What it shows.", "t", ("Planned", "Held"))
BASE = TOP + PLOT


def drawn(chart: Chart) -> str:
    return render_template_string(
        '{% from "components/charts.html" import chart %}{{ chart(one) }}', one=chart
    )


def tree_of(chart: Chart) -> HtmlElement:
    return html.document_fromstring(drawn(chart))


def test_columns_side_by_side_stand_where_their_values_say():
    chart = columns(TWO, [Entry("Jan", (4, 2), "2026"), Entry("Feb", (0, 5), "2026")])

    assert chart == Chart(
        "c", "Hours", "What it shows.", "t", ("Planned", "Held"), TOP + PLOT + BELOW,
        ticks=(Tick(BASE, "0"), Tick(174.0, "1"), Tick(134.0, "2"), Tick(94.0, "3"), Tick(54.0, "4"), Tick(TOP, "5")),
        labels=(Label(25.0, "Jan", "2026"), Label(75.0, "Feb")),
        bars=(
            Bar(0, 20.5, 54.0, 4.5, 160.0, "Jan 2026, Planned: 4"),
            Bar(1, 25.0, 134.0, 4.5, 80.0, "Jan 2026, Held: 2"),
            Bar(1, 75.0, 14.0, 4.5, 200.0, "Feb 2026, Held: 5"),
        ),
    )  # fmt: skip


def test_stacked_columns_stand_on_each_other():
    chart = columns(TWO, [Entry("Jan", (30, 20))], stacked=True)

    assert [(bar.y, bar.height, bar.x, bar.width) for bar in chart.bars] == [
        (94.0, 120.0, 45.5, 9.0),
        (14.0, 80.0, 45.5, 9.0),
    ]


def test_lines_join_the_values_of_one_series_only():
    chart = lines(TWO, [Entry("Jan", (0, 5)), Entry("Feb", (5, 0))])

    assert chart.points == (
        Point(0, 25.0, 214.0, "Jan, Planned: 0"),
        Point(0, 75.0, 14.0, "Feb, Planned: 5"),
        Point(1, 25.0, 14.0, "Jan, Held: 5"),
        Point(1, 75.0, 214.0, "Feb, Held: 0"),
    )
    assert chart.lines == (Line(0, 25.0, 214.0, 75.0, 14.0), Line(1, 25.0, 14.0, 75.0, 214.0))


def test_lying_bars_have_their_label_and_sum_above():
    chart = bars(TWO, [Entry("Ewa", (3, 1)), Entry("Adam", (0, 2))])

    assert chart.rows == (
        Row(ROW_LABEL, "Ewa", "Ewa", "4"),
        Row(ROW + ROW_LABEL, "Adam", "Adam", "2"),
    )
    assert chart.bars == (
        Bar(0, 0.0, ROW_BAR, 75.0, ROW_HEIGHT, "Ewa, Planned: 3"),
        Bar(1, 75.0, ROW_BAR, 25.0, ROW_HEIGHT, "Ewa, Held: 1"),
        Bar(1, 0.0, ROW + ROW_BAR, 50.0, ROW_HEIGHT, "Adam, Held: 2"),
    )
    assert chart.height == 2 * ROW


@pytest.mark.parametrize(
    ("highest", "step", "ticks"),
    [
        (0, 1, ["0", "1"]),
        (1, 1, ["0", "1"]),
        (5, 1, ["0", "1", "2", "3", "4", "5"]),
        (6, 1, ["0", "2", "4", "6"]),
        (240, 60, ["0", "60", "120", "180", "240"]),
        (3_000, 60, ["0", "600", "1200", "1800", "2400", "3000"]),
        (10**12 + 1, 1, ["0", *(f"{number}00000000000" for number in (5, 10, 15))]),
    ],
)
def test_the_scale_has_few_round_numbers_and_holds_the_highest(highest: int, step: int, ticks: list[str]):
    chart = columns(Frame("c", "T", "S", "t", ("One",), step=step), [Entry("a", (highest,))])

    assert [tick.text for tick in chart.ticks] == ticks


def test_one_value_is_a_bar_and_no_wall():
    chart = columns(ONE, [Entry("Jan", (7,))])

    assert [(bar.x, bar.width, bar.height) for bar in chart.bars] == [(45.5, 9.0, 175.0)]


@pytest.mark.parametrize("make", [columns, lines, bars])
def test_a_chart_of_nothing_says_so_and_draws_no_picture(app: Flask, make):
    chart = make(ONE, [])

    assert chart.is_empty
    assert "Nothing to draw yet." in drawn(chart)
    assert "chart-plot" not in drawn(chart)


@pytest.mark.parametrize("make", [columns, lines, bars])
def test_a_negative_length_is_refused(make):
    with pytest.raises(ValueError, match="cannot be negative"):
        make(ONE, [Entry("Jan", (-1,))])


@pytest.mark.parametrize("values", [(1,), (1, 2, 3)])
def test_every_series_needs_its_value(values):
    with pytest.raises(ValueError, match="its value"):
        columns(TWO, [Entry("Jan", values)])


def test_more_series_than_can_be_told_apart_are_refused():
    with pytest.raises(ValueError, match="1 to 3"):
        columns(Frame("c", "T", "S", "t", ("a", "b", "c", "d")), [])


def test_of_many_months_every_second_has_its_label_on_a_phone_every_fourth_and_each_year_its_number_once():
    entries = [Entry(f"m{number % 12}", (1,), str(2026 + number // 12)) for number in range(36)]

    chart = columns(ONE, entries)

    assert [(label.text, label.below, label.minor) for label in chart.labels][:8] == [
        ("m0", "2026", False), ("m2", "", True), ("m4", "", False), ("m6", "", True), ("m8", "", False), ("m10", "", True),
        ("m0", "2027", False), ("m2", "", True),
    ]  # fmt: skip
    assert (len(chart.bars), len(chart.labels)) == (36, 18)


def test_a_long_polish_label_is_cut_and_read_whole_on_pointing(app: Flask):
    name = "Świętosława Brzęczyszczykiewicz-Żółkiewska z Łękołodów"

    chart = bars(ONE, [Entry(name, (1,))])

    assert chart.rows[0].label == "Świętosława Brzęczyszczykiewicz-Żół…"
    assert tree_of(chart).xpath("//text/title/text()") == [name]


def test_labels_stay_text_whatever_they_hold(app: Flask):
    evil = "<script>x</script>\"'"
    frame = Frame("c", evil, evil, "t", (evil, evil), shown=lambda number: f"{number}<b>")

    text = drawn(columns(frame, [Entry(evil, (1, 2), evil)])) + drawn(bars(frame, [Entry(evil, (1, 2))]))

    assert "<script" not in text
    assert "<b>" not in text
    assert text.count("&lt;script&gt;") > 8


def test_a_picture_has_a_name_a_description_and_its_table(app: Flask):
    tree = tree_of(columns(TWO, [Entry("Jan", (1, 2))]))
    picture = tree.find_class("chart-plot")[0]

    assert dict(picture.attrib) == {
        "class": "chart-plot", "width": "100%", "height": str(TOP + PLOT + BELOW), "role": "img",
        "aria-labelledby": "c-name", "aria-describedby": "c-said", "aria-details": "t",
    }  # fmt: skip
    assert tree.get_element_by_id("c-name").text == "Hours"
    assert tree.get_element_by_id("c-said").text == "What it shows. The table below holds the same numbers."
    assert [item.text_content().strip() for item in tree.find_class("chart-legend")[0]] == ["Planned", "Held"]


def test_the_second_series_is_hatched_and_not_only_of_another_colour(app: Flask):
    tree = tree_of(columns(TWO, [Entry("Jan", (1, 2))]))
    first, second = tree.xpath("//svg[@role='img']/rect")

    assert (first.get("class"), first.get("fill")) == ("chart-fill-0", None)
    assert (second.get("class"), second.get("fill")) == (None, "url(#c-1)")
    assert tree.xpath("//svg[@role='img']/pattern/@id") == ["c-1"]


def test_a_chart_holds_no_style_and_no_script(app: Flask):
    """The content security policy would refuse both."""
    text = drawn(lines(TWO, [Entry("Jan", (1, 2)), Entry("Feb", (3, 0))]))

    assert "style=" not in text
    assert "script" not in text
