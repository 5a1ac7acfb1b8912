"""Who leads, advises and may know of a partnership: conditions on ``Partnership``, and the roles that follow."""

from datetime import date
from functools import cache

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    exists,
    false,
    or_,
    select,
    true,
    type_coerce,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from accounts.models import User
from accounts.role_sources import Charge, Duty
from accounts.roles import Role
from core import clock
from core.database import db
from core.formatting import day
from core.i18n import _
from municipalities.models import Municipality
from partnerships.models import AnimatorAssignment, AssignmentKind, LeaderTerm, Partnership, TermKind
from partnerships.workflow import PartnershipStatus

_MINE, _COVERING = aliased(AnimatorAssignment), aliased(AnimatorAssignment)
_HEIR = aliased(Partnership)
"""Named once: naming all their columns takes longer than the rest of a condition."""


def visible_to(person: User) -> ColumnElement[bool]:
    """The same as ``can(person, Permission.PARTNERSHIP_READ, partnership)``, for lists."""
    if not person.is_active:
        return false()
    if person.holds(Role.OFFICE, clock.today()):
        return true()
    return or_(led_by(person), advised_by(person), inherited_by(person))


def inherited_by(person: User) -> ColumnElement[bool]:
    """It merged into one that they lead today, or help to, or advise."""
    return or_(heir_led_by(person), heir_advised_by(person))


def heir_led_by(person: User) -> ColumnElement[bool]:
    return exists().where(
        LeaderTerm.partnership_id == Partnership.successor_id,
        LeaderTerm.user_id == person.id,
        covers(LeaderTerm.starts_on, LeaderTerm.ends_on, clock.today()),
    )


def heir_advised_by(person: User) -> ColumnElement[bool]:
    return exists().where(_HEIR.id == Partnership.successor_id, _advised(person, _HEIR.municipality_id))


def led_by(person: User) -> ColumnElement[bool]:
    """They lead it today, or help to."""
    return exists().where(
        LeaderTerm.partnership_id == Partnership.id,
        LeaderTerm.user_id == person.id,
        covers(LeaderTerm.starts_on, LeaderTerm.ends_on, clock.today()),
    )


def advised_by(animator: User) -> ColumnElement[bool]:
    """They are its animator today: the covering one while somebody covers, else the main one."""
    return _advised(animator, Partnership.municipality_id)


