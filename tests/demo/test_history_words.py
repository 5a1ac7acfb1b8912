"""Every field that the history remembers old and new of has a name for its readers, or is left out on purpose."""

from sqlalchemy import select

from core.audit import AuditEvent, AuditPersonal
from core.database import db
from core.fact_words import is_named


def test_every_remembered_field_is_named(demo):
    rows = db.session.execute(
        select(AuditEvent.record_kind, AuditEvent.data, AuditPersonal.data).outerjoin(
            AuditPersonal, AuditPersonal.event_id == AuditEvent.id
        )
    ).all()

    nameless = {
        (kind, name)
        for kind, data, personal in rows
        for told in (data, personal or {})
        for side in ("before", "after")
        for name in told.get(side) or {}
        if not is_named(kind, name)
    }
    assert nameless == set()
