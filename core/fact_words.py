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


_facts: dict[tuple[str | None, str], Fact] = {}
NOT_SHOWN: set[str] = set()


def name_facts(kind: str | None = None, /, **facts: Fact | LazyString) -> None:
    """Each package names the fields of its records once: of one kind (its table), or the same wherever they stand."""
    for name, fact in facts.items():
        _facts[kind, name] = fact if isinstance(fact, Fact) else Fact(fact)


def leave_out_facts(*names: str) -> None:
    """Fields that mean nothing to a reader: ids and fingerprints."""
    NOT_SHOWN.update(names)


def is_named(kind: str, name: str) -> bool:
    return _fact(kind, name) is not None or name in NOT_SHOWN


def changes_between(
    kind: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> list[Change]:
    """What is not the same, in the order it was said. Fields without a name are left out."""
    before, after = before or {}, after or {}
    changes = []
    for name in {**after, **before}:
        fact = _fact(kind, name)
        if fact is not None and before.get(name) != after.get(name):
            values = _shown(fact, before.get(name)), _shown(fact, after.get(name))
            changes.append(Change(str(fact.label), *values))
    return [change for change in changes if change.before != change.after]


def _fact(kind: str, name: str) -> Fact | None:
    return _facts.get((kind, name)) or _facts.get((None, name))


def _shown(fact: Fact, value: Any) -> str:
    if value is None or value in ("", []):
        return ""
    return fact.show(value) if fact.show else _plain(value)


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
