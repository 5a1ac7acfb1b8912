"""Words in Polish and, if somebody wrote them, in English: what is not there in English stands in Polish."""

from collections.abc import Mapping
from typing import Any


def said_in(texts: Mapping[str, Any], language: str) -> str:
    return str(texts.get(language) or texts.get("pl") or "")


def spoken_in(texts: Mapping[str, Any], language: str) -> str:
    """The language in which they really stand there."""
    return language if texts.get(language) else "pl"


def polish(texts: Any) -> str:
    """For the history."""
    return str(texts.get("pl", "")) if isinstance(texts, dict) else ""


def not_empty(texts: Mapping[str, str]) -> dict[str, Any]:
    return {code: text for code, text in texts.items() if text}
