"""Letting a partnership off a task, and asking for it again: the office's word, with its reason."""

from accounts.models import User
from core import audit, clock
from core.database import db, refusing
from partnerships.models import Partnership
from tasks.errors import DoneAlready, NotWaived, WaivedAlready
from tasks.events import TaskEvent
from tasks.models import TaskWaiver
from tasks.queries import tasks_of, waivers_of
from tasks.rules import TaskCode, TaskStatus


def waive(partnership: Partnership, code: TaskCode, *, reason: str, actor: User) -> TaskWaiver:
    """Raises DoneAlready or WaivedAlready; of two who do it at once one is told so."""
    if tasks_of([partnership.id])[partnership.id].statuses[code] is TaskStatus.DONE:
        raise DoneAlready
    with refusing(WaivedAlready):
        waiver = TaskWaiver(partnership=partnership, task=code, reason=reason, waived_on=clock.today())
        db.session.add(waiver)
    audit.record(
        TaskEvent.WAIVED, partnership, actor=actor, after={"task": code.value}, personal={"note": reason}
    )
    return waiver


def ask_again(partnership: Partnership, code: TaskCode, *, actor: User) -> None:
    waiver = waivers_of(partnership).get(code)
    if waiver is None:
        raise NotWaived
    waiver.ended_on = clock.today()
    audit.record(TaskEvent.ASKED_AGAIN, partnership, actor=actor, before={"task": code.value})
