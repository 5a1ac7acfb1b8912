"""Whatever happens afterwards: a locked card stays as it is, and all cards together say what the records say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from animators.cards.content import Content, Line, Rates, fingerprint, frozen, in_order, thawed
from animators.cards.lines import Months, first_of, lines_of_records, next_month
from animators.cards.models import Work
from animators.cards.work_done import Done

FIRST = date(2026, 1, 1)
MONTHS = [FIRST]
while len(MONTHS) < 6:
    MONTHS.append(next_month(MONTHS[-1]))
RATES = Rates(dict.fromkeys(Work, 4500), 115)

keys = st.sampled_from([f"consultation:{number}" for number in range(5)] + ["review:1"])
days = st.sampled_from([date(month.year, month.month, day) for month in MONTHS[:5] for day in (1, 28)])
logged = st.tuples(st.just("log"), keys, days, st.integers(1, 600))
gone = st.tuples(st.just("gone"), keys)
closed = st.tuples(st.just("close"), st.integers(0, 4))
events = st.lists(st.one_of(logged, gone, closed), max_size=25)


@dataclass
class World:
    """The rules alone, without a database: what the records say, and what each submitted card holds."""

    done: dict[str, Done]
    kept: dict[date, Sequence[Line]]

    def happen(self, event: tuple[Any, ...]) -> None:
        match event:
            case ("log", key, day, minutes):
                work, minutes = (Work.REVIEW, 0) if key.startswith("review") else (Work.REMOTE, minutes)
                self.done[key] = Done(key, day, work, "Łąki", minutes)
            case ("gone", key):
                self.done.pop(key, None)
            case ("close", number):
                self.close(MONTHS[number])

    def close(self, month: date) -> None:
        if month not in self.kept:
            self.kept[month] = thawed(frozen(Content(in_order(self.lines(month)), RATES))).lines

    def months(self) -> Months:
        return Months(dict(self.kept), frozenset(month for month in MONTHS if month not in self.kept))

    def lines(self, month: date) -> list[Line]:
        return lines_of_records(month, self.done.values(), self.months())

    def all_lines(self) -> list[Line]:
        open_lines = [line for month in self.months().open for line in self.lines(month)]
        return [*open_lines, *(line for lines in self.kept.values() for line in lines)]


@settings(max_examples=300, deadline=None)
@given(events)
def test_all_cards_together_say_what_the_records_say(happened):
    world = World({}, {})
    for event in happened:
        world.happen(event)

    said: dict[str, tuple[int, int]] = {}
    for line in world.all_lines():
        minutes, count = said.get(line.key, (0, 0))
        said[line.key] = minutes + line.minutes, count + line.count
    assert {key: sums for key, sums in said.items() if any(sums)} == {
        key: (one.minutes, one.count) for key, one in world.done.items()
    }


@settings(max_examples=200, deadline=None)
@given(events, events)
def test_a_card_that_is_kept_never_changes(before, after):
    world = World({}, {})
    for event in before:
        world.happen(event)
    world.close(MONTHS[1])
    held = fingerprint(frozen(Content(world.kept[MONTHS[1]], RATES)))

    for event in after:
        world.happen(event)

    assert fingerprint(frozen(Content(world.kept[MONTHS[1]], RATES))) == held


@settings(max_examples=200, deadline=None)
@given(events)
def test_what_is_of_another_month_is_marked_as_a_correction(happened):
    world = World({}, {})
    for event in happened:
        world.happen(event)

    for month in world.months().open:
        for line in world.lines(month):
            assert line.is_correction or first_of(line.day) == month


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.builds(
            Line,
            st.just("line:1"),
            days,
            st.sampled_from(Work),
            st.text(max_size=20),
            st.integers(-600, 600),
            st.integers(-3, 3),
            st.integers(-500, 500),
        ),
        max_size=12,
    ),
    st.integers(0, 100_000),
)
def test_totals_add_up_and_are_the_same_in_any_order(lines, rate):
    rates = Rates(dict.fromkeys(Work, rate), 115)
    content = Content(lines, rates)
    turned = Content(list(reversed([replace(line) for line in lines])), rates)

    assert content.totals == turned.totals
    assert content.amount == sum(one.amount for one in content.totals)
    assert (content.minutes, content.km) == (
        sum(line.minutes for line in lines),
        sum(line.km for line in lines),
    )
    assert frozen(thawed(frozen(content))) == frozen(content)
