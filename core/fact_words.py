"""What the history remembers of a record, in the reader's words: ``founded_on`` is "Founded on", its value a day."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from core.formatting import day, moment, number
from core.i18n import LazyString, _

Shown = Callable[[Any], str]

LONGEST = 160
"""Of a text only its beginning is shown in a list of what happened."""
_DAY, _MOMENT = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d-\d\dT")


@dataclass(frozen=True)
class Fact:
    """The label of a field; ``show`` where its value is a code that a list explains."""

    label: LazyString
    show: Shown | None = None


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    """Empty: nothing was there, or this is the first that was said of it."""
    after: str


_facts: dict[str, Fact] = {}
NOT_SHOWN: set[str] = set()


def name_facts(**facts: Fact | LazyString) -> None:
    """Each package names the fields of its records once. A field means the same wherever it stands."""
    for name, fact in facts.items():
        _facts[name] = fact if isinstance(fact, Fact) else Fact(fact)


def leave_out_facts(*names: str) -> None:
    """Fields that mean nothing to a reader: ids and fingerprints."""
    NOT_SHOWN.update(names)


def is_named(name: str) -> bool:
    return name in _facts or name in NOT_SHOWN


def changes_between(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[Change]:
    """What is not the same, in the order it was said. Fields without a name are left out."""
    before, after = before or {}, after or {}
    names = [name for name in {**after, **before} if name in _facts and before.get(name) != after.get(name)]
    changes = [
        Change(str(_facts[name].label), shown(name, before.get(name)), shown(name, after.get(name)))
        for name in names
    ]
    return [change for change in changes if change.before != change.after]


def shown(name: str, value: Any) -> str:
    if value is None or value in ("", []):
        return ""
    show = _facts[name].show
    return show(value) if show else _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, list | tuple):
        return ", ".join(_plain(one) for one in value)
    text = str(value)
    if _DAY.fullmatch(text):
        return day(date.fromisoformat(text))
    if _MOMENT.match(text):
        return moment(datetime.fromisoformat(text))
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"


def clock_time(value: Any) -> str:
    """``17:30:00`` as people write it."""
    return time.fromisoformat(str(value)).strftime("%H:%M")
