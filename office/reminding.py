"""One mail to each leader with what the tasks of their partnership still lack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from accounts.models import User
from core import audit, clock, mail
from core.database import db
from core.i18n import in_language
from core.mail import OutboxMail
from office.events import OfficeEvent
from partnerships.models import Partnership
from partnerships.queries import with_people, with_place
from tasks.around import arounds, in_parts
from tasks.missing import Around, Side, missing
from tasks.queries import TasksOf, tasks_of
from tasks.rules import SETTLED, TaskCode
from tasks.words import task_label


@dataclass(frozen=True)
class Lack:
    """One task that is open, in a sentence to the leader."""

    task: str
    sentence: str
    by: date
    is_theirs: bool
    """Theirs to do; of anything else they only learn."""


@dataclass(frozen=True)
class Lacking:
    """A partnership with what its tasks lack."""

    partnership: Partnership
    leader: User | None
    animator: User | None
    tasks: TasksOf
    around: Around
    was_reminded: bool
    """Today."""

    @property
    def is_open(self) -> bool:
        return any(status not in SETTLED for status in self.tasks.statuses.values())

    @property
    def gets_mail(self) -> bool:
        return self.leader is not None and self.is_open and not self.was_reminded

    def lacks(self) -> list[Lack]:
        """In the language in force."""
        return [self._lack(code) for code, status in self.tasks.statuses.items() if status not in SETTLED]

    def _lack(self, code: TaskCode) -> Lack:
        found = missing(self.tasks, code, self.around)
        return Lack(task_label(code), found.sentence(Side.LEADER), found.by, found.turn is Side.LEADER)


def partnerships_with(ids: Sequence[int]) -> list[Partnership]:
    """In the order of the ids, each with its place and people."""
    found: dict[int, Partnership] = {}
    for part in in_parts(ids):
        query = select(Partnership).where(Partnership.id.in_(part)).options(*with_place(), *with_people())
        found |= {one.id: one for one in db.session.scalars(query).unique()}
    return [found[one] for one in ids if one in found]


def lacking(ids: Sequence[int]) -> list[Lacking]:
    today = clock.today()
    partnerships = partnerships_with(ids)
    tasks, around, told = _tasks(ids), arounds(partnerships), _reminded_on(today)
    return [
        Lacking(
            one,
            one.leader(today),
            one.animator(today),
            tasks[one.id],
            around[one.id],
            _key(one, today) in told,
        )
        for one in partnerships
    ]


def _tasks(ids: Sequence[int]) -> Mapping[int, TasksOf]:
    found: dict[int, TasksOf] = {}
    for part in in_parts(ids):
        found |= tasks_of(part)
    return found


def _key(partnership: Partnership, today: date) -> str:
    return f"office.tasks:{today.isoformat()}:{partnership.id}"


def _reminded_on(today: date) -> set[str]:
    begins = f"office.tasks:{today.isoformat()}:"
    return set(
        db.session.scalars(select(OutboxMail.dedupe_key).where(OutboxMail.dedupe_key.startswith(begins)))
    )


def remind(found: Sequence[Lacking], *, note: str, actor: User) -> int:
    """Those who get a mail, each once a day; whose tasks are all settled, or whom nobody leads, get none. Returns how many."""
    today = clock.today()
    told = [one for one in found if one.gets_mail]
    for one in told:
        _remind(one, note=note, actor=actor, today=today)
    return len(told)


def _remind(one: Lacking, *, note: str, actor: User, today: date) -> None:
    leader = one.leader
    if leader is None:
        return
    with in_language(leader.mail_language):
        lacks = one.lacks()
    mail.queue(
        leader,
        "office/mail/task_reminder",
        dedupe_key=_key(one.partnership, today),
        reply_to=actor.mail_address,
        partnership=one.partnership,
        actor=actor,
        note=note,
        lacks=lacks,
        settled=one.tasks.settled,
    )
    said = {"note": note} if note else None
    audit.record(OfficeEvent.REMINDED, one.partnership, actor=actor, open_tasks=len(lacks), personal=said)
