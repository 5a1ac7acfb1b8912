"""Partnerships, leaders, members and animators as they are touched by a change of municipalities."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select

from accounts.models import User
from core import audit, clock
from core.audit import AuditEvent, event_label, reading_events
from core.database import db
from core.formatting import day
from core.i18n import _, _l, ngettext
from municipalities.change_queries import undone_since
from municipalities.events import ChangeEvent
from municipalities.followers import Follower, Line, Question
from municipalities.journal import Journal, as_before
from municipalities.models import MunicipalityChange
from partnerships import notices
from partnerships.changes.advising import (
    animators_before,
    check_nobody_reviews_own,
    first_of_others,
    needs_animator,
    people_at,
    staying_in_office,
)
from partnerships.changes.helping import those_who_advise, those_who_help_on
from partnerships.changes.leading import check_nobody_leads_two, leads_other_than
from partnerships.changes.merging import follow, losing_handover, open_handovers, wait_for_others
from partnerships.changes.succession import (
    SUCCESSOR,
    Course,
    course,
    named_leader,
    open_partnerships_at,
    questions,
    standing,
)
from partnerships.events import PartnershipEvent
from partnerships.models import AnimatorAssignment, LeaderTerm, Partnership, TermKind
from partnerships.services.shared import wait_for_person
from partnerships.workflow import PartnershipStatus

PAGE = "progress.partnership"


class PartnershipsFollow(Follower):
    topic = _l("Partnerships and people")

    def touches(self, change: MunicipalityChange) -> Sequence[Line]:
        where = standing(change)
        present = open_partnerships_at(
            unit.municipality_id for unit in change.sources if unit.municipality_id
        )
        decided = course(change, where)
        lines = [line for one in present for line in _partnership(one, decided)]
        lines += [
            line for one in decided.everyone if one not in present for line in _partnership(one, decided)
        ]
        leader = named_leader(change, decided)
        lines += _handovers([*present, *decided.everyone], losing_handover(decided, leader))
        return [*lines, *_not_helping(decided), *_animators(change), *_unadvised(change, decided, leader)]

    def questions(self, change: MunicipalityChange) -> Sequence[Question]:
        return questions(change)

    def check(self, change: MunicipalityChange) -> None:
        if SUCCESSOR in change.decisions:
            decided = course(change, standing(change))
            leader = named_leader(change, decided)
            check_nobody_reviews_own(decided, leader)
            check_nobody_leads_two(decided, leader)

    def apply(self, change: MunicipalityChange, journal: Journal, *, actor: User | None) -> None:
        decided = course(change, standing(change))
        told = {person.id: person for one in decided.everyone for person in notices.everybody_around(one)}
        follow(change, decided, named_leader(change, decided), journal, actor=actor)
        notices.tell_followed(change, decided, told.values(), actor=actor)

    def wait_before_undoing(self, change: MunicipalityChange) -> None:
        """Whoever would lead again may be made to lead elsewhere this moment. Partnerships come before people."""
        wait_for_others(touched_partnerships(change))
        ids = [before["user_id"] for before in _leading_again(change)]
        for person in db.session.scalars(select(User).where(User.id.in_(ids)).order_by(User.id)).all():
            wait_for_person(person)

    def newer_than(self, change: MunicipalityChange) -> str | None:
        return _happened(change) or _leads_two(change)

    def undone(self, change: MunicipalityChange, *, actor: User | None) -> None:
        """Those that had merged before and only pointed on are closed as they were: nothing became of them."""
        ids = touched_partnerships(change)
        touched = db.session.scalars(
            select(Partnership)
            .where(Partnership.id.in_(ids), Partnership.status != PartnershipStatus.CLOSED)
            .order_by(Partnership.id)
        ).all()
        for one in touched:
            audit.record(PartnershipEvent.CHANGE_UNDONE, one, actor=actor, change_id=change.id)
        notices.tell_change_undone(change, touched, actor=actor)


def touched_partnerships(change: MunicipalityChange) -> set[int]:
    """Of an applied change: those that merged, moved or closed, and those they merged into."""
    rows = [row for row in change.journal.get("rows", ()) if row["table"] == Partnership.__tablename__]
    successors = {row["after"].get("successor_id") for row in rows} - {None}
    return {row["id"] for row in rows} | successors


def happened_since(change: MunicipalityChange) -> list[ColumnElement[bool]]:
    """Which events are newer than an applied change. What a later one brought about is not, once that one is undone."""
    applied = select(func.max(AuditEvent.id)).where(
        AuditEvent.event == str(ChangeEvent.APPLIED),
        AuditEvent.record_kind == MunicipalityChange.__tablename__,
        AuditEvent.record_id == change.id,
    )
    taken_back = [other.id for other in undone_since(change)]
    return [
        AuditEvent.id > applied.scalar_subquery(),
        AuditEvent.event.not_in(reading_events()),
        func.coalesce(AuditEvent.data["change_id"].as_integer(), 0).not_in(taken_back),
    ]


def _happened(change: MunicipalityChange) -> str | None:
    """Whatever a partnership that merged, moved or closed has in its history since."""
    found = db.session.execute(
        select(AuditEvent.event, AuditEvent.at, Partnership.name)
        .join(Partnership, Partnership.id == AuditEvent.story_id)
        .where(
            AuditEvent.story_kind == Partnership.__tablename__,
            AuditEvent.story_id.in_(touched_partnerships(change)),
            *happened_since(change),
        )
        .order_by(AuditEvent.id)
    ).first()
    if found is None:
        return None
    return str(
        _(
            "Since then in the partnership %(name)s: %(event)s, %(day)s.",
            name=found.name,
            event=event_label(found.event),
            day=day(found.at),
        )
    )


def _leads_two(change: MunicipalityChange) -> str | None:
    """Somebody who would lead one of these partnerships again leads another one by now."""
    touched = touched_partnerships(change)
    for before in _leading_again(change):
        term = _term_elsewhere(before, touched)
        if term is not None:
            return str(
                _(
                    "%(person)s leads the partnership %(name)s by now, and nobody leads two. End that term first.",
                    person=term.user.name,
                    name=term.partnership.name,
                )
            )
    return None


def _leading_again(change: MunicipalityChange) -> list[dict[str, Any]]:
    """Terms of leaders as they would be, once it is undone."""
    restored = as_before(change.journal.get("rows", []), LeaderTerm.__tablename__)
    return [before for before in restored if before["kind"] == TermKind.LEADER]


def _term_elsewhere(before: Mapping[str, Any], touched: Collection[int]) -> LeaderTerm | None:
    last = date.fromisoformat(before["ends_on"]) if before["ends_on"] else None
    if last is not None and last < clock.today():
        return None
    first = max(clock.today(), date.fromisoformat(before["starts_on"]))
    return leads_other_than(touched, before["user_id"], first, last)


# --- In words --------------------------------------------------------------------------------------------------


def _partnership(partnership: Partnership, decided: Course) -> Iterator[Line]:
    today = clock.today()
    becomes = _becomes(partnership, decided)
    text = f"{partnership.name}, {partnership.municipality.name}"
    yield Line(f"{text}: {becomes}" if becomes else text, PAGE, {"partnership_id": partnership.id})
    goes_on = becomes is None or partnership is decided.successor
    leader = partnership.leader(today)
    if leader is not None:
        yield Line(str(_("Leader: %(name)s", name=leader.name)))
    deputies = ", ".join(person.name for person in partnership.deputies(today))
    if deputies:
        yield Line(str(_("Deputies: %(names)s", names=deputies)))
    for term in partnership.terms:
        if term.kind is TermKind.DEPUTY and term.starts_on > today:
            yield Line(str(_("Deputy from %(day)s: %(name)s", day=day(term.starts_on), name=term.user.name)))
    members = len(partnership.members_on(today))
    if members and not goes_on:
        yield Line(
            ngettext(
                "%(num)d member: %(names)s",
                "%(num)d members: %(names)s",
                members,
                names=_names(member.organisation.name for member in partnership.members_on(today)),
            )
        )


def _handovers(partnerships: Sequence[Partnership], ending: Sequence[Partnership]) -> Iterator[Line]:
    for handover in open_handovers(partnerships):
        words = {
            "name": handover.partnership.name,
            "person": handover.to_user.name,
            "day": day(handover.effective_on),
        }
        if handover.partnership in ending:
            text = _(
                "Hand-over under way in %(name)s: to %(person)s from %(day)s. It is called off.", **words
            )
        else:
            text = _("Hand-over under way in %(name)s: to %(person)s from %(day)s", **words)
        yield Line(text, PAGE, {"partnership_id": handover.partnership_id})


SHOWN = 5


def _names(names: Iterable[str]) -> str:
    known = list(names)
    return ", ".join(known[:SHOWN]) + (" …" if len(known) > SHOWN else "")


def _becomes(partnership: Partnership, decided: Course) -> str | None:
    if partnership in decided.merged and decided.successor is not None:
        return str(_("merges into %(name)s", name=decided.successor.name))
    if partnership in decided.closed:
        return str(_("is closed"))
    if partnership is decided.successor:
        if decided.moves_to is not None:
            return str(_("goes on in %(place)s", place=decided.moves_to.name))
        return str(_("goes on"))
    return None


def _animators(change: MunicipalityChange) -> Iterator[Line]:
    sources = [unit.municipality_id for unit in change.sources]
    today = clock.today()
    found = db.session.scalars(
        select(AnimatorAssignment)
        .where(
            AnimatorAssignment.municipality_id.in_(sources),
            (AnimatorAssignment.ends_on.is_(None)) | (AnimatorAssignment.ends_on >= today),
        )
        .order_by(
            AnimatorAssignment.municipality_id, AnimatorAssignment.kind.desc(), AnimatorAssignment.starts_on
        )
    )
    ending = {unit.municipality_id for unit in change.ending}
    for one in found:
        words = {"kind": one.kind.label, "name": one.animator.name, "place": one.municipality.name}
        if one.municipality_id in ending:
            yield Line(str(_("%(kind)s of %(place)s: %(name)s, until the change is applied", **words)))
        else:
            yield Line(str(_("%(kind)s of %(place)s: %(name)s", **words)))


def _not_helping(decided: Course) -> Iterator[Line]:
    for one in those_who_advise(decided):
        text = _(
            "%(name)s is a deputy no longer: they advise the municipality in which it goes on",
            name=one.user.name,
        )
        yield Line(str(text))


def _unadvised(change: MunicipalityChange, decided: Course, leader: User | None) -> Iterator[Line]:
    """Where those who advised before may not review, as they will lead there or help to, or advise nowhere."""
    before = animators_before(change)
    for unit in change.targets if before else ():
        goes_on_here = unit is decided.moves_to or unit.municipality_id == (decided.municipality_id or 0)
        own = _its_people(decided, leader) if goes_on_here else people_at(unit.municipality_id)
        if needs_animator(unit) and first_of_others(before, own) is None:
            text = _(
                "Nobody advises %(place)s from then on: the animators of today will lead its partnership or help to, are suspended, or do not have the role",
                place=unit.name,
            )
            yield Line(str(text))


def _its_people(decided: Course, leader: User | None) -> set[int]:
    """Of the partnership that goes on, once the change is applied."""
    ids = {term.user_id for term in staying_in_office(decided, leader)}
    ids |= {one.user.id for one in those_who_help_on(decided)}
    return ids | {leader.id} if leader else ids
