"""A job that runs day after day, or stands still for some of them."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time

from core import clock
from core.database import db
from core.mail import OutboxMail
from tests.support.clocks import Clock


def run_on_days(
    job: Callable[[], str], clock_of_test: Clock, days: Iterable[date], *, at: time = time(7)
) -> dict[date, str]:
    """What it said on each day on which it said anything but that there was nothing. Each day it runs twice: once too often."""
    said: dict[date, str] = {}
    for day in days:
        clock_of_test.move_to(datetime.combine(day, at, tzinfo=clock.LOCAL_ZONE))
        first = job()
        assert job() == "0 reminded"
        if first != "0 reminded":
            said[day] = first
    return said


def told(outbox: Callable[[], Iterable[OutboxMail]], *addresses: str) -> list[tuple[str, str]]:
    """``(address, subject)`` of the mails promised, in order; to these addresses only, if any are named."""
    db.session.commit()
    return [
        (mail.to_address, mail.subject) for mail in outbox() if not addresses or mail.to_address in addresses
    ]
