"""Texts of the programme's own data files: each stands there in every language of the programme."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Labels:
    """One text in every language of the programme; the first language given is the one to fall back on."""

    texts: Mapping[str, str]

    def in_language(self, language: str) -> str:
        return self.texts.get(language) or next(iter(self.texts.values()), "")
