"""Webinars: a series with one to begin with, those that were, those to come, a moved one, a cancelled one, one of others."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from accounts.models import User
from core import clock
from core.text import slug
from core.uploads import SentFile
from demo.attendance import fill_attendance
from demo.calendar import Calendar
from demo.paper import small_pdf
from demo.registrations import had_registered, register_for
from demo.seats import Seat
from demo.webinar_texts import (
    CANCEL_REASON,
    CANCELLED,
    OUTSIDE,
    PAST,
    SERIES,
    SHORT,
    SHORT_REASON,
    TO_COME,
    Script,
)
from programme.queries import the_programme
from webinars import services
from webinars.models import Webinar, WebinarForm, WebinarSeries
from webinars.registrations.moving import NewTime, call_off, move
from webinars.services import Content, SeriesContent
from webinars.services.flow import archive

DAYS_BETWEEN, NOTICE, MINUTES, MATERIALS_AFTER = 16, 12, 90, 1
HOURS = (time(10), time(17), time(12, 30))
PRESENT_FOR = 45


def hold_webinars(seats: Sequence[Seat], calendar: Calendar) -> None:
    office = seats[0].office
    with clock.at(_moment(calendar, -calendar.length, time(9))):
        name, description = SERIES
        series = services.make_series(SeriesContent(name, description, 1, PRESENT_FOR), actor=office)
    were = [
        _held(series, script, days=_past_day(number), number=number, calendar=calendar, office=office)
        for number, script in enumerate(PAST)
    ]
    introduction = SeriesContent(name, description, 1, PRESENT_FOR, introduction_id=were[0].id)
    with clock.at(were[0].ends_at + timedelta(hours=1)):
        services.change_series(series, introduction, actor=office)
    for webinar in were:
        had_registered(webinar, seats)
    fill_attendance(were, seats, calendar)
    _short(series, calendar, office)
    _to_come(series, seats, calendar, office)
    _outside(calendar, office)


def _past_day(number: int) -> int:
    """The last of them was four days ago."""
    return -(4 + DAYS_BETWEEN * (len(PAST) - 1 - number))


def _moment(calendar: Calendar, days: int, at: time) -> datetime:
    """So many days from today, or on the next working day."""
    day = calendar.day(-days)
    while not clock.is_working_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, at, tzinfo=clock.LOCAL_ZONE)


def _content(series: WebinarSeries | None, script: Script, starts_at: datetime, **more: object) -> Content:
    values: dict[str, object] = {
        "title": script.title, "starts_at": starts_at, "minutes": MINUTES, "abstract": script.abstract,
        "series_id": series.id if series else None, "presenters": script.presenters, "explains": script.explains,
        "join_link": f"https://spotkania.gromada.example/{slug(script.title)}", **more,
    }  # fmt: skip
    return Content(**values)  # type: ignore[arg-type]  # named once for all


def _announced(content: Content, days_before: int, office: User, reason: str | None = None) -> Webinar:
    notice = clock.local(content.starts_at).replace(hour=9) - timedelta(days=days_before)
    with clock.at(notice - timedelta(days=3)):
        webinar = services.write_webinar(content, actor=office)
    with clock.at(notice):
        services.announce(webinar, reason=reason, actor=office)
    return webinar


def _held(
    series: WebinarSeries, script: Script, *, days: int, number: int, calendar: Calendar, office: User
) -> Webinar:
    starts_at = _moment(calendar, days, HOURS[number % len(HOURS)])
    webinar = _announced(_content(series, script, starts_at), NOTICE, office)
    with clock.at(webinar.ends_at + timedelta(minutes=10)):
        services.note_as_held(webinar)
    with clock.at(min(webinar.ends_at + timedelta(days=MATERIALS_AFTER), calendar.now)):
        if script.material:
            file = SentFile(f"{slug(script.material)}.pdf", small_pdf(script.material))
            services.add_material(webinar, title=script.material, file=file, actor=office)
    kept = timedelta(days=the_programme().settings.webinar_archive_days)
    if starts_at + kept < calendar.now:
        with clock.at(starts_at + kept):
            archive(webinar)
    return webinar


def _short(series: WebinarSeries, calendar: Calendar, office: User) -> None:
    """Announced three days ahead, some weeks ago."""
    content = _content(series, SHORT, _moment(calendar, -24, time(9)), minutes=30)
    webinar = _announced(content, 3, office, SHORT_REASON)
    with clock.at(webinar.ends_at + timedelta(minutes=10)):
        services.note_as_held(webinar)


def _to_come(series: WebinarSeries, seats: Sequence[Seat], calendar: Calendar, office: User) -> None:
    on_duty, keeping, report, meeting = TO_COME
    first = _yet_to_be(_content(series, on_duty, _moment(calendar, 6, time(17))), calendar, 8, office)
    moved = _yet_to_be(_content(series, keeping, _moment(calendar, 9, time(10))), calendar, 10, office)
    off = _yet_to_be(_content(series, CANCELLED, _moment(calendar, 13, time(17))), calendar, 6, office)
    on_site = _yet_to_be(
        _content(
            series, meeting, _moment(calendar, 27, time(10)), minutes=300, form=WebinarForm.ON_SITE, join_link=None,
            place="Biblioteka Publiczna, Rynek 1, Nowogrodziec", capacity=40,
        ), calendar, 3, office,
    )  # fmt: skip
    for webinar in (first, moved, off, on_site):
        register_for(webinar, seats, office=office)
    with clock.at(calendar.now - timedelta(hours=20)), calendar.with_its_mails():
        new = NewTime(
            _moment(calendar, 16, time(12, 30)), MINUTES, "Prowadzący jest tego dnia na innym szkoleniu."
        )
        move(moved, new, actor=office)
    with clock.at(calendar.now - timedelta(hours=19)), calendar.with_its_mails():
        call_off(off, reason=CANCEL_REASON, actor=office)
    with clock.at(calendar.now - timedelta(hours=5)):
        services.write_webinar(_content(series, report, _moment(calendar, 34, time(10))), actor=office)


def _yet_to_be(content: Content, calendar: Calendar, announced_days_ago: int, office: User) -> Webinar:
    with clock.at(calendar.now - timedelta(days=announced_days_ago, hours=1)):
        webinar = services.write_webinar(content, actor=office)
        services.announce(webinar, actor=office)
    return webinar


def _outside(calendar: Calendar, office: User) -> None:
    content = _content(
        None, OUTSIDE, _moment(calendar, 20, time(9)), minutes=420, form=WebinarForm.ON_SITE, join_link=None,
        place="Biblioteka Wojewódzka, Wrocław", is_outside=True, outside_link="https://kongres.gromada.example/zapisy",
        co_organisers="Stowarzyszenie Bibliotek „Zakładka”",
    )  # fmt: skip
    _yet_to_be(content, calendar, 4, office)