def _advised(animator: User, municipality_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    return exists().where(
        _MINE.municipality_id == municipality_id,
        _MINE.animator_id == animator.id,
        _decides_on(clock.today()),
    )


def _decides_on(day: date) -> ColumnElement[bool]:
    """The cover before the main animator."""
    somebody_covers = exists().where(
        _COVERING.municipality_id == _MINE.municipality_id,
        _COVERING.kind == AssignmentKind.COVER,
        covers(_COVERING.starts_on, _COVERING.ends_on, day),
    )
    return and_(
        covers(_MINE.starts_on, _MINE.ends_on, day),
        or_(_MINE.kind == AssignmentKind.COVER, ~somebody_covers),
    )


def has_leader() -> ColumnElement[bool]:
    return exists().where(
        LeaderTerm.partnership_id == Partnership.id,
        LeaderTerm.kind == TermKind.LEADER,
        covers(LeaderTerm.starts_on, LeaderTerm.ends_on, clock.today()),
    )


def has_active_leader() -> ColumnElement[bool]:
    """Not one whose account is inactive: they lead it, and nothing reaches them."""
    return exists().where(
        LeaderTerm.partnership_id == Partnership.id,
        LeaderTerm.kind == TermKind.LEADER,
        covers(LeaderTerm.starts_on, LeaderTerm.ends_on, clock.today()),
        LeaderTerm.user.has(User.is_active),
    )


def has_animator() -> ColumnElement[bool]:
    return exists().where(
        AnimatorAssignment.municipality_id == Partnership.municipality_id,
        covers(AnimatorAssignment.starts_on, AnimatorAssignment.ends_on, clock.today()),
    )


def has_deciding_animator() -> ColumnElement[bool]:
    """The same as ``partnership.deciding_animator(today) is not None``."""
    today = clock.today()
    leads_here = exists().where(
        LeaderTerm.partnership_id == Partnership.id,
        LeaderTerm.user_id == _MINE.animator_id,
        covers(LeaderTerm.starts_on, LeaderTerm.ends_on, today),
    )
    return exists().where(
        _MINE.municipality_id == Partnership.municipality_id,
        _decides_on(today),
        User.id == _MINE.animator_id,
        User.is_active,
        ~leads_here.correlate_except(LeaderTerm),
    )


def covers(
    first: InstrumentedAttribute[date],
    last: InstrumentedAttribute[date | None],
    on: date | ColumnElement[date],
) -> ColumnElement[bool]:
    """The day lies in a period whose last day may be open."""
    return and_(first <= on, or_(last.is_(None), last >= on))


def roles_from_partnerships(person: User, on: date) -> set[Role]:
    """Leading, deputising and advising come from terms and assignments only; asked in one query."""
    return {_ROLES[kind] for kind in db.session.scalars(_kinds(), {"person": person.id, "day": on})}


@cache
def _kinds() -> CompoundSelect[str]:
    """Put together once: every page asks it."""
    person, day = bindparam("person", type_=Integer), bindparam("day", type_=Date)
    terms = select(type_coerce(LeaderTerm.kind, String)).where(
        LeaderTerm.user_id == person, covers(LeaderTerm.starts_on, LeaderTerm.ends_on, day)
    )
    assignments = select(type_coerce(AnimatorAssignment.kind, String)).where(
        AnimatorAssignment.animator_id == person,
        covers(AnimatorAssignment.starts_on, AnimatorAssignment.ends_on, day),
    )
    return terms.union(assignments)


def duties_from_partnerships(person: User, on: date) -> list[Duty]:
    """Of which municipalities they lead the partnership, or help to. An animator's are too many to name."""
    found = db.session.execute(
        select(LeaderTerm.kind, Municipality.name)
        .join(Partnership, Partnership.id == LeaderTerm.partnership_id)
        .join(Municipality, Municipality.id == Partnership.municipality_id)
        .where(LeaderTerm.user_id == person.id, covers(LeaderTerm.starts_on, LeaderTerm.ends_on, on))
        .order_by(Municipality.name, Municipality.id)
    )
    return [Duty(_ROLES[kind.value], place) for kind, place in found]


def charges_from_partnerships(person: User, on: date) -> list[Charge]:
    """Their terms and assignments that are not over by that day, by place: also what begins later."""
    term, assignment = LeaderTerm, AnimatorAssignment
    terms = (
        select(term.kind, term.starts_on, Municipality, Partnership.id)
        .join(Partnership, Partnership.id == term.partnership_id)
        .join(Municipality, Municipality.id == Partnership.municipality_id)
        .where(term.user_id == person.id, or_(term.ends_on.is_(None), term.ends_on >= on))
    )
    assignments = (
        select(assignment.kind, assignment.starts_on, Municipality, Partnership.id)
        .join(Municipality, Municipality.id == assignment.municipality_id)
        .outerjoin(
            Partnership,
            and_(
                Partnership.municipality_id == Municipality.id, Partnership.status != PartnershipStatus.CLOSED
            ),
        )
        .where(
            assignment.animator_id == person.id, or_(assignment.ends_on.is_(None), assignment.ends_on >= on)
        )
    )
    found = [row for query in (terms, assignments) for row in db.session.execute(query)]
    return [
        _charge(_since(kind.label, starts_on, on), place, partnership_id)
        for kind, starts_on, place, partnership_id in sorted(found, key=lambda row: (row[2].sort_key, row[1]))
    ]


def _since(words: str, starts_on: date, on: date) -> str:
    return str(_("%(name)s, from %(day)s", name=words, day=day(starts_on))) if starts_on > on else words


def _charge(words: str, place: Municipality, partnership_id: int | None) -> Charge:
    if partnership_id is None:
        return Charge(words, place.name, "municipalities.show", {"municipality_id": place.id})
    return Charge(words, place.name, "partnerships.terms", {"partnership_id": partnership_id})


_ROLES = {
    TermKind.LEADER.value: Role.LEADER,
    TermKind.DEPUTY.value: Role.DEPUTY,
    AssignmentKind.MAIN.value: Role.ANIMATOR,
    AssignmentKind.COVER.value: Role.ANIMATOR,
}


def ids_with_term(kind: TermKind, on: date) -> Select[int]:
    """People who lead a partnership that day, or help to."""
    return select(LeaderTerm.user_id).where(
        LeaderTerm.kind == kind, covers(LeaderTerm.starts_on, LeaderTerm.ends_on, on)
    )


def ids_of_animators(on: date) -> Select[int]:
    """People who are assigned to a municipality that day."""
    return select(AnimatorAssignment.animator_id).where(
        covers(AnimatorAssignment.starts_on, AnimatorAssignment.ends_on, on)
    )
