"""Asking for work cards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import RoleGrant, User
from accounts.roles import Role
from animators.cards.content import Content, Rates, in_order, thawed
from animators.cards.lines import Months, entered_lines, lines_of_records, next_month
from animators.cards.models import CardLine, WorkCard
from animators.cards.work_done import Done, work_done
from core import clock
from core.database import db
from core.text import sort_key
from programme.queries import the_programme


def card_by_id(card_id: int) -> WorkCard | None:
    return db.session.scalar(
        _with_people().where(WorkCard.id == card_id).options(selectinload(WorkCard.lines))
    )


def line_of(card: WorkCard, line_id: int) -> CardLine | None:
    """Only one of this card: an id from elsewhere is no id here."""
    return next((line for line in card.lines if line.id == line_id), None)


def card_of(animator: User, month: date) -> WorkCard | None:
    return db.session.scalar(
        _with_people().where(WorkCard.animator_id == animator.id, WorkCard.month == month)
    )


def cards_of(animator: User) -> Sequence[WorkCard]:
    """The latest first."""
    return db.session.scalars(
        _with_people()
        .where(WorkCard.animator_id == animator.id)
        .options(selectinload(WorkCard.lines))
        .order_by(WorkCard.month.desc())
    ).all()


def months_of(animator: User) -> Months:
    cards = db.session.scalars(select(WorkCard).where(WorkCard.animator_id == animator.id)).all()
    return Months(
        {one.month: thawed(one.content).lines for one in cards if not one.is_editable and one.content},
        frozenset(one.month for one in cards if one.is_editable),
    )


def content_of(card: WorkCard) -> Content:
    """What was submitted; of an open card what the records say at this moment."""
    if not card.is_editable and card.content is not None:
        return thawed(card.content)
    return contents_of([card])[card.id]


def contents_of(cards: Sequence[WorkCard]) -> Mapping[int, Content]:
    """Of several cards, each animator's records read once."""
    rates = Rates.of_programme(the_programme().settings)
    looked: dict[int, tuple[Months, list[Done]]] = {}
    found = {}
    for card in cards:
        if not card.is_editable and card.content is not None:
            found[card.id] = thawed(card.content)
            continue
        if card.animator_id not in looked:
            looked[card.animator_id] = (months_of(card.animator), work_done(card.animator))
        months, done = looked[card.animator_id]
        lines = [*lines_of_records(card.month, done, months), *entered_lines(card)]
        found[card.id] = Content(in_order(lines), rates)
    return found


@dataclass(frozen=True)
class OfficeRow:
    """One animator in one month."""

    animator: User
    card: WorkCard | None
    content: Content | None

    @property
    def is_owed(self) -> bool:
        return self.card is None or self.card.is_editable


def office_rows(month: date) -> list[OfficeRow]:
    """Everybody who was an animator in that month or has a card of it, by the alphabet."""
    cards = {
        one.animator_id: one
        for one in db.session.scalars(
            _with_people().where(WorkCard.month == month).options(selectinload(WorkCard.lines))
        )
    }
    people = {one.id: one for one in animators_in(month)} | {
        one.animator_id: one.animator for one in cards.values()
    }
    frozen = contents_of([one for one in cards.values() if not one.is_editable])
    rows = []
    for person in people.values():
        card = cards.get(person.id)
        rows.append(OfficeRow(person, card, frozen.get(card.id) if card else None))
    return sorted(rows, key=lambda row: (sort_key(row.animator.name), row.animator.id))


def animators_in(month: date) -> Sequence[User]:
    """Active people who held the role on some day of the month."""
    return db.session.scalars(
        select(User)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .where(
            User.is_active,
            RoleGrant.role == Role.ANIMATOR,
            RoleGrant.starts_on < next_month(month),
            or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= month),
        )
        .distinct()
        .order_by(User.id)
    ).all()


def first_month(animator: User) -> date | None:
    """Of the first day on which this person was an animator."""
    starts = db.session.scalars(
        select(RoleGrant.starts_on).where(RoleGrant.user_id == animator.id, RoleGrant.role == Role.ANIMATOR)
    ).all()
    return min(starts).replace(day=1) if starts else None


def last_months(count: int = 12) -> list[date]:
    """This month and those before it."""
    month, found = clock.today().replace(day=1), []
    for _step in range(count):
        found.append(month)
        month = date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
    return found


def _with_people() -> Select[*tuple[WorkCard]]:
    return select(WorkCard).options(joinedload(WorkCard.animator, innerjoin=True))
