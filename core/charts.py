"""Charts as plain geometry: where each bar, line and label stands. ``templates/components/charts.html`` draws them.

Across, everything is in per cent, down in pixels: so a chart is as wide as its place while its letters keep their
size. Colour never speaks alone: each series has a pattern or a mark of its own, a legend, and a table of the same
numbers stands beside every chart. No script, and no style but the classes of the stylesheet.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

PLOT = 200
"""Height of the field in which values are drawn."""
TOP = 14
"""Above it: half a letter of the highest number on the scale."""
BELOW = 42
"""Below it: two lines of labels."""
MOST_TICKS = 5
MOST_LABELS = 24
"""On a wide screen; a phone has room for half of them."""
MOST_SERIES = 3
"""The stylesheet has so many colours and patterns that can be told apart."""
SLOT_FILLED = 0.72
WIDEST = 9.0
"""A lone bar is no wall."""

ROW, ROW_LABEL, ROW_BAR, ROW_HEIGHT = 46, 15, 22, 14
LONGEST_LABEL = 36
"""Letters that fit on a phone; the whole label is read on pointing and in the table."""

Number = int
Shown = Callable[[Number], str]


@dataclass(frozen=True)
class Entry:
    """One place on the chart: a month, a person. ``below`` is a second line, said only where it changes."""

    label: str
    values: Sequence[Number]
    below: str = ""


@dataclass(frozen=True)
class Tick:
    at: float
    text: str


@dataclass(frozen=True)
class Label:
    """``minor``: left out where there is little room."""

    at: float
    text: str
    below: str = ""
    minor: bool = False


@dataclass(frozen=True)
class Bar:
    """A rectangle: ``x`` and ``width`` in per cent, ``y`` and ``height`` in pixels."""

    series: int
    x: float
    y: float
    width: float
    height: float
    said: str


@dataclass(frozen=True)
class Point:
    series: int
    x: float
    y: float
    said: str


@dataclass(frozen=True)
class Line:
    series: int
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Row:
    """Of a lying chart: the label and the sum above the bar."""

    y: float
    label: str
    whole_label: str
    sum: str


@dataclass(frozen=True)
class Chart:
    """``key`` makes its ids differ from those of other charts on the page; ``table`` is the id of its table."""

    key: str
    title: str
    said: str
    table: str
    series: tuple[str, ...]
    height: int
    ticks: tuple[Tick, ...] = ()
    labels: tuple[Label, ...] = ()
    bars: tuple[Bar, ...] = ()
    lines: tuple[Line, ...] = ()
    points: tuple[Point, ...] = ()
    rows: tuple[Row, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.bars and not self.points


@dataclass(frozen=True)
class Frame:
    """What is said of a chart, whatever its form. ``step``: what a round number of the scale is a multiple of."""

    key: str
    title: str
    said: str
    table: str
    series: tuple[str, ...]
    shown: Shown = str
    step: int = 1
    most_labels: int = MOST_LABELS
    """Fewer where a chart has half the width."""


def columns(frame: Frame, entries: Sequence[Entry], *, stacked: bool = False) -> Chart:
    """Standing bars, one group for each entry: side by side, or on top of each other."""
    _check(frame, entries)
    totals = [sum(entry.values) if stacked else max(entry.values) for entry in entries]
    top, ticks = _scale(max(totals, default=0), frame)
    slot = _slot(entries)
    width = min(slot * SLOT_FILLED, WIDEST)
    standing: list[Bar] = []
    for number, entry in enumerate(entries):
        place = _Place(slot * number + (slot - width) / 2, width, top)
        standing += _pile(frame, entry, place) if stacked else _group(frame, entry, place)
    return _standing(frame, entries, ticks, bars=tuple(standing))


def lines(frame: Frame, entries: Sequence[Entry]) -> Chart:
    """One line for each series, with a mark at each value."""
    _check(frame, entries)
    top, ticks = _scale(max((max(entry.values) for entry in entries), default=0), frame)
    slot = _slot(entries)
    points = [
        Point(
            series,
            _round(slot * (number + 0.5)),
            _down(entry.values[series], top),
            _said(frame, entry, series),
        )
        for series in range(len(frame.series))
        for number, entry in enumerate(entries)
    ]
    drawn = [
        Line(one.series, one.x, one.y, other.x, other.y)
        for one, other in pairwise(points)
        if one.series == other.series
    ]
    return _standing(frame, entries, ticks, lines=tuple(drawn), points=tuple(points))


def bars(frame: Frame, entries: Sequence[Entry], *, full: Number | None = None) -> Chart:
    """Lying bars, one for each entry, its parts one after the other; for long labels.

    ``full`` is the number that would fill the width; where none is given, the longest bar does.
    """
    _check(frame, entries)
    longest = full or max((sum(entry.values) for entry in entries), default=0)
    drawn: list[Bar] = []
    rows = []
    for number, entry in enumerate(entries):
        y = number * ROW
        rows.append(Row(y + ROW_LABEL, _cut(entry.label), entry.label, frame.shown(sum(entry.values))))
        before = 0
        for series, value in enumerate(entry.values):
            if value:
                x, width = _across(before, longest), _across(value, longest)
                drawn.append(Bar(series, x, y + ROW_BAR, width, ROW_HEIGHT, _said(frame, entry, series)))
            before += value
    height = len(entries) * ROW
    return Chart(
        frame.key,
        frame.title,
        frame.said,
        frame.table,
        frame.series,
        height,
        bars=tuple(drawn),
        rows=tuple(rows),
    )


# --- The scale -------------------------------------------------------------------------------------------


def _scale(highest: Number, frame: Frame) -> tuple[Number, tuple[Tick, ...]]:
    """The highest number of the scale, and the round ones from nothing up to it."""
    step = _round_step(highest, frame.step)
    top = max(step, -(-highest // step) * step)
    ticks = tuple(Tick(_down(value, top), frame.shown(value)) for value in range(0, top + 1, step))
    return top, ticks


def _round_step(highest: Number, unit: int) -> Number:
    """The smallest of 1, 2, 5, 10, 20, ... units that leaves few enough numbers on the scale."""
    power = 1
    while True:
        for digit in (1, 2, 5):
            step = digit * power * unit
            if highest <= step * MOST_TICKS:
                return step
        power *= 10


def _down(value: Number, top: Number) -> float:
    """Where a value stands: pixels from above."""
    return _round(TOP + PLOT - PLOT * value / top)


def _across(value: Number, longest: Number) -> float:
    return _round(100 * value / longest)


def _slot(entries: Sequence[Entry]) -> float:
    return 100 / max(1, len(entries))


# --- What is drawn ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Place:
    """Where an entry's bars stand, and the highest value of the scale."""

    left: float
    width: float
    top: Number

    def bar(
        self, series: int, value: Number, said: str, *, part: int = 0, parts: int = 1, below: int = 0
    ) -> Bar:
        width = self.width / parts
        y = _down(below + value, self.top)
        height = _round(_down(below, self.top) - y)
        return Bar(series, _round(self.left + width * part), y, _round(width), height, said)


