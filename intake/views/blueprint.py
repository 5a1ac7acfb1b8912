"""The blueprint, and what several of its pages need."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, redirect, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import current_person
from core import audit
from core.database import aside, db
from core.downloads import to_keep
from core.sheets import LIMITS
from core.uploads import SentFile
from intake import services
from intake.events import IntakeEvent
from intake.models import ImportState, RecordImport, RecordKind
from partnerships.models import Partnership

bp = Blueprint("intake", __name__)

ID = "int(max=2147483647)"


def most_bytes() -> int:
    return LIMITS.file_bytes


def received(kind: RecordKind, file: SentFile, partnership: Partnership | None) -> ResponseReturnValue:
    """Read without holding the database, then kept; on to its page."""
    partnership_id = partnership.id if partnership else None
    db.session.rollback()
    outcome = services.read_file(services.SentFile(file.name, file.data))
    home = db.session.get(Partnership, partnership_id) if partnership_id else None
    upload = services.receive(
        kind, services.SentFile(file.name, file.data), outcome, partnership=home, actor=current_person()
    )
    db.session.flush()
    return to_import(upload)


def to_import(upload: RecordImport) -> ResponseReturnValue:
    page = ".columns" if upload.status is ImportState.UPLOADED else ".show"
    return redirect(url_for(page, import_id=upload.id), 303)


def exported(data: bytes, name: str, about: Any, counts: Mapping[str, Any]) -> Response:
    """Who took it and how much is remembered."""
    with aside() as transaction:
        audit.record(IntakeEvent.EXPORTED, about, actor=current_person(), session=transaction, **counts)
    return to_keep(data, name=name, content_type=services.XLSX)
