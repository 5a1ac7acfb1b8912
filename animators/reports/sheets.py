"""The workbook for the accounts: the ledger, the balances, the exceptions, and sums that the spreadsheet works out itself.

Every sum stands twice, once as a formula over the rows of the file and once as the database has it, with their
difference beside them: whoever sorts, filters or mistrusts the file can see that nothing is missing.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from animators.consultations.models import Channel, ConsultationStatus
from animators.hours.models import Decision, LedgerKind, Pot
from animators.reports.figures import REFUSED, WAITING
from animators.reports.ledger_rows import LedgerRow, RequestRow, Standing, ledger_rows, request_rows
from animators.reports.places import PlaceRow, place_rows, places, totals
from animators.reports.rows import consultation_sum, entry_sum, pots_by_number
from animators.reports.selection import Selection
from core.i18n import LazyString, _, _l
from core.sheets import Column, Sheet
from core.workbooks.export import write_sheets
from core.workbooks.headings import quoted, sheet_name
from core.workbooks.kinds import Formula, day, member_of, moment, text, whole_number, yes_or_no
from core.workbooks.raw import column_letters
from municipalities.models import MunicipalityKind

_WORDS, _COUNT = text(max_length=4000), whole_number(-10_000_000, 10_000_000)
LEDGER_NAME, BALANCES_NAME = _l("Ledger"), _l("Balances")
REQUESTS_NAME, SUMS_NAME = _l("Exceptions"), _l("Sums")

LEDGER = Sheet(
    LedgerRow,
    {
        "entry_id": Column(_l("Entry number"), _COUNT),
        "day": Column(_l("Day"), day()),
        "code": Column(_l("Territorial code"), _WORDS),
        "municipality": Column(_l("Municipality"), _WORDS),
        "kind": Column(_l("Type"), member_of(MunicipalityKind)),
        "county": Column(_l("County"), _WORDS),
        "voivodeship": Column(_l("Voivodeship"), _WORDS),
        "animator": Column(_l("Animator"), _WORDS),
        "budget_id": Column(_l("Pot number"), _COUNT),
        "pot": Column(_l("Pot"), member_of(Pot)),
        "entry_kind": Column(_l("Kind of entry"), member_of(LedgerKind)),
        "channel": Column(_l("Channel"), member_of(Channel)),
        "minutes": Column(_l("Number of minutes"), _COUNT),
        "standing": Column(_l("In the pot or over it"), member_of(Standing)),
        "used_after": Column(_l("Used of the pot after it"), _COUNT),
        "status": Column(_l("Status"), member_of(ConsultationStatus)),
        "confirmation": Column(_l("Confirmed by"), _WORDS),
        "confirmed_at": Column(_l("Confirmed on"), moment()),
        "corrects_id": Column(_l("Corrects entry"), _COUNT),
        "taken_over": Column(_l("Taken over"), yes_or_no()),
        "consultation_id": Column(_l("Consultation number"), _COUNT),
        "note": Column(_l("Note"), _WORDS),
    },
    name=LEDGER_NAME,
)

REQUESTS = Sheet(
    RequestRow,
    {
        "number": Column(_l("Number"), _COUNT),
        "code": Column(_l("Territorial code"), _WORDS),
        "municipality": Column(_l("Municipality"), _WORDS),
        "voivodeship": Column(_l("Voivodeship"), _WORDS),
        "budget_id": Column(_l("Pot number"), _COUNT),
        "pot": Column(_l("Pot"), member_of(Pot)),
        "day": Column(_l("Day"), day()),
        "animator": Column(_l("Animator"), _WORDS),
        "minutes": Column(_l("Number of minutes"), _COUNT),
        "reason": Column(_l("Reason"), _WORDS),
        "asked_by": Column(_l("Asked for by"), _WORDS),
        "asked_at": Column(_l("Asked for on"), moment()),
        "decision": Column(_l("Decision"), member_of(Decision)),
        "decided_at": Column(_l("Decided on"), moment()),
        "note": Column(_l("Note of the office"), _WORDS),
        "counts": Column(_l("Part of the pot"), yes_or_no()),
        "paired": Column(_l("Goes with number"), _COUNT),
    },
    name=REQUESTS_NAME,
)


class BalanceRow(NamedTuple):
    code: str
    municipality: str
    county: str
    voivodeship: str
    budget_id: int | None
    """None: nobody has opened it, so the usual grant counts and nothing is used."""
    pot: Pot
    granted: int
    used: int
    free: Formula
    in_file: Formula | int
    in_database: int
    difference: Formula


BALANCES = Sheet(
    BalanceRow,
    {
        "code": Column(_l("Territorial code"), _WORDS),
        "municipality": Column(_l("Municipality"), _WORDS),
        "county": Column(_l("County"), _WORDS),
        "voivodeship": Column(_l("Voivodeship"), _WORDS),
        "budget_id": Column(_l("Pot number"), _COUNT),
        "pot": Column(_l("Pot"), member_of(Pot)),
        "granted": Column(_l("Granted"), _COUNT),
        "used": Column(_l("Used"), _COUNT),
        "free": Column(_l("Free"), _COUNT),
        "in_file": Column(_l("Taken in this file, by formula"), _COUNT),
        "in_database": Column(_l("Taken in this file, by the database"), _COUNT),
        "difference": Column(_l("Difference (must be 0)"), _COUNT),
    },
    name=BALANCES_NAME,
)


class SumRow(NamedTuple):
    what: LazyString
    by_formula: Formula
    in_database: int
    difference: Formula


SUMS = Sheet(
    SumRow,
    {
        "what": Column(_l("What"), _WORDS, value=lambda row: str(row.what)),
        "by_formula": Column(_l("Minutes, by formula"), _COUNT),
        "in_database": Column(_l("Minutes, by the database"), _COUNT),
        "difference": Column(_l("Difference (must be 0)"), _COUNT),
    },
    name=SUMS_NAME,
)


class Books(NamedTuple):
    """The rows of the selection, read once."""

    ledger: Sequence[LedgerRow]
    places: Sequence[PlaceRow]
    requests: Sequence[RequestRow]
    selection: Selection


def books_of(selection: Selection) -> Books:
    return Books(list(ledger_rows(selection)), place_rows(selection), request_rows(selection), selection)


def workbook(books: Books) -> bytes:
    balances = list(_balances(books))
    return write_sheets(
        [
            LEDGER.part(books.ledger),
            BALANCES.part(balances),
            REQUESTS.part(books.requests),
            SUMS.part(list(_sums(books, balances))),
        ]
    )


def csv(books: Books) -> bytes:
    return b"".join(LEDGER.csv(books.ledger))


# --- Formulas ----------------------------------------------------------------------------------------------


class _Ranges:
    """The columns of a sheet as formulas name them, from the first row below the head to the last."""

    def __init__(self, sheet: Sheet[Any], name: LazyString, rows: int) -> None:
        self._sheet, self._name, self._last = sheet, quoted(sheet_name(str(name))), max(rows, 1) + 1

    def __getitem__(self, key: str) -> str:
        letter = column_letters(self._sheet.keys.index(key) + 1)
        return f"{self._name}!${letter}$2:${letter}${self._last}"


def _balances(books: Books) -> Iterator[BalanceRow]:
    ledger = _Ranges(LEDGER, LEDGER_NAME, len(books.ledger))
    taken: defaultdict[int | None, int] = defaultdict(int)
    for row in books.ledger:
        if row.standing is Standing.WITHIN:
            taken[row.budget_id] += row.minutes
    numbers, counted = pots_by_number(books.selection)
    at = 1
    for place in books.places:
        for pot in Pot:
            if books.selection.pot in (None, pot):
                at += 1
                number = numbers.get((place.municipality_id, pot))
                yield _balance(
                    place, pot, number, _AtRow(at, ledger, taken[number], counted.get(number or 0, 0))
                )


class _AtRow(NamedTuple):
    at: int
    ledger: _Ranges
    taken: int
    counted: int


def _balance(place: PlaceRow, pot: Pot, number: int | None, here: _AtRow) -> BalanceRow:
    figures, at, ledger = place.pot(pot), here.at, here.ledger
    column = {key: f"{column_letters(place + 1)}{at}" for place, key in enumerate(BALANCES.keys)}
    within = _text(Standing.WITHIN.label)
    summed = f"SUMIFS({ledger['minutes']},{ledger['budget_id']},{column['budget_id']},{ledger['standing']},{within})"
    return BalanceRow(
        place.code, place.name, place.county, place.voivodeship, number, pot, figures.granted, figures.used,
        Formula(f"{column['granted']}-{column['used']}", figures.free),
        Formula(summed, here.taken) if number else 0,
        here.counted,
        Formula(f"{column['in_file']}-{column['in_database']}", here.taken - here.counted),
    )  # fmt: skip


def _sums(books: Books, balances: Sequence[BalanceRow]) -> Iterator[SumRow]:
    ledger = _Ranges(LEDGER, LEDGER_NAME, len(books.ledger))
    balance = _Ranges(BALANCES, BALANCES_NAME, len(balances))
    at = 1
    for pot in Pot:
        within = sum(
            row.minutes for row in books.ledger if row.pot is pot and row.standing is Standing.WITHIN
        )
        asked = ((ledger["pot"], pot.label), (ledger["standing"], Standing.WITHIN.label))
        at += 1
        taken = entry_sum(books.selection, pot)
        yield _sum(at, _TAKEN[pot], _sum_if(ledger["minutes"], *asked), (within, taken))
    for standing, label in ((Standing.WAITING, WAITING.label), (Standing.REFUSED, REFUSED.label)):
        apart = sum(row.minutes for row in books.ledger if row.standing is standing)
        at += 1
        counted = consultation_sum(standing.value, books.selection)
        formula = _sum_if(ledger["minutes"], (ledger["standing"], standing.label))
        yield _sum(at, label, formula, (apart, counted))
    every = totals(places(books.selection))
    for pot in Pot:
        if books.selection.pot in (None, pot):
            free = sum(row.free.value for row in balances if row.pot is pot)
            at += 1
            formula = _sum_if(balance["free"], (balance["pot"], pot.label))
            yield _sum(at, _FREE[pot], formula, (free, every.pot(pot).free))


_TAKEN = {Pot.VISIT: _l("Taken from the pots: visits"), Pot.REMOTE: _l("Taken from the pots: remote advice")}
_FREE = {Pot.VISIT: _l("Free: visits"), Pot.REMOTE: _l("Free: remote advice")}


def _sum(at: int, what: LazyString, formula: str, values: tuple[int, int]) -> SumRow:
    of_file, of_database = values
    return SumRow(
        what, Formula(formula, of_file), of_database, Formula(f"B{at}-C{at}", of_file - of_database)
    )


def _sum_if(summed: str, *asked: tuple[str, LazyString]) -> str:
    return f"SUMIFS({summed}{''.join(f',{where},{_text(label)}' for where, label in asked)})"


def _text(label: LazyString) -> str:
    """As a formula writes text; a label is ours."""
    return '"' + str(label).replace('"', '""') + '"'


def file_name(day: date, ending: str) -> str:
    """``ksiega-godzin-2026-04-15.xlsx``."""
    name = _("ledger-of-hours")
    return f"{name}-{day.isoformat()}.{ending}"
