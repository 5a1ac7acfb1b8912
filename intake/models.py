"""Files that bring records, from the template or from a workbook of the office's own."""

from collections.abc import Set
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.database import Base, Timestamped, Versioned, one_of
from core.i18n import _l
from core.labels import LabelledEnum, Tone
from core.storage import StoredFile
from partnerships.models import Partnership


class RecordKind(LabelledEnum):
    """What the rows of a file are."""

    REGISTER = "register", _l("Municipalities taking part")
    MEMBERS = "members", _l("Members")
    MEETINGS = "meetings", _l("Meetings")
    VISITS = "visits", _l("Visits held")
    CONSULTATIONS = "consultations", _l("Remote consultations")
    HOURS = "hours", _l("Hours used so far")
    HANDBOOKS = "handbooks", _l("Handbooks")
    PLANS = "plans", _l("Plans approved earlier")
    WEBINARS = "webinars", _l("Webinar attendance")


class ImportState(LabelledEnum):
    UPLOADED = "uploaded", _l("Columns to be named"), Tone.WARNING
    CHECKED = "checked", _l("Checked"), Tone.INFO
    QUEUED = "queued", _l("Being applied"), Tone.INFO
    APPLIED = "applied", _l("Applied"), Tone.SUCCESS
    DISCARDED = "discarded", _l("Was put aside"), Tone.NEUTRAL
    REFUSED = "refused", _l("Not accepted"), Tone.DANGER


OPEN_STATES = frozenset({ImportState.UPLOADED, ImportState.CHECKED})


class RecordImport(Timestamped, Versioned, Base):
    """One file and what came of it. Of ``partnership`` where a leader brings members, else of the whole register.

    ``rows`` are the cells that were named and may be kept: applying reads these, never the file again. The file itself is
    kept only where nothing in it is personal data in a place not meant for it.
    """

    __tablename__ = "record_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[RecordKind] = mapped_column(one_of(RecordKind))
    partnership_id: Mapped[int | None] = mapped_column(ForeignKey("partnership.id"), index=True)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    file_name: Mapped[str] = mapped_column(String(200))
    file_size: Mapped[int]
    file_hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[ImportState] = mapped_column(one_of(ImportState))
    refusal: Mapped[str | None] = mapped_column(Text)
    taken_over: Mapped[bool] = mapped_column(default=False)
    mapping: Mapped[dict[str, Any]] = mapped_column(default=dict)
    grid: Mapped[list[Any] | None] = mapped_column(JSON, deferred=True)
    """Every sheet as it was read, until its columns are named; then, until the file is applied or put aside, without
    anything personal that no column may hold, so that they can be named again."""
    rows: Mapped[list[Any] | None] = mapped_column(JSON, deferred=True)
    findings: Mapped[list[Any]] = mapped_column(JSON, default=list)
    """Of reading the file; what the register has to say is found anew each time."""
    rows_total: Mapped[int] = mapped_column(default=0)
    rows_done: Mapped[int] = mapped_column(default=0)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    seen: Mapped[str | None] = mapped_column(String(64))
    """The fingerprint of what whoever applied it saw before."""
    invite: Mapped[bool] = mapped_column(default=False)
    to_invite: Mapped[list[Any]] = mapped_column(JSON, default=list)
    """Ids of those whose invitation still has to go out."""
    applied_at: Mapped[datetime | None]
    applied_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    partnership: Mapped[Partnership | None] = relationship()
    uploaded_by: Mapped[User] = relationship(foreign_keys=[uploaded_by_id])
    applied_by: Mapped[User | None] = relationship(foreign_keys=[applied_by_id])
    file: Mapped[StoredFile | None] = relationship()

    @property
    def story(self) -> Any:
        return self.partnership or self

    def leader_ids(self, on: date) -> Set[int]:
        return self.partnership.leader_ids(on) if self.partnership else set()

    def deputy_ids(self, on: date) -> Set[int]:
        return self.partnership.deputy_ids(on) if self.partnership else set()


class ColumnMapping(Timestamped, Base):
    """How the columns of a workbook with these headings were named last time, so that nobody names them twice."""

    __tablename__ = "column_mapping"
    __table_args__ = (UniqueConstraint("kind", "signature"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[RecordKind] = mapped_column(one_of(RecordKind))
    signature: Mapped[str] = mapped_column(String(64))
    mapping: Mapped[dict[str, Any]] = mapped_column(default=dict)
    used_at: Mapped[datetime]
    used_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
