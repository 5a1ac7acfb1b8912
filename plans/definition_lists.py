"""Code lists that a template version brings itself, in place of the programme's lists of the same names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from core.i18n import _l
from programme.code_lists import Choice, CodeList
from programme.data_files import LANGUAGES, ProfileFault, Table, refuse
from programme.labels import Labels

ENTRY_KEYS = ("code", *LANGUAGES, "also", "replaces")


@dataclass(frozen=True)
class OwnList:
    codes: CodeList
    replaced: Mapping[str, str]
    """A code of the version before -> the one that stands for it now."""


def own_lists(template: Table) -> dict[str, OwnList]:
    """``[[code_lists.form]]``: each the whole list, one entry after the other."""
    entries = template.data.get("code_lists", {})
    known = entries if isinstance(entries, dict) else ()
    table = Table(entries, f"{template.where}, code_lists", known, template.faults)
    return {key: _list(key, table) for key in table.data}


def _list(key: str, lists: Table) -> OwnList:
    where = f"{lists.where}.{key}"
    choices: list[Choice] = []
    replaced: dict[str, str] = {}
    for data in lists.tables(key):
        entry = Table(data, f"{where}, {data.get('code', '?')}", ENTRY_KEYS, lists.faults)
        labels = Labels({language: entry.text(language) for language in LANGUAGES})
        choices.append(Choice(entry.text("code"), labels, tuple(_texts(entry, "also"))))
        replaced |= dict.fromkeys(_texts(entry, "replaces"), choices[-1].code)
    return OwnList(_checked(key, choices, lists, where), replaced)


def _texts(entry: Table, key: str) -> Iterator[str]:
    value: Any = entry.data.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
        refuse(entry.faults, entry.where, _l("%(key)s must be a list of texts", key=key))
        return
    yield from value


def _checked(key: str, choices: list[Choice], lists: Table, where: str) -> CodeList:
    codes = [choice.code for choice in choices]
    for code in dict.fromkeys(codes):
        if codes.count(code) > 1:
            refuse(lists.faults, where, _l("the code %(code)s is there twice", code=code))
    if not codes:
        refuse(lists.faults, where, _l("the list has no values"))
    found = CodeList(key, tuple(choices))
    try:
        found.find("")
    except ProfileFault as fault:
        refuse(lists.faults, where, _l("one spelling stands for two codes (%(what)s)", what=str(fault)))
    return found
