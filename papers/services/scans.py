"""A signed scan falls into its place: that of the agreement, of the minutes, or with the paper itself."""

from sqlalchemy import delete, update

from accounts.models import User
from core import audit, clock, storage
from core.database import db
from core.file_kinds import check_file
from core.i18n import _
from papers.errors import OtherCode, OtherPaper, VoidPaper
from papers.events import PaperEvent
from papers.kinds import PaperKind
from papers.models import Paper, WaitingScan
from papers.queries import papers_of
from papers.recognising import NOTHING, Carried
from partnerships.behalf import acts_without_leader
from partnerships.files.errors import FileGone
from partnerships.files.models import Attachment, FileClass
from partnerships.files.services import (
    attach,
    change,
    close_to,
    keep_signatures,
    most_bytes,
    remove,
    replace,
)
from partnerships.models import Partnership
from partnerships.services.shared import hold


def keep_scan(paper: Paper, *, name: str, data: bytes, actor: User, carried: Carried = NOTHING) -> Attachment:
    """Put a signed scan in its place. A newer one of the same paper stands in place of the former one.

    Refused where the file itself names another paper. ``carried``: what it says; nothing where somebody is sure.
    """
    check_file(data, name, most_bytes=most_bytes())
    _check_carried(paper, carried)
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
            file_class=_class_of(paper),
            title=paper.label[:200],
            actor=actor,
        )
    _settle(paper, kept, actor=actor)
    return kept


def _check_carried(paper: Paper, carried: Carried) -> None:
    if carried.is_of(paper) or not (carried.tokens or carried.numbers):
        return
    numbers = [one.number for one in papers_of(paper.partnership) if one.token in carried.tokens]
    numbers += sorted(carried.numbers)
    raise OtherPaper(numbers[0], paper.number) if numbers else OtherCode


def _class_of(paper: Paper) -> FileClass:
    return FileClass.EVIDENCE if paper.is_evidence else FileClass.PARTNERSHIP


def _settle(paper: Paper, kept: Attachment, *, actor: User) -> None:
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


# --- Scans whose paper is not known ----------------------------------------------------------------------


def keep_waiting(partnership: Partnership, *, name: str, data: bytes, actor: User) -> Attachment:
    """Keep a scan until somebody says which paper it is. It may be a list of names, so it is kept as one."""
    kept = attach(
        partnership,
        data=data,
        name=name,
        file_class=FileClass.EVIDENCE,
        title=_("Signed scan, its paper is still to be chosen"),
        actor=actor,
    )
    db.session.add(WaitingScan(attachment_id=kept.id))
    db.session.flush()
    return kept


def choose_paper(waiting: Attachment, paper: Paper, *, actor: User) -> Attachment:
    """Put a scan that waited in the place of its paper."""
    _hold(paper)
    db.session.refresh(waiting)
    gone = (
        delete(WaitingScan)
        .where(WaitingScan.attachment_id == waiting.id)
        .returning(WaitingScan.attachment_id)
    )
    if waiting.file is None or db.session.scalar(gone) is None:
        raise FileGone(waiting.removed_on or clock.today())
    present = _in_place(paper)
    if present is not None and present.is_kept:
        _replace(paper, present, name=waiting.file_name, data=storage.read(waiting.file), actor=actor)
        keep_signatures(present, of=waiting)
        remove(waiting, reason=paper.label, actor=actor)
        kept = present
    else:
        title, file_class = paper.label[:200], _class_of(paper)
        change(waiting, title=title, file_class=file_class, actor=actor, is_sure=True)
        kept = waiting
    _settle(paper, kept, actor=actor)
    return kept


def _hold(paper: Paper) -> None:
    """Wait for whoever else sends something there, and see it as they left it."""
    hold(paper.partnership)
    db.session.refresh(paper, attribute_names=["scan_id", "term_id"])
    if paper.is_void:
        raise VoidPaper(paper.number)
    db.session.refresh(paper.partnership, attribute_names=["agreement_id"])
    if paper.member:
        db.session.refresh(paper.member, attribute_names=["agreement_id"])
    if paper.meeting:
        db.session.refresh(paper.meeting, attribute_names=["minutes_file_id", "row_version"])


def _in_place(paper: Paper) -> Attachment | None:
    """What stands there now. With papers that have no other place their own scan.

    That of a member who came over from a merged partnership stays with it: nothing in it changes any more.
    """
    file_id = paper.scan_id
    if paper.kind is PaperKind.AGREEMENT:
        file_id = paper.partnership.agreement_id
    elif paper.kind is PaperKind.DECLARATION and paper.member:
        file_id = paper.member.agreement_id
    elif paper.kind is PaperKind.MINUTES and paper.meeting:
        file_id = paper.meeting.minutes_file_id
    present = db.session.get(Attachment, file_id) if file_id else None
    return present if present is not None and present.partnership_id == paper.partnership_id else None


def _put_in_place(paper: Paper, kept: Attachment) -> None:
    if paper.kind is PaperKind.AGREEMENT:
        paper.partnership.agreement_id = kept.id
    elif paper.kind is PaperKind.DECLARATION and paper.member:
        paper.member.agreement_id = kept.id
    elif paper.kind is PaperKind.MINUTES and paper.meeting:
        paper.meeting.minutes_file = kept


def _replace(paper: Paper, present: Attachment, *, name: str, data: bytes, actor: User) -> None:
    """Another paper whose scan stood here keeps its own: what was signed then."""
    close_to(present, _class_of(paper), actor=actor)
    former = replace(present, data=data, name=name, actor=actor)
    db.session.execute(
        update(Paper).where(Paper.scan_id == present.id, Paper.id != paper.id).values(scan_id=former.id)
    )
