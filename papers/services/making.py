"""Making a paper: its number is given once and for good, and its words stay as they are."""

import secrets
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.models import User
from core import audit, clock
from core.database import db, insert_into
from core.i18n import language
from papers.content import fingerprint, frozen
from papers.errors import NothingChosen
from papers.events import PaperEvent
from papers.filling import GAP, signing_members, values_for
from papers.kinds import FORMS, PaperKind, Subject
from papers.markup import filled
from papers.models import Paper, PaperCounter
from papers.subjects import COLUMNS, About
from papers.texts import text_in_force
from partnerships.behalf import acts_without_leader
from partnerships.models import Partnership
from partnerships.services.shared import hold

BYTES_OF_TOKEN = 24


def make_paper(
    kind: PaperKind, partnership: Partnership, about: About = None, *, actor: User, another: bool = False
) -> Paper:
    """A paper of today's records in the language in force. Asked for once more with the same words: the same paper.

    Of a kind that each use takes one of, it is so only until the paper is signed, or ``another`` is wanted.
    """
    subject = FORMS[kind].subject
    if (about is None) is not (subject is Subject.PARTNERSHIP):
        raise NothingChosen
    hold(partnership)
    known = made_before(kind, partnership, about)
    if known is not None and not (another and FORMS[kind].is_repeated):
        return known
    year = clock.today().year
    paper = Paper(
        kind=kind,
        year=year,
        serial=_next_serial(year),
        token=secrets.token_urlsafe(BYTES_OF_TOKEN),
        partnership=partnership,
        language=language(),
        content={},
        content_hash=fingerprint(_content(kind, partnership, about)),
        made_by_id=actor.id,
        **_place(kind, about),
    )
    paper.content = _content(kind, partnership, about, paper.number)
    db.session.add(paper)
    db.session.flush()
    audit.record(
        PaperEvent.MADE,
        paper,
        actor=actor,
        on_behalf_of=acts_without_leader(partnership, actor),
        note=paper.label,
        number=paper.number,
    )
    return paper


def made_before(kind: PaperKind, partnership: Partnership, about: About) -> Paper | None:
    """The one that says what a new one would: whoever asks gets it again.

    None where a newer one with other words has taken its place before it was signed.
    """
    content_hash, place = fingerprint(_content(kind, partnership, about)), _place(kind, about)
    same = [getattr(Paper, column) == place.get(column) for column in COLUMNS.values()]
    if FORMS[kind].is_repeated:
        same.append(Paper.scan_id.is_(None))
    papers = db.session.scalars(
        select(Paper)
        .where(
            Paper.partnership_id == partnership.id,
            Paper.kind == kind,
            Paper.language == language(),
            *same,
        )
        .options(joinedload(Paper.scan))
        .order_by(Paper.id.desc())
    ).all()
    known = next((one for one in papers if one.content_hash == content_hash), None)
    return known if known is not None and (known.is_signed or known is papers[0]) else None


def _content(kind: PaperKind, partnership: Partnership, about: About, number: str = "") -> dict[str, Any]:
    text, values = text_in_force(kind, language()), values_for(kind, partnership, about)
    members = signing_members(partnership)
    return frozen(filled(text, {**values, "number": number}, members=members, gap=GAP))


def _place(kind: PaperKind, about: About) -> dict[str, int]:
    return {COLUMNS[FORMS[kind].subject]: about.id} if about else {}


def _next_serial(year: int) -> int:
    """Whoever asks next waits until this transaction ends: a number that is not used is given again."""
    counted = (
        insert_into(PaperCounter)
        .values(year=year, last=1)
        .on_conflict_do_update(index_elements=["year"], set_={"last": PaperCounter.last + 1})
        .returning(PaperCounter.last)
    )
    return int(db.session.execute(counted).scalar_one())
