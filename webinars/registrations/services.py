"""Asking for a seat, saying that the address is one's own, saying what one needs, giving the seat up."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from accounts.models import User
from accounts.queries import person_by_email
from core import audit, clock
from core.database import db
from core.i18n import language
from municipalities.models import Municipality
from webinars.models import Webinar
from webinars.registrations import guest_links, notices
from webinars.registrations.errors import IsEntered, NotRegistered, SaysNothing
from webinars.registrations.events import SeatEvent
from webinars.registrations.groups import origin_of_address, origin_of_person
from webinars.registrations.joining import join_accounts
from webinars.registrations.models import (
    AccessNeed,
    AudienceGroup,
    GuestLink,
    RegistrationStatus,
    WebinarRegistration,
)
from webinars.registrations.queries import seat_of
from webinars.registrations.seats import check_open, fresh, give_up, hold, is_open, take


@dataclass(frozen=True)
class Needs:
    """What somebody needs to take part."""

    codes: Sequence[AccessNeed] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if AccessNeed.OTHER in self.codes and not self.note:
            raise SaysNothing

    def put_on(self, seat: WebinarRegistration) -> None:
        """The words are those beside "something else"."""
        seat.access_needs = [need.value for need in AccessNeed if need in self.codes]
        seat.access_note = self.note or None if AccessNeed.OTHER in self.codes else None


@dataclass(frozen=True)
class Guest:
    name: str
    email: str
    place: Municipality | None = None
    needs: Needs = Needs()


def register(webinar: Webinar, person: User) -> WebinarRegistration:
    """With one tap; whoever is registered stays so."""
    hold(webinar)
    check_open(webinar)
    seat = _mine(webinar, person)
    if seat is not None and seat.is_active:
        return seat
    group, place = origin_of_person(person)
    if seat is None:
        seat = _new(webinar, user=person, language=person.language, group=group, municipality=place)
    seat.group, seat.municipality = group, place
    _take(seat, SeatEvent.REGISTERED, actor=person)
    return seat


def ask(webinar: Webinar, guest: Guest) -> None:
    """Without signing in: what happens is told by mail alone, so that the form tells nobody who is known here."""
    hold(webinar)
    check_open(webinar)
    email = guest.email.casefold()
    person = _account_of(email)
    seat = _mine(webinar, person) if person else _of_guest(webinar, email)
    if seat is not None and seat.is_active:
        notices.tell_is_registered(seat)
        return
    group, place = origin_of_person(person, guest.place) if person else origin_of_address(email, guest.place)
    if seat is None:
        seat = _new(
            webinar, user=person, email=None if person else email, language=language(), group=group,
            municipality=place,
        )  # fmt: skip
    seat.name, seat.language = None if person else guest.name, language()
    seat.group, seat.municipality = group, place
    seat.status, seat.asked_at = RegistrationStatus.UNCONFIRMED, clock.now()
    guest.needs.put_on(seat)
    db.session.flush()
    notices.ask_to_opt_in(seat)
    audit.record(SeatEvent.ASKED, seat, actor=None)


def opt_in(link: GuestLink) -> WebinarRegistration:
    """The address has answered: now a seat is taken, or the last place of the waiting list."""
    webinar = link.registration.webinar
    hold(webinar)
    check_open(webinar)
    guest_links.use(link)
    seat = fresh(webinar, link.registration_id)
    if seat.status is RegistrationStatus.UNCONFIRMED:
        _take(seat, SeatEvent.REGISTERED, actor=None)
    return seat


def take_asked(seat: WebinarRegistration, person: User) -> WebinarRegistration:
    """The same for an address that belongs to an account."""
    hold(seat.webinar)
    check_open(seat.webinar)
    seat = fresh(seat.webinar, seat.id)
    if seat.status is RegistrationStatus.UNCONFIRMED:
        _take(seat, SeatEvent.REGISTERED, actor=person)
    return seat


def cancel(seat: WebinarRegistration, *, actor: User | None) -> None:
    """The seat goes to whoever waits first. Saying it twice is saying it once."""
    webinar = seat.webinar
    hold(webinar)
    check_open(webinar)
    seat = fresh(webinar, seat.id)
    if not seat.is_active:
        return
    before = seat.status
    held_seat = seat.holds_seat
    give_up(seat)
    notices.tell_given_up(seat, held_seat=held_seat)
    _remember(SeatEvent.CANCELLED, seat, actor=actor, before={"status": before.value})


def leave_unasked(seat: WebinarRegistration) -> None:
    """Whoever is forgotten comes to nothing any more: their seat goes to who waits first, and they get no mail."""
    webinar = seat.webinar
    hold(webinar)
    seat = fresh(webinar, seat.id)
    if seat.is_active and is_open(webinar):
        before = seat.status
        give_up(seat)
        _remember(SeatEvent.CANCELLED, seat, actor=None, before={"status": before.value})


def change_needs(seat: WebinarRegistration, needs: Needs, *, actor: User | None) -> None:
    """Which ones is not remembered: it says something of a person's health."""
    hold(seat.webinar)
    check_open(seat.webinar)
    seat = fresh(seat.webinar, seat.id)
    if not seat.is_active:
        raise NotRegistered
    needs.put_on(seat)
    db.session.flush()
    audit.record(SeatEvent.NEEDS_CHANGED, seat, actor=actor)


