"""Initiatives are entered, put right, and followed up with a dated note that may say where they stand since."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from accounts.models import User
from core import audit, clock
from core.database import db, refusing
from initiatives.errors import BeforeTheLast, DayToCome, NumberTaken
from initiatives.events import InitiativeEvent
from initiatives.models import Initiative, InitiativeStatus, InitiativeUpdate, Level
from initiatives.workflow import INITIATIVE, InitiativeAction


@dataclass(frozen=True, kw_only=True)
class Content:
    """What is said of an initiative."""

    number: int
    title: str
    purpose: str
    decision_maker: str
    actor: str
    level: Level


def enter(content: Content, *, actor: User) -> Initiative:
    values = asdict(content)
    with refusing(NumberTaken):
        initiative = Initiative(status=InitiativeStatus.PROPOSED, last_follow_up_on=clock.today(), **values)
        db.session.add(initiative)
    audit.record(InitiativeEvent.ENTERED, initiative, actor=actor, after=_plain(values))
    return initiative


def change(initiative: Initiative, content: Content, *, actor: User) -> None:
    _hold(initiative)
    wanted = asdict(content)
    before = {name: getattr(initiative, name) for name in wanted if getattr(initiative, name) != wanted[name]}
    if not before:
        return
    after = {name: wanted[name] for name in before}
    with refusing(NumberTaken):
        for name, value in after.items():
            setattr(initiative, name, value)
    audit.record(InitiativeEvent.CHANGED, initiative, actor=actor, before=_plain(before), after=_plain(after))


def follow_up(
    initiative: Initiative, *, day: date, text: str, action: InitiativeAction | None, actor: User
) -> InitiativeUpdate:
    """One that has ended can still be written about: what became of it shows later."""
    _hold(initiative)
    if day > clock.today():
        raise DayToCome
    last = last_update_on(initiative)
    if last is not None and day < last:
        raise BeforeTheLast(last)
    status = INITIATIVE.after(action, initiative.status) if action else None
    update = InitiativeUpdate(initiative=initiative, day=day, text=text, status=status, written_by=actor)
    db.session.add(update)
    before = _standing(initiative)
    initiative.status, initiative.last_follow_up_on = status or initiative.status, day
    initiative.updated_at = clock.now()  # its page changes with every note, also with a second of one day
    db.session.flush()
    audit.record(
        InitiativeEvent.FOLLOWED_UP,
        update,
        actor=actor,
        before=before,
        after=_standing(initiative),
        personal={"note": text},
    )
    return update


def last_update_on(initiative: Initiative) -> date | None:
    """None: it was never followed up."""
    return db.session.scalar(
        select(InitiativeUpdate.day)
        .where(InitiativeUpdate.initiative_id == initiative.id)
        .order_by(InitiativeUpdate.day.desc())
        .limit(1)
    )


def _standing(initiative: Initiative) -> dict[str, Any]:
    return {"status": initiative.status.value, "last_follow_up_on": initiative.last_follow_up_on.isoformat()}


def _hold(initiative: Initiative) -> None:
    """Of two who write at once the second sees what the first did."""
    db.session.execute(select(Initiative.id).where(Initiative.id == initiative.id).with_for_update())
    db.session.refresh(initiative)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """As the history keeps it: codes, not members."""
    return {name: value.value if isinstance(value, Level) else value for name, value in values.items()}
