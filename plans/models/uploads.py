"""Workbooks that were uploaded, and what was found in them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.database import GIVEN_ONCE, Base, Timestamped, one_of
from core.i18n import _l
from core.labels import LabelledEnum, Tone
from core.storage import StoredFile
from plans.findings import Finding, FindingCode, Severity
from plans.models.versions import OfVersion, PlanVersion


class ImportStatus(LabelledEnum):
    UPLOADED = "uploaded", _l("Uploaded"), Tone.NEUTRAL
    CHECKED = "checked", _l("Checked"), Tone.INFO
    APPLIED = "applied", _l("Applied"), Tone.SUCCESS
    DISCARDED = "discarded", _l("Discarded"), Tone.NEUTRAL
    REFUSED = "refused", _l("Refused"), Tone.DANGER


class ImportPurpose(StrEnum):
    CHANGE = "change"
    """To change a draft."""
    PUBLISH = "publish"
    """The final file: published if it holds exactly what was approved."""


class PlanImport(OfVersion, Timestamped, Base):
    """An uploaded workbook: checked, shown with its findings, and applied only when its sender says so.

    Of a refused file (unreadable, hostile, of another municipality) only name, size, hash and reason are kept; of one in
    a template version that is not taken also what it says, to be given back in a fresh workbook.
    """

    __tablename__ = "plan_import"
    __table_args__ = GIVEN_ONCE

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"), index=True)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    purpose: Mapped[ImportPurpose] = mapped_column(one_of(ImportPurpose), default=ImportPurpose.CHANGE)
    status: Mapped[ImportStatus] = mapped_column(one_of(ImportStatus), default=ImportStatus.UPLOADED)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    file_name: Mapped[str] = mapped_column(String(200))
    file_size: Mapped[int]
    file_hash: Mapped[str] = mapped_column(String(64))
    refusal: Mapped[str | None] = mapped_column(String(60))
    """Key of the sentence that tells why the file was refused."""
    refusal_text: Mapped[str | None] = mapped_column(Text)
    template_version: Mapped[int | None]
    """The version of the template that the file says it follows."""
    proposal_template: Mapped[int | None]
    """The one that the proposal follows: a file of an older version is brought up to the one in force."""
    base_fingerprint: Mapped[str | None] = mapped_column(String(64))
    """Fingerprint of the content the workbook was downloaded with."""
    checked_fingerprint: Mapped[str | None] = mapped_column(String(64))
    """Fingerprint of the content the upload was compared with."""
    proposal: Mapped[dict[str, Any] | None]
    """The whole content as it would be after applying: sheet key -> rows."""
    merge_base: Mapped[str | None] = mapped_column(String(64))
    """Set where the plan went on meanwhile: fingerprint of the content from which both sides did."""
    theirs: Mapped[dict[str, Any] | None]
    """With it: the whole content as the workbook alone would have made it."""
    choices: Mapped[dict[str, Any] | None]
    """With it: by the name of a conflict, whose value stays."""
    open_conflicts: Mapped[int] = mapped_column(default=0)
    """How many are left to choose. Nothing is applied before."""
    answers: Mapped[dict[str, Any] | None]
    """What was answered to remarks in the workbook, by their uid (plans/services/offline_answers.py)."""
    findings_count: Mapped[int] = mapped_column(default=0)
    applied_at: Mapped[datetime | None]
    applied_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    version: Mapped[PlanVersion] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    uploaded_by: Mapped[User] = relationship(foreign_keys=[uploaded_by_id])
    findings: Mapped[list["ImportFinding"]] = relationship(
        back_populates="upload", order_by="ImportFinding.id", cascade="all, delete-orphan"
    )


class ImportFinding(Base):
    __tablename__ = "import_finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("plan_import.id"), index=True)
    code: Mapped[FindingCode] = mapped_column(one_of(FindingCode))
    severity: Mapped[Severity] = mapped_column(one_of(Severity))
    reason: Mapped[str] = mapped_column(String(60))
    sheet_key: Mapped[str | None] = mapped_column(String(40))
    cell: Mapped[str | None] = mapped_column(String(12))
    row_uid: Mapped[str | None] = mapped_column(String(40))
    column_key: Mapped[str | None] = mapped_column(String(60))
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    suggestion: Mapped[str | None] = mapped_column(Text)
    of_file: Mapped[bool] = mapped_column(default=False)
    """Found while the file was read: checking the content again does not find it anew."""
    typed: Mapped[str | None] = mapped_column(Text)
    """What stood in a cell that could not be taken over, for the coloured workbook. Never personal data."""
    corrected_at: Mapped[datetime | None]
    """When the cell was corrected on the page instead of in the file."""

    upload: Mapped[PlanImport] = relationship(back_populates="findings")

    @property
    def as_finding(self) -> Finding:
        return Finding(
            self.code, self.severity, self.reason, self.sheet_key, self.cell, self.row_uid, self.column_key,
            self.params, self.suggestion, self.typed,
        )  # fmt: skip
