"""What every entry of advice is held to, whoever paid for it."""

from collections.abc import Sequence
from datetime import date

from accounts.models import User
from animators.advice.errors import (
    BeforeItBegan,
    LateNeedsReason,
    NoMinutes,
    NotAssignedThen,
    NoTopic,
    NotRemote,
    NotTheirs,
    NotYet,
)
from animators.advice.models import REMOTE_CHANNELS
from animators.advice.queries import advisers_on, has_advised
from animators.consultations.models import Channel
from animators.hours.minutes import MOST
from core import clock
from municipalities.models import Municipality
from programme.queries import the_programme

TOPICS = "advice_topic"


def check_minutes(minutes: int | None) -> int:
    """Whole ones, as the ledger counts."""
    if type(minutes) is not int or not 0 < minutes <= MOST:
        raise NoMinutes
    return minutes


def check_channel(channel: Channel) -> None:
    if channel not in REMOTE_CHANNELS:
        raise NotRemote


def check_topics(topics: Sequence[str]) -> list[str]:
    """Each once, of those the programme knows, in the order of its list."""
    known = [code for code in the_programme().code_lists[TOPICS].codes if code in topics]
    if not known or set(topics) - set(known):
        raise NoTopic
    return known


def check_day(day: date, late_reason: str | None) -> None:
    programme, today = the_programme(), clock.today()
    days = programme.settings.backdate_reason_days
    if day > today:
        raise NotYet(day)
    if day < programme.row.starts_on:
        raise BeforeItBegan(programme.row.starts_on)
    if (today - day).days > days and not late_reason:
        raise LateNeedsReason(days)


def check_assigned(municipality: Municipality, animator: User, day: date) -> None:
    """On the day of the talk: during a leave the cover advises, and not the animator who is away.

    Whoever advised there at another time is told who did that day; to anybody else the place is a stranger's.
    """
    advisers = advisers_on(municipality.id, day)
    if animator.id in {one.id for one in advisers}:
        return
    if not has_advised(animator, municipality.id):
        raise NotTheirs(municipality.name)
    raise NotAssignedThen(municipality.name, day, advisers[0].name if advisers else None)


def own_key(person: User, key: str) -> str:
    """What a form sends, as it is kept: two people never share one."""
    return f"{person.id}:{key}"[:64]
