"""What happens to recordings by itself: they are owed, chased, and their links looked at."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from accounts.models import User
from accounts.queries import office_people
from core import clock
from core.checked_links import CheckedLink, LinkPlace, check_links, link_places, newly_dead
from core.database import db
from core.link_checks import LinkChecker
from core.reminders import Reminder, remind
from programme.queries import current_programme
from webinars.recordings.models import Recording
from webinars.recordings.owing import owe_missing
from webinars.recordings.queries import owed
from webinars.recordings.watching import forget_tries

DAYS_BEFORE, DAYS_BETWEEN = timedelta(days=2), 7


def chase_recordings() -> str:
    """The office is told two days before one is due, and once a week from the day after."""
    owe_missing()
    forget_tries()
    db.session.commit()
    office = office_people()
    return remind(one for recording in owed() for one in _about(recording, office))


def _about(recording: Recording, office: Sequence[User]) -> Iterator[Reminder]:
    today, due = clock.today(), recording.due_on
    if today < due - DAYS_BEFORE:
        return
    late = (today - due).days
    what = f"overdue-{(late - 1) // DAYS_BETWEEN}" if late > 0 else "due"
    context: dict[str, Any] = {"recording": recording, "is_overdue": late > 0, "last_day": due}
    until = {} if late > 0 else {"until": due}
    for person in office:
        key = f"recording-{what}:{recording.id}:{due}:{person.id}"
        yield Reminder(person, "webinars/recordings/mail/owed", key, {**context, **until})


def check_shown_links(checker: LinkChecker | None = None) -> str:
    """A demonstration's links are invented: there is nothing to look at."""
    programme = current_programme()
    if programme is not None and programme.is_demo:
        return "not in a demonstration"
    looked_at = check_links(checker or LinkChecker())
    told = tell_of_dead_links()
    return f"{looked_at} looked at, {told} newly dead"


def tell_of_dead_links() -> int:
    """Once for each, in one mail: what is noted as told and the mails are one transaction."""
    links, office = newly_dead(), office_people()
    if not links or not office:
        return 0
    places = link_places()
    lines = [_dead_line(link, places) for link in links]
    key = "-".join(str(link.id) for link in links)
    for link in links:
        link.told_at = clock.now()
    remind(
        Reminder(
            person,
            "webinars/recordings/mail/dead_links",
            f"dead-links:{key}:{clock.today()}:{person.id}",
            {"links": lines},
        )
        for person in office
    )
    return len(links)


def _dead_line(link: CheckedLink, places: Mapping[str, Sequence[LinkPlace]]) -> dict[str, Any]:
    """As the mail says it."""
    return {"url": link.url, "why": link.answer.label if link.answer else "", "at": places.get(link.url, [])}
