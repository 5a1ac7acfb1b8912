"""Every text is in the catalogues, and every Polish one is translated."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from config import ROOT
from core.i18n import LANGUAGES

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}")
TRANSLATES = {"_", "_l", "ngettext", "lazy_ngettext"}
OUR_CODE = [
    path for path in ROOT.glob("[!.]*/**/*.py") if path.relative_to(ROOT).parts[0] not in ("tests", "var")
]


def test_catalogues_are_in_step_with_the_texts():
    found = subprocess.run(
        [ROOT / "script" / "translate", "--check"], capture_output=True, text=True, check=False
    )

    assert (found.returncode, found.stderr) == (0, "")


def test_no_text_hides_in_an_f_string_where_it_is_not_found():
    hidden = [
        f"{path.relative_to(ROOT)}:{part.lineno}: {ast.unparse(part)}"
        for path in OUR_CODE
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for part in ast.walk(text)
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id in TRANSLATES
    ]

    assert hidden == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_waits_for_a_second_look(language):
    assert [message.id for message in catalogue(language) if message.fuzzy and message.id] == []


def test_every_text_is_in_polish():
    assert [message.id for message in catalogue("pl") if not all(texts(message))] == []


def test_translations_keep_the_places_to_fill_in():
    changed = [
        message.id
        for language in LANGUAGES
        for message in catalogue(language)
        for text in texts(message)
        if text and message.id and places(text) != places(last_form(message))
    ]

    assert changed == []


def catalogue(language: str) -> Catalog:
    path = Path(ROOT) / "translations" / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def texts(message: Message) -> tuple[str, ...]:
    """The translation, or one for each plural form."""
    found = message.string if isinstance(message.string, tuple | list) else [message.string]
    return tuple(text or "" for text in found)


def last_form(message: Message) -> str:
    return message.id[-1] if isinstance(message.id, tuple | list) else message.id


def places(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))
