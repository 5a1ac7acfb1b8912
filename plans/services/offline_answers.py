"""Answers to remarks that were typed in a workbook: seen before they are applied, and never over somebody else's."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from accounts.models import User
from core import audit
from core.database import db
from plans.definitions import PlanContent, PlanRow
from plans.errors import AnswersToChoose, UploadIsOver
from plans.events import PlanEvent
from plans.findings import Finding, FindingCode, Severity
from plans.models import AnswerKind, CommentState, ImportPurpose, ImportStatus, PlanImport, ReviewComment
from plans.queries import comments_of
from plans.services.proposals import proposed
from plans.services.review import answer_comment, mark_of_answer
from plans.services.shared import acts_for
from plans.workbooks.order import answer_mark
from plans.workbooks.result import PlanReading
from plans.workbooks.sheet_reading import Answer, shareable

REMARKS = "remarks"
"""Key of the sheet they come in."""


class Kept(StrEnum):
    """Which of two answers to one remark stays."""

    ONLINE = "online"
    FILE = "file"
    BOTH = "both"


@dataclass(frozen=True)
class OfflineAnswer:
    """One answer of a workbook beside what stands in the plan now."""

    comment: ReviewComment
    kind: AnswerKind
    answer: str
    is_disputed: bool
    """Somebody answered the same remark otherwise since the workbook was downloaded."""
    kept: Kept | None
    """What was chosen then."""

    @property
    def is_to_choose(self) -> bool:
        return self.is_disputed and self.kept is None

    @property
    def is_taken(self) -> bool:
        return not self.is_to_choose and self.kept is not Kept.ONLINE

    @property
    def outcome(self) -> tuple[AnswerKind, str]:
        """What would stand there after applying."""
        if self.kept is Kept.BOTH:
            return self.kind, "\n\n".join(filter(None, (self.comment.answer, self.answer)))
        return self.kind, self.answer


# --- As the file comes -----------------------------------------------------------------------------------


def note_answers(upload: PlanImport, reading: PlanReading) -> list[Finding]:
    """Keep what was answered with the upload. What cannot be taken is told."""
    if not reading.answers:
        upload.answers = None
        return []
    known = {one.uid: one for one in comments_of(upload.version) if one.state is not CommentState.DRAFT}
    content = proposed(upload)
    findings: list[Finding] = []
    kept = {}
    for answer in reading.answers:
        comment = known.get(answer.comment_uid)
        problem = _problem(answer, comment)
        if problem:
            findings.append(problem)
        elif comment is not None:
            kept[comment.uid] = {
                "kind": answer.answer_kind or _kind(upload, comment, content).value,
                "answer": answer.answer,
                "base": reading.found.answered.get(comment.uid, "") if reading.found.has_meta else None,
            }
    upload.answers = kept or None
    return findings


def _problem(answer: Answer, comment: ReviewComment | None) -> Finding | None:
    if comment is None:
        return _finding("unknown_remark", answer)
    if answer_mark(answer.answer_kind, answer.answer) == mark_of_answer(comment):
        return None
    if comment.state is CommentState.RESOLVED:
        return _finding("remark_settled", answer)
    if not answer.answer and answer.answer_kind != AnswerKind.CHANGED:
        return _finding("answer_without_words", answer)
    return None


def _finding(reason: str, answer: Answer) -> Finding:
    params = {"remark": shareable(answer.comment_uid) or answer.cell}
    return Finding(
        FindingCode.EXTRA,
        Severity.WARNING,
        reason,
        sheet_key=REMARKS,
        cell=answer.cell or None,
        params=params,
    )


def _kind(upload: PlanImport, comment: ReviewComment, after: PlanContent) -> AnswerKind:
    """Where nobody said so: whether what the remark is about reads otherwise than when it was made."""
    base = upload.version.base_version or upload.version
    before = base.rows
    is_same = _about(comment, before) == _about(comment, after)
    return AnswerKind.NOT_CHANGED if is_same else AnswerKind.CHANGED


def _about(comment: ReviewComment, content: PlanContent) -> object:
    rows: Sequence[PlanRow] = content.rows(comment.sheet) if comment.sheet else ()
    if comment.sheet is None:
        return content
    if comment.row_uid is None:
        return rows
    row = next((one for one in rows if one.row_uid == comment.row_uid), None)
    return row.values.get(comment.column_key) if row and comment.column_key else row


# --- Before and after they are applied -------------------------------------------------------------------


def answers_in(upload: PlanImport) -> list[OfflineAnswer]:
    """What the workbook answers otherwise than the plan does now, in the order of the remarks."""
    if not upload.answers:
        return []
    return list(_compared(upload.answers, comments_of(upload.version)))


def _compared(
    answers: Mapping[str, Mapping[str, str]], comments: Sequence[ReviewComment]
) -> Iterator[OfflineAnswer]:
    for comment in comments:
        sent = answers.get(comment.uid)
        if sent is None or comment.state in (CommentState.DRAFT, CommentState.RESOLVED):
            continue
        typed, now = answer_mark(sent["kind"], sent["answer"]), mark_of_answer(comment)
        if typed in (now, sent["base"]):
            continue
        is_disputed = bool(now) and now != sent["base"]
        kept = Kept(sent["kept"]) if is_disputed and sent.get("against") == now else None
        yield OfflineAnswer(comment, AnswerKind(sent["kind"]), sent["answer"], is_disputed, kept)


def choose_answers(upload: PlanImport, choices: Mapping[str, Kept], *, actor: User) -> int:
    """Say which answer stays; it holds for the answers as they are now. Returns how many are left to choose."""
    db.session.execute(select(PlanImport.id).where(PlanImport.id == upload.id).with_for_update())
    db.session.refresh(upload)
    if upload.status is not ImportStatus.CHECKED or upload.purpose is not ImportPurpose.CHANGE:
        raise UploadIsOver
    chosen = {
        one.comment.uid: {"kept": kept.value, "against": mark_of_answer(one.comment)}
        for one in answers_in(upload)
        if one.is_disputed and (kept := choices.get(one.comment.uid))
    }
    if chosen and upload.answers:
        upload.answers = {uid: {**sent, **chosen.get(uid, {})} for uid, sent in upload.answers.items()}
        behalf = acts_for(upload.version, actor)
        number = upload.version.number
        audit.record(
            PlanEvent.ANSWERS_CHOSEN,
            upload,
            actor=actor,
            on_behalf_of=behalf,
            number=number,
            chosen=len(chosen),
        )
    return sum(one.is_to_choose for one in answers_in(upload))


def apply_answers(upload: PlanImport, *, actor: User) -> int:
    """Answer the remarks as the workbook does. Returns how many."""
    found = answers_in(upload)
    if any(one.is_to_choose for one in found):
        raise AnswersToChoose
    taken = [one for one in found if one.is_taken]
    for one in taken:
        kind, answer = one.outcome
        answer_comment(one.comment, answer=answer, kind=kind, actor=actor)
    return len(taken)
