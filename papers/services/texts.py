"""The office's own texts of papers: each change is a version, and none is lost."""

from sqlalchemy import func, select

from accounts.models import User
from core import audit
from core.database import db, refusing
from papers.errors import NoSuchText
from papers.events import PaperEvent
from papers.kinds import PaperKind
from papers.models import PaperText
from papers.texts import body_in_force, latest_text, new_text


def change_text(kind: PaperKind, language: str, body: str, *, actor: User) -> PaperText:
    """Papers made from now on say this; those made before keep their words. Raises ``Unreadable``."""
    body = body.replace("\r\n", "\n").strip() + "\n"
    new_text(kind, body)
    if body == body_in_force(kind, language):
        raise NoSuchText
    return _keep(kind, language, body, PaperEvent.TEXT_CHANGED, actor=actor)


def restore_text(kind: PaperKind, language: str, *, actor: User) -> PaperText:
    """Back to what the programme brought along."""
    present = latest_text(kind, language)
    if present is None or present.body is None:
        raise NoSuchText
    return _keep(kind, language, None, PaperEvent.TEXT_RESTORED, actor=actor)


def _keep(kind: PaperKind, language: str, body: str | None, event: PaperEvent, *, actor: User) -> PaperText:
    last = db.session.scalar(
        select(func.max(PaperText.version)).where(PaperText.kind == kind, PaperText.language == language)
    )
    version = (last or 0) + 1
    with refusing(NoSuchText):
        text = PaperText(kind=kind, language=language, version=version, body=body)
        db.session.add(text)
    audit.record(event, text, actor=actor, note=str(kind.label), language=language, version=version)
    return text
