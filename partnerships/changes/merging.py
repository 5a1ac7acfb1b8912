"""Partnerships follow their municipalities: they merge, move or close, and so do terms, members and assignments.

The register changes from the day the law says. Rights cannot change backwards: whoever led or advised until today did so,
so that terms and assignments end yesterday and begin today, on the day the change is applied.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import select

from accounts.models import User
from core import audit, clock
from core.database import db
from core.i18n import DEFAULT_LANGUAGE, _, in_language
from municipalities.journal import Journal
from municipalities.models import MunicipalityChange
from partnerships.changes.advising import animators_follow, check_nobody_reviews_own
from partnerships.changes.helping import deputies_help, those_who_help_on
from partnerships.changes.leading import check_nobody_leads_two
from partnerships.changes.succession import Course
from partnerships.errors import LeaderToCome
from partnerships.events import PartnershipEvent
from partnerships.handovers.models import LeaderHandover
from partnerships.handovers.workflow import OPEN_HANDOVERS
from partnerships.models import (
    LeaderTerm,
    Organisation,
    Partnership,
    PartnershipMember,
    TermKind,
)
from partnerships.services.members import facts_of_joining
from partnerships.services.shared import hold_person, iso, record_term_ended, record_term_taken_back
from partnerships.services.taking_over import drop_handover
from partnerships.workflow import PartnershipStatus


def follow(
    change: MunicipalityChange, decided: Course, leader: User | None, journal: Journal, *, actor: User | None
) -> None:
    """Carry out what was decided about the partnerships of municipalities that end."""
    wait_for_others(one.id for one in decided.everyone)
    if leader is not None:
        hold_person(leader)
    check_nobody_leads_two(decided, leader)
    check_nobody_reviews_own(decided, leader)
    drop_handovers(decided, leader, actor=actor)
    for partnership in decided.closed:
        _close(partnership, None, journal, actor=actor)
    successor = decided.successor
    if successor is not None:
        helping = those_who_help_on(decided)
        for partnership in decided.merged:
            _members_join(partnership, successor, journal, actor=actor)
            _close(partnership, successor, journal, actor=actor)
        journal.settle()
        _move(successor, decided, journal, actor=actor)
        if leader is not None:
            _lead(successor, leader, decided, journal, actor=actor)
        deputies_help(helping, successor, leader, journal, actor=actor)
        _organisations_move(change, successor, journal)
    journal.settle()
    animators_follow(change, journal, actor=actor)


def wait_for_others(partnership_ids: Iterable[int]) -> None:
    held = select(Partnership.id).where(Partnership.id.in_(list(partnership_ids))).order_by(Partnership.id)
    db.session.execute(held.with_for_update(key_share=True))


def drop_handovers(decided: Course, leader: User | None, *, actor: User | None) -> None:
    """Before anything is written down to be undone: what is called off stays so, and those who waited are told why.

    The reason is kept, so it is not in the language of who happens to apply the change.
    """
    for partnership in losing_handover(decided, leader):
        with in_language(DEFAULT_LANGUAGE):
            reason = _why_called_off(partnership, decided)
        drop_handover(partnership, reason=reason, actor=actor)
        db.session.expire(partnership, ["terms"])


def losing_handover(decided: Course, leader: User | None) -> list[Partnership]:
    """Where terms end. One that only moves, or takes others in and keeps its leader, keeps its hand-over too."""
    ending = [*decided.merged, *decided.closed]
    if decided.successor is not None and decided.changes_leader(leader):
        ending.append(decided.successor)
    return ending


def _why_called_off(partnership: Partnership, decided: Course) -> str:
    if partnership in decided.closed:
        return _("The municipality ends, and the partnership with it.")
    if partnership is decided.successor or decided.successor is None:
        return _("Municipalities change: who leads the partnership has been decided anew.")
    return _("Municipalities change: the partnership merges into %(name)s.", name=decided.successor.name)


def open_handovers(partnerships: Sequence[Partnership]) -> Sequence[LeaderHandover]:
    ids = [one.id for one in partnerships]
    return db.session.scalars(
        select(LeaderHandover)
        .where(LeaderHandover.partnership_id.in_(ids), LeaderHandover.status.in_(OPEN_HANDOVERS))
        .order_by(LeaderHandover.partnership_id)
    ).all()


# --- One ends --------------------------------------------------------------------------------------------------


def _close(
    partnership: Partnership, into: Partnership | None, journal: Journal, *, actor: User | None
) -> None:
    today = clock.today()
    journal.change(
        partnership, status=PartnershipStatus.CLOSED, closed_on=today, successor_id=into.id if into else None
    )
    for earlier in db.session.scalars(select(Partnership).where(Partnership.successor_id == partnership.id)):
        journal.change(earlier, successor_id=into.id if into else None)
    for term in partnership.terms:
        _end_term(term, journal, actor=actor)
    event = PartnershipEvent.MERGED if into else PartnershipEvent.CLOSED
    audit.record(
        event, partnership, actor=actor, note=into.name if into else None,
        before={"closed_on": None}, after={"closed_on": iso(today)}, successor_id=into.id if into else None,
    )  # fmt: skip
    if into is not None:
        audit.record(
            PartnershipEvent.TOOK_IN, into, actor=actor, note=partnership.name, partnership_id=partnership.id
        )


def _end_term(term: LeaderTerm, journal: Journal, *, actor: User | None) -> date:
    """Yesterday is the last day; one that began today ends today. Gives the first day that is free."""
    today, before = clock.today(), term.ends_on
    if term.starts_on > today:
        record_term_taken_back(term, reason=None, actor=actor)
        journal.remove(term)
        return today
    if before is None or before >= today:
        journal.change(term, ends_on=max(today - timedelta(days=1), term.starts_on))
        record_term_ended(term, before, reason=None, actor=actor)
    return max(today, (term.ends_on or today) + timedelta(days=1))


# --- One goes on -----------------------------------------------------------------------------------------------


def _members_join(source: Partnership, target: Partnership, journal: Journal, *, actor: User | None) -> None:
    """With the day on which each joined at first; who is there already stays once."""
    present = {member.organisation_id for member in target.members if member.left_on is None}
    joining = [
        member
        for member in source.members
        if member.left_on is None and member.organisation_id not in present
    ]
    for member in joining:
        joined = _as_member_of(target, member)
        journal.add(joined)
        journal.settle()
        audit.record(
            PartnershipEvent.MEMBER_JOINED, joined, actor=actor, note=member.organisation.name,
            before={}, after=facts_of_joining(joined),
        )  # fmt: skip


def _as_member_of(target: Partnership, member: PartnershipMember) -> PartnershipMember:
    """Everything kept about it goes along; the leader's organisation is one of several here."""
    kept = {
        attr: getattr(member, attr)
        for attr in PartnershipMember.__table__.columns.keys()  # noqa: SIM118 - not a dictionary
        if attr not in {"id", "partnership_id", "created_at", "updated_at", "row_version"}
    }
    role = "organiser" if member.role == "leader" else member.role
    return PartnershipMember(partnership_id=target.id, **{**kept, "role": role})


