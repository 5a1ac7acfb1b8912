"""Which lines an open card has: the work of its month, and what has changed since earlier cards were submitted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from animators.cards.content import Line
from animators.cards.models import WorkCard
from animators.cards.work_done import Done

ENTERED_KEY = "line:"
Held = tuple[date, Line]
"""The month of a submitted card, and its line."""


@dataclass(frozen=True)
class Months:
    """An animator's cards, by month: which of them hold their content, and which still take lines."""

    kept: Mapping[date, Sequence[Line]]
    """Lines of submitted, checked and locked cards."""
    open: frozenset[date]

    def takes(self, month: date) -> date | None:
        """The month whose card shows something of ``month``: itself, or once that is submitted the next that is open."""
        if month not in self.kept:
            return month
        return self.open_after(month)

    def open_after(self, month: date) -> date | None:
        return min((one for one in self.open if one > month), default=None)


def lines_of_records(month: date, done: Iterable[Done], months: Months) -> list[Line]:
    """Of an open card. A record that an earlier card holds with other figures makes a line of the difference."""
    now = {one.key: one for one in done}
    held = _held(months)
    lines = []
    for key in sorted({*now, *held}):
        line = _difference(key, now.get(key), held.get(key, []))
        if line is not None and _shown_in(now.get(key), held.get(key, []), months) == month:
            lines.append(replace(line, is_correction=line.is_correction or line.day < month))
    return lines


def _held(months: Months) -> dict[str, list[Held]]:
    """What submitted cards hold of each record, the earliest month first."""
    found: dict[str, list[Held]] = {}
    for month in sorted(months.kept):
        for line in months.kept[month]:
            if not line.key.startswith(ENTERED_KEY):
                found.setdefault(line.key, []).append((month, line))
    return found


def _shown_in(done: Done | None, held: Sequence[Held], months: Months) -> date | None:
    """By its day; what a card holds already is corrected after that card."""
    last, said = held[-1] if held else (None, None)
    day = done.day if done is not None else said.day if said is not None else None
    shown = months.takes(first_of(day)) if day is not None else None
    if last is not None and shown is not None and shown < last:
        return months.open_after(last)
    return shown


def _difference(key: str, done: Done | None, held: Sequence[Held]) -> Line | None:
    """Between what the records say now and what the cards hold together."""
    lines = [line for _month, line in held]
    minutes = (done.minutes if done else 0) - sum(line.minutes for line in lines)
    count = (done.count if done else 0) - sum(line.count for line in lines)
    over = (done.over_budget if done else 0) - sum(line.over_budget for line in lines)
    if not (minutes or count):
        return None
    if done is not None:
        is_new = not lines
        return Line(key, done.day, done.work, done.about, minutes, count, 0, over, is_correction=not is_new)
    return replace(lines[-1], minutes=minutes, count=count, over_budget=over, is_correction=True)


def entered_lines(card: WorkCard) -> list[Line]:
    return [
        Line(
            f"{ENTERED_KEY}{line.id}",
            line.day,
            line.kind,
            line.note or "",
            line.minutes,
            km=line.km,
            is_correction=line.is_correction,
        )
        for line in card.lines
    ]


def first_of(day: date) -> date:
    return day.replace(day=1)


def next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def last_of(month: date) -> date:
    return next_month(month) - timedelta(days=1)
