"""Reading the data files of a profile. Strict: what a file holds beyond what is known is a fault.

A mistyped key that was silently ignored would show itself months later, as a rule that never applied.
"""

import tomllib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from programme.labels import Labels

LANGUAGES = ("pl", "en")
"""Every text of a profile stands there in each of these; the first is the one to fall back on."""

Member = TypeVar("Member", bound=StrEnum)


class ProfileFault(ValueError):
    """A file of the profile cannot be used; the message, for the one who wrote it, says where and why."""


def read_toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise ProfileFault(f"{name}: {error}") from error


class Table:
    """A TOML table whose keys are all known and whose values are of the kind they should be."""

    def __init__(self, data: Any, where: str, keys: Iterable[str]) -> None:
        if not isinstance(data, dict):
            raise ProfileFault(f"{where}: must be a table")
        unknown = sorted(set(data) - set(keys))
        if unknown:
            raise ProfileFault(f"{where}: unknown key {', '.join(unknown)}")
        self.data, self.where = data, where

    def text(self, key: str) -> str:
        text = self.text_or_none(key)
        if text is None:
            raise ProfileFault(f"{self.where}: {key} is missing")
        return text

    def text_or_none(self, key: str) -> str | None:
        value = self.data.get(key)
        if value is not None and (not isinstance(value, str) or not value.strip()):
            raise ProfileFault(f"{self.where}: {key} must be a text")
        return value

    def whole(self, key: str, default: int | None = None) -> int:
        value = self.data.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise ProfileFault(f"{self.where}: {key} must be a whole number")
        return value

    def decimal_or_none(self, key: str) -> Decimal | None:
        value = self.data.get(key)
        if value is None:
            return None
        if not isinstance(value, int | Decimal) or isinstance(value, bool):
            raise ProfileFault(f"{self.where}: {key} must be a number")
        return Decimal(value)

    def day(self, key: str) -> date:
        value = self.data.get(key)
        if type(value) is not date:
            raise ProfileFault(f"{self.where}: {key} must be a date")
        return value

    def flag(self, key: str) -> bool:
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            raise ProfileFault(f"{self.where}: {key} must be true or false")
        return value

    def member(self, key: str, kind: type[Member], default: Member | None = None) -> Member:
        try:
            return kind(self.data.get(key, default) or "")
        except ValueError:
            raise ProfileFault(f"{self.where}: {key} must be one of {', '.join(kind)}") from None

    def labels(self, key: str) -> Labels:
        table = Table(self.data.get(key), f"{self.where}, {key}", LANGUAGES)
        return Labels({language: table.text(language) for language in LANGUAGES})

    def tables(self, key: str, *, optional: bool = False) -> list[dict[str, Any]]:
        value = self.data.get(key, [] if optional else None)
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise ProfileFault(f"{self.where}: {key} must be a list of tables")
        return value

    def texts(self, key: str) -> dict[str, str]:
        value = self.data.get(key, {})
        if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
            raise ProfileFault(f"{self.where}: {key} must be a table of texts")
        return value
