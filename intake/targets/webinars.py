"""Who attended webinars before."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import select

from accounts.models import User
from core import clock
from core.bulk import insert_rows, take_ids
from core.database import db
from core.i18n import _l
from core.text import fold
from core.workbooks.kinds import WholeNumber
from intake.cells import AnyDay, Length, Mail, Named
from intake.checking import ReadRow
from intake.columns import ADDRESSES, PLACE_COLUMNS, Column
from intake.events import IntakeEvent
from intake.findings import Finding, Severity
from intake.history import History, sides
from intake.models import RecordKind
from intake.targets.base import Change, Outcome, Repeats, Scope, What
from intake.targets.earlier import Earlier, Owner, Present, Wanted
from webinars.models import Attendance, AttendanceSource, Webinar, WebinarStatus, search_text

USUAL_MINUTES = 60
"""Of a webinar whose length nobody wrote down."""


class Webinars(Earlier):
    kind = RecordKind.WEBINARS
    help = _l("One row for each municipality, or person with an account, that attended a webinar.")
    compared = ("people_count", "minutes")
    stands_for = frozenset({"email", "people_count"})
    columns = (
        *PLACE_COLUMNS,
        Column(
            "title",
            _l("Webinar"),
            Named(200),
            required=True,
            example="Bezpieczny telefon",
            also=("Tytuł", "tytuł webinaru", "temat", "webinarium", "nazwa webinaru", "webinar"),
            default_offered=True,
        ),
        Column(
            "day",
            _l("Day"),
            AnyDay(),
            required=True,
            example="15.03.2026",
            also=("Data", "data webinaru", "termin", "dzień"),
            default_offered=True,
        ),
        Column(
            "email",
            _l("Person's e-mail"),
            Mail(),
            help=_l("Only of somebody with an account here; else leave it empty."),
            also=("E-mail uczestnika", "e-mail", "email", "adres e-mail"),
            allows=ADDRESSES,
        ),
        Column(
            "people_count",
            _l("People"),
            WholeNumber(1, 10_000),
            help=_l("Empty: one. People without an account are added up."),
            also=("Liczba osób", "liczba uczestników", "uczestnicy", "osób"),
        ),
        Column(
            "minutes",
            _l("Minutes attended"),
            Length(in_hours=False, most=1440),
            also=("Czas udziału", "czas", "minuty"),
        ),
    )

    def compare(self, rows: Sequence[ReadRow], scope: Scope) -> Outcome:
        people = db.session.execute(select(User.email, User.id))
        self._people: dict[str, int] = {row[0]: row[1] for row in people}
        return super().compare(rows, scope)

    def prepare(self, row: ReadRow, owner: Owner, outcome: Outcome) -> bool:
        """An address of nobody here is not kept: a count is."""
        row.values["user_id"] = self._people.get(row.values["email"] or "")
        return True

    def complete(self, row: ReadRow, known: Present | None, outcome: Outcome) -> bool:
        if known is None:
            row.values["people_count"] = row.values["people_count"] or 1
        return True

    def check_together(self, wanted: Sequence[tuple[ReadRow, Owner]], outcome: Outcome) -> set[int]:
        """Of people without an account there is one count for each municipality: their rows are added up.

        Only an address or a count says that two rows are the same; without either each is one more person.
        """
        repeats, first, left_out = Repeats(outcome), dict[Any, ReadRow](), set[int]()
        for row, owner in wanted:
            values = row.values
            if values["user_id"] is not None:
                continue
            key = self.key(owner, values)
            who = values["email"] or (values["people_count"] and (values["people_count"], values["minutes"]))
            is_new = who is None or repeats.is_new((key, who), row)
            if first.setdefault(key, row) is row:
                continue
            left_out.add(row.number)
            if is_new:
                _add_up(first[key].values, values)
                said = {"first": str(first[key].number)}
                outcome.tell(Finding("added_up", Severity.INFO, cell=row.get("people_count"), params=said))
        self._known_by_now = self._come_to_be_known(wanted, set(first))
        for row, _owner in wanted:
            if row.number in self._known_by_now:
                outcome.tell(Finding("known_by_now", Severity.WARNING, "email", row.get("email")))
        return left_out

    def _come_to_be_known(
        self, wanted: Sequence[tuple[ReadRow, Owner]], counted: Set[Any]
    ) -> dict[int, Present]:
        """By row: the count in which its person stands, who had no account when the file was brought before.

        Only where the file counts nobody else there, and no more were counted than it names.
        """
        present = self.present()
        before = _counted_before(present)
        people: dict[Any, dict[int, int]] = {}
        for row, owner in wanted:
            key = self.key(owner, row.values)
            if row.values["user_id"] is not None and key not in present:
                people.setdefault((*key[:-1], None), {}).setdefault(key[-1], row.number)
        return {
            min(rows.values()): before[key]
            for key, rows in people.items()
            if key in before and key not in counted and before[key].values["people_count"] <= len(rows)
        }

    def _compared(self, row: ReadRow, owner: Owner, known: Present | None) -> Change:
        counted = self._known_by_now.get(row.number)
        if known is not None or counted is None:
            return super()._compared(row, owner, known)
        change = super()._compared(row, owner, counted)
        cells = [("email", None, row.values["email"]), *change.cells]
        return replace(change, what=What.CHANGED, cells=cells)

    def present(self) -> Mapping[Any, Present]:
        rows = db.session.execute(
            select(
                Attendance.id, Webinar.title, Webinar.starts_at, Attendance.municipality_id, Attendance.user_id,
                Attendance.people_count, Attendance.minutes,
            ).join(Webinar, Webinar.id == Attendance.webinar_id)
        )  # fmt: skip
        return {
            (fold(row[1]), clock.local(row[2]).date(), row[3], row[4]): Present(
                row[0], {"people_count": row[5], "minutes": row[6]}
            )
            for row in rows
        }

    def key(self, owner: Owner, values: Mapping[str, Any]) -> Any:
        return fold(values["title"]), values["day"], owner.id, values["user_id"]

    def title(self, owner: Owner, values: Mapping[str, Any]) -> str:
        return f"{values['title']}, {values['day']:%d.%m.%Y}: {owner.name}"

    def enter(self, new: Sequence[Wanted], scope: Scope, history: History) -> None:
        webinars = self._with_new_webinars(new, scope, history)
        rows = []
        for key, one in zip(take_ids(Attendance, len(new)), new, strict=True):
            values = one.values
            rows.append({
                "id": key, "webinar_id": webinars[fold(values["title"]), values["day"]],
                "municipality_id": one.owner.id, "user_id": values["user_id"],
                "people_count": values["people_count"], "minutes": values["minutes"],
                "source": AttendanceSource.IMPORT, "taken_over": scope.taken_over,
            })  # fmt: skip
            said = {"webinar": values["title"], "people": values["people_count"], "taken_over": True}
            record = ("attendance", key)
            history.add(IntakeEvent.ATTENDANCE_ENTERED, record, one.owner.id, said, story_kind="municipality")
        insert_rows(Attendance, rows)

    def _with_new_webinars(
        self, new: Sequence[Wanted], scope: Scope, history: History
    ) -> dict[tuple[str, date], int]:
        known = {
            (fold(title), clock.local(starts_at).date()): key
            for key, title, starts_at in db.session.execute(
                select(Webinar.id, Webinar.title, Webinar.starts_at)
            )
        }
        missing = {
            (fold(one.values["title"]), one.values["day"]): one.values
            for one in new
            if (fold(one.values["title"]), one.values["day"]) not in known
        }
        ids = take_ids(Webinar, len(missing))
        rows = []
        for key, values in zip(ids, missing.values(), strict=True):
            noon = datetime.combine(values["day"], time(12), tzinfo=clock.LOCAL_ZONE)
            rows.append({
                "id": key, "title": values["title"], "starts_at": noon.astimezone(UTC),
                "minutes": USUAL_MINUTES, "status": WebinarStatus.HELD, "taken_over": scope.taken_over,
                "search_text": search_text(values["title"]),
            })  # fmt: skip
            said = {"note": values["title"], "day": values["day"].isoformat(), "taken_over": True}
            history.add(IntakeEvent.WEBINAR_ENTERED, ("webinar", key), key, said, story_kind="webinar")
        insert_rows(Webinar, rows)
        return known | dict(zip(missing, ids, strict=True))

    def change(self, changed: Sequence[Change], scope: Scope, history: History) -> None:
        for one in changed:
            attendance = db.session.get_one(Attendance, one.data.present.id)
            cells = [cell for cell in one.cells if cell[0] in self.compared]
            for key, _, value in cells:
                setattr(attendance, key, value)
            facts, words = sides(cells)
            if one.data.values["user_id"] != attendance.user_id:
                attendance.user_id = one.data.values["user_id"]
                entered = {"webinar": one.data.values["title"], "people": attendance.people_count}
                facts = {**(facts if cells else {}), **entered, "taken_over": True}
            record = ("attendance", attendance.id)
            history.add(
                IntakeEvent.ATTENDANCE_ENTERED,
                record,
                one.data.owner.id,
                facts,
                personal=words,
                story_kind="municipality",
            )


def _counted_before(present: Mapping[Any, Present]) -> dict[Any, Present]:
    """People without an account, from earlier records."""
    counted = select(Attendance.id).where(Attendance.taken_over, Attendance.user_id.is_(None))
    ids = set(db.session.scalars(counted))
    return {key: one for key, one in present.items() if one.id in ids}


def _add_up(counted: dict[str, Any], values: Mapping[str, Any]) -> None:
    """So many people, and how long each of them stayed at least."""
    counted["people_count"] = (counted["people_count"] or 1) + (values["people_count"] or 1)
    stayed = [one["minutes"] for one in (counted, values) if one["minutes"] is not None]
    counted["minutes"] = min(stayed, default=None)
