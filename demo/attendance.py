"""Who came to the webinars that were: each report as Zoom writes it, read and saved as the office does."""

import csv
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from io import StringIO

from accounts.demo_sign_ins import DEMO_SIGN_INS
from accounts.models import User
from core import clock, mail
from core.database import db
from demo.calendar import Calendar
from demo.chance import Chance
from demo.seats import Seat
from webinars.attendance import by_hand, reports
from webinars.attendance.matching import registrations_of
from webinars.certificates.queries import counting_of
from webinars.certificates.services import issue, issue_to_guest
from webinars.models import Webinar
from webinars.registrations.models import WebinarRegistration

HEAD = (
    "Attended", "User Name (Original Name)", "First Name", "Last Name", "Email", "Registration Time", "Approval Status",
    "Join Time", "Leave Time", "Time in Session (minutes)", "Is Guest", "Country/Region Name",
)  # fmt: skip
STRANGERS = ("Grażyna Szpak", "Lech Czyżyk", "iPad (Ola)")
ZOOM_TIME = "%m/%d/%Y %I:%M:%S %p"
PERCENT_CAME, PERCENT_TWICE, PERCENT_SHORT = 85, 25, 12
READ_AFTER = timedelta(hours=20)
COUNTED = 14
"""People of the sign-in page's municipality who watched together."""


def fill_attendance(webinars: Sequence[Webinar], seats: Sequence[Seat], calendar: Calendar) -> None:
    office = seats[0].office
    for webinar in webinars:
        is_last = webinar is webinars[-1]
        with clock.at(min(webinar.ends_at + READ_AFTER, calendar.now)):
            data = _report(webinar, _who_came(webinar, seats), is_last=is_last)
            report = reports.take_in(webinar, data, actor=office)
            reports.save(report, actor=office)
            if is_last:
                by_hand.set_count(webinar, seats[0].municipality, COUNTED, actor=office)
            else:
                reports.settle_rest(report, actor=office)
            _certify(webinar, calendar)
        if report.created_at + reports.KEPT < calendar.now:
            with clock.at(report.created_at + reports.KEPT):
                reports.forget(report)


def _certify(webinar: Webinar, calendar: Calendar) -> None:
    """Who signs in here finds the mail in the outbox; the others' would fill it."""
    for owner, due in counting_of(webinar).items():
        if owner.registration_id is not None:
            seat = db.session.get_one(WebinarRegistration, owner.registration_id)
            with mail.nobody_told():
                issue_to_guest(seat)
            continue
        person = db.session.get_one(User, owner.user_id)
        with calendar.with_its_mails() if person.email in DEMO_SIGN_INS else mail.nobody_told():
            issue(person, [due])


def _who_came(webinar: Webinar, seats: Sequence[Seat]) -> list[WebinarRegistration]:
    """The last partnership has no way to webinars at all: it is let off."""
    nobody = seats[-1].municipality.id
    return [seat for seat in registrations_of(webinar) if seat.municipality_id != nobody]


def _report(webinar: Webinar, came: Sequence[WebinarRegistration], *, is_last: bool) -> bytes:
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(["Attendee Report"])
    writer.writerow(["Report Generated:", f"{clock.now():%b %d, %Y %I:%M %p}"])
    writer.writerow(["Topic", "Webinar ID", "Actual Start Time", "Actual Duration (minutes)"])
    writer.writerow([webinar.title, "812 0000 0000", f"{_local(webinar):{ZOOM_TIME}}", webinar.minutes])
    writer.writerow(["Attendee Details", ""])
    writer.writerow(HEAD)
    writer.writerows(_rows(webinar, came[:-2] if is_last else came))
    writer.writerows(_others(webinar, came[-2:] if is_last else ()))
    return out.getvalue().encode("utf-8-sig")


def _rows(webinar: Webinar, came: Sequence[WebinarRegistration]) -> Iterator[list[str]]:
    for seat in came:
        chance = Chance("attendance", webinar.title, seat.mail_address)
        is_shown = seat.mail_address in DEMO_SIGN_INS
        if not is_shown and not chance.happens(PERCENT_CAME):
            continue
        late = chance.whole(0, 8)
        short = not is_shown and chance.happens(PERCENT_SHORT)
        until = chance.whole(10, 30) if short else webinar.minutes - chance.whole(0, 6)
        if chance.happens(PERCENT_TWICE) and not short:
            gone = chance.whole(20, 50)
            yield _row(webinar, seat.mail_name, seat.mail_address, (late, gone))
            late = gone + 3
        yield _row(webinar, seat.mail_name, seat.mail_address, (late, until))


def _others(webinar: Webinar, shy: Sequence[WebinarRegistration]) -> Iterator[list[str]]:
    """Under half of a name, as some call themselves, and those whom nobody knows."""
    for seat in shy:
        first, _space, surname = seat.mail_name.partition(" ")
        yield _row(webinar, f"{first} {surname[:1]}.", "", (2, webinar.minutes - 5))
    for number, name in enumerate(STRANGERS):
        yield _row(webinar, name, "", (number, 40 + number))


def _row(webinar: Webinar, name: str, email: str, stay: tuple[int, int]) -> list[str]:
    joined, left = (f"{_local(webinar) + timedelta(minutes=minute):{ZOOM_TIME}}" for minute in stay)
    begin, end = stay
    return ["Yes", name, "", "", email, "", "approved", joined, left, str(end - begin), "Yes", "Poland"]


def _local(webinar: Webinar) -> datetime:
    return clock.local(webinar.starts_at)
