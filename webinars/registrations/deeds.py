"""What links in the mails of people with an account do: one page with one button, without signing in."""

from flask import url_for

from accounts.mail_links import DeedPage, MailDeed
from accounts.models import User
from accounts.policy import Permission
from core.database import db
from core.i18n import _
from webinars.registrations import moving, services
from webinars.registrations.errors import NotRegistered
from webinars.registrations.models import RegistrationStatus, WebinarRegistration
from webinars.registrations.notices import CANCEL, CONFIRM, TAKE
from webinars.registrations.seats import check_open
from webinars.times import place_said, said


def seat_by_id(seat_id: int) -> WebinarRegistration | None:
    return db.session.get(WebinarRegistration, seat_id)


def _facts(seat: WebinarRegistration) -> list[tuple[str, str]]:
    webinar = seat.webinar
    return [
        (_("Webinar"), webinar.title),
        (_("When"), said(webinar)),
        (_("Where"), place_said(webinar)),
    ]


def _cancel_page(seat: WebinarRegistration, person: User) -> DeedPage:
    check_open(seat.webinar)
    if not seat.is_active:
        raise NotRegistered
    return DeedPage(
        title=_("Cancel your registration?"),
        text=_(
            "Your seat goes to the person who waits first. You can register again as long as there is room."
        ),
        button=_("Cancel my registration"),
        facts=_facts(seat),
    )


def _cancel(seat: WebinarRegistration, person: User) -> str:
    services.cancel(seat, actor=person)
    return _("You are not registered any more. Thank you for making room.")


def _confirm_page(seat: WebinarRegistration, person: User) -> DeedPage:
    check_open(seat.webinar)
    if not seat.holds_seat:
        raise NotRegistered
    return DeedPage(
        title=_("Do you come at the new time?"),
        text=_("The webinar was moved. Confirm, and your seat stays yours."),
        button=_("I come at the new time"),
        facts=_facts(seat),
    )


def _confirm(seat: WebinarRegistration, person: User) -> str:
    moving.confirm(seat, actor=person)
    return _("Thank you. Your seat at the new time is kept.")


def _take_page(seat: WebinarRegistration, person: User) -> DeedPage:
    check_open(seat.webinar)
    if seat.status is RegistrationStatus.CANCELLED:
        raise NotRegistered
    return DeedPage(
        title=_("Register for this webinar?"),
        text=_("You asked for a seat with the address of your account. It will be kept in your account."),
        button=_("Register for the webinar"),
        facts=_facts(seat),
    )


def _take(seat: WebinarRegistration, person: User) -> str:
    taken = services.take_asked(seat, person)
    if taken.status is RegistrationStatus.WAITLISTED:
        return _("All seats are taken. You are on the waiting list; the mail says at which place.")
    return _("You are registered. The entry for your calendar is in the mail.")


def _place(seat: WebinarRegistration) -> str:
    return url_for("seats.show", webinar_id=seat.webinar_id)


DEEDS = (
    MailDeed(CANCEL, seat_by_id, Permission.SEAT_CHANGE, _cancel_page, _cancel, _place),
    MailDeed(CONFIRM, seat_by_id, Permission.SEAT_CHANGE, _confirm_page, _confirm, _place),
    MailDeed(TAKE, seat_by_id, Permission.SEAT_CHANGE, _take_page, _take, _place),
)