def _group(frame: Frame, entry: Entry, place: _Place) -> list[Bar]:
    return [
        place.bar(series, value, _said(frame, entry, series), part=series, parts=len(frame.series))
        for series, value in enumerate(entry.values)
        if value
    ]


def _pile(frame: Frame, entry: Entry, place: _Place) -> list[Bar]:
    piled, below = [], 0
    for series, value in enumerate(entry.values):
        if value:
            piled.append(place.bar(series, value, _said(frame, entry, series), below=below))
        below += value
    return piled


def _standing(
    frame: Frame,
    entries: Sequence[Entry],
    ticks: tuple[Tick, ...],
    *,
    bars: tuple[Bar, ...] = (),
    lines: tuple[Line, ...] = (),
    points: tuple[Point, ...] = (),
) -> Chart:
    return Chart(
        frame.key, frame.title, frame.said, frame.table, frame.series, TOP + PLOT + BELOW,
        ticks=ticks, labels=_labels(entries, frame.most_labels), bars=bars, lines=lines, points=points,
    )  # fmt: skip


def _labels(entries: Sequence[Entry], most: int) -> tuple[Label, ...]:
    """As many as fit, evenly; the second line at the first of them and where it changes."""
    slot, every = _slot(entries), max(1, -(-len(entries) // most))
    on_phones = max(every, -(-len(entries) // (most // 2)))
    on_phones += -on_phones % every
    labels, last = [], ""
    for number in range(0, len(entries), every):
        entry = entries[number]
        below = entry.below if entry.below != last else ""
        labels.append(Label(_round(slot * (number + 0.5)), entry.label, below, number % on_phones > 0))
        last = entry.below
    return tuple(labels)


def _said(frame: Frame, entry: Entry, series: int) -> str:
    place = f"{entry.label} {entry.below}".strip()
    return f"{place}, {frame.series[series]}: {frame.shown(entry.values[series])}"


def _cut(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…"


def _round(number: float) -> float:
    return round(number, 2)


def _check(frame: Frame, entries: Sequence[Entry]) -> None:
    if not 1 <= len(frame.series) <= MOST_SERIES:
        raise ValueError(f"a chart has 1 to {MOST_SERIES} series")
    for entry in entries:
        if len(entry.values) != len(frame.series):
            raise ValueError("each series needs its value")
        if min(entry.values) < 0:
            raise ValueError("a length cannot be negative")
