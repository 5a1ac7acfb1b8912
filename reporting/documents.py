"""A report as a workbook and as a tagged PDF: the same figures, what shows them, and what came to differ."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from core import records
from core.formatting import hours, moment, number
from core.i18n import _, _l
from core.sheets import Column, Sheet
from core.workbooks import kinds
from core.workbooks.export import write_sheets
from programme.logo_copies import logos_on_paper
from programme.queries import the_programme
from reporting.counting import Figure
from reporting.models import ReportDelta
from reporting.words import event_label, kind_label


class FigureLine(NamedTuple):
    name: str
    value: Decimal
    unit: str
    formula: str


class EvidenceLine(NamedTuple):
    figure: str
    kind: str
    record_id: int
    place: str
    amount: int


class DifferenceLine(NamedTuple):
    figure: str
    frozen: Decimal
    now: Decimal
    place: str
    kind: str
    record_id: int
    then: int | None
    after: int | None
    event: str
    noticed_at: datetime


class AboutLine(NamedTuple):
    label: str
    text: str


_TEXT = kinds.text(max_length=600, min_length=0)
_COUNT = kinds.whole_number(0, 10**9)
_VALUE = kinds.number(0, 10**9)

FIGURES = Sheet(
    FigureLine,
    {
        "name": Column(_l("Figure"), _TEXT),
        "value": Column(_l("Value"), _VALUE),
        "unit": Column(_l("Unit"), _TEXT),
        "formula": Column(_l("How it is counted"), _TEXT),
    },
    name=_l("Figures"),
)
EVIDENCE = Sheet(
    EvidenceLine,
    {
        "figure": Column(_l("Figure"), _TEXT),
        "kind": Column(_l("Record"), _TEXT),
        "record_id": Column(_l("Record no."), _COUNT),
        "place": Column(_l("Where"), _TEXT),
        "amount": Column(_l("Counted"), _COUNT),
    },
    name=_l("Evidence"),
)
DIFFERENCES = Sheet(
    DifferenceLine,
    {
        "figure": Column(_l("Figure"), _TEXT),
        "frozen": Column(_l("Frozen value"), _VALUE),
        "now": Column(_l("Value after"), _VALUE),
        "place": Column(_l("Where"), _TEXT),
        "kind": Column(_l("Record"), _TEXT),
        "record_id": Column(_l("Record no."), _COUNT),
        "then": Column(_l("Counted then"), _COUNT, required=False),
        "after": Column(_l("Counted now"), _COUNT, required=False),
        "event": Column(_l("What happened"), _TEXT),
        "noticed_at": Column(_l("Noticed"), kinds.moment()),
    },
    name=_l("Differences"),
)


ABOUT = Sheet(
    AboutLine,
    {"label": Column(_l("What"), _TEXT), "text": Column(_l("About this report"), _TEXT)},
    name=_l("About"),
)


def report_xlsx(
    figures: Sequence[Figure], deltas: Sequence[ReportDelta], *, facts: Sequence[tuple[str, str]]
) -> bytes:
    """Figures, what shows them, what came to differ; the second sheet adds up to the first. The last says what it is and
    whose money it was.
    """
    lines = [FigureLine(one.name, one.value, one.unit, one.formula) for one in figures]
    rows = [
        EvidenceLine(one.name, kind_label(row.kind), row.record_id, row.place, row.amount)
        for one in figures
        for row in one.rows
    ]
    return write_sheets(
        [
            FIGURES.part(lines),
            EVIDENCE.part(rows),
            DIFFERENCES.part(list(_differences(figures, deltas))),
            ABOUT.part(list(_about(facts))),
        ]
    )


def _about(facts: Sequence[tuple[str, str]]) -> Iterator[AboutLine]:
    programme = the_programme()
    yield AboutLine(_("Programme"), programme.name)
    yield from (AboutLine(label, text) for label, text in facts if text)
    yield AboutLine(_("Funding"), programme.funding_statement)


def _differences(figures: Sequence[Figure], deltas: Sequence[ReportDelta]) -> Iterator[DifferenceLine]:
    names = {one.code: one.name for one in figures}
    for delta in deltas:
        for cause in delta.cause:
            yield DifferenceLine(
                names[delta.snapshot.indicator], delta.snapshot.amount, delta.amount, cause["place"],
                kind_label(cause["kind"]), cause["record_id"], cause["then"], cause["now"],
                event_label(cause["event"]), delta.noticed_at,
            )  # fmt: skip


def report_pdf(
    title: str,
    figures: Sequence[Figure],
    deltas: Sequence[ReportDelta],
    *,
    facts: list[tuple[str, str]],
    made: datetime,
) -> bytes:
    programme = the_programme()
    sections = [
        records.Section(_("About this report"), [records.facts(facts)]),
        records.Section(_("Figures"), [_figures_table(figures)]),
    ]
    if deltas:
        sections.append(
            records.Section(_("What changed after it was frozen"), [_deltas_table(figures, deltas)])
        )
    sections.append(
        records.Section(
            _("How the figures are counted"), [records.facts((one.name, one.formula) for one in figures)]
        )
    )
    return records.record_pdf(
        title, programme.name, sections,
        author=programme.name, funding=programme.funding_statement, moment=made, logos=logos_on_paper(),
    )  # fmt: skip


def _figures_table(figures: Sequence[Figure]) -> records.Part:
    rows = [(one.name, shown(one.value, one), one.unit if not one.is_minutes else "") for one in figures]
    return records.table([_("Figure"), _("Value"), _("Unit")], rows, widths=[6, 2, 2])


def _deltas_table(figures: Sequence[Figure], deltas: Sequence[ReportDelta]) -> records.Part:
    known = {one.code: one for one in figures}
    rows = []
    for delta in deltas:
        figure = known[delta.snapshot.indicator]
        places = ", ".join(dict.fromkeys(cause["place"] for cause in delta.cause))
        rows.append(
            (
                figure.name,
                shown(delta.snapshot.amount, figure),
                shown(delta.amount, figure),
                places,
                moment(delta.noticed_at),
            )
        )
    heads = [_("Figure"), _("Frozen value"), _("Value after"), _("Where"), _("Noticed")]
    return records.table(heads, rows, widths=[4, 2, 2, 4, 3])


def shown(value: Decimal, figure: Figure) -> str:
    """Minutes as hours; a number with a comma where people write one."""
    return hours(int(value)) if figure.is_minutes else number(value)


def file_stem(first: date, last: date) -> str:
    return "-".join((_("report"), first.isoformat(), last.isoformat()))
