"""The texts of papers: the office's own where it wrote one, else the programme's."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import func, select

from config import ROOT
from core.database import db
from papers.clause import check_clause
from papers.kinds import FORMS, PaperKind, placeholders
from papers.markup import Text, read_text
from papers.models import PaperText
from programme.queries import the_programme


def body_of_programme(kind: PaperKind, language: str) -> str:
    """What the programme's profile brings along; it is checked with the tests, so it can be read."""
    return _file(the_programme().row.profile, kind, language)


@cache
def _file(profile: str, kind: PaperKind, language: str) -> str:
    folder = ROOT / "profiles" / profile / "papers"
    return (folder / f"{kind}.{language}.md").read_text(encoding="utf-8")


def latest_text(kind: PaperKind, language: str) -> PaperText | None:
    return db.session.scalars(
        select(PaperText)
        .where(PaperText.kind == kind, PaperText.language == language)
        .order_by(PaperText.version.desc())
        .limit(1)
    ).one_or_none()


def body_in_force(kind: PaperKind, language: str) -> str:
    own = latest_text(kind, language)
    return own.body if own and own.body is not None else body_of_programme(kind, language)


def text_in_force(kind: PaperKind, language: str) -> Text:
    return read_text(body_in_force(kind, language), names=placeholders(kind))


def new_text(kind: PaperKind, body: str) -> Text:
    """What the office wrote. Raises ``Unreadable``, also where something is gone that whoever signs has to be told."""
    text = read_text(body, names=placeholders(kind))
    if FORMS[kind].has_clause:
        check_clause(body)
    return text


def versions_of(kind: PaperKind, language: str) -> Sequence[PaperText]:
    """What the office wrote, the latest first."""
    return db.session.scalars(
        select(PaperText)
        .where(PaperText.kind == kind, PaperText.language == language)
        .order_by(PaperText.version.desc())
    ).all()


def kinds_with_own_text() -> set[tuple[PaperKind, str]]:
    """Kind and language of those that are not the programme's."""
    newest = select(func.max(PaperText.id)).group_by(PaperText.kind, PaperText.language)
    rows = db.session.scalars(select(PaperText).where(PaperText.id.in_(newest)))
    return {(one.kind, one.language) for one in rows if one.body is not None}
