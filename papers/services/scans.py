"""A signed scan falls into its place: that of the agreement, of the minutes, or with the paper itself."""

import re
from collections.abc import Sequence

from sqlalchemy import update

from accounts.models import User
from core import audit
from core.database import db
from core.file_kinds import check_file
from core.pdf_words import words_of
from papers.errors import OtherPaper
from papers.events import PaperEvent
from papers.kinds import PaperKind
from papers.models import Paper
from partnerships.behalf import acts_without_leader
from partnerships.files.models import Attachment, FileClass
from partnerships.files.services import attach, most_bytes, replace
from partnerships.services.shared import hold

_IN_WORDS = re.compile(r"(?<![A-Za-z0-9])GP\s?/\s?(\d{4})\s?/\s?(\d{4,9})(?!\d)")
_IN_NAME = re.compile(r"(?<![a-z0-9])gp[-_. ]?(\d{4})[-_. ](\d{4,9})(?!\d)", re.IGNORECASE)


def numbers_in(name: str, data: bytes) -> list[str]:
    """Numbers of papers that a file carries in its name or, in a PDF, in its words: each once."""
    pairs = _IN_NAME.findall(name)
    if name.casefold().endswith(".pdf"):
        pairs += _IN_WORDS.findall(words_of(data))
    return list(dict.fromkeys(f"GP/{year}/{int(serial):04d}" for year, serial in pairs))


def recognise(papers: Sequence[Paper], *, name: str, data: bytes) -> Paper | None:
    """Which of these papers a file is the scan of; None where it says nothing, or names others."""
    check_file(data, name, most_bytes=most_bytes())
    numbers = numbers_in(name, data)
    found = [paper for paper in papers if paper.number in numbers]
    return found[0] if len(found) == 1 and len(numbers) == 1 else None


def keep_scan(paper: Paper, *, name: str, data: bytes, actor: User, is_sure: bool = False) -> Attachment:
    """Put a signed scan in its place. A newer one of the same paper stands in place of the former one.

    Refused where the file itself names another paper, unless somebody ``is_sure``.
    """
    check_file(data, name, most_bytes=most_bytes())
    numbers = [] if is_sure else numbers_in(name, data)
    if numbers and paper.number not in numbers:
        raise OtherPaper(numbers[0], paper.number)
    _hold(paper)
    present = _in_place(paper)
    if present is not None and present.is_kept:
        _replace(paper, present, name=name, data=data, actor=actor)
        kept = present
    else:
        kept = attach(
            paper.partnership,
            data=data,
            name=name,
            file_class=FileClass.EVIDENCE if paper.is_evidence else FileClass.PARTNERSHIP,
            title=paper.label[:200],
            actor=actor,
        )
    before = {"scan_id": paper.scan_id}
    paper.scan = kept
    _put_in_place(paper, kept)
    db.session.flush()
    audit.record(
        PaperEvent.SIGNED,
        paper,
        actor=actor,
        on_behalf_of=acts_without_leader(paper.partnership, actor),
        note=paper.label,
        number=paper.number,
        before=before,
        after={"scan_id": kept.id},
    )
    return kept


def _hold(paper: Paper) -> None:
    """Wait for whoever else sends something there, and see it as they left it."""
    hold(paper.partnership)
    db.session.refresh(paper, attribute_names=["scan_id"])
    db.session.refresh(paper.partnership, attribute_names=["agreement_id"])
    if paper.member:
        db.session.refresh(paper.member, attribute_names=["agreement_id"])
    if paper.meeting:
        db.session.refresh(paper.meeting, attribute_names=["minutes_file_id", "row_version"])


def _in_place(paper: Paper) -> Attachment | None:
    """What stands there now. With papers that have no other place their own scan."""
    if paper.kind is PaperKind.AGREEMENT:
        return _file(paper.partnership.agreement_id)
    if paper.kind is PaperKind.DECLARATION and paper.member:
        return _file(paper.member.agreement_id)
    if paper.kind is PaperKind.MINUTES and paper.meeting:
        return _file(paper.meeting.minutes_file_id)
    return _file(paper.scan_id)


def _put_in_place(paper: Paper, kept: Attachment) -> None:
    if paper.kind is PaperKind.AGREEMENT:
        paper.partnership.agreement_id = kept.id
    elif paper.kind is PaperKind.DECLARATION and paper.member:
        paper.member.agreement_id = kept.id
    elif paper.kind is PaperKind.MINUTES and paper.meeting:
        paper.meeting.minutes_file = kept


def _replace(paper: Paper, present: Attachment, *, name: str, data: bytes, actor: User) -> None:
    """Another paper whose scan stood here keeps its own: what was signed then."""
    former = replace(present, data=data, name=name, actor=actor)
    db.session.execute(
        update(Paper).where(Paper.scan_id == present.id, Paper.id != paper.id).values(scan_id=former.id)
    )


def _file(attachment_id: int | None) -> Attachment | None:
    return db.session.get(Attachment, attachment_id) if attachment_id else None
