"""Reading the data files of a profile. Strict: what a file holds beyond what is known is a fault.

A mistyped key that was silently ignored would show itself months later, as a rule that never applied.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from core.i18n import LazyString, _l
from programme.labels import Labels

LANGUAGES = ("pl", "en")
"""Every text of a profile stands there in each of these; the first is the one to fall back on."""

Member = TypeVar("Member", bound=StrEnum)
Replacement = TypeVar("Replacement")


class ProfileFault(ValueError):
    """A file of the profile cannot be used; the message, for the one who wrote it, says where and why."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a data file, and where."""

    where: str
    sentence: LazyString

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}"


Faults = list[Fault]
"""Where a file is checked to the end instead of being refused at its first fault."""


def refuse(faults: Faults | None, where: str, sentence: LazyString) -> None:
    """Without ``faults`` the first one ends it."""
    fault = Fault(where, sentence)
    if faults is None:
        raise ProfileFault(str(fault))
    faults.append(fault)


def read_toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise ProfileFault(f"{name}: {error}") from error


class Table:
    """A TOML table whose keys are all known and whose values are of the kind they should be.

    With ``faults`` each fault is written there, and a harmless value stands for the one that is wrong.
    """

    def __init__(self, data: Any, where: str, keys: Iterable[str], faults: Faults | None = None) -> None:
        self.data, self.where, self.faults = data, where, faults
        if not isinstance(data, dict):
            self._refuse(_l("must be a table"), None)
            self.data, self.faults = {}, []  # told once: what it lacks is no news
            return
        unknown = sorted(set(data) - set(keys))
        if unknown:
            self._refuse(_l("unknown key %(keys)s", keys=", ".join(unknown)), None)

    def _refuse(self, sentence: LazyString, instead: Replacement) -> Replacement:
        refuse(self.faults, self.where, sentence)
        return instead

    def text(self, key: str) -> str:
        if key not in self.data:
            return self._refuse(_l("%(key)s is missing", key=key), "")
        return self.text_or_none(key) or ""

    def text_or_none(self, key: str) -> str | None:
        value = self.data.get(key)
        if value is not None and (not isinstance(value, str) or not value.strip()):
            return self._refuse(_l("%(key)s must be a text", key=key), None)
        return value

    def whole(self, key: str, default: int | None = None) -> int:
        value = self.data.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            return self._refuse(_l("%(key)s must be a whole number", key=key), 0)
        return value

    def decimal_or_none(self, key: str) -> Decimal | None:
        value = self.data.get(key)
        if value is None:
            return None
        if not isinstance(value, int | Decimal) or isinstance(value, bool):
            return self._refuse(_l("%(key)s must be a number", key=key), None)
        return Decimal(value)

    def day(self, key: str) -> date:
        value = self.data.get(key)
        if type(value) is not date:
            return self._refuse(_l("%(key)s must be a date", key=key), date.min)
        return value

    def flag(self, key: str) -> bool:
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            return self._refuse(_l("%(key)s must be true or false", key=key), False)
        return value

    def member(self, key: str, kind: type[Member], default: Member | None = None) -> Member:
        try:
            return kind(self.data.get(key, default) or "")
        except ValueError:
            known = ", ".join(kind)
            return self._refuse(
                _l("%(key)s must be one of %(known)s", key=key, known=known), default or next(iter(kind))
            )

    def labels(self, key: str) -> Labels:
        table = Table(self.data.get(key), f"{self.where}, {key}", LANGUAGES, self.faults)
        return Labels({language: table.text(language) for language in LANGUAGES})

    def tables(self, key: str, *, optional: bool = False) -> list[dict[str, Any]]:
        value = self.data.get(key, [] if optional else None)
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            nothing: list[dict[str, Any]] = []
            return self._refuse(_l("%(key)s must be a list of tables", key=key), nothing)
        return value

    def texts(self, key: str) -> dict[str, str]:
        value = self.data.get(key, {})
        if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
            nothing: dict[str, str] = {}
            return self._refuse(_l("%(key)s must be a table of texts", key=key), nothing)
        return value
