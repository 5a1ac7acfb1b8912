"""Work cards: the month before last is locked, the last one waits for the office, this month's is still open."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from accounts.models import User
from animators.cards.lines import first_of, next_month
from animators.cards.models import Work, WorkCard
from animators.cards.queries import content_of, last_months
from animators.cards.services import flow
from animators.cards.services.entering import Entry, add_line, begin_card
from animators.cards.work_done import work_done
from core import clock
from core.database import db
from demo.cast import HOME
from demo.chance import Chance
from demo.seats import Seat

JOURNEYS = ((75, 92), (100, 134), (50, 48), (120, 176))
"""There and back: minutes and kilometres."""
PREPARED = (
    "Przygotowanie materiałów na spotkanie konsultacyjne",
    "Przegląd planu przed konsultacją",
    "Zestawienie danych o gminie",
)
DELAYS = {"submitted": timedelta(days=2), "checked": timedelta(days=5)}
OTHERS = ("locked", "submitted", "checked", "open", None)
"""How far the other animators are with last month's card; None: not begun."""


def keep_work_cards(seats: Sequence[Seat]) -> None:
    """In full for ``animator@``; the others have last month's, in every state."""
    home = next(seat for seat in seats if seat.code == HOME)
    this, last, before = last_months(3)
    for month, state in ((before, "locked"), (last, "submitted"), (this, "open")):
        _card(home.animator, month, state, home)
    others = [one for one in dict.fromkeys(seat.animator for seat in seats) if one is not home.animator]
    for number, animator in enumerate(others):
        reached = OTHERS[number % len(OTHERS)]
        if reached is not None:
            _card(animator, last, reached, home)


def _card(animator: User, month: date, state: str, home: Seat) -> None:
    office, calendar = home.office, home.calendar
    over = datetime.combine(next_month(month), time(9), tzinfo=clock.LOCAL_ZONE)
    with clock.at(min(over, calendar.now)):
        card = begin_card(animator, month, actor=animator)
        _enter(card, animator)
    if state == "open":
        return
    with clock.at(min(over + DELAYS["submitted"], calendar.now)), calendar.with_its_mails():
        flow.submit_card(card, seen=flow.seen_as(content_of(card)), actor=animator)
    if state in {"checked", "locked"}:
        with clock.at(min(over + DELAYS["checked"], calendar.now)), calendar.with_its_mails():
            flow.check_card(card, actor=office)
            if state == "locked":
                flow.lock_card(card, actor=office)


def _enter(card: WorkCard, animator: User) -> None:
    """A journey to each visit, and an hour or two of preparation."""
    chance = Chance("card", animator.email, card.month_key)
    for one in work_done(animator):
        if one.work is Work.VISIT and first_of(one.day) == card.month and one.day <= clock.today():
            minutes, km = chance.one(JOURNEYS)
            place = one.about.split(" – ")[0]
            add_line(card, Entry(one.day, Work.TRAVEL, minutes, km, f"Dojazd: {place}"), actor=animator)
    days = [
        card.month + timedelta(days=step) for step in range(min(27, (clock.today() - card.month).days + 1))
    ]
    for day in sorted(
        {chance.one([day for day in days if clock.is_working_day(day)] or days) for _ in range(3)}
    ):
        minutes = chance.one((60, 90, 120))
        add_line(card, Entry(day, Work.PREPARATION, minutes, 0, chance.one(PREPARED)), actor=animator)
    db.session.flush()
