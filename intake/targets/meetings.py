"""Meetings of partnerships that were held before."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import select, update

from core.bulk import insert_rows, take_ids
from core.database import db
from core.i18n import _, _l
from core.workbooks.kinds import WholeNumber
from intake.cells import AnyDay, Named, worded
from intake.checking import ReadRow
from intake.columns import PLACE_COLUMNS, Column
from intake.events import IntakeEvent
from intake.findings import Finding, Severity
from intake.history import History, sides
from intake.models import RecordKind
from intake.targets.base import Change, Outcome, Scope, What, Written
from intake.targets.earlier import Earlier, Owner, Present, Wanted
from meetings.models import MeetingKind, PartnershipMeeting
from meetings.queries import IN_TIME
from meetings.services import settle_kinds
from partnerships.models import Partnership

KINDS = worded(
    {kind: kind.label for kind in MeetingKind},
    inicjujące=MeetingKind.INITIATING,
    spotkanie_inicjujące=MeetingKind.INITIATING,
    inauguracyjne=MeetingKind.INITIATING,
    pierwsze=MeetingKind.INITIATING,
    zwykłe=MeetingKind.REGULAR,
    robocze=MeetingKind.REGULAR,
    kolejne=MeetingKind.REGULAR,
    spotkanie=MeetingKind.REGULAR,
)


class Meetings(Earlier):
    kind = RecordKind.MEETINGS
    help = _l("One row for each meeting of a partnership's members.")
    of_partnership = True
    day = "held_on"
    compared = ("kind_of_meeting", "place", "people_count", "summary", "next_steps")
    columns = (
        *PLACE_COLUMNS,
        Column(
            "held_on",
            _l("Held on"),
            AnyDay(),
            required=True,
            example="15.03.2026",
            also=("Data", "data spotkania", "dzień", "termin", "kiedy", "date"),
        ),
        Column(
            "kind_of_meeting",
            _l("Sort of meeting"),
            KINDS,
            help=_l("Empty: the earliest is the initiating one, the others are ordinary."),
            also=("Rodzaj spotkania", "typ spotkania", "charakter spotkania"),
        ),
        Column(
            "place", _l("Place"), Named(200), also=("Miejsce", "miejsce spotkania", "lokalizacja", "gdzie")
        ),
        Column(
            "people_count",
            _l("People"),
            WholeNumber(1, 10_000),
            required=True,
            help=_l("How many came; never who."),
            example="12",
            also=("Liczba osób", "liczba uczestników", "uczestnicy", "ilość osób", "obecnych", "osób"),
            default_offered=True,
        ),
        Column(
            "summary",
            _l("Summary"),
            Named(4000),
            also=("Podsumowanie", "ustalenia", "temat", "tematyka", "opis"),
        ),
        Column(
            "next_steps",
            _l("Next steps"),
            Named(4000),
            also=("Dalsze kroki", "następne kroki", "do zrobienia"),
        ),
    )

    def check_together(self, wanted: Sequence[tuple[ReadRow, Owner]], outcome: Outcome) -> set[int]:
        """The initiating meeting is the earliest, as on the partnership's page: no file says otherwise."""
        first: dict[int, date] = {}
        known = [(meeting[1], meeting[2]) for meeting in db.session.execute(self._kept())]
        for owner_id, day in [*known, *((owner.id, row.values["held_on"]) for row, owner in wanted)]:
            first[owner_id] = min(first.get(owner_id, day), day)
        left_out = set()
        for row, owner in wanted:
            told, cell = row.values["kind_of_meeting"], row.get("kind_of_meeting")
            if row.values["held_on"] == first[owner.id]:
                row.values["kind_of_meeting"] = MeetingKind.INITIATING
                if told is MeetingKind.REGULAR:
                    outcome.tell(Finding("initiates", Severity.INFO, "kind_of_meeting", cell))
            elif told is MeetingKind.INITIATING:
                said = {"sentence": _("The initiating meeting is unique and the first one.")}
                outcome.tell(Finding("says_no", column="kind_of_meeting", cell=cell, params=said))
                left_out.add(row.number)
        return left_out

    def complete(self, row: ReadRow, known: Present | None, outcome: Outcome) -> bool:
        if known is None:
            row.values["kind_of_meeting"] = row.values["kind_of_meeting"] or MeetingKind.REGULAR
        return True

    def _compared(self, row: ReadRow, owner: Owner, known: Present | None) -> Change:
        """Which meeting is the initiating one follows from the days: no row of a known one changes it."""
        if known is not None:
            row.values["kind_of_meeting"] = known.values["kind_of_meeting"]
        return super()._compared(row, owner, known)

    def _kept(self) -> Any:
        return select(
            PartnershipMeeting.id, PartnershipMeeting.partnership_id, PartnershipMeeting.held_on,
            PartnershipMeeting.kind, PartnershipMeeting.place, PartnershipMeeting.people_count,
            PartnershipMeeting.summary, PartnershipMeeting.next_steps,
        ).where(PartnershipMeeting.called_off_at.is_(None))  # fmt: skip

    def present(self) -> Mapping[Any, Present]:
        """Of two on one day the first: the other has an hour, which no file brings."""
        found: dict[Any, Present] = {}
        for row in db.session.execute(self._kept().order_by(*IN_TIME)):
            values = dict(zip(self.compared, tuple(row)[3:], strict=True))
            found.setdefault((row[1], row[2]), Present(row[0], values))
        return found

    def key(self, owner: Owner, values: Mapping[str, Any]) -> Any:
        return owner.id, values["held_on"]

    def write(self, outcome: Outcome, scope: Scope) -> Written:
        written = super().write(outcome, scope)
        self._settle({one.about for one in outcome.changes if one.what is not What.SAME}, scope)
        return written

    def _settle(self, touched: set[int], scope: Scope) -> None:
        """A meeting earlier than those that were there takes over from the one that initiated so far."""
        kinds: dict[int, list[MeetingKind]] = {}
        for row in db.session.execute(self._kept().order_by(*IN_TIME)):
            if row[1] in touched:
                kinds.setdefault(row[1], []).append(row[3])
        wrong = {
            key
            for key, found in kinds.items()
            if found[0] is not MeetingKind.INITIATING or MeetingKind.INITIATING in found[1:]
        }
        db.session.expire_all()
        for key in sorted(wrong):
            settle_kinds(db.session.get_one(Partnership, key), actor=scope.actor)

    def enter(self, new: Sequence[Wanted], scope: Scope, history: History) -> None:
        """Where there is an initiating meeting it stays the only one until all are in."""
        initiated = {row[1] for row in db.session.execute(self._kept()) if row[3] is MeetingKind.INITIATING}
        rows = []
        for key, one in zip(take_ids(PartnershipMeeting, len(new)), new, strict=True):
            values = one.values
            rows.append({
                "id": key, "partnership_id": one.owner.id,
                "kind": MeetingKind.REGULAR if one.owner.id in initiated else values["kind_of_meeting"],
                "held_on": values["held_on"], "place": values["place"] or "–",
                "people_count": values["people_count"], "summary": values["summary"],
                "next_steps": values["next_steps"], "calendar_uid": str(uuid4()), "taken_over": scope.taken_over,
            })  # fmt: skip
            said = {
                "held_on": values["held_on"].isoformat(),
                "people": values["people_count"],
                "taken_over": True,
            }
            history.add(IntakeEvent.MEETING_ENTERED, ("partnership_meeting", key), one.owner.id, said)
        insert_rows(PartnershipMeeting, rows)

    def change(self, changed: Sequence[Change], scope: Scope, history: History) -> None:
        for one in changed:
            after = {key: value for key, _, value in one.cells}
            kept = PartnershipMeeting.id == one.data.present.id
            db.session.execute(
                update(PartnershipMeeting)
                .where(kept)
                .values(**after, row_version=PartnershipMeeting.row_version + 1)
            )
            record = ("partnership_meeting", one.data.present.id)
            facts, words = sides(one.cells)
            history.add(IntakeEvent.MEETING_ENTERED, record, one.data.owner.id, facts, personal=words)
