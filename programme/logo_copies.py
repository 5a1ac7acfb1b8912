"""Logos as documents and mails carry them: small copies, made once in each process."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from core import storage
from core.file_checks.errors import UnacceptableFile
from core.mail import MailPicture
from core.small_pictures import Picture, Size, small_copy
from programme.logos import logo_by_id
from programme.queries import ShownLogo, current_programme

logger = logging.getLogger(__name__)

ON_PAPER = Size(600, 150)
IN_MAILS = Size(320, 80)
"""Twice what is shown, for screens with small dots."""
MOST_IN_MAILS = 24 * 1024
"""Of all together, so that a whole mail stays below 60 KB. What goes beyond is said in words."""
HIGHEST_MM, WIDEST_MM = 10.0, 60.0
"""On paper."""
MOST_KNOWN = 48


@dataclass(frozen=True)
class SmallLogo:
    version: str
    words: str
    """For who does not see it, in the reader's language."""
    picture: Picture


_known: dict[tuple[str, Size], Picture] = {}
"""By content: what is in it is the same in every database, and for ever."""


def small_logos(size: Size) -> list[SmallLogo]:
    """In their order. Asks the database only for what this process has not shown yet."""
    programme = current_programme()
    found = ((one, _copy_of(one, size)) for one in (programme.logos if programme else ()))
    return [SmallLogo(one.version, one.words, picture) for one, picture in found if picture is not None]


def logos_on_paper() -> list[dict[str, Any]]:
    """As the templates of documents take them (``templates/documents/frame.typ``)."""
    return on_paper(small_logos(ON_PAPER))


def on_paper(logos: Iterable[SmallLogo]) -> list[dict[str, Any]]:
    return [
        {"bytes": list(one.picture.data), "words": one.words, **millimetres(one.picture)} for one in logos
    ]


def logos_in_mails() -> list[MailPicture]:
    """As long as there is room; of the others the words."""
    left, shown = MOST_IN_MAILS, []
    for one in small_logos(IN_MAILS):
        left -= len(one.picture.data)
        shown.append(
            MailPicture(f"logo-{one.version}@gromada", one.words, one.picture if left >= 0 else None)
        )
    return shown


def millimetres(picture: Picture) -> dict[str, float]:
    height = min(HIGHEST_MM, WIDEST_MM * picture.height / picture.width)
    return {"height": round(height, 2), "width": round(height * picture.width / picture.height, 2)}


def _copy_of(shown: ShownLogo, size: Size) -> Picture | None:
    key = shown.version, size
    if key not in _known:
        logo = logo_by_id(shown.id)
        if logo is None:
            return None
        try:
            made = small_copy(storage.read(logo.file), size)
        except UnacceptableFile:
            logger.warning("logo %s cannot be shown on paper and in mails", shown.id)
            return None
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        _known[key] = made
    return _known[key]
