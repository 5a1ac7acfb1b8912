"""Ready words: what somebody writes again and again, kept once, for themselves or for everybody who reviews and advises."""

from collections.abc import Set
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.database import Base, Timestamped, Versioned, one_of, only_one
from core.i18n import _l
from core.labels import LabelledEnum

TITLE_LENGTH, TEXT_LENGTH = 80, 2000


class PhraseKind(LabelledEnum):
    """Where the words are written."""

    REMARK = "remark", _l("Remark on a plan")
    DECISION = "decision", _l("Note with a decision")
    REPORT = "report", _l("Report of a visit")
    ADVICE = "advice", _l("Answer to a request for advice")


class Phrase(Timestamped, Versioned, Base):
    """Without an owner it is shared: the office keeps it for all. Nobody's data stands in it."""

    __tablename__ = "phrase"
    __table_args__ = (
        only_one(
            "uq_phrase_own_title",
            "owner_id",
            "kind",
            "title",
            where="owner_id IS NOT NULL AND put_away_at IS NULL",
        ),
        only_one("uq_phrase_shared_title", "kind", "title", where="owner_id IS NULL AND put_away_at IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    kind: Mapped[PhraseKind] = mapped_column(one_of(PhraseKind))
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    text: Mapped[str] = mapped_column(Text)
    place: Mapped[str | None] = mapped_column(String(60))
    """The part of a plan it fits; None: everywhere."""
    search_text: Mapped[str] = mapped_column(Text)
    put_away_at: Mapped[datetime | None]

    owner: Mapped[User | None] = relationship()

    @property
    def is_shared(self) -> bool:
        return self.owner_id is None

    @property
    def key(self) -> str:
        """What a form sends for it, and what its uses are counted by."""
        return f"own-{self.id}"

    def owner_ids(self, on: date) -> Set[int]:
        return {self.owner_id} if self.owner_id is not None else set()


class PhraseUse(Base):
    """How often somebody used a phrase: what they need most is offered first."""

    __tablename__ = "phrase_use"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    phrase_key: Mapped[str] = mapped_column(String(80), primary_key=True)
    """Of a kept phrase, or of one of the programme's own."""
    times: Mapped[int]
