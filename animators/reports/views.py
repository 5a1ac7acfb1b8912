"""The office's pages of hours: by month, by municipality, by animator, and the rows behind every figure. They change nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, current_person
from accounts.models import User
from accounts.policy import Permission
from animators.hours.models import Pot
from animators.reports import drawing, figures, sheets
from animators.reports.counting import SpanRow, table_by_span
from animators.reports.events import ReportEvent
from animators.reports.figures import CONSULTATIONS, OF_NOW, Figure, figure_called
from animators.reports.forms import Choices, HoursFilterForm, choices, shortcuts
from animators.reports.people import SORTS, Load, loads
from animators.reports.places import PlaceRow, places, places_page, totals
from animators.reports.rows import (
    changes_of_grants,
    consultations_behind,
    entries_behind,
    grants_of,
    outside_behind,
)
from animators.reports.selection import Selection
from core import audit, clock
from core.database import aside
from core.downloads import to_keep
from core.i18n import LazyString, _l
from core.paging import Sorting, link_maker, page_number
from programme.queries import the_programme

bp = Blueprint("hours_reports", __name__, url_prefix="/office/hours")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"

FIELDS = {
    "months": ("since", "until", "by", "voivodeship", "animator", "pot"),
    "municipalities": ("since", "until", "voivodeship", "advised", "pot"),
    "animators": ("since", "until", "voivodeship"),
    "rows": ("since", "until", "voivodeship", "animator", "pot"),
    "now": ("voivodeship", "advised"),
    "outside": ("since", "until", "voivodeship", "animator"),
}
"""What can be narrowed on each page; the rest of the address goes along to the others."""

TABS: tuple[tuple[LazyString, str], ...] = (
    (_l("By month"), "months"),
    (_l("By municipality"), "municipalities"),
    (_l("By animator"), "animators"),
    (_l("Ledger"), "entries"),
)


@dataclass(frozen=True)
class Frame:
    """What every page of hours has: where else to look, what narrows it, and how its figures are counted."""

    wanted: Selection
    known: Choices
    page: str
    fields: Sequence[str]
    figures: Sequence[Figure]

    @property
    def form(self) -> HoursFilterForm:
        return HoursFilterForm.showing(self.wanted, self.known)

    @property
    def tabs(self) -> list[tuple[LazyString, str, bool]]:
        asked = self.wanted.without("municipality_id").questions()
        return [(label, url_for(f".{name}", **asked), name == self.page) for label, name in TABS]

    @property
    def shortcuts(self) -> list[tuple[LazyString, str, bool]]:
        kept: dict[str, Any] = {
            name: value for name, value in request.args.items() if name not in ("since", "until", "page")
        }
        return [
            (
                one.label,
                url_for(f".{self.page}", **(kept | _period(one.questions))),
                one.current,
            )
            for one in shortcuts(self.wanted)
        ]

    @property
    def exports(self) -> dict[str, str]:
        asked = self.wanted.without("advised_id").questions()
        return {ending: url_for(f".ledger_{ending}", **asked) for ending in ("xlsx", "csv")}

    def person(self, animator_id: int | None) -> str:
        return dict(self.known.animators).get(animator_id or 0, "")


def _period(questions: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in questions.items() if name in ("since", "until")}


def _frame(page: str, *counted: Figure, fields: str = "", wanted: Selection | None = None) -> Frame:
    wanted = wanted or Selection.asked()
    return Frame(wanted, choices(), page, FIELDS[fields or page], counted)


class Links:
    """Where a figure leads: to its rows, narrowed as the page is."""

    def __init__(self, wanted: Selection) -> None:
        self._wanted = wanted

    def behind(self, key: str, **changes: Any) -> str:
        if key == figures.OUTSIDE.key:
            return url_for(".outside", **self._wanted.questions(by=None, pot=None, **changes))
        return url_for(".consultations", what=key, **self._wanted.questions(by=None, **changes))

    def entries(self, **changes: Any) -> str:
        return url_for(".entries", **self._wanted.questions(by=None, **changes))

    def of_span(self, key: str, row: SpanRow) -> str:
        period = {
            "since": row.first.code if row.first else None,
            "until": row.last.code if row.last else None,
        }
        return self.entries(**period) if key == figures.TAKEN.key else self.behind(key, **period)

    def of_place(self, row: PlaceRow, pot: Pot, *, period: bool = True) -> str:
        ends: dict[str, Any] = {} if period else {"since": None, "until": None}
        return self.entries(municipality=row.municipality_id, pot=pot, advised=None, **ends)

    def over_of_place(self, key: str, row: PlaceRow) -> str:
        return self.behind(key, municipality=row.municipality_id, advised=None)

    def of_person(self, key: str, load: Load) -> str | None:
        """Nobody's figures lead nowhere: what nobody gave cannot be asked for by a person."""
        if load.animator_id is None:
            return None
        if key in (figures.MUNICIPALITIES.key, figures.VISITS_OWED.key):
            return url_for(
                ".municipalities", **self._wanted.questions(animator=None, advised=load.animator_id)
            )
        if key in OF_NOW:
            return self.behind(key, animator=None, advised=load.animator_id)
        return self.behind(key, animator=load.animator_id)


