"""What reviewers remark on a plan, and what its authors answer."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.database import GIVEN_ONCE, Base, Timestamped, one_of
from core.i18n import _l
from core.labels import LabelledEnum, Tone
from core.searching import Searched
from plans.models.versions import OfVersion, PlanVersion


class CommentState(LabelledEnum):
    DRAFT = "draft", _l("Not sent yet"), Tone.NEUTRAL
    OPEN = "open", _l("Open"), Tone.WARNING
    ANSWERED = "answered", _l("Answered"), Tone.INFO
    RESOLVED = "resolved", _l("Settled"), Tone.SUCCESS
    REOPENED = "reopened", _l("Open again"), Tone.WARNING


OPEN_COMMENTS = frozenset({CommentState.OPEN, CommentState.REOPENED})

UNSETTLED = OPEN_COMMENTS | {CommentState.ANSWERED}
"""What a reviewer still has to look at: answered remarks too."""


class AnswerKind(LabelledEnum):
    CHANGED = "changed", _l("Changed")
    NOT_CHANGED = "not_changed", _l("Not changed")


@dataclass(frozen=True)
class EarlierAnswer:
    """An answer with which a remark was not settled, and the word it was opened again with."""

    kind: AnswerKind | None
    answer: str
    again: str
    round: int
    """In which review it was opened again."""


class ReviewComment(OfVersion, Searched, Timestamped, Base):
    """A reviewer's remark on the plan, a sheet, a row or a cell. Drafts are the reviewer's own until sent in one batch."""

    __tablename__ = "review_comment"
    __table_args__ = GIVEN_ONCE
    SEARCHED = ("text", "answer")

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(40), index=True)
    """Stays the same when a remark is carried into the next version."""
    version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"), index=True)
    sheet: Mapped[str | None] = mapped_column(String(40))
    row_uid: Mapped[str | None] = mapped_column(String(40))
    column_key: Mapped[str | None] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    round: Mapped[int]
    state: Mapped[CommentState] = mapped_column(one_of(CommentState), default=CommentState.DRAFT)
    answer: Mapped[str | None] = mapped_column(Text)
    answer_kind: Mapped[AnswerKind | None] = mapped_column(one_of(AnswerKind))
    answered_at: Mapped[datetime | None]
    earlier: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """Answers that did not settle it, the oldest first, as ``EarlierAnswer``."""

    version: Mapped[PlanVersion] = relationship(back_populates="comments")
    author: Mapped[User] = relationship(viewonly=True)

    @property
    def is_answered(self) -> bool:
        return self.answer_kind is not None

    @property
    def exchange(self) -> list[EarlierAnswer]:
        return [
            EarlierAnswer(
                AnswerKind(one["kind"]) if one["kind"] else None, one["answer"], one["again"], one["round"]
            )
            for one in self.earlier or ()
        ]

    @property
    def opened_again_with(self) -> str:
        """What is still missing, where it was opened again."""
        again = self.exchange
        return again[-1].again if again and self.state is CommentState.REOPENED else ""

    def is_open_to(self, person_id: int, on: date) -> bool:
        """Until it is sent, a remark is its author's alone; one that an animator left behind is the next one's."""
        if self.state is not CommentState.DRAFT or self.author_id == person_id:
            return True
        reviewers = self.version.reviewer_ids(on)
        was_animator = any(one.animator_id == self.author_id for one in self.partnership.assignments)
        return person_id in reviewers and self.author_id not in reviewers and was_animator
