"""The office is reminded of initiatives that nobody has followed up for long."""

from collections.abc import Iterator

from accounts.queries import office_people
from core import clock
from core.reminders import Reminder, remind
from initiatives.queries import overdue

MOST_NAMED = 10


def remind_office() -> str:
    """Once a month, as long as there are any."""
    return remind(_reminders())


def _reminders() -> Iterator[Reminder]:
    found = overdue()
    context = {"initiatives": found[:MOST_NAMED], "count": len(found)}
    for person in office_people() if found else ():
        key = f"initiatives-overdue:{clock.today():%Y-%m}:{person.id}"
        yield Reminder(person, "initiatives/mail/overdue", key, context)
