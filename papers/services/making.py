"""Making a paper: its number is given once and for good, and its words stay as they are."""

import secrets

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
    text, values = text_in_force(kind, language()), values_for(kind, partnership, about)
    members = signing_members(partnership)
    unnumbered = fingerprint(frozen(filled(text, values, members=members, gap=GAP)))
    place = {COLUMNS[subject]: about.id} if about else {}
    known = _in_force(kind, partnership, unnumbered, place)
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
        content_hash=unnumbered,
        made_by_id=actor.id,
        **place,
    )
    paper.content = frozen(filled(text, {**values, "number": paper.number}, members=members, gap=GAP))
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


def _in_force(
    kind: PaperKind, partnership: Partnership, content_hash: str, place: dict[str, int]
) -> Paper | None:
    """The one with these words; none where a newer one with others has taken its place before it was signed."""
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


def _next_serial(year: int) -> int:
    """Whoever asks next waits until this transaction ends: a number that is not used is given again."""
    counted = (
        insert_into(PaperCounter)
        .values(year=year, last=1)
        .on_conflict_do_update(index_elements=["year"], set_={"last": PaperCounter.last + 1})
        .returning(PaperCounter.last)
    )
    return int(db.session.execute(counted).scalar_one())