def _move(successor: Partnership, decided: Course, journal: Journal, *, actor: User | None) -> None:
    if decided.moves_to is None or decided.moves_to.municipality is None:
        return
    before, after = successor.municipality, decided.moves_to.municipality
    journal.change(successor, municipality=after)
    journal.settle()
    audit.record(
        PartnershipEvent.MOVED, successor, actor=actor, note=f"{before.name} → {after.name}",
        before={"municipality_id": before.id}, after={"municipality_id": after.id},
    )  # fmt: skip


def _lead(
    successor: Partnership, leader: User, decided: Course, journal: Journal, *, actor: User | None
) -> None:
    """The leader named is the only one. Whoever led the successor until now leads it until yesterday."""
    if not decided.changes_leader(leader):
        return
    today = clock.today()
    present = successor.leader_term(today)
    if any(term.kind is TermKind.LEADER and term.starts_on > today for term in successor.terms):
        raise LeaderToCome(successor.name)
    mine = [term for term in successor.terms if term.user_id == leader.id and term.covers(today)]
    first = max(
        [today, *(_end_term(term, journal, actor=actor) for term in [*mine, *([present] if present else [])])]
    )
    journal.settle()
    term = LeaderTerm(
        partnership_id=successor.id, user_id=leader.id, kind=TermKind.LEADER, starts_on=first,
        organisation_id=_organisation_of(leader, decided.merged, today),
    )  # fmt: skip
    journal.add(term)
    journal.settle()
    db.session.expire(successor, ["terms"])
    audit.record(
        PartnershipEvent.LEADER_APPOINTED, term, actor=actor, personal={"note": leader.name},
        user_id=leader.id, before={}, after={"starts_on": iso(first)},
    )  # fmt: skip


def _organisation_of(leader: User, merged: Sequence[Partnership], on: date) -> int | None:
    yesterday = on - timedelta(days=1)
    terms = (term for one in merged for term in one.terms if term.user_id == leader.id)
    return next((term.organisation_id for term in terms if term.covers(yesterday) or term.covers(on)), None)


def _organisations_move(change: MunicipalityChange, successor: Partnership, journal: Journal) -> None:
    """They lie where the partnership goes on. Where land was divided, that is put right one by one."""
    gone = [unit.municipality_id for unit in change.ending]
    found = select(Organisation).where(
        Organisation.municipality_id.in_(gone), Organisation.ended_on.is_(None)
    )
    for organisation in db.session.scalars(found):
        journal.change(organisation, municipality=successor.municipality)
