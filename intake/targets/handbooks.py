"""Handbooks sent to municipalities before."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select, update

from core import clock
from core.bulk import insert_rows, take_ids
from core.database import db
from core.errors import DomainError
from core.i18n import _l
from core.text import clean, fold
from core.workbooks.kinds import WholeNumber
from handbooks.errors import ArrivedBeforeSent, ArrivedInFuture, MoreThanSent
from handbooks.models import HandbookEdition, HandbookIssue
from intake.cells import AnyDay, Named
from intake.checking import ReadRow
from intake.columns import PLACE_COLUMNS, Column
from intake.events import IntakeEvent
from intake.findings import Finding, Severity
from intake.history import History, sides
from intake.models import RecordKind
from intake.targets.base import Change, Outcome, Scope
from intake.targets.earlier import Earlier, Owner, Present, Wanted


class Handbooks(Earlier):
    kind = RecordKind.HANDBOOKS
    help = _l("One row for each parcel of handbooks sent to a municipality.")
    day = "sent_on"
    compared = ("sent_count", "confirmed_count", "confirmed_on")
    stands_for = frozenset({"confirmed_count", "confirmed_on"})
    columns = (
        *PLACE_COLUMNS,
        Column(
            "edition",
            _l("Edition"),
            Named(60),
            required=True,
            example="1",
            also=("Wydanie", "nr wydania", "poradnik", "tytuł"),
            default_offered=True,
        ),
        Column(
            "sent_on",
            _l("Sent on"),
            AnyDay(),
            required=True,
            also=("Data wysyłki", "wysłano", "data wysłania", "data przekazania", "data"),
            default_offered=True,
        ),
        Column(
            "sent_count",
            _l("Copies sent"),
            WholeNumber(1, 10_000),
            required=True,
            example="4",
            also=(
                "Liczba egzemplarzy",
                "egzemplarze",
                "wysłane egzemplarze",
                "liczba wysłanych",
                "sztuk",
                "szt.",
            ),
        ),
        Column(
            "confirmed_count",
            _l("Copies confirmed"),
            WholeNumber(0, 10_000),
            also=(
                "Potwierdzono",
                "potwierdzone egzemplarze",
                "otrzymano",
                "liczba potwierdzonych",
                "odebrane",
            ),
        ),
        Column(
            "confirmed_on",
            _l("Confirmed on"),
            AnyDay(),
            also=("Data potwierdzenia", "data odbioru", "odebrano"),
        ),
    )

    def complete(self, row: ReadRow, known: Present | None, outcome: Outcome) -> bool:
        """A count without a day was confirmed when it was sent, as far as anybody knows; a day means all copies."""
        values, kept = row.values, known.values if known else {}
        if values["confirmed_count"] is not None:
            day = kept.get("confirmed_on") or values["sent_on"]
            values["confirmed_on"] = values["confirmed_on"] or day
        elif values["confirmed_on"] is not None:
            count = kept.get("confirmed_count")
            values["confirmed_count"] = values["sent_count"] if count is None else count
        return _arrived(row, kept, outcome)

    def check_together(self, wanted: Sequence[tuple[ReadRow, Owner]], outcome: Outcome) -> set[int]:
        known = self._editions()
        for row, _owner in wanted:
            if fold(row.values["edition"]) not in known:
                outcome.tell(Finding("no_edition", Severity.INFO, "edition", row.get("edition")))
        return set()

    def _editions(self) -> dict[str, int]:
        rows = db.session.execute(select(HandbookEdition.edition, HandbookEdition.id))
        return {fold(edition): key for edition, key in rows}

    def present(self) -> Mapping[Any, Present]:
        rows = db.session.execute(
            select(
                HandbookIssue.id, HandbookIssue.municipality_id, HandbookEdition.edition, HandbookIssue.sent_on,
                HandbookIssue.sent_count, HandbookIssue.confirmed_count, HandbookIssue.confirmed_on,
            ).join(HandbookEdition, HandbookEdition.id == HandbookIssue.edition_id)
        )  # fmt: skip
        return {
            (row[1], fold(row[2]), row[3]): Present(
                row[0], dict(zip(self.compared, tuple(row)[4:], strict=True))
            )
            for row in rows
        }

    def key(self, owner: Owner, values: Mapping[str, Any]) -> Any:
        return owner.id, fold(values["edition"]), values["sent_on"]

    def enter(self, new: Sequence[Wanted], scope: Scope, history: History) -> None:
        editions = self._with_new_editions(new)
        rows = []
        for key, one in zip(take_ids(HandbookIssue, len(new)), new, strict=True):
            values = one.values
            rows.append({
                "id": key, "municipality_id": one.owner.id, "edition_id": editions[fold(values["edition"])],
                **{name: values[name] for name in ("sent_on", *self.compared)}, "taken_over": scope.taken_over,
            })  # fmt: skip
            said = {
                "copies": values["sent_count"],
                "sent_on": values["sent_on"].isoformat(),
                "taken_over": True,
            }
            record = ("handbook_issue", key)
            history.add(IntakeEvent.HANDBOOKS_ENTERED, record, one.owner.id, said, story_kind="municipality")
        insert_rows(HandbookIssue, rows)

    def _with_new_editions(self, new: Sequence[Wanted]) -> dict[str, int]:
        known = self._editions()
        missing: dict[str, Wanted] = {}
        for one in sorted(new, key=lambda one: one.values["sent_on"]):
            if fold(one.values["edition"]) not in known:
                missing.setdefault(fold(one.values["edition"]), one)
        ids = take_ids(HandbookEdition, len(missing))
        insert_rows(
            HandbookEdition,
            [
                {
                    "id": key, "title": clean(one.values["edition"]), "edition": clean(one.values["edition"]),
                    "published_on": one.values["sent_on"], "is_current": False,
                }
                for key, one in zip(ids, missing.values(), strict=True)
            ],
        )  # fmt: skip
        return known | dict(zip(missing, ids, strict=True))

    def change(self, changed: Sequence[Change], scope: Scope, history: History) -> None:
        for one in changed:
            after = {key: value for key, _, value in one.cells}
            db.session.execute(
                update(HandbookIssue).where(HandbookIssue.id == one.data.present.id).values(**after)
            )
            record = ("handbook_issue", one.data.present.id)
            facts, words = sides(one.cells)
            history.add(
                IntakeEvent.HANDBOOKS_ENTERED,
                record,
                one.data.owner.id,
                facts,
                personal=words,
                story_kind="municipality",
            )


def _arrived(row: ReadRow, kept: Mapping[str, Any], outcome: Outcome) -> bool:
    """As ``handbooks.services.confirm_copies`` has it."""
    told: dict[str, Any] = {
        key: kept.get(key) if row.values[key] is None else row.values[key] for key in Handbooks.compared
    }
    count, day = told["confirmed_count"], told["confirmed_on"]
    refusal: DomainError | None = None
    if count is not None and count > told["sent_count"]:
        refusal = MoreThanSent(told["sent_count"])
    elif day is not None and day < row.values["sent_on"]:
        refusal = ArrivedBeforeSent(row.values["sent_on"])
    elif day is not None and day > clock.today():
        refusal = ArrivedInFuture()
    if refusal is None:
        return True
    said = {"sentence": str(refusal)}
    outcome.tell(Finding("says_no", column=refusal.field, cell=row.get(refusal.field or ""), params=said))
    return False
