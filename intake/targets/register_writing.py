"""Writing the register at once: the same records and the same history as one by one, in a few statements."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from accounts.models import User
from accounts.services.many import enter_people
from core import clock
from core.bulk import insert_rows, take_ids
from core.database import db
from core.searching import search_text_of
from core.text import clean, fold
from intake.errors import RegisterChanged
from intake.history import History
from intake.targets.base import Change, Scope, What, Written
from intake.targets.register_facts import (
    Assigned,
    Facts,
    handed_over,
    memberships,
    organisations_by_place,
)
from municipalities.models import Municipality
from partnerships.events import PartnershipEvent
from partnerships.models import (
    AnimatorAssignment,
    AssignmentKind,
    LeaderTerm,
    Organisation,
    Partnership,
    PartnershipMember,
    TermKind,
)
from partnerships.services.leading import drop_handover_of_appointed
from partnerships.services.members import settle_status
from partnerships.services.shared import iso
from partnerships.workflow import PartnershipStatus
from programme.queries import the_programme


def write_register(changes: Sequence[Change], facts: Facts, scope: Scope) -> Written:
    """``facts``: what was compared with, in the same transaction."""
    _hold([one.data for one in changes], facts)
    history = History(scope)
    partnerships = _partnerships(changes, history)
    _drop_handovers(changes, scope)
    terms = _leaders(changes, partnerships, facts, history)
    _animators(changes, partnerships, facts, history)
    history.write()
    _settle(changes, partnerships, scope)
    counts = {
        "new": sum(one.what is What.NEW for one in changes),
        "changed": sum(one.what is What.CHANGED for one in changes),
    }
    return Written(counts, terms)


def _hold(wanted: Sequence[Any], facts: Facts) -> None:
    """Alone with all that the file changes, in the order in which the pages wait; then nothing is otherwise than compared."""
    if db.engine.dialect.name != "postgresql":
        return
    places = {one.place.id for one in wanted}
    led = {one.known.id for one in wanted if one.known is not None}
    emails = {one.leader[0] for one in wanted if one.leader is not None} & facts.people.keys()
    people = {facts.people[email].id for email in emails}
    people |= {one.animator_id for one in wanted if one.animator_id is not None}
    for model, ids in ((Municipality, places), (Partnership, led), (User, people)):
        _hold_rows(model, sorted(ids))
    if facts.about(places, people) != Facts.load().about(places, people):
        raise RegisterChanged


def _hold_rows(model: type[Municipality | Partnership | User], ids: Sequence[int]) -> None:
    for start in range(0, len(ids), 500):
        some = select(model.id).where(model.id.in_(ids[start : start + 500])).order_by(model.id)
        db.session.execute(some.with_for_update(key_share=True)).all()


def _partnerships(changes: Sequence[Change], history: History) -> dict[int, int]:
    """Municipality -> partnership, of all that the file names."""
    new = [one.data for one in changes if one.what is What.NEW]
    ids = take_ids(Partnership, len(new))
    programme_id = the_programme().id
    insert_rows(
        Partnership,
        [
            {
                "id": key, "programme_id": programme_id, "municipality_id": one.place.id, "name": one.name,
                "founded_on": one.founded_on, "closed_on": None,
                "status": PartnershipStatus.FORMING if one.founded_on else PartnershipStatus.PLANNED,
            }
            for key, one in zip(ids, new, strict=True)
        ],
    )  # fmt: skip
    for key, one in zip(ids, new, strict=True):
        event = PartnershipEvent.FOUNDED if one.founded_on else PartnershipEvent.PLANNED
        said = {"note": one.name, "before": {}, "after": {"founded_on": iso(one.founded_on)}}
        history.add(event, ("partnership", key), key, said)
    known = {one.data.place.id: one.data.known.id for one in changes if one.data.known is not None}
    _rename([one.data for one in changes if one.data.known is not None], history)
    return known | {one.place.id: key for key, one in zip(ids, new, strict=True)}


def _rename(wanted: Sequence[Any], history: History) -> None:
    """Names and days of founding of those that were there, as ``record_founding`` keeps them."""
    rows, now = [], clock.now()
    for one in wanted:
        known = one.known
        name, founded_on = one.name or known.name, one.founded_on or known.founded_on
        if (name, founded_on) == (known.name, known.founded_on):
            continue
        first_day = known.founded_on is None and founded_on is not None
        status = PartnershipStatus.FORMING if first_day else known.status
        found = search_text_of(Partnership, {"name": name})
        rows.append(
            {
                "key": known.id,
                "name": name,
                "founded_on": founded_on,
                "status": status,
                "now": now,
                "found": found,
            }
        )
        before = {"name": known.name, "founded_on": iso(known.founded_on)}
        after = {"name": name, "founded_on": iso(founded_on)}
        renaming = f"{known.name} → {name}" if known.name != name else None
        event = PartnershipEvent.FOUNDED if first_day else PartnershipEvent.RENAMED
        history.add(
            event, ("partnership", known.id), known.id, {"before": before, "after": after, "note": renaming}
        )
    if rows:
        table = Partnership.__table__
        db.session.connection().execute(
            update(Partnership)
            .where(table.c.id == bindparam("key"))
            .values(
                name=bindparam("name"), founded_on=bindparam("founded_on"), status=bindparam("status"),
                updated_at=bindparam("now"), search_text=bindparam("found"), row_version=table.c.row_version + 1,
            ),
            rows,
        )  # fmt: skip


# --- Leaders ---------------------------------------------------------------------------------------------


def _drop_handovers(changes: Sequence[Change], scope: Scope) -> None:
    appointed = {one.data.known.id for one in changes if one.data.leader is not None and one.data.known}
    for key in sorted(appointed & handed_over()) if appointed else ():
        drop_handover_of_appointed(db.session.get_one(Partnership, key), scope.actor)


def _leaders(
    changes: Sequence[Change], partnerships: Mapping[int, int], facts: Facts, history: History
) -> list[int]:
    """New terms, in the order of the file; their ids, for the mails that follow."""
    wanted = [one.data for one in changes if one.data.leader is not None]
    new: dict[str, str] = {}
    for one in wanted:
        email, name = one.leader
        if email not in facts.people:
            new.setdefault(email, name)
    people = {email: person.id for email, person in facts.people.items()} | enter_people(new)
    names = {email: person.name for email, person in facts.people.items()} | new
    organisations = _organisations(wanted, partnerships, history)
    ids = take_ids(LeaderTerm, len(wanted))
    rows = []
    for key, one in zip(ids, wanted, strict=True):
        where, email = partnerships[one.place.id], one.leader[0]
        rows.append({
            "id": key, "partnership_id": where, "user_id": people[email], "kind": TermKind.LEADER,
            "starts_on": one.starts_on, "ends_on": None, "organisation_id": organisations.get(one.place.id),
        })  # fmt: skip
        said = {"user_id": people[email], "before": {}, "after": {"starts_on": iso(one.starts_on)}}
        history.add(
            PartnershipEvent.LEADER_APPOINTED,
            ("leader_term", key),
            where,
            said,
            personal={"note": names[email]},
        )
    insert_rows(LeaderTerm, rows)
    return list(ids)


def _organisations(
    wanted: Sequence[Any], partnerships: Mapping[int, int], history: History
) -> dict[int, int]:
    """Municipality -> the organisation that its leader comes from; it becomes a member unless it is one."""
    named = [one for one in wanted if one.organisation]
    if not named:
        return {}
    keys = {one.place.id: (one.place.id, fold(one.organisation[0])) for one in named}
    known = organisations_by_place(set(keys))
    missing = [one for one in named if keys[one.place.id] not in known]
    ids = take_ids(Organisation, len(missing))
    insert_rows(
        Organisation,
        [
            {
                "id": key, "name": clean(one.organisation[0]), "search_text": keys[one.place.id][1][:400],
                "org_type": one.organisation[1], "municipality_id": one.place.id,
            }
            for key, one in zip(ids, missing, strict=True)
        ],
    )  # fmt: skip
    known |= {keys[one.place.id]: key for key, one in zip(ids, missing, strict=True)}
    found = {place_id: known[key] for place_id, key in keys.items()}
    _members(named, found, partnerships, history)
    return found


def _members(
    named: Sequence[Any], found: Mapping[int, int], partnerships: Mapping[int, int], history: History
) -> None:
    belongs, today = memberships(), clock.today()
    joining = [one for one in named if (partnerships[one.place.id], found[one.place.id]) not in belongs]
    rows = []
    for key, one in zip(take_ids(PartnershipMember, len(joining)), joining, strict=True):
        where, joined_on = partnerships[one.place.id], min(one.starts_on, today)
        rows.append({
            "id": key, "partnership_id": where, "organisation_id": found[one.place.id], "role": "leader",
            "contribution": [], "joined_on": joined_on,
        })  # fmt: skip
        after: dict[str, Any] = {"role": "leader", "contribution": [], "joined_on": iso(joined_on)}
        said = {"note": one.organisation[0], "before": {}, "after": after}
        history.add(PartnershipEvent.MEMBER_JOINED, ("partnership_member", key), where, said)
    insert_rows(PartnershipMember, rows)


# --- Animators -------------------------------------------------------------------------------------------


def _animators(
    changes: Sequence[Change], partnerships: Mapping[int, int], facts: Facts, history: History
) -> None:
    """From today; whoever advised until now does so until yesterday."""
    today = facts.today
    wanted = [one.data for one in changes if one.data.animator_id is not None]
    former = {one.place.id: facts.former(one.place.id) for one in wanted}
    covers = {one.place.id: facts.covers_by(one.place.id, one.animator_id) for one in wanted}
    own = [cover for several in covers.values() for cover in several]
    _end([*(one for one in former.values() if one is not None), *own], today)
    rows, since = [], iso(today)
    for key, one in zip(take_ids(AnimatorAssignment, len(wanted)), wanted, strict=True):
        left = former[one.place.id]
        rows.append({
            "id": key, "animator_id": one.animator_id, "municipality_id": one.place.id, "kind": AssignmentKind.MAIN,
            "starts_on": today, "ends_on": None, "reason": None,
        })  # fmt: skip
        said = {
            "former_id": left.animator_id if left else None,
            "before": {}, "after": _facts_of(one.animator_id, AssignmentKind.MAIN, since, None),
        }  # fmt: skip
        where = partnerships[one.place.id]
        for cover in covers[one.place.id]:
            _tell_ended(cover, where, facts, history)
        named: dict[str, Any] = {"note": facts.names[one.animator_id]}
        if left is not None:
            before = _tell_ended(left, where, facts, history)
            named |= {"before": {"animator": before}, "after": {"animator": named["note"]}}
        history.add(
            PartnershipEvent.ANIMATOR_ASSIGNED, ("animator_assignment", key), where, said, personal=named
        )
    insert_rows(AnimatorAssignment, rows)


def _end(ending: Sequence[Assigned], today: date) -> None:
    """Their last day is yesterday. What would begin only now leaves no day behind, so it is taken back."""
    table, now = AnimatorAssignment.__table__, clock.now()
    ended = [{"key": one.id, "now": now} for one in ending if one.starts_on < today]
    if ended:
        db.session.connection().execute(
            update(AnimatorAssignment)
            .where(table.c.id == bindparam("key"))
            .values(ends_on=today - timedelta(days=1), updated_at=bindparam("now")),
            ended,
        )
    taken_back = [{"key": one.id} for one in ending if one.starts_on >= today]
    if taken_back:
        db.session.connection().execute(
            delete(AnimatorAssignment).where(table.c.id == bindparam("key")), taken_back
        )


def _tell_ended(left: Assigned, where: int, facts: Facts, history: History) -> str:
    """The end of one is told as of every assignment; gives back whose it was, for the new one."""
    name = facts.names[left.animator_id]
    before = _facts_of(left.animator_id, left.kind, iso(left.starts_on), iso(left.ends_on))
    has_begun = left.starts_on < facts.today
    event = PartnershipEvent.ASSIGNMENT_ENDED if has_begun else PartnershipEvent.ASSIGNMENT_TAKEN_BACK
    after = before | {"ends_on": iso(facts.today - timedelta(days=1))} if has_begun else {}
    record = ("animator_assignment", left.id)
    history.add(event, record, where, {"before": before, "after": after}, personal={"note": name})
    return name


def _facts_of(
    animator_id: int, kind: AssignmentKind, starts_on: str | None, ends_on: str | None
) -> dict[str, Any]:
    """As ``partnerships.services.advising.facts`` has it."""
    return {
        "user_id": animator_id, "assigned_as": kind.value, "starts_on": starts_on, "ends_on": ends_on,
    }  # fmt: skip


def _settle(changes: Sequence[Change], partnerships: Mapping[int, int], scope: Scope) -> None:
    """A founded one with enough members is active; a new one has the leader's organisation at most."""
    at_once = the_programme().settings.min_members <= 1
    touched = [
        partnerships[one.data.place.id]
        for one in changes
        if at_once or (one.data.known and one.data.known.status is not PartnershipStatus.ACTIVE)
    ]
    db.session.expire_all()
    for start in range(0, len(touched), 500):
        forming = select(Partnership).where(
            Partnership.id.in_(touched[start : start + 500]), Partnership.status == PartnershipStatus.FORMING
        )
        for partnership in db.session.scalars(forming):
            settle_status(partnership, actor=scope.actor)
