"""Who the people of a report are: by e-mail address, by the name of somebody registered, by that of a leader or deputy.

What is not sure is asked: a name that several bear, or one that is only similar.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from accounts.models import User
from core import clock
from core.database import db
from core.text import words
from partnerships.models import LeaderTerm
from partnerships.queries import covers
from programme.code_lists import alike, letter_pairs
from webinars.attendance.models import KnownBy, LineState
from webinars.attendance.reading import Person
from webinars.models import Webinar
from webinars.registrations.models import RegistrationStatus, WebinarRegistration

AT_ONCE = 500
"""Addresses asked for in one query."""
ALIKE = 0.7
MOST_CANDIDATES = 6
SHORTEST_WORD = 3

NameKey = tuple[str, ...]


@dataclass(frozen=True)
class Target:
    """Somebody it may be: a person with an account, or a guest's registration."""

    code: str
    name: str

    @property
    def key(self) -> NameKey:
        return tuple(sorted(words(self.name)))


@dataclass(frozen=True)
class Match:
    state: LineState
    known_by: KnownBy | None = None
    target: str | None = None
    candidates: tuple[str, ...] = ()


@dataclass
class Known:
    """Everybody who may have been there."""

    by_email: dict[str, set[str]] = field(default_factory=dict)
    registered: list[Target] = field(default_factory=list)
    leaders: list[Target] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._registered, self._leaders = _by_key(self.registered), _by_key(self.leaders)
        everybody = {one.code: one for one in (*self.registered, *self.leaders)}
        self._pairs = {one: letter_pairs(" ".join(one.key)) for one in everybody.values()}
        self._by_word: dict[str, list[Target]] = {}
        for one in everybody.values():
            for word in set(one.key):
                self._by_word.setdefault(word, []).append(one)

    def match(self, person: Person) -> Match:
        mine = sorted(self.by_email.get(person.email or "", ()))
        if len(mine) == 1:
            return Match(LineState.KNOWN, KnownBy.EMAIL, mine[0])
        if mine:
            return Match(LineState.UNSURE, candidates=tuple(mine[:MOST_CANDIDATES]))
        return self._by_name(person.name_key)

    def _by_name(self, key: NameKey) -> Match:
        if len(key) > 1:
            for known_by, people in (
                (KnownBy.NAME, self._registered),
                (KnownBy.LEADER_NAME, self._leaders),
            ):
                found = people.get(key, [])
                if len(found) == 1:
                    return Match(LineState.KNOWN, known_by, found[0])
                if found:
                    return Match(LineState.UNSURE, candidates=tuple(found[:MOST_CANDIDATES]))
        similar = self._similar(key)
        return Match(LineState.UNSURE if similar else LineState.UNKNOWN, candidates=similar)

    def _similar(self, key: NameKey) -> tuple[str, ...]:
        """Those that share a word with it, the most alike first."""
        pairs = letter_pairs(" ".join(key))
        near = {one for word in key if len(word) >= SHORTEST_WORD for one in self._by_word.get(word, ())}
        likeness = {one: alike(pairs, self._pairs[one]) for one in near}
        found = [one for one, share in likeness.items() if share >= ALIKE or _is_shorter(key, one.key)]
        found.sort(key=lambda one: (-likeness[one], one.name, one.code))
        return tuple(one.code for one in found[:MOST_CANDIDATES])


def _by_key(people: Iterable[Target]) -> Mapping[NameKey, list[str]]:
    found: dict[NameKey, list[str]] = {}
    for one in people:
        if one.code not in found.setdefault(one.key, []):
            found[one.key].append(one.code)
    return found


def _is_shorter(key: NameKey, other: NameKey) -> bool:
    """``Anna N.`` of ``Anna Nowak``: each word of the one is a word, or the beginning, of the other."""
    short, long = sorted((key, other), key=len)
    return all(any(whole.startswith(word) for whole in long) for word in short)


# --- Everybody who may have been there -------------------------------------------------------------------


def known_people(webinar: Webinar, emails: Collection[str]) -> Known:
    """A handful of questions, however many people are in the report."""
    seats = registrations_of(webinar)
    leaders = _leaders(webinar)
    registered = {code_of(seat) for seat in seats}
    by_email, signing_in = dict[str, set[str]](), dict[str, str]()
    for user in _with_addresses(sorted(emails)):
        code = code_of_user(user.id)
        signing_in[user.email] = code
        for address in filter(None, (user.email, user.notification_email)):
            by_email.setdefault(address.casefold(), set()).add(code)
    for seat in seats:
        if seat.user_id is None and seat.email:
            known = by_email.setdefault(seat.email, {code_of_seat(seat.id)})
            if known == {signing_in.get(seat.email)} and not known & registered:
                by_email[seat.email] = {code_of_seat(seat.id)}  # their account is of later, or closed
    return Known(
        by_email,
        [Target(code_of(seat), seat.mail_name) for seat in seats],
        [Target(code_of_user(user.id), user.name) for user in leaders],
    )


def code_of(seat: WebinarRegistration) -> str:
    return code_of_user(seat.user_id) if seat.user_id is not None else code_of_seat(seat.id)


def code_of_user(user_id: int) -> str:
    return f"user-{user_id}"


def code_of_seat(seat_id: int) -> str:
    return f"seat-{seat_id}"


def registrations_of(webinar: Webinar) -> Sequence[WebinarRegistration]:
    """Cancelled ones too: some come all the same. An address that has not answered is nobody's yet."""
    return db.session.scalars(
        select(WebinarRegistration)
        .where(
            WebinarRegistration.webinar_id == webinar.id,
            WebinarRegistration.forgotten_at.is_(None),
            WebinarRegistration.status != RegistrationStatus.UNCONFIRMED,
        )
        .order_by(WebinarRegistration.id)
        .options(joinedload(WebinarRegistration.user), joinedload(WebinarRegistration.municipality))
    ).all()


def _leaders(webinar: Webinar) -> Sequence[User]:
    """Leaders and deputies in office on the day of the webinar."""
    day = clock.local(webinar.starts_at).date()
    return db.session.scalars(
        select(User)
        .where(
            User.id.in_(
                select(LeaderTerm.user_id).where(covers(LeaderTerm.starts_on, LeaderTerm.ends_on, day))
            )
        )
        .order_by(User.id)
    ).all()


def _with_addresses(emails: Sequence[str]) -> Iterable[User]:
    for start in range(0, len(emails), AT_ONCE):
        part = emails[start : start + AT_ONCE]
        yield from db.session.scalars(
            select(User).where(or_(User.email.in_(part), func.lower(User.notification_email).in_(part)))
        )
