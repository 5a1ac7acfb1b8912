"""Offers of a workbook come in as drafts: all of them, or none while anything in the file is to be put right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from accounts.models import User
from core.database import db
from core.errors import DomainError
from core.i18n import _
from core.sheets import Problem, Reading
from core.text import fold
from knowledge import services
from knowledge.models import CatalogueItem
from knowledge.services import Content

MOST_ROWS = 1000


@dataclass(frozen=True)
class Taken:
    entered: int
    known: int
    """Of the same name and provider as one that was there already."""


def problems_of(reading: Reading[Content]) -> Sequence[Problem]:
    """What the file says wrongly, and what the catalogue does not take."""
    if reading.problems:
        return reading.problems
    if not reading.rows:
        return [Problem("", _("There is no offer in this file."))]
    if len(reading.rows) > MOST_ROWS:
        return [Problem("", _("Send at most %(most)s offers in one file.", most=MOST_ROWS))]
    return list(_refusals(reading))


def take_in(contents: Sequence[Content], *, actor: User) -> Taken:
    """The same file sent twice enters nothing twice."""
    known = _known()
    new = {_key(one.title, one.provider): one for one in contents}
    wanted = [one for key, one in new.items() if key not in known]
    for content in wanted:
        services.write(content, actor=actor)
    return Taken(len(wanted), len(contents) - len(wanted))


def _refusals(reading: Reading[Content]) -> Iterator[Problem]:
    """Of what would come in: what is there already may stand under an area that is not offered any more."""
    known = _known()
    for number, content in zip(reading.numbers, reading.rows, strict=True):
        if _key(content.title, content.provider) in known:
            continue
        try:
            services.check(content)
        except DomainError as refusal:
            yield Problem(_("row %(number)s", number=number), str(refusal))


def _known() -> set[tuple[str, str]]:
    rows = db.session.execute(select(CatalogueItem.title, CatalogueItem.provider))
    return {_key(title, provider) for title, provider in rows}


def _key(title: str, provider: str) -> tuple[str, str]:
    return fold(title), fold(provider)
