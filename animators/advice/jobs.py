"""What runs on a timetable for remote advice."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from accounts.models import User
from animators.advice.notices import LoggedThere, tell_of_day
from animators.advice.queries import logged_between
from animators.consultations.models import Consultation
from core import clock
from core.database import db
from partnerships.models import Partnership
from partnerships.queries import with_people, with_place
from partnerships.workflow import PartnershipStatus

EVENING = time(20)
"""What is logged later stands in the mail of the next day; the page has it at once."""


def tell_of_the_day() -> str:
    """Leaders and deputies read what was logged. An evening that was missed is made up for on the next."""
    today = clock.today()
    told = sum(_tell_of(day) for day in (today - timedelta(days=1), today) if _end_of(day) <= clock.now())
    return f"{told} mails"


def _tell_of(day: date) -> int:
    by_place: dict[int, list[Consultation]] = defaultdict(list)
    for entry in logged_between(_end_of(day - timedelta(days=1)), _end_of(day)):
        by_place[entry.municipality_id].append(entry)
    told: dict[int, tuple[User, list[LoggedThere]]] = {}
    for partnership in _partnerships_at(list(by_place)):
        there = LoggedThere(partnership, by_place[partnership.municipality_id])
        today = clock.today()
        for person in filter(None, (partnership.leader(today), *partnership.deputies(today))):
            if person.is_active and any(one.animator_id != person.id for one in there.entries):
                told.setdefault(person.id, (person, []))[1].append(there)
    for person, places in told.values():
        tell_of_day(person, places, day)
    return len(told)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, EVENING, tzinfo=clock.LOCAL_ZONE)


def _partnerships_at(municipality_ids: list[int]) -> list[Partnership]:
    found = (
        select(Partnership)
        .where(
            Partnership.municipality_id.in_(municipality_ids), Partnership.status != PartnershipStatus.CLOSED
        )
        .options(*with_place(), *with_people())
        .order_by(Partnership.id)
    )
    return list(db.session.scalars(found).unique())
