"""What the reviewer remarked on a row, answered where the row is written and saved together with it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from accounts.models import User
from core.i18n import _
from core.personal_data import without_pesel
from plans.errors import ChangedMeanwhile
from plans.models import OPEN_COMMENTS, AnswerKind, CommentState, ReviewComment
from plans.services.review import answer_comment, mark_of_answer
from plans.workbooks.order import answer_mark

ANSWERABLE = OPEN_COMMENTS | {CommentState.ANSWERED}
WORDS, KIND, SEEN = "remark-answer-", "remark-kind-", "remark-seen-"
LONGEST = 2000

Sent = Mapping[str, tuple[str, str, str | None]]
"""By the uid of a remark what was chosen, what was typed, and the mark of the answer that stood there then."""


@dataclass(frozen=True)
class RowRemark:
    """One remark beside the form of its row, with the answer as it is or as it was just typed."""

    comment: ReviewComment
    about: str
    """The column it is on; empty: the row as a whole."""
    kind: str
    answer: str
    error: str = ""
    is_overtaken: bool = False
    """Somebody else answered otherwise while this answer was being written."""

    @property
    def now(self) -> str:
        return mark_of_answer(self.comment)

    @property
    def is_changed(self) -> bool:
        """Words are what makes an answer; a choice alone says too little."""
        now = (self.comment.answer_kind, self.comment.answer or "")
        return bool(self.answer) and (AnswerKind(self.kind), self.answer) != now

    @property
    def waits(self) -> bool:
        return self.comment.state in OPEN_COMMENTS


def sent_answers(fields: Iterable[tuple[str, str]]) -> Sent:
    typed = {name: value.strip() for name, value in fields}
    uids = (name.removeprefix(WORDS) for name in typed if name.startswith(WORDS))
    return {
        uid: (typed.get(f"{KIND}{uid}", ""), typed[f"{WORDS}{uid}"], typed.get(f"{SEEN}{uid}"))
        for uid in uids
    }


@dataclass(frozen=True)
class Remarks:
    """All of a plan, seen from one sheet of it."""

    comments: Sequence[ReviewComment]
    sheet_key: str
    labels: Mapping[str, str]
    """Column key -> what it is called."""

    def on(self, row_uid: str | None, sent: Sent | None = None) -> list[RowRemark]:
        """Those on one row that can be answered; None: on the sheet as a whole."""
        return [
            _shown(one, self.labels.get(one.column_key or "", ""), sent or {})
            for one in self.comments
            if (one.sheet, one.row_uid) == (self.sheet_key, row_uid) and one.state in ANSWERABLE
        ]

    @property
    def waiting(self) -> Counter[str | None]:
        """How many wait for an answer, by row."""
        mine = (one for one in self.comments if one.sheet == self.sheet_key)
        return Counter(one.row_uid for one in mine if one.state in OPEN_COMMENTS)


def _shown(comment: ReviewComment, about: str, sent: Sent) -> RowRemark:
    now = comment.answer_kind or AnswerKind.CHANGED
    standing = (now.value, comment.answer or "", None)
    kind, answer, seen = sent.get(comment.uid, standing)
    kind = kind if kind in set(AnswerKind) else now.value
    now_there = mark_of_answer(comment)
    is_overtaken = seen is not None and seen != now_there
    if is_overtaken and (not answer or answer_mark(kind, answer) in (seen, now_there)):
        is_overtaken, (kind, answer, _seen) = False, standing  # nothing was typed here: what is there stays
    kept, error = without_pesel(answer), ""
    if kept != answer:
        error = _("A PESEL number stood here and was taken out. Never write one here.")
    elif len(answer) > LONGEST:
        error = _("This is too long: at most %(most)s characters.", most=LONGEST)
    elif is_overtaken:
        error = str(ChangedMeanwhile())
    return RowRemark(comment, about, kind, kept, error, is_overtaken)


def save_answers(remarks: Iterable[RowRemark], *, actor: User) -> int:
    changed = [one for one in remarks if one.is_changed and not one.error]
    for one in changed:
        answer_comment(one.comment, answer=one.answer, kind=AnswerKind(one.kind), actor=actor)
    return len(changed)
