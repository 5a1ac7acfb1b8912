"""Logos of the programme: pictures checked by their content, each with its words for who does not see it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from core import audit, storage
from core.audit import Actor
from core.database import db
from core.errors import DomainError
from core.file_kinds import MEGABYTE, FileKind, check_file
from core.i18n import _
from core.small_pictures import Size, small_copy
from programme.changes import locked_programme
from programme.events import ProgrammeEvent
from programme.models import Programme, ProgrammeLogo

MOST_LOGOS = 6
MOST_BYTES = MEGABYTE
CHECKED = Size(100, 100)
SHOWN = "logos"
"""Key in the programme's words: what every page needs to show them, read with the programme."""


class TooManyLogos(DomainError):
    def __init__(self) -> None:
        super().__init__(_("There is room for %(most)s logos. Remove one first.", most=MOST_LOGOS))
        self.field = "file"


def logos() -> Sequence[ProgrammeLogo]:
    order = select(ProgrammeLogo).order_by(ProgrammeLogo.position, ProgrammeLogo.id)
    return db.session.scalars(order.options(joinedload(ProgrammeLogo.file))).all()


def logo_by_id(logo_id: int) -> ProgrammeLogo | None:
    return db.session.get(ProgrammeLogo, logo_id, options=[joinedload(ProgrammeLogo.file)])


def add_logo(data: bytes, name: str, words: Mapping[str, str], *, actor: Actor) -> ProgrammeLogo:
    row = locked_programme()
    kind = check_file(data, name, kinds=(FileKind.PNG, FileKind.JPEG), most_bytes=MOST_BYTES)
    small_copy(data, CHECKED)  # what cannot be unpacked would stop every document
    last = db.session.scalar(select(func.max(ProgrammeLogo.position))) or 0
    if len(logos()) >= MOST_LOGOS:
        raise TooManyLogos
    file = storage.keep(data, name=name, media_type=kind.media_type)
    logo = ProgrammeLogo(programme_id=row.id, file=file, words=dict(words), position=last + 1)
    db.session.add(logo)
    _shown(row)
    _remember(ProgrammeEvent.LOGO_ADDED, row, actor, before={}, after=words)
    return logo


def change_words_of_logo(logo: ProgrammeLogo, words: Mapping[str, str], *, actor: Actor) -> None:
    row, before = locked_programme(), dict(logo.words)
    if before == words:
        return
    logo.words = dict(words)
    _shown(row)
    _remember(ProgrammeEvent.LOGO_CHANGED, row, actor, before=before, after=words)


def move_forward(logo: ProgrammeLogo, *, actor: Actor) -> None:
    """One place further to the front; the first one stays."""
    row, order = locked_programme(), list(logos())
    place = order.index(logo)
    if place == 0:
        return
    order[place - 1 : place + 1] = [logo, order[place - 1]]
    for position, one in enumerate(order, start=1):
        one.position = position
    _shown(row)
    audit.record(
        ProgrammeEvent.LOGO_CHANGED,
        row,
        actor=actor,
        before={"logo_position": place + 1},
        after={"logo_position": place},
    )


def remove_logo(logo: ProgrammeLogo, *, actor: Actor) -> None:
    row, words, file = locked_programme(), dict(logo.words), logo.file
    db.session.delete(logo)
    db.session.flush()
    storage.remove(file)
    _shown(row)
    _remember(ProgrammeEvent.LOGO_REMOVED, row, actor, before=words, after={})


def _shown(row: Programme) -> None:
    """Beside the words: a page that shows the logos asks the database nothing for them."""
    db.session.flush()
    shown: list[dict[str, Any]] = [
        {"id": one.id, "version": one.file.blob_hash[:12], "words": dict(one.words)} for one in logos()
    ]
    row.words = {**row.words, SHOWN: shown}
    db.session.flush()


def _remember(
    event: ProgrammeEvent,
    row: Programme,
    actor: Actor,
    *,
    before: Mapping[str, str],
    after: Mapping[str, str],
) -> None:
    audit.record(event, row, actor=actor, before=_told(before), after=_told(after))


def _told(words: Mapping[str, str]) -> dict[str, str]:
    return {f"logo_{code}": text for code, text in words.items()}