# --- Pages -------------------------------------------------------------------------------------------------


@bp.get("")
@allowed(Permission.HOURS_READ_ALL)
def months() -> ResponseReturnValue:
    frame = _frame(
        "months", figures.VISITS_PLANNED, figures.VISITS_HELD, figures.VISITS_CANCELLED, figures.VISITS_LATE,
        figures.REMOTE_GIVEN, figures.TAKEN, figures.WAITING, figures.REFUSED,
    )  # fmt: skip
    table = table_by_span(frame.wanted)
    return render_template(
        "reports/months.html",
        frame=frame,
        table=table,
        chart=drawing.by_span(table, frame.wanted.pot),
        links=Links(frame.wanted),
        columns=drawing.columns_of(frame.wanted.pot),
    )


@bp.get("/municipalities")
@allowed(Permission.HOURS_READ_ALL)
def municipalities() -> ResponseReturnValue:
    wanted = Selection.asked().without("animator_id")
    frame = _frame(
        "municipalities", figures.TAKEN, figures.GRANTED, figures.USED, figures.FREE, figures.WAITING, figures.REFUSED,
        figures.VISITS_OWED, wanted=wanted,
    )  # fmt: skip
    listed = places(wanted)
    sums = totals(listed)
    return render_template(
        "reports/municipalities.html",
        frame=frame,
        page=places_page(listed, number=page_number(), total=sums.municipalities),
        sums=sums,
        sorting=listed.sorting,
        pots=[pot for pot in Pot if wanted.pot in (None, pot)],
        links=Links(wanted),
    )


@bp.get("/animators")
@allowed(Permission.HOURS_READ_ALL)
def animators() -> ResponseReturnValue:
    wanted = Selection.asked().without("pot", "municipality_id", "animator_id")
    shown = [figures.figure_called(key) for key in SORTS[1:]]
    frame = _frame("animators", *shown, wanted=wanted)
    sorting = Sorting(dict.fromkeys(SORTS, User.sort_key), default="animator")
    found = loads(wanted, frame.known.animators, sort=sorting.asked)
    return render_template(
        "reports/animators.html",
        frame=frame,
        loads=found,
        chart=drawing.by_person(found),
        sorting=sorting,
        figures=shown,
        links=Links(wanted),
    )


@bp.get("/entries")
@allowed(Permission.HOURS_READ_ALL)
def entries() -> ResponseReturnValue:
    frame = _frame("entries", figures.TAKEN, figures.GRANTED, figures.USED, figures.FREE, fields="rows")
    place = frame.wanted.municipality_id
    return render_template(
        "reports/entries.html",
        frame=frame,
        found=entries_behind(frame.wanted, number=page_number()),
        grants=grants_of(place) if place is not None else [],
        changes=changes_of_grants(place) if place is not None else [],
    )


@bp.get("/consultations")
@allowed(Permission.HOURS_READ_ALL)
def consultations() -> ResponseReturnValue:
    key = request.args.get("what", figures.VISITS_HELD.key)
    if key not in CONSULTATIONS:
        abort(404)
    figure = figure_called(key)
    return render_template(
        "reports/consultations.html",
        frame=_frame("consultations", figure, fields="now" if key in OF_NOW else "rows"),
        figure=figure,
        is_of_now=key in OF_NOW,
        decides=key == figures.WAITING.key,
        found=consultations_behind(key, Selection.asked(), number=page_number()),
        consultation_url=link_maker("consultations.show", "consultation_id"),
    )


@bp.get("/outside")
@allowed(Permission.HOURS_READ_ALL)
def outside() -> ResponseReturnValue:
    frame = _frame("outside", figures.OUTSIDE)
    found = outside_behind(frame.wanted, number=page_number())
    return render_template("reports/outside.html", frame=frame, figure=figures.OUTSIDE, found=found)


# --- For the accounts ------------------------------------------------------------------------------------------


@bp.get("/ledger.xlsx")
@allowed(Permission.HOURS_READ_ALL)
def ledger_xlsx() -> ResponseReturnValue:
    books = _taken_out("xlsx")
    return to_keep(sheets.workbook(books), name=sheets.file_name(clock.today(), "xlsx"), content_type=XLSX)


@bp.get("/ledger.csv")
@allowed(Permission.HOURS_READ_ALL)
def ledger_csv() -> ResponseReturnValue:
    books = _taken_out("csv")
    return to_keep(sheets.csv(books), name=sheets.file_name(clock.today(), "csv"), content_type=CSV)


def _taken_out(form: str) -> sheets.Books:
    """Exactly what is selected, on every page of it. Who took it and how many rows is remembered."""
    selection = Selection.asked().without("advised_id", "by")
    books = sheets.books_of(selection)
    programme, actor = the_programme().row, current_person()
    with aside() as transaction:
        audit.record(
            ReportEvent.LEDGER_EXPORTED, programme, actor=actor, session=transaction, form=form, rows=len(books.ledger),
            selection=" ".join(f"{name}={value}" for name, value in sorted(selection.questions().items())),
        )  # fmt: skip
    return books
