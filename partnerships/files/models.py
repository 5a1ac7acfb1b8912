"""Files that belong to a partnership: agreements, minutes, signed lists, cards."""

from collections.abc import Set
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core import clock
from core.database import Base, Timestamped, one_of
from core.file_kinds import FileKind
from core.i18n import _l
from core.labels import LabelledEnum, Tone
from core.searching import Searched
from core.storage import StoredFile
from partnerships.models import OfPartnership, Partnership


class FileClass(LabelledEnum):
    """Who may open a file. It is chosen when the file is sent, by what stands in it."""

    PUBLIC = "public", _l("Public"), Tone.INFO
    PARTNERSHIP = "partnership", _l("Of the partnership"), Tone.NEUTRAL
    EVIDENCE = "evidence", _l("Evidence with personal data"), Tone.WARNING


class Attachment(OfPartnership, Searched, Timestamped, Base):
    """A paper in its place. Whoever points to it keeps pointing to it when a newer file is put there.

    The file that was there before goes on as a record of its own, which says by which one it was replaced. A file that
    is removed, by a person or because its time is over, leaves its record behind.
    """

    __tablename__ = "attachment"
    SEARCHED = ("title", "file_name")
    __table_args__ = (
        CheckConstraint("(file_id IS NULL) = (removed_on IS NOT NULL)", name="gone_on_a_day"),
        CheckConstraint("file_class <> 'evidence' OR retain_until IS NOT NULL", name="evidence_has_an_end"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    """None once the file is removed."""
    file_class: Mapped[FileClass] = mapped_column(one_of(FileClass))
    kind: Mapped[FileKind] = mapped_column(one_of(FileKind))
    title: Mapped[str] = mapped_column(String(200))
    file_name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    """In bytes."""
    content_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the file just as it was sent: proof that it is still the same, and after its removal which it was."""
    added_at: Mapped[datetime] = mapped_column(default=clock.now)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    retain_until: Mapped[date | None] = mapped_column(index=True)
    """The last day on which the file is kept; None: as long as the partnership's other records."""
    signature_of_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"), index=True)
    """The file that this one signs, where the signature came as a file of its own."""
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"), index=True)
    removed_on: Mapped[date | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    """None: removed by rule, when its time was over."""

    partnership: Mapped[Partnership] = relationship(foreign_keys=[partnership_id])
    file: Mapped[StoredFile | None] = relationship()
    added_by: Mapped[User | None] = relationship(foreign_keys=[added_by_id])
    removed_by: Mapped[User | None] = relationship(foreign_keys=[removed_by_id])
    signatures: Mapped[list["Attachment"]] = relationship(
        foreign_keys=[signature_of_id], order_by="Attachment.id", viewonly=True
    )

    @property
    def is_kept(self) -> bool:
        return self.removed_on is None

    @property
    def is_expired(self) -> bool:
        """The rule took it away when its time was over; nobody did."""
        return not self.is_kept and self.removed_by_id is None

    @property
    def is_current(self) -> bool:
        """It is there, and no newer one stands in its place."""
        return self.is_kept and self.replaced_by_id is None

    @property
    def is_evidence(self) -> bool:
        return self.file_class is FileClass.EVIDENCE

    @property
    def is_open_to_everybody(self) -> bool:
        return self.file_class is FileClass.PUBLIC and self.is_current and self.signature_of_id is None

    def deputies_who_open(self, on: date) -> Set[int]:
        """Personal data is opened by the leader, the animator and the office, never by a deputy."""
        return set() if self.is_evidence else self.deputy_ids(on)

    def heirs_who_open(self, on: date) -> Set[int]:
        """The same where its partnership merged into another: there the leader opens all of it."""
        return self.heir_leader_ids(on) if self.is_evidence else self.heir_ids(on)
