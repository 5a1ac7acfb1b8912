"""Beginning a card, and what an animator enters on it: preparation, journeys, other work."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from accounts.models import User
from animators.cards.errors import (
    AnotherWasEntered,
    CardSubmitted,
    DayToCome,
    KilometresNegative,
    MinutesNegative,
    MonthNotBegun,
    MonthTooOld,
    NoteMissing,
    NothingEntered,
    NotOfAnEarlierCard,
    OnlyJourneysHaveALength,
    OutsideTheMonth,
    TooFar,
    TooLongADay,
)
from animators.cards.events import CardEvent
from animators.cards.lines import first_of, last_of
from animators.cards.models import CardLine, Work, WorkCard
from animators.cards.queries import card_of, content_of, last_months, months_of
from animators.cards.services.holding import hold
from animators.cards.workflow import CardStatus
from core import audit, clock
from core.database import db, insert_into

MOST_KM_A_DAY = 2000
MINUTES_OF_A_DAY = 24 * 60


@dataclass(frozen=True)
class Entry:
    day: date
    kind: Work
    minutes: int = 0
    km: int = 0
    note: str | None = None
    is_correction: bool = False
    """Of a month whose card was submitted; only such a line may take something back."""


def begin_card(animator: User, month: date, *, actor: User | None) -> WorkCard:
    """The card of this month; the one there is, if it was begun before."""
    month = first_of(month)
    if month > clock.today():
        raise MonthNotBegun
    if month not in last_months():
        raise MonthTooOld
    now = clock.now()
    values = {
        "animator_id": animator.id, "month": month, "status": CardStatus.OPEN, "row_version": 1,
        "created_at": now, "updated_at": now,
    }  # fmt: skip
    row = insert_into(WorkCard).values(values).on_conflict_do_nothing(index_elements=["animator_id", "month"])
    is_new = db.session.execute(row.returning(WorkCard.id)).scalar() is not None
    card = card_of(animator, month)
    if card is None:
        raise LookupError("a card that was just begun")
    if is_new:
        audit.record(CardEvent.BEGUN, card, actor=actor, month=card.month_key)
    return card


def add_line(card: WorkCard, entry: Entry, *, key: str | None = None, actor: User) -> CardLine:
    """``key`` was made with the form: sent twice it is one line."""
    hold(card)
    known = next((line for line in card.lines if key and line.entry_key == key), None)
    if known is not None:
        if _entry(known) != entry:
            raise AnotherWasEntered
        return known
    _check(card, entry)
    line = CardLine(card=card, entry_key=key, **asdict(entry))
    db.session.add(line)
    db.session.flush()
    _remember(CardEvent.LINE_ADDED, line, actor=actor, after=entry)
    return line


def change_line(line: CardLine, entry: Entry, *, actor: User) -> None:
    hold(line.card)
    before = _entry(line)
    _check(line.card, entry, but=line)
    if before == entry:
        return
    for name, value in asdict(entry).items():
        setattr(line, name, value)
    _remember(CardEvent.LINE_CHANGED, line, actor=actor, before=before, after=entry)


def remove_line(line: CardLine, *, actor: User) -> None:
    hold(line.card)
    if not line.card.is_editable:
        raise CardSubmitted
    _remember(CardEvent.LINE_REMOVED, line, actor=actor, before=_entry(line))
    line.card.lines.remove(line)
    db.session.flush()


def _check(card: WorkCard, entry: Entry, *, but: CardLine | None = None) -> None:
    if not card.is_editable:
        raise CardSubmitted
    _check_day(card, entry)
    _check_figures(entry)
    if not (entry.note or "").strip() and (entry.kind is Work.OTHER or entry.is_correction):
        raise NoteMissing
    _check_sums(card, entry, but)


def _check_day(card: WorkCard, entry: Entry) -> None:
    if entry.day > clock.today():
        raise DayToCome
    if entry.is_correction:
        if entry.day >= card.month or first_of(entry.day) not in months_of(card.animator).kept:
            raise NotOfAnEarlierCard
    elif first_of(entry.day) != card.month:
        raise OutsideTheMonth(card.month, last_of(card.month))


def _check_figures(entry: Entry) -> None:
    if entry.km and entry.kind is not Work.TRAVEL:
        raise OnlyJourneysHaveALength
    if entry.minutes < 0 and not entry.is_correction:
        raise MinutesNegative
    if entry.km < 0 and not entry.is_correction:
        raise KilometresNegative
    if not entry.minutes and not entry.km:
        raise NothingEntered


def _check_sums(card: WorkCard, entry: Entry, but: CardLine | None) -> None:
    """Of the whole day: what the records know counts too."""
    if entry.is_correction:
        minutes, km = abs(entry.minutes), abs(entry.km)
    else:
        others = [
            line
            for line in content_of(card).lines
            if line.day == entry.day and not line.is_correction and not (but and line.key == f"line:{but.id}")
        ]
        minutes = entry.minutes + sum(line.minutes for line in others)
        km = entry.km + sum(line.km for line in others)
    if minutes > MINUTES_OF_A_DAY and entry.minutes:
        raise TooLongADay
    if km > MOST_KM_A_DAY:
        raise TooFar(MOST_KM_A_DAY)


def _entry(line: CardLine) -> Entry:
    return Entry(line.day, line.kind, line.minutes, line.km, line.note, line.is_correction)


def _remember(
    event: CardEvent, line: CardLine, *, actor: User, before: Entry | None = None, after: Entry | None = None
) -> None:
    sides = {"before": before, "after": after}
    words = {side: {"note": one.note} for side, one in sides.items() if one is not None and one.note}
    facts: dict[str, Any] = {side: _plain(one) for side, one in sides.items() if one is not None}
    audit.record(event, line, actor=actor, personal=words or None, **facts)


def _plain(entry: Entry) -> dict[str, Any]:
    """Without the words, which lie apart, and what says nothing."""
    return {
        "day": entry.day.isoformat(),
        "kind": entry.kind.value,
        "minutes": entry.minutes or None,
        "km": entry.km or None,
        "is_correction": entry.is_correction or None,
    }
