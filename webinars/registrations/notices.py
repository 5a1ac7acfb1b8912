"""Who registered is told what becomes of it. Every mail has its way out: one link, one page, one button."""

from collections.abc import Set
from datetime import datetime
from functools import partial
from typing import Any

from accounts.mail_links import mail_link
from accounts.models import User
from core import clock, mail
from core.calendars import Method
from core.i18n import in_language
from core.local_times import said
from webinars.models import Webinar
from webinars.registrations import guest_links
from webinars.registrations.calendars import file_for, where
from webinars.registrations.models import LinkPurpose, RegistrationStatus, WebinarRegistration
from webinars.registrations.queries import place_in_line
from webinars.registrations.times import day_before
from webinars.times import place_said

CANCEL, CONFIRM, TAKE = "webinar-seat-cancel", "webinar-seat-confirm", "webinar-seat-take"


def tell_registered(seat: WebinarRegistration) -> None:
    """A seat, with the entry for the calendar; or a place in the line."""
    if seat.status is RegistrationStatus.WAITLISTED:
        _tell(seat, "waiting", line=place_in_line(seat))
    else:
        reminds = clock.now() < day_before(
            seat.webinar.starts_at
        )  # of a later seat this mail is reminder enough
        _tell(seat, "registered", method=Method.REQUEST, reminds=reminds)


def tell_moved_up(seat: WebinarRegistration) -> None:
    _tell(seat, "moved_up", method=Method.REQUEST)


def tell_given_up(seat: WebinarRegistration, *, held_seat: bool) -> None:
    _tell(seat, "given_up", method=Method.CANCEL if held_seat else None, had_seat=held_seat)


def tell_moved(seat: WebinarRegistration, old: tuple[datetime, int], *, reason: str, actor: User) -> None:
    """At once: old and new time, the entry that moves, and how to say that one still comes."""
    method = Method.REQUEST if seat.holds_seat else None
    _tell(
        seat, "moved", method=method, actor=actor, old=old, reason=reason,
        confirm_by=seat.webinar.reconfirm_by,
    )  # fmt: skip


def tell_to_confirm(seat: WebinarRegistration) -> None:
    """Once more before the seat goes to somebody else."""
    _tell(
        seat, "to_confirm", once=_time_of(seat.webinar),
        confirm_by=seat.webinar.reconfirm_by,
    )  # fmt: skip


def tell_lost(seat: WebinarRegistration) -> None:
    _tell(seat, "lost", method=Method.CANCEL)


def tell_confirmed(seat: WebinarRegistration) -> None:
    _tell(seat, "confirmed", method=Method.REQUEST)


def tell_called_off(seat: WebinarRegistration, *, reason: str, held_seat: bool, actor: User) -> None:
    _tell(
        seat, "called_off", method=Method.CANCEL if held_seat else None, actor=actor, reason=reason,
        had_seat=held_seat,
    )  # fmt: skip


def tell_changed(seat: WebinarRegistration, *, fields: Set[str], actor: User) -> None:
    """Where it is held or for how long, not when it begins: nobody has to confirm it. A move before it still waits."""
    method = Method.REQUEST if seat.holds_seat else None
    _tell(
        seat, "changed", method=method, actor=actor, fields=fields, confirm_by=seat.webinar.reconfirm_by,
    )  # fmt: skip


def tell_tomorrow(seat: WebinarRegistration) -> None:
    _tell(seat, "tomorrow", method=Method.REQUEST, once=_time_of(seat.webinar))


def tell_in_an_hour(seat: WebinarRegistration) -> None:
    _tell(seat, "in_an_hour", method=Method.REQUEST, once=_time_of(seat.webinar))


def reminder_key(seat: WebinarRegistration, what: str) -> str:
    """The time is part of it: a webinar that was moved reminds again."""
    return f"webinar-{what}:{seat.id}:{_time_of(seat.webinar)}"


def ask_to_opt_in(seat: WebinarRegistration) -> None:
    """A guest's address answers for itself; that of an account leads to the account's own button."""
    if seat.user is not None:
        link = mail_link(TAKE, seat, seat.user, valid_for=guest_links.OPT_IN_VALID)
    else:
        until = clock.now() + guest_links.OPT_IN_VALID
        secret = guest_links.issue(seat, LinkPurpose.OPT_IN, until=until)
        link = mail.link_to("public.confirm_registration", lang=seat.language, token=secret)
    key = seat.asked_at.isoformat()
    with in_language(seat.mail_language):
        time, place = said(seat.webinar.starts_at, seat.webinar.minutes), place_said(seat.webinar)
    _queue(seat, "opt_in", key, link=link, has_account=seat.user is not None, time=time, where=place)


def tell_is_registered(seat: WebinarRegistration) -> None:
    """Somebody filled in the form with an address that is on the list: only its mailbox learns that."""
    key = f"{seat.row_version}:{clock.now():%Y-%m-%dT%H}"
    line = place_in_line(seat) if seat.status is RegistrationStatus.WAITLISTED else None
    _tell(seat, "is_registered", once=key, line=line)


def _tell(
    seat: WebinarRegistration,
    what: str,
    *,
    method: Method | None = None,
    actor: User | None = None,
    once: str | None = None,
    old: tuple[datetime, int] | None = None,
    **context: Any,
) -> None:
    """``once``: what makes a repeated mail the same one; by itself the state of the seat and of the webinar."""
    calendar = None
    if method is not None:
        with in_language(seat.mail_language):
            calendar = file_for(seat, method)
    with in_language(seat.mail_language):
        webinar = seat.webinar
        place = where(webinar) if seat.holds_seat else place_said(webinar)
        facts = {"time": said(webinar.starts_at, webinar.minutes), "where": place}
        if old is not None:
            facts["old"] = said(*old)
    key = once or f"{seat.webinar.calendar_sequence}:{seat.row_version}"
    _queue(
        seat, what, key, calendar=calendar, reply_to=actor.mail_address if actor else None,
        actor=actor, **_links(seat), **facts, **context,
    )  # fmt: skip


def _queue(seat: WebinarRegistration, what: str, key: str, **context: Any) -> None:
    """Never in a bundle: whoever asked for a seat waits for the answer, and times do not wait."""
    mail.queue(
        seat.user or seat,
        f"webinars/registrations/mail/{what}",
        dedupe_key=f"webinar-{what}:{seat.id}:{key}",
        urgent=True,
        seat=seat,
        webinar=seat.webinar,
        **context,
    )


def _links(seat: WebinarRegistration) -> dict[str, str | None]:
    """To the person's own page, to the button that gives the seat up, and to the one that confirms a new time."""
    must_confirm = seat.status is RegistrationStatus.MUST_RECONFIRM
    until = guest_links.end_of(seat)
    if seat.user is not None:
        valid_for = until - clock.now()
        return {
            "own_page": mail.link_to("seats.show", webinar_id=seat.webinar_id),
            "cancel": mail_link(CANCEL, seat, seat.user, valid_for=valid_for) if seat.is_active else None,
            "confirm": mail_link(CONFIRM, seat, seat.user, valid_for=valid_for) if must_confirm else None,
        }
    secret = guest_links.issue(seat, LinkPurpose.SEAT, until=until)
    to = partial(mail.link_to, lang=seat.language, token=secret)
    return {
        "own_page": to("public.seat"),
        "cancel": to("public.cancel_seat") if seat.is_active else None,
        "confirm": to("public.confirm_time") if must_confirm else None,
    }


def _time_of(webinar: Webinar) -> str:
    return webinar.starts_at.isoformat()
