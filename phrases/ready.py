"""Phrases of the programme: what everybody writes again and again, said once and well, in the programme's own data."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from config import ROOT
from phrases.models import PhraseKind
from phrases.places import places
from programme.data_files import ProfileFault, Table, read_toml
from programme.labels import Labels
from programme.queries import the_programme

LABEL_LENGTH, TEXT_LENGTH = 60, 400


@dataclass(frozen=True)
class ReadyPhrase:
    key: str
    label: Labels
    """What the list of phrases shows."""
    text: Labels
    """What goes into the remark."""
    sheets: frozenset[str]
    """Where it fits; empty: everywhere."""
    kind: PhraseKind = PhraseKind.REMARK


def ready_phrases() -> tuple[ReadyPhrase, ...]:
    """All of the programme, in the order of its file."""
    return _phrases(the_programme().row.profile)


@cache
def _phrases(profile: str) -> tuple[ReadyPhrase, ...]:
    path = ROOT / "profiles" / profile / "phrases.toml"
    return read_phrases(path, sheets=places()) if path.is_file() else ()


def read_phrases(path: Path, *, sheets: Collection[str]) -> tuple[ReadyPhrase, ...]:
    """``sheets``: the keys there are in the templates; a phrase for any other could never be offered."""
    where = f"{path.parent.name}/{path.name}"
    table = Table(read_toml(path.read_text(encoding="utf-8"), where), where, {"phrases"})
    found = tuple(_phrase(entry, where) for entry in table.tables("phrases"))
    keys = [phrase.key for phrase in found]
    for phrase in found:
        if keys.count(phrase.key) > 1:
            raise ProfileFault(f"{where}: phrase {phrase.key} is there twice")
        if unknown := sorted(phrase.sheets - set(sheets)):
            raise ProfileFault(f"{where}: phrase {phrase.key}: no template has a sheet {', '.join(unknown)}")
    return found


def _phrase(entry: Mapping[str, Any], where: str) -> ReadyPhrase:
    table = Table(
        entry, f"{where}: phrase {entry.get('key', '?')}", {"key", "kind", "sheets", "label", "text"}
    )
    phrase = ReadyPhrase(
        table.text("key"), table.labels("label"), table.labels("text"), _sheets(table), _kind(table)
    )
    for labels, limit in ((phrase.label, LABEL_LENGTH), (phrase.text, TEXT_LENGTH)):
        if any(len(text) > limit for text in labels.texts.values()):
            raise ProfileFault(f"{table.where}: longer than {limit} letters")
    return phrase


def _kind(table: Table) -> PhraseKind:
    kind = table.data.get("kind", PhraseKind.REMARK.value)
    if kind not in set(PhraseKind):
        raise ProfileFault(f"{table.where}: there is no kind {kind}")
    return PhraseKind(kind)


def _sheets(table: Table) -> frozenset[str]:
    sheets = table.data.get("sheets", [])
    if not isinstance(sheets, list) or not all(isinstance(key, str) for key in sheets):
        raise ProfileFault(f"{table.where}: sheets must be a list of texts")
    return frozenset(sheets)
