"""Contact cards (vCard 4.0, RFC 6350) that every address book reads."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MEDIA_TYPE = "text/vcard; charset=utf-8"
_LONGEST = 75
"""Bytes of a line; longer ones go on in the next, which begins with a space."""
_ESCAPES = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class Card:
    uid: str
    """The same for ever, so that a card read again does not stand there twice."""
    name: str
    is_organisation: bool = False
    email: str = ""
    phone: str = ""
    title: str = ""
    """What they do."""
    organisation: str = ""
    note: str = ""


def cards_file(cards: Iterable[Card]) -> bytes:
    return "".join(f"{line}\r\n" for card in cards for line in _lines(card)).encode()


def _lines(card: Card) -> Iterator[str]:
    parts = {
        "VERSION": "4.0",
        "KIND": "org" if card.is_organisation else "individual",
        "UID": _escaped(card.uid),
        "FN": _escaped(card.name),
        "N": "" if card.is_organisation else _in_parts(card.name),
        "ORG": _escaped(card.organisation),
        "TITLE": _escaped(card.title),
        "EMAIL": _escaped(card.email),
        "TEL": _escaped(card.phone),
        "NOTE": _escaped(card.note),
    }
    yield "BEGIN:VCARD"
    for name, value in parts.items():
        if value:
            yield _folded(f"{name}:{value}")
    yield "END:VCARD"


def _in_parts(name: str) -> str:
    """Surname first; what stands before it are first names."""
    first_names, _, surname = name.strip().rpartition(" ")
    return f"{_escaped(surname)};{_escaped(first_names)};;;"


def _escaped(text: str) -> str:
    return "".join(sign for sign in text.translate(_ESCAPES) if sign >= " ")


def _folded(line: str) -> str:
    """Never within a letter."""
    lines, room = [""], _LONGEST
    for letter in line:
        size = len(letter.encode())
        if size > room:
            lines.append(" ")
            room = _LONGEST - 1
        lines[-1] += letter
        room -= size
    return "\r\n".join(lines)
