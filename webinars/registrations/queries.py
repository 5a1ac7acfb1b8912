"""Who comes to a webinar, how many, and who waits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from accounts.models import User
from core import clock
from core.database import db
from core.paging import Page, paged
from webinars.models import Webinar
from webinars.registrations.models import (
    ACTIVE,
    HOLDS_SEAT,
    AccessNeed,
    AccessTask,
    AudienceGroup,
    RegistrationStatus,
    WebinarRegistration,
)
from webinars.workflow import TO_COME

ON_A_PAGE = 50
IN_TIME = timedelta(minutes=30)
"""Whoever is late still finds the way in."""


def seat_of(webinar: Webinar, person: User) -> WebinarRegistration | None:
    """What this person has asked for, in whatever status."""
    return db.session.scalar(
        select(WebinarRegistration).where(
            WebinarRegistration.webinar_id == webinar.id, WebinarRegistration.user_id == person.id
        )
    )


def seats_by_webinar(person: User, webinar_ids: Collection[int]) -> dict[int, WebinarRegistration]:
    """What this person has asked for at each of them, where they have; in one query."""
    found = select(WebinarRegistration).where(
        WebinarRegistration.webinar_id.in_(webinar_ids), WebinarRegistration.user_id == person.id
    )
    return {seat.webinar_id: seat for seat in db.session.scalars(found)}


def next_seat_of(person: User) -> WebinarRegistration | None:
    """The next webinar they come to, or wait for."""
    return db.session.scalar(
        select(WebinarRegistration)
        .join(WebinarRegistration.webinar)
        .where(
            WebinarRegistration.user_id == person.id,
            WebinarRegistration.status.in_(ACTIVE),
            Webinar.status.in_(TO_COME),
            Webinar.starts_at > clock.now() - IN_TIME,
        )
        .order_by(Webinar.starts_at, Webinar.id)
        .options(contains_eager(WebinarRegistration.webinar))
        .limit(1)
    )


def is_registered(webinar: Webinar, user: User) -> bool:
    """They have a seat: whoever waits for one has none yet."""
    seat = seat_of(webinar, user)
    return seat is not None and seat.holds_seat


def seats_taken(webinar: Webinar) -> int:
    held = select(func.count()).where(
        WebinarRegistration.webinar_id == webinar.id, WebinarRegistration.status.in_(HOLDS_SEAT)
    )
    return db.session.scalar(held) or 0


def seats_left(webinar: Webinar) -> int | None:
    """None: as many as come."""
    return None if webinar.capacity is None else max(0, webinar.capacity - seats_taken(webinar))


def waiting(webinar: Webinar) -> Sequence[WebinarRegistration]:
    """Who asked first stands first."""
    return db.session.scalars(
        select(WebinarRegistration)
        .where(
            WebinarRegistration.webinar_id == webinar.id,
            WebinarRegistration.status == RegistrationStatus.WAITLISTED,
        )
        .order_by(WebinarRegistration.asked_at, WebinarRegistration.id)
        .options(joinedload(WebinarRegistration.user))
    ).all()


def place_in_line(seat: WebinarRegistration) -> int:
    """1 is next."""
    earlier = or_(
        WebinarRegistration.asked_at < seat.asked_at,
        (WebinarRegistration.asked_at == seat.asked_at) & (WebinarRegistration.id < seat.id),
    )
    before = select(func.count()).where(
        WebinarRegistration.webinar_id == seat.webinar_id,
        WebinarRegistration.status == RegistrationStatus.WAITLISTED,
        earlier,
    )
    return (db.session.scalar(before) or 0) + 1


def active_of(webinar: Webinar) -> Sequence[WebinarRegistration]:
    """Everybody who is told what becomes of it."""
    return db.session.scalars(
        select(WebinarRegistration)
        .where(WebinarRegistration.webinar_id == webinar.id, WebinarRegistration.status.in_(ACTIVE))
        .order_by(WebinarRegistration.asked_at, WebinarRegistration.id)
        .options(joinedload(WebinarRegistration.user))
    ).all()


def _in_order(webinar: Webinar) -> Select[WebinarRegistration]:
    """For the office, with the people and places it names."""
    return (
        select(WebinarRegistration)
        .where(WebinarRegistration.webinar_id == webinar.id)
        .order_by(WebinarRegistration.asked_at, WebinarRegistration.id)
        .options(joinedload(WebinarRegistration.user), joinedload(WebinarRegistration.municipality))
    )


def everybody_of(webinar: Webinar) -> Sequence[WebinarRegistration]:
    return db.session.scalars(_in_order(webinar)).all()


def page_of(webinar: Webinar, *, number: int) -> Page[WebinarRegistration]:
    page = paged(_in_order(webinar), number=number, size=ON_A_PAGE)
    return Page([row[0] for row in page.rows], page.number, page.total, page.size)


@dataclass(frozen=True)
class Counts:
    """How many there are of each group in each status."""

    cells: dict[tuple[AudienceGroup, RegistrationStatus], int]

    def of(self, status: RegistrationStatus, group: AudienceGroup | None = None) -> int:
        return sum(
            number for (one, state), number in self.cells.items() if state is status and group in (None, one)
        )

    @property
    def total(self) -> int:
        return sum(self.cells.values())

    @property
    def seats(self) -> int:
        return sum(self.of(status) for status in HOLDS_SEAT)

    @property
    def told(self) -> int:
        """Whoever gets a mail when something changes."""
        return sum(self.of(status) for status in ACTIVE)


def counts_of(webinar: Webinar) -> Counts:
    rows = db.session.execute(
        select(WebinarRegistration.group, WebinarRegistration.status, func.count())
        .where(WebinarRegistration.webinar_id == webinar.id)
        .group_by(WebinarRegistration.group, WebinarRegistration.status)
    )
    return Counts({(group, status): number for group, status, number in rows})


@dataclass(frozen=True)
class NeedLine:
    """So many people need it; ``task`` says who has seen to it and when."""

    need: AccessNeed
    people: int
    task: AccessTask | None
    notes: Sequence[str]
    """What they wrote beside it, without names."""


def need_lines(webinar: Webinar) -> list[NeedLine]:
    """What those who come, or wait, need."""
    told = db.session.execute(
        select(WebinarRegistration.access_needs, WebinarRegistration.access_note).where(
            WebinarRegistration.webinar_id == webinar.id, WebinarRegistration.status.in_(ACTIVE)
        )
    ).all()
    tasks = {
        task.need: task
        for task in db.session.scalars(
            select(AccessTask)
            .where(AccessTask.webinar_id == webinar.id)
            .options(joinedload(AccessTask.done_by))
        )
    }
    lines = []
    for need in AccessNeed:
        people = sum(need in needs for needs, _note in told)
        notes = [note for needs, note in told if note and need in needs] if need is AccessNeed.OTHER else []
        if people:
            lines.append(NeedLine(need, people, tasks.get(need), notes))
    return lines
