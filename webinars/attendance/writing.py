"""From the settled people of a report to attendances: what is new, what changes, what stays as somebody entered it.

Written as often as one likes it comes to the same: each person has one entry, which a corrected report changes. What was
entered by hand, comes from a recording or was taken over from earlier records is never touched.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload

from accounts.models import User
from core import audit, clock
from core.database import db
from partnerships.models import LeaderTerm, Partnership
from partnerships.queries import covers
from webinars.attendance.events import AttendanceEvent
from webinars.attendance.matching import code_of_seat, code_of_user
from webinars.attendance.models import AttendanceLine, AttendanceReport, LineState
from webinars.attendance.reading import Spent
from webinars.models import Attendance, AttendanceSource, Webinar
from webinars.registrations.models import AudienceGroup, WebinarRegistration

Place = int | None


@dataclass
class Outcome:
    """What saving a report would do, or has done."""

    new: int = 0
    changed: int = 0
    same: int = 0
    kept: int = 0
    """Stay as somebody entered them."""


@dataclass(frozen=True)
class Wanted:
    """What a report comes to: minutes of people, by the code of whom they are, and counts of nobody in particular."""

    minutes: Mapping[str, int]
    counts: Mapping[Place, int]


@dataclass
class Present:
    """The attendances that a webinar has."""

    people: dict[str, list[Attendance]] = field(default_factory=dict)
    counts: dict[Place, list[Attendance]] = field(default_factory=dict)
    """Those that reports brought; several where municipalities have merged since."""


def wanted_of(report: AttendanceReport, lines: Iterable[AttendanceLine]) -> Wanted:
    spent: dict[str, Spent] = {}
    counts: Counter[Place] = Counter()
    for line in lines:
        if line.target is not None:
            spent[line.target] = spent.get(line.target, Spent()) + Spent.of_data(line.spent)
        elif line.state is LineState.PLACE:
            counts[line.municipality_id] += 1
        elif line.state is LineState.NOT_OURS:
            counts[None] += 1
    return Wanted({code: one.minutes for code, one in spent.items()}, counts)


def present_of(webinar: Webinar) -> Present:
    found = Present()
    rows = db.session.scalars(
        select(Attendance)
        .where(Attendance.webinar_id == webinar.id)
        .order_by(Attendance.id)
        .options(joinedload(Attendance.municipality), joinedload(Attendance.user))
    )
    for row in rows:
        if row.user_id is not None:
            found.people.setdefault(code_of_user(row.user_id), []).append(row)
        elif row.registration_id is not None:
            found.people.setdefault(code_of_seat(row.registration_id), []).append(row)
        elif is_from_report(row):
            found.counts.setdefault(row.municipality_id, []).append(row)
    return found


def is_from_report(row: Attendance) -> bool:
    return row.source is AttendanceSource.IMPORT and not row.taken_over


def outcome_of(wanted: Wanted, present: Present) -> Outcome:
    """Before it is saved; people alone, as counts follow from them."""
    outcome = Outcome()
    for code, minutes in wanted.minutes.items():
        _count(outcome, present.people.get(code, []), minutes)
    return outcome


def _count(outcome: Outcome, rows: Sequence[Attendance], minutes: int) -> None:
    ours = [row for row in rows if is_from_report(row)]
    if not rows:
        outcome.new += 1
    elif not ours:
        outcome.kept += 1
    elif any(row.minutes != minutes for row in ours):
        outcome.changed += 1
    else:
        outcome.same += 1


def write(webinar: Webinar, wanted: Wanted, *, actor: User | None) -> Outcome:
    """The webinar is held by whoever calls."""
    present, outcome = present_of(webinar), Outcome()
    new = [code for code in wanted.minutes if code not in present.people]
    places = places_of(webinar, new)
    for code, minutes in wanted.minutes.items():
        rows = present.people.get(code, [])
        _count(outcome, rows, minutes)
        for row in rows:
            if is_from_report(row) and row.minutes != minutes:
                _change(row, minutes, actor=actor)
        if not rows:
            enter(webinar, code, places[code], minutes=minutes, source=AttendanceSource.IMPORT, actor=actor)
    _write_counts(webinar, wanted.counts, present.counts, actor=actor)
    db.session.flush()
    return outcome


def enter(
    webinar: Webinar,
    code: str,
    places: Collection[Place],
    *,
    minutes: int | None,
    source: AttendanceSource,
    actor: User | None,
) -> None:
    """Once for each municipality that they lead; else for the one they come from, or for elsewhere."""
    kind, _dash, key = code.partition("-")
    for place in places:
        row = Attendance(
            webinar=webinar, municipality_id=place, people_count=1, minutes=minutes, source=source,
            user_id=int(key) if kind == "user" else None,
            registration_id=int(key) if kind == "seat" else None,
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        remember(
            AttendanceEvent.ENTERED, row, actor=actor, after={"minutes": minutes, "source": source.value}
        )


def _change(row: Attendance, minutes: int, *, actor: User | None) -> None:
    before, row.minutes = row.minutes, minutes
    remember(
        AttendanceEvent.CHANGED, row, actor=actor, before={"minutes": before}, after={"minutes": minutes}
    )


def _write_counts(
    webinar: Webinar,
    counts: Mapping[Place, int],
    present: Mapping[Place, Sequence[Attendance]],
    *,
    actor: User | None,
) -> None:
    """Of a municipality that this report does not name the earlier count stays: nobody is known by it any more."""
    for place, number in counts.items():
        rows = present.get(place, [])
        if not rows:
            row = Attendance(
                webinar=webinar,
                municipality_id=place,
                people_count=number,
                source=AttendanceSource.IMPORT,
            )
            db.session.add(row)
            db.session.flush()
            remember(AttendanceEvent.ENTERED, row, actor=actor, after={"people_count": number})
            continue
        others = sum(row.people_count for row in rows[1:])
        _correct_count(rows[0], max(1, number - others), actor=actor)


def _correct_count(row: Attendance, number: int, *, actor: User | None) -> None:
    if row.people_count == number:
        return
    before, row.people_count = row.people_count, number
    remember(
        AttendanceEvent.CHANGED, row, actor=actor,
        before={"people_count": before}, after={"people_count": number},
    )  # fmt: skip


def remember(event: AttendanceEvent, row: Attendance, *, actor: User | None, **facts: Any) -> None:
    name = row.user.name if row.user else None
    audit.record(
        event, row, actor=actor, personal={"name": name} if name else None, webinar=row.webinar_id, **facts
    )


# --- Where people come from ------------------------------------------------------------------------------


def places_of(webinar: Webinar, codes: Collection[str]) -> dict[str, list[Place]]:
    """By code: every municipality whose partnership they led on that day, else the one from which they registered.

    Of a partnership that has merged since: where it goes on.
    """
    users = {int(code.removeprefix("user-")) for code in codes if code.startswith("user-")}
    day = clock.local(webinar.starts_at).date()
    led: dict[str, list[Place]] = {}
    heir = aliased(Partnership)
    for user_id, place in db.session.execute(
        select(LeaderTerm.user_id, func.coalesce(heir.municipality_id, Partnership.municipality_id))
        .join(Partnership, Partnership.id == LeaderTerm.partnership_id)
        .outerjoin(heir, heir.id == Partnership.successor_id)
        .where(LeaderTerm.user_id.in_(users), covers(LeaderTerm.starts_on, LeaderTerm.ends_on, day))
        .order_by(Partnership.id)
    ):
        known = led.setdefault(code_of_user(user_id), [])
        if place not in known:
            known.append(place)
    said = _places_of_seats(webinar)
    return {code: led.get(code) or [said.get(code)] for code in codes}


def _places_of_seats(webinar: Webinar) -> dict[str, Place]:
    """Whoever registered as from elsewhere came from elsewhere, also where they named a municipality without a partnership."""
    rows = db.session.execute(
        select(
            WebinarRegistration.id, WebinarRegistration.user_id, WebinarRegistration.municipality_id
        ).where(
            WebinarRegistration.webinar_id == webinar.id,
            WebinarRegistration.group == AudienceGroup.PARTICIPANT,
        )
    )
    return {
        code_of_seat(seat_id) if user_id is None else code_of_user(user_id): place
        for seat_id, user_id, place in rows
    }
