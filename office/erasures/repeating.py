"""After a copy of the database was restored: whoever was erased since then is erased again."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import func, select, update

from accounts.models import User
from core import audit, clock
from core.database import db
from office.erasures.events import ErasureEvent
from office.erasures.forgetting import Subject, forget
from office.erasures.ledger import Entry, entries, hash_of_guest, hash_of_person, keep
from office.erasures.models import ErasurePlace, ErasureRequest, ErasureStatus, PlaceDecision
from office.erasures.places import replace_words
from office.erasures.services import forget_requests, requests_of, what_is_first
from programme.models import Programme
from subscriptions.models import Subscriber
from webinars.registrations.models import WebinarRegistration


@dataclass
class Repeated:
    done: int = 0
    waiting: list[User] = field(default_factory=list)
    """Who has work in their hands again, as they had when the copy was made: it is handed over first."""


def repeat_erasures() -> Repeated:
    """Idle where nobody came back."""
    known, result = entries(), Repeated()
    for subject, entry in _back(known) if known else ():
        if subject.person is not None and what_is_first(subject.person):
            result.waiting.append(subject.person)
            continue
        _repeat(subject, entry)
        result.done += 1
    return result


def keep_what_is_missing() -> int:
    """Erasures that the list lacks, as it could not be written then or was left behind in a move."""
    known = entries()
    done = db.session.scalars(
        select(ErasureRequest).where(
            ErasureRequest.status == ErasureStatus.DONE, ErasureRequest.user_id.is_not(None)
        )
    )
    by_hash = {hash_of_person(one.user): one for one in done if one.user}
    missing = [Entry(who, _moment(one), _replaced(one)) for who, one in by_hash.items() if who not in known]
    for entry in missing:
        keep(entry)
    return len(missing)


def run() -> str:
    """The nightly job: what came back is erased, what the list lacks is added."""
    missing, result = keep_what_is_missing(), repeat_erasures()
    db.session.commit()
    return f"{result.done} repeated, {len(result.waiting)} wait, {missing} added to the list"


def after_preparing(_programme: Programme) -> None:
    """Part of ``flask database prepare``, which follows every restored copy."""
    repeat_erasures()


def _back(known: dict[str, Entry]) -> Iterator[tuple[Subject, Entry]]:
    for person in db.session.scalars(select(User).where(User.erased_at.is_(None)).order_by(User.id)).all():
        if entry := known.get(hash_of_person(person)):
            yield Subject(person, "", f"Former person {person.id}"), entry
    for address in _guests():
        entry = known.get(hash_of_guest(address))
        if entry and _was_here(address, entry):
            yield Subject(None, address, f"Former person G{entry.who[:6]}"), entry


def _guests() -> list[str]:
    seats = select(func.lower(WebinarRegistration.email)).where(
        WebinarRegistration.user_id.is_(None), WebinarRegistration.email.is_not(None)
    )
    readers = select(func.lower(Subscriber.email)).where(Subscriber.email.is_not(None))
    return sorted(set(db.session.scalars(seats.union(readers)).all()))


def _was_here(address: str, entry: Entry) -> bool:
    """Before they were erased: who came anew since then asked for it."""
    seats = select(WebinarRegistration.id).where(
        func.lower(WebinarRegistration.email) == address, WebinarRegistration.created_at <= entry.moment
    )
    readers = select(Subscriber.id).where(
        func.lower(Subscriber.email) == address, Subscriber.confirmed_at <= entry.moment
    )
    return any(db.session.scalar(query.limit(1)) is not None for query in (seats, readers))


def _repeat(subject: Subject, entry: Entry) -> None:
    named = subject.named
    _close_requests(subject)
    counts = forget(subject)
    for where in entry.words:
        replace_words(where, named, subject.neutral)
    if subject.person is not None:
        audit.record(ErasureEvent.REPEATED, subject.person, actor=None, records=sum(counts.values()))


def _close_requests(subject: Subject) -> None:
    """Those that were open when the copy was made."""
    was_open = requests_of(subject), ErasureRequest.status == ErasureStatus.OPEN
    db.session.execute(
        update(ErasureRequest).where(*was_open).values(status=ErasureStatus.DONE, closed_at=clock.now())
    )
    forget_requests(subject)


def _moment(request: ErasureRequest) -> str:
    return (request.closed_at or request.updated_at).isoformat()


def _replaced(request: ErasureRequest) -> tuple[tuple[str, str, int], ...]:
    places = db.session.scalars(
        select(ErasurePlace).where(
            ErasurePlace.request_id == request.id, ErasurePlace.decision == PlaceDecision.REPLACE
        )
    )
    return tuple(one.where for one in places)
