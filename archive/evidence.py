"""Evidence with personal data stays behind where an archive is fetched in the browser: its records go along as after its time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, func, select

from core import clock
from core.database import db
from core.storage import Blob, StoredFile
from partnerships.files.models import Attachment, FileClass


@dataclass(frozen=True)
class LeftOut:
    """By number and hash, what does not go along."""

    files: frozenset[int] = frozenset()
    contents: frozenset[str] = frozenset()

    def row(self, table: Table, row: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """As it is written down; None: not at all."""
        if table.name == Blob.__tablename__ and row["hash"] in self.contents:
            return None
        if table.name == StoredFile.__tablename__ and row["id"] in self.files:
            return None
        if table.name == Attachment.__tablename__ and row["file_id"] in self.files:
            return {**row, "file_id": None, "removed_on": clock.today(), "removed_by_id": None}
        return row


def evidence_files() -> int:
    """How many stay behind, signatures of such files with them."""
    kept = select(func.count()).where(
        Attachment.file_class == FileClass.EVIDENCE, Attachment.removed_on.is_(None)
    )
    return db.session.scalar(kept) or 0


def evidence() -> LeftOut:
    """Content that lies somewhere else as well, where it is no evidence, goes along."""
    files = select(Attachment.file_id).where(
        Attachment.file_class == FileClass.EVIDENCE, Attachment.file_id.is_not(None)
    )
    hashes = select(StoredFile.blob_hash)
    contents = hashes.where(StoredFile.id.in_(files)).except_(hashes.where(StoredFile.id.not_in(files)))
    return LeftOut(
        frozenset(one for one in db.session.scalars(files) if one is not None),
        frozenset(db.session.scalars(contents)),
    )
