"""F12: what can hardly be meant. Warnings only: the author knows better."""

from collections.abc import Callable, Iterator
from itertools import chain

from core import clock
from plans.checks.subject import Place, Subject
from plans.findings import Finding, FindingCode, Severity
from plans.totals import YEAR_SUFFIXES, number_or_none
from plans.values.numbers import plain_number
from plans.values.text import day_text
from plans.years.statuses import as_day

QUARTERS = ("q1", "q2", "q3", "q4")


def check(subject: Subject) -> Iterator[Finding]:
    for sheet_key, look in LOOKS.items():
        for place in subject.places(sheet_key):
            yield from look(place)
    yield from _needs_without_goal(subject)


def _warning(place: Place, reason: str, key: str, **params: str) -> Finding:
    return place.finding(FindingCode.LOGIC, Severity.WARNING, reason, place.sheet.column(key), **params)


def _codes(place: Place, key: str) -> list[str]:
    value = place.row.values.get(key, [])
    return value if isinstance(value, list) else [str(value)]


def _asked_for(place: Place, key: str) -> bool:
    """Whether an empty cell is an error already, or the template has no such column."""
    return not place.sheet.has_column(key) or place.sheet.column(key).required


def _goal(place: Place) -> Iterator[Finding]:
    if not _codes(place, "need_codes") and not _asked_for(place, "need_codes"):
        yield _warning(place, "goal_without_need", "need_codes")
    baseline = number_or_none(place.row, "baseline")
    for suffix in YEAR_SUFFIXES:
        target = number_or_none(place.row, f"target_{suffix}")
        if baseline is not None and target is not None and target < baseline:
            yield _warning(
                place,
                "target_below_baseline",
                f"target_{suffix}",
                target=plain_number(target),
                baseline=plain_number(baseline),
            )


def _line(place: Place) -> Iterator[Finding]:
    trainings = {suffix: number_or_none(place.row, f"trainings_{suffix}") for suffix in YEAR_SUFFIXES}
    if all(count == 0 for count in trainings.values()):
        yield _warning(place, "line_without_trainings", "trainings_y1")
        return
    for suffix, count in trainings.items():
        hours = number_or_none(place.row, f"hours_{suffix}")
        if count and hours == 0:
            yield _warning(place, "trainings_without_hours", f"hours_{suffix}", trainings=plain_number(count))
        elif hours and count == 0:
            yield _warning(place, "hours_without_trainings", f"trainings_{suffix}", hours=plain_number(hours))


def _group(place: Place) -> Iterator[Finding]:
    size = number_or_none(place.row, "group_size")
    for suffix in YEAR_SUFFIXES:
        persons = number_or_none(place.row, f"persons_{suffix}")
        if size is not None and persons is not None and persons > size:
            yield _warning(
                place,
                "more_persons_than_group",
                f"persons_{suffix}",
                persons=plain_number(persons),
                size=plain_number(size),
            )


def _training(place: Place) -> Iterator[Finding]:
    quarter, day = place.row.values.get("quarter"), place.row.values.get("date_from")
    if quarter in QUARTERS and isinstance(day, str) and len(day) == len("2026-12-31") and day[5:7].isdigit():
        of_day = QUARTERS[min(int(day[5:7]) - 1, 11) // 3]
        if of_day != quarter:
            yield _warning(
                place, "quarter_of_another_date", "quarter", date=f"{day[8:]}.{day[5:7]}.{day[:4]}"
            )


RESULTS = ("held_on", "participants_actual", "hours_actual")
OPEN = frozenset({"planned", "confirmed", "moved", "cancelled"})


def _result(place: Place) -> Iterator[Finding]:
    """What came of a training that has not been held, or not yet."""
    held = as_day(place.row.values.get("held_on"))
    if held is not None and held > clock.today():
        yield _warning(place, "held_in_future", "held_on", date=day_text(held))
    if str(place.row.values.get("status")) in OPEN:
        given = [key for key in RESULTS if key in place.row.values]
        if given:
            yield _warning(place, "result_of_open_training", given[0])


LOOKS: dict[str, Callable[[Place], Iterator[Finding]]] = {
    "groups": _group,
    "goals": _goal,
    "lines": _line,
    "trainings": lambda place: chain(_training(place), _result(place)),
}


def _needs_without_goal(subject: Subject) -> Iterator[Finding]:
    """Only once there are goals: the needs come first."""
    answered = {code for place in subject.places("goals") for code in _codes(place, "need_codes")}
    if not answered:
        return
    for place in subject.places("needs"):
        if place.row.values.get("need_code") not in answered:
            yield _warning(place, "need_without_goal", "need_text")
