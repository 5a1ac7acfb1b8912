"""Who comes to a webinar, how many, and who waits."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from accounts.models import User
from core.database import db
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


def seat_of(webinar: Webinar, person: User) -> WebinarRegistration | None:
    """What this person has asked for, in whatever status."""
    return db.session.scalar(
        select(WebinarRegistration).where(
            WebinarRegistration.webinar_id == webinar.id, WebinarRegistration.user_id == person.id
        )
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


def free_seats(webinar: Webinar) -> int | None:
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


def everybody_of(webinar: Webinar) -> Sequence[WebinarRegistration]:
    """For the office's list, with the people and places it names."""
    return db.session.scalars(
        select(WebinarRegistration)
        .where(WebinarRegistration.webinar_id == webinar.id)
        .order_by(WebinarRegistration.asked_at, WebinarRegistration.id)
        .options(joinedload(WebinarRegistration.user), joinedload(WebinarRegistration.municipality))
    ).all()


@dataclass(frozen=True)
class Counts:
    """How many there are of each group in each status."""

    cells: dict[tuple[AudienceGroup, RegistrationStatus], int]

    def of(self, status: RegistrationStatus, group: AudienceGroup | None = None) -> int:
        return sum(
            number for (one, state), number in self.cells.items() if state is status and group in (None, one)
        )

    @property
    def seats(self) -> int:
        return sum(self.of(status) for status in HOLDS_SEAT)


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


def need_lines(webinar: Webinar, among: Sequence[WebinarRegistration]) -> list[NeedLine]:
    """What those who come need, most of it first as the form names it."""
    tasks = {
        task.need: task
        for task in db.session.scalars(
            select(AccessTask)
            .where(AccessTask.webinar_id == webinar.id)
            .options(joinedload(AccessTask.done_by))
        )
    }
    seats = [seat for seat in among if seat.is_active]
    found = []
    for need in AccessNeed:
        asking = [seat for seat in seats if need in seat.access_needs]
        if asking:
            notes = (
                [seat.access_note for seat in asking if seat.access_note] if need is AccessNeed.OTHER else []
            )
            found.append(NeedLine(need, len(asking), tasks.get(need), notes))
    return found
