"""What the office changes in the lists of the profile: other labels, further entries, entries that are retired. Codes stay,
so that no record changes its meaning.

Kept with the programme as ``{list: {"labels": {code: {language: text}}, "added": [{"code", "words", "also"}],
"former": {code: [text]}, "retired": {code: day}}}``.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from core import audit, clock
from core.audit import Actor
from core.errors import DomainError
from core.i18n import _
from core.text import slug
from programme.changes import locked_programme
from programme.code_lists import Choice, CodeList
from programme.data_files import ProfileFault
from programme.events import ProgrammeEvent
from programme.labels import Labels
from programme.models import Programme
from programme.profile import load_profile

MOST_ENTRIES = 100
LONGEST_CODE = 40
Changes = Mapping[str, Mapping[str, Any]]


class EntryRefused(DomainError):
    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def lists_of(row: Programme) -> Mapping[str, CodeList]:
    """The profile's lists with the office's changes."""
    if not row.list_changes:
        return load_profile(row.profile).code_lists
    return _changed(row.profile, json.dumps(row.list_changes, sort_keys=True))


@lru_cache(maxsize=4)
def _changed(profile: str, changes: str) -> Mapping[str, CodeList]:
    """Put together once for each state of the changes: a page asks for spellings hundreds of times."""
    own: Changes = json.loads(changes)
    lists = load_profile(profile).code_lists
    return {key: _with(one, own.get(key, {})) for key, one in lists.items()}


def _with(code_list: CodeList, changes: Mapping[str, Any]) -> CodeList:
    """A change that fits no longer, after an upgrade of the profile, is passed over: the list works on."""
    changed = CodeList(code_list.key, tuple(_choices(code_list, changes)))
    try:
        changed.find("")
    except ProfileFault:
        return code_list
    return changed


def _choices(code_list: CodeList, changes: Mapping[str, Any]) -> Iterator[Choice]:
    retired = changes.get("retired", {})
    for choice in _named(code_list, changes):
        day = retired.get(choice.code)
        yield replace(choice, retired_on=date.fromisoformat(day)) if day else choice


def _named(code_list: CodeList, changes: Mapping[str, Any]) -> Iterator[Choice]:
    labels, former = changes.get("labels", {}), changes.get("former", {})
    for choice in code_list.choices:
        words = labels.get(choice.code)
        # What it was called before is still understood: workbooks that are out there say it.
        also = (*choice.labels.texts.values(), *choice.also, *former.get(choice.code, ()))
        yield Choice(choice.code, Labels(words), also) if words else choice
    for entry in changes.get("added", ()):
        if entry["code"] not in code_list.codes:
            also = (*entry["also"], *former.get(entry["code"], ()))
            yield Choice(entry["code"], Labels(entry["words"]), also)


def change_label(key: str, code: str, words: Mapping[str, str], *, actor: Actor) -> None:
    """Everywhere the code stands, also in what was published, its label reads like this from now on."""
    row = locked_programme()
    own = _own(row, key)
    before = _choice_of(lists_of(row)[key], code).labels.texts
    if before != words:
        former = own["former"].get(code, [])
        own["former"][code] = [*former, *(text for text in before.values() if text not in former)]
    for entry in own["added"]:
        if entry["code"] == code:
            entry["words"] = dict(words)
            break
    else:
        own["labels"][code] = dict(words)
    _keep(row, key, own)
    if before != words:
        _remember(row, key, actor, before=before, after=words)


def add_entry(key: str, words: Mapping[str, str], also: Sequence[str] = (), *, actor: Actor) -> str:
    """At the end of the list. Returns its code, which nobody need think of."""
    row = locked_programme()
    own, codes = _own(row, key), lists_of(row)[key].codes
    if len(codes) >= MOST_ENTRIES:
        raise EntryRefused("pl", _("The list is full: it has %(most)s entries.", most=MOST_ENTRIES))
    code = _new_code(words["en"], codes)
    own["added"].append({"code": code, "words": dict(words), "also": list(also)})
    _keep(row, key, own)
    _remember(row, key, actor, before={}, after=words)
    return code


def retire(key: str, code: str, *, on: date, actor: Actor) -> None:
    """From that day on it is offered for nothing new. Where it stands already it stays, and it is understood for ever."""
    row = locked_programme()
    if on < clock.today():
        raise EntryRefused("on", _("Choose today or a day to come: what was entered until now stays right."))
    if not any(choice.code != code and choice.retired_on is None for choice in lists_of(row)[key].choices):
        raise EntryRefused("on", _("This is the last entry that is offered. Add another one first."))
    _set_day(row, key, code, on, actor=actor)


def bring_back(key: str, code: str, *, actor: Actor) -> None:
    """Offered again, at its old place."""
    _set_day(locked_programme(), key, code, None, actor=actor)


def _set_day(row: Programme, key: str, code: str, on: date | None, *, actor: Actor) -> None:
    choice, own = _choice_of(lists_of(row)[key], code), _own(row, key)
    if choice.retired_on == on:
        return
    others = {name: day for name, day in own["retired"].items() if name != code}
    _keep(row, key, {**own, "retired": others | ({code: on.isoformat()} if on else {})})
    before = choice.retired_on.isoformat() if choice.retired_on else None
    audit.record(
        ProgrammeEvent.ENTRY_RETIRED if on else ProgrammeEvent.ENTRY_BACK,
        row,
        actor=actor,
        note=f"{key}: {code}",
        before={"entry_retired_on": before},
        after={"entry_retired_on": on.isoformat() if on else None},
    )


def _new_code(words: str, taken: Sequence[str]) -> str:
    stem = slug(words).replace("-", "_")[:LONGEST_CODE] or "entry"
    names = (stem, *(f"{stem[: LONGEST_CODE - 4]}_{number}" for number in range(2, MOST_ENTRIES + 2)))
    return next(name for name in names if name not in taken)


def _own(row: Programme, key: str) -> dict[str, Any]:
    """What is changed in this list, to be changed further."""
    own = json.loads(json.dumps(row.list_changes.get(key, {})))
    empty: dict[str, Any] = {"labels": {}, "added": [], "former": {}, "retired": {}}
    return {**empty, **own}


def _keep(row: Programme, key: str, own: Mapping[str, Any]) -> None:
    """Refused where one text would stand for two entries: nobody could tell which is meant."""
    whole = CodeList(key, tuple(_choices(load_profile(row.profile).code_lists[key], own)))
    try:
        whole.find("")
    except ProfileFault:
        raise EntryRefused(
            "pl", _("One of these texts stands in the list already, for another entry.")
        ) from None
    row.list_changes = {**row.list_changes, key: dict(own)}


def _choice_of(code_list: CodeList, code: str) -> Choice:
    return next(choice for choice in code_list.choices if choice.code == code)


def _remember(
    row: Programme, key: str, actor: Actor, *, before: Mapping[str, str], after: Mapping[str, str]
) -> None:
    told = ({f"entry_{code}": text for code, text in words.items()} for words in (before, after))
    old, new = told
    audit.record(ProgrammeEvent.LIST_CHANGED, row, actor=actor, note=key, before=old, after=new)
