"""A recording is owed from the moment a webinar was held."""

from datetime import timedelta

from sqlalchemy import select

from core import audit, clock
from core.database import db
from programme.queries import the_programme
from webinars.models import Webinar, WebinarStatus
from webinars.recordings.events import RecordingEvent
from webinars.recordings.models import Recording, RecordingState


def owe_recording(webinar: Webinar) -> None:
    """Events of others are theirs to record, and of those taken over nobody knows."""
    if webinar.is_outside or webinar.taken_over or _is_known(webinar):
        return
    days = the_programme().settings.recording_due_days
    recording = Recording(
        webinar=webinar,
        state=RecordingState.OWED,
        due_on=clock.local(webinar.ends_at).date() + timedelta(days=days),
    )
    db.session.add(recording)
    db.session.flush()
    audit.record(
        RecordingEvent.OWED, recording, actor=None, note=webinar.title, due_on=recording.due_on.isoformat()
    )


def owe_missing() -> int:
    """Those noted as held before recordings were kept here."""
    webinars = db.session.scalars(
        select(Webinar)
        .outerjoin(Recording, Recording.webinar_id == Webinar.id)
        .where(
            Recording.id.is_(None),
            Webinar.status == WebinarStatus.HELD,
            Webinar.is_outside.is_(False),
            Webinar.taken_over.is_(False),
        )
        .order_by(Webinar.id)
    ).all()
    for webinar in webinars:
        owe_recording(webinar)
    return len(webinars)


def _is_known(webinar: Webinar) -> bool:
    return db.session.scalar(select(Recording.id).where(Recording.webinar_id == webinar.id)) is not None
