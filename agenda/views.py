"""The calendar of a month, and the private address that a calendar program asks."""

from hashlib import sha256
from typing import NoReturn

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests

from accounts import throttle
from accounts.guards import allowed, current_person, public
from accounts.policy import Permission
from agenda import queries, services
from agenda.feeds import calendar_of
from agenda.forms import ProgrammeFilter
from agenda.months import Month, month_page
from agenda.programme import Showing, Wanted, day_written, programme_page
from core import clock, mail
from core.agenda import Group, agenda_of
from core.calendars import MEDIA_TYPE
from core.forms import ConfirmForm
from core.i18n import _
from core.paging import address_with, asked_id

bp = Blueprint("agenda", __name__)

NEW_ADDRESS = "calendar_address"
"""In the session until the page has shown it, once."""
WRONG_ADDRESSES = throttle.Limits(
    "calendar-feed", account=30, account_from_place=20, place=60, known_device=30
)
"""Of addresses that are nobody's. One that works is always answered, whoever else asks from the same place."""


@bp.get("/calendar")
@allowed(Permission.OWN_ACCOUNT)
def month() -> ResponseReturnValue:
    today = clock.today()
    asked = Month.written(request.args.get("month", "")) or Month.of(today)
    weeks = asked.weeks
    found = agenda_of(current_person(), weeks[0][0], weeks[-1][-1])
    return render_template(
        "agenda/month.html", page=month_page(asked, found, today), this_month=Month.of(today)
    )


@bp.get("/office/calendar")
@allowed(Permission.BOARD_READ)
def programme() -> ResponseReturnValue:
    """Everything that has a date, of every partnership."""
    today, asked = clock.today(), request.args
    wanted = Wanted(
        group=Group(asked["kind"]) if asked.get("kind") in set(Group) else None,
        region=asked.get("region", "")[:80],
        animator=asked_id("animator"),
    )
    showing = Showing(asked["view"]) if asked.get("view") in set(Showing) else Showing.MONTH
    shown = programme_page(
        current_person(), showing, day_written(asked.get("day", "")) or today, wanted, today=today
    )
    form = ProgrammeFilter(formdata=asked)
    form.offer(shown.regions, shown.animators)
    return render_template(
        "agenda/programme.html", shown=shown, page=shown.page, form=form, is_narrowed=wanted != Wanted(),
        views=[(one, address_with(view=one.value)) for one in Showing], address_with=address_with,
    )  # fmt: skip


@bp.get("/calendar/address")
@allowed(Permission.OWN_ACCOUNT)
def address() -> ResponseReturnValue:
    """A new address is shown once: it is nowhere kept."""
    secret = session.pop(NEW_ADDRESS, None)
    return render_template(
        "agenda/address.html",
        feed=queries.feed_of(current_person()),
        address=mail.link_to("agenda.feed", token=secret) if secret else None,
        form=ConfirmForm(),
    )


@bp.post("/calendar/address")
@allowed(Permission.OWN_ACCOUNT)
def make_address() -> ResponseReturnValue:
    form = ConfirmForm()
    form.validate_on_submit()
    session[NEW_ADDRESS] = services.make_address(current_person(), actor=current_person())
    return redirect(url_for(".address"), 303)


@bp.post("/calendar/address/revoke")
@allowed(Permission.OWN_ACCOUNT)
def revoke_address() -> ResponseReturnValue:
    form = ConfirmForm()
    form.validate_on_submit()
    services.revoke_address(current_person(), actor=current_person())
    flash(_("The address is revoked. Calendars that know it get nothing any more."), "success")
    return redirect(url_for(".address"), 303)


@bp.get("/feed/<token>.ics")
@public
def feed(token: str) -> ResponseReturnValue:
    """The address itself is the key: no session is asked for, and none is begun."""
    found = queries.feed_by_secret(token)
    if found is None:
        _refuse(token)
    text = calendar_of(found.user)
    etag = sha256(text.encode()).hexdigest()
    answer = Response(text, mimetype=MEDIA_TYPE)
    answer.last_modified = services.note_answer(found, etag)
    answer.set_etag(etag)
    answer.cache_control.private = answer.cache_control.no_cache = True
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer.make_conditional(request)


def _refuse(token: str) -> NoReturn:
    attempt = throttle.a_try(WRONG_ADDRESSES, account=token, address=request.remote_addr)
    if wait := throttle.admit(WRONG_ADDRESSES, attempt):
        raise TooManyRequests(retry_after=wait)
    abort(404)
