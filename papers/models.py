"""Papers to sign: their texts, which the office may change, and each one that was made, with its number."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship

from accounts.models import User
from core import clock
from core.database import Base, Timestamped, one_of
from core.i18n import _l
from core.labels import LabelledEnum, Tone
from handbooks.models import HandbookIssue
from meetings.models import PartnershipMeeting
from papers.kinds import FORMS, PaperKind, Subject
from partnerships.files.models import Attachment
from partnerships.models import LeaderTerm, OfPartnership, Partnership, PartnershipMember
from partnerships.rights import RightsOfPartnership


class PaperText(Timestamped, Base):
    """What the office wrote for a kind of paper. The latest one is in force; papers made before keep theirs."""

    __tablename__ = "paper_text"
    __table_args__ = (UniqueConstraint("kind", "language", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PaperKind] = mapped_column(one_of(PaperKind))
    language: Mapped[str] = mapped_column(String(5))
    version: Mapped[int]
    body: Mapped[str | None] = mapped_column(Text)
    """None: back to the programme's own text."""


class PaperCounter(Base):
    """The last number given in a year: taken in the transaction of the paper itself, so that none is left out."""

    __tablename__ = "paper_counter"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class PaperState(LabelledEnum):
    """Never stored: it follows from the scan, and from what the paper is about."""

    TO_SIGN = "to_sign", _l("To be signed"), Tone.INFO
    SIGNED = "signed", _l("Signed"), Tone.SUCCESS
    VOID = "void", _l("No longer in force")


class Paper(OfPartnership, Timestamped, Base):
    """One paper as it was made: its words stay as they are, whatever the records say later."""

    __tablename__ = "paper"
    __table_args__ = (
        UniqueConstraint("year", "serial"),
        Index("ix_paper_partnership", "partnership_id", "kind"),
        CheckConstraint("serial > 0", name="counted_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PaperKind] = mapped_column(one_of(PaperKind))
    year: Mapped[int]
    serial: Mapped[int]
    """Within its year, of all partnerships together."""
    token: Mapped[str] = mapped_column(String(40), unique=True)
    """What the QR code leads to. It opens nothing by itself: whoever follows it signs in."""
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("partnership_member.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("partnership_meeting.id"))
    term_id: Mapped[int | None] = mapped_column(ForeignKey("leader_term.id"))
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("handbook_issue.id"))
    language: Mapped[str] = mapped_column(String(5))
    content: Mapped[dict[str, Any]]
    """Title and blocks, filled in."""
    content_hash: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))

    partnership: Mapped[Partnership] = relationship()
    member: Mapped[PartnershipMember | None] = relationship()
    meeting: Mapped[PartnershipMeeting | None] = relationship()
    term: Mapped[LeaderTerm | None] = relationship(backref=backref("papers"))
    """A term that is taken back before it begins lets go of its papers, by the relation back: they stay as they were made."""
    issue: Mapped[HandbookIssue | None] = relationship()
    made_by: Mapped[User | None] = relationship(foreign_keys=[made_by_id])
    scan: Mapped[Attachment | None] = relationship(foreign_keys=[scan_id])

    @property
    def number(self) -> str:
        return f"GP/{self.year}/{self.serial:04d}"

    @property
    def title(self) -> str:
        return str(self.content["title"])

    @property
    def label(self) -> str:
        """As it stands in lists and in the history."""
        return f"{self.kind.label} {self.number}"

    @property
    def about(self) -> PartnershipMember | PartnershipMeeting | LeaderTerm | HandbookIssue | None:
        """What it is about; None: the partnership itself."""
        return self.member or self.meeting or self.term or self.issue

    @property
    def place(self) -> tuple[int | None, ...]:
        """Two papers of one kind with the same one are about the same."""
        return (self.member_id, self.meeting_id, self.term_id, self.issue_id)

    @property
    def is_void(self) -> bool:
        """The term it was made for was taken back."""
        return FORMS[self.kind].subject is Subject.TERM and self.term_id is None

    @property
    def is_signed(self) -> bool:
        """It stays so when the time of its scan is over and only the file goes."""
        return self.scan is not None and (self.scan.is_kept or self.scan.is_expired)

    @property
    def state(self) -> PaperState:
        if self.is_void:
            return PaperState.VOID
        return PaperState.SIGNED if self.is_signed else PaperState.TO_SIGN

    @property
    def is_evidence(self) -> bool:
        return FORMS[self.kind].is_evidence

    @property
    def is_of_animator(self) -> bool:
        return FORMS[self.kind].is_of_animator


class WaitingScan(Base):
    """A file that was sent as a signed scan and said of no paper that it is its: somebody chooses one."""

    __tablename__ = "waiting_scan"

    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"), primary_key=True)

    attachment: Mapped[Attachment] = relationship()


@dataclass(frozen=True)
class NewPaper(RightsOfPartnership):
    """A paper that somebody is about to make: the kind decides who may."""

    partnership: Partnership
    kind: PaperKind

    @property
    def is_of_animator(self) -> bool:
        return FORMS[self.kind].is_of_animator