def add_by_hand(webinar: Webinar, guest: Guest, *, actor: User) -> WebinarRegistration:
    """Somebody asked the office by phone. Their mailbox gets the same mail as everybody's."""
    hold(webinar)
    check_open(webinar)
    email = guest.email.casefold()
    person = _account_of(email)
    seat = _mine(webinar, person) if person else _of_guest(webinar, email)
    if seat is not None and seat.is_active:
        raise IsEntered
    group, place = origin_of_person(person, guest.place) if person else origin_of_address(email, guest.place)
    if seat is None:
        seat = _new(
            webinar, user=person, email=None if person else email, language=language(), group=group,
            municipality=place,
        )  # fmt: skip
    seat.name = None if person else guest.name
    seat.group, seat.municipality = group, place
    guest.needs.put_on(seat)
    _take(seat, SeatEvent.ADDED, actor=actor, personal={"name": seat.mail_name, "email": seat.mail_address})
    return seat


def _take(seat: WebinarRegistration, event: SeatEvent, *, actor: User | None, **more: Any) -> None:
    take(seat)
    notices.tell_registered(seat)
    _remember(event, seat, actor=actor, group=seat.group.value, **more)


def _remember(event: SeatEvent, seat: WebinarRegistration, *, actor: User | None, **more: Any) -> None:
    audit.record(event, seat, actor=actor, after={"status": seat.status.value}, **more)


def _new(
    webinar: Webinar,
    *,
    user: User | None,
    language: str,
    group: AudienceGroup,
    municipality: Municipality | None,
    email: str | None = None,
) -> WebinarRegistration:
    seat = WebinarRegistration(
        webinar=webinar, user=user, email=email, language=language, group=group, municipality=municipality,
        status=RegistrationStatus.UNCONFIRMED, asked_at=clock.now(), access_needs=[],
    )  # fmt: skip
    db.session.add(seat)
    return seat


def _account_of(email: str) -> User | None:
    """One that is closed gets no mail: its address is a guest's."""
    person = person_by_email(email)
    return person if person is not None and person.is_active else None


def _mine(webinar: Webinar, person: User) -> WebinarRegistration | None:
    join_accounts(webinar, only=person)
    seat = seat_of(webinar, person)
    return None if seat is None else fresh(webinar, seat.id)


def _of_guest(webinar: Webinar, email: str) -> WebinarRegistration | None:
    return db.session.scalar(
        select(WebinarRegistration)
        .where(
            WebinarRegistration.webinar_id == webinar.id,
            WebinarRegistration.user_id.is_(None),
            WebinarRegistration.email == email,
        )
        .execution_options(populate_existing=True)
    )
