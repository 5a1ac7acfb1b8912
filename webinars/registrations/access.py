"""What people need to take part, as tasks of whoever organises the webinar."""

from sqlalchemy import select

from accounts.models import User
from core import audit, clock
from core.database import db
from webinars.models import Webinar
from webinars.registrations.events import SeatEvent
from webinars.registrations.models import AccessNeed, AccessTask


def tick(webinar: Webinar, need: AccessNeed, *, actor: User) -> None:
    """Seen to, by whom and when; ticked again it is open again."""
    task = db.session.scalar(
        select(AccessTask).where(AccessTask.webinar_id == webinar.id, AccessTask.need == need)
    )
    if task is None:
        task = AccessTask(webinar=webinar, need=need, done_at=clock.now(), done_by=actor)
        db.session.add(task)
        db.session.flush()
        audit.record(SeatEvent.NEED_MET, task, actor=actor, after={"need": need.value})
        return
    audit.record(SeatEvent.NEED_OPEN, task, actor=actor, before={"need": need.value})
    db.session.delete(task)
    db.session.flush()
