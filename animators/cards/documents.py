"""A card as a tagged PDF to sign (PDF/UA-1), and as workbooks: the same figures in each."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import segno

from animators.cards.content import Content, Line, Total
from animators.cards.models import Work, WorkCard
from animators.cards.words import length, money
from animators.cards.workflow import CardStatus
from core.formatting import day, hours, month_name, number
from core.i18n import _, _l, language
from core.mail import link_to
from core.printing import Order
from core.records import foldable
from core.sheets import Column, Sheet
from core.workbooks import kinds
from core.workbooks.export import write_sheets
from programme.logo_copies import logos_on_paper
from programme.queries import the_programme

TEMPLATE = "work-card.typ"
QUIET = 2
"""Modules left free around the code; on white paper that is enough."""


# --- PDF ---------------------------------------------------------------------------------------------------


def card_pdf(card: WorkCard, content: Content) -> Order:
    """Not printed yet. The same card in the same language gives the same file whenever it is asked for."""
    programme = the_programme()
    data = {
        "language": language(),
        "number": card.number,
        "title": _("Work card: %(month)s", month=month_name(card.month)),
        "author": programme.name,
        "funding": programme.funding_statement,
        "logos": logos_on_paper(),
        "code": {
            "svg": _code(card),
            "words": _("QR code: the page of work card %(number)s", number=card.number),
        },
        "facts": [
            {"label": _("Animator"), "text": foldable(card.animator.name)},
            {"label": _("State"), "text": str(card.status.label)},
            {"label": _("Submitted on"), "text": day(card.submitted_at)},
            {"label": _("Fingerprint"), "text": (card.content_hash or "–")[:16]},
        ],
        "sections": [_totals(content), _lines(content)],
        "statement": _("I confirm that I did the work listed on this card."),
        "signatures": [_("Date and signature of the animator"), _("Date and signature of the office")],
        "words": {"page": _("Page %(number)s of %(all)s", number="{number}", all="{all}")},
    }
    return Order(TEMPLATE, data, moment=card.submitted_at or card.updated_at)


def _code(card: WorkCard) -> str:
    out = io.BytesIO()
    made = segno.make(link_to("cards.show", card_id=card.id), error="m", micro=False)
    made.save(out, kind="svg", border=QUIET, xmldecl=False, dark="#24211d", light=None)
    return out.getvalue().decode()


def _totals(content: Content) -> dict[str, Any]:
    with_money = content.rates.are_set
    heads = [_("Kind of work"), _("Time"), _("Number"), _("Kilometres")] + (
        [_("Amount due")] if with_money else []
    )
    rows = [_total_row(str(one.work.label), one, with_money) for one in content.totals]
    everything = [_("Together"), hours(content.minutes), "", _km(content.km)]
    rows.append(everything + ([money(content.amount)] if with_money else []))
    return _table(
        _("Totals"),
        _(
            "Only visits and remote advice are taken from the hours of municipalities; everything else is apart."
        ),
        heads,
        rows,
        widths=[5, 2, 2, 2, 3][: len(heads)],
        figures=[1, 2, 3, 4][: len(heads) - 1],
        summed=True,
    )


def _total_row(label: str, one: Total, with_money: bool) -> list[str]:
    cells = [label, length(one.minutes), number(one.count) if one.count else "", _km(one.km)]
    return cells + ([money(one.amount) if one.amount else ""] if with_money else [])


def _lines(content: Content) -> dict[str, Any]:
    rows = [
        [day(one.day), str(one.work.label), foldable(about_in_words(one)), length(one.minutes), _km(one.km)]
        for one in content.lines
    ]
    heads = [_("Day"), _("Kind of work"), _("What it was"), _("Time"), _("Kilometres")]
    return _table(_("Day by day"), "", heads, rows, widths=[3, 4, 8, 3, 3], figures=[3, 4])


def _table(
    title: str,
    note: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    widths: Sequence[int],
    figures: Sequence[int],
    summed: bool = False,
) -> dict[str, Any]:
    return {
        "title": title,
        "note": note,
        "heads": list(heads),
        "rows": [list(row) for row in rows],
        "widths": list(widths),
        "figures": list(figures),
        "summed": summed,
    }


def _km(km: int) -> str:
    return number(km) if km else ""


def about_in_words(line: Line) -> str:
    """A correction says that it is one."""
    return _("Correction: %(what)s", what=line.about) if line.is_correction else line.about


# --- Workbooks ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LineRow:
    """One line of one card, as the sheet of lines has it."""

    number: str
    animator: str
    month: date
    status: CardStatus
    day: date
    work: Work
    about: str
    minutes: int
    count: int
    km: int
    over_budget: int
    is_correction: bool


@dataclass(frozen=True)
class TotalRow:
    """What one card adds up to for one kind of work."""

    number: str
    animator: str
    month: date
    status: CardStatus
    work: Work
    minutes: int
    count: int
    km: int
    rate: Decimal
    amount: Decimal


FIGURE = kinds.whole_number(-1_000_000, 1_000_000)
AMOUNT = kinds.number(-10_000_000, 10_000_000)
_CARD = {
    "number": Column(_l("Number"), kinds.text(max_length=40)),
    "animator": Column(_l("Animator"), kinds.text(max_length=120)),
    "month": Column(_l("Month"), kinds.day()),
    "status": Column(_l("State"), kinds.member_of(CardStatus)),
}
LINES = Sheet(
    LineRow,
    {
        **_CARD,
        "day": Column(_l("Day"), kinds.day()),
        "work": Column(_l("Kind of work"), kinds.member_of(Work)),
        "about": Column(_l("What it was"), kinds.text(max_length=500), required=False),
        "minutes": Column(_l("Length in minutes"), FIGURE),
        "count": Column(_l("Pieces"), FIGURE),
        "km": Column(_l("Kilometres"), FIGURE),
        "over_budget": Column(_l("Minutes over the pot"), FIGURE),
        "is_correction": Column(_l("Correction"), kinds.yes_or_no()),
    },
    name=_l("Lines"),
)
TOTALS = Sheet(
    TotalRow,
    {
        **_CARD,
        "work": Column(_l("Kind of work"), kinds.member_of(Work)),
        "minutes": Column(_l("Length in minutes"), FIGURE),
        "count": Column(_l("Pieces"), FIGURE),
        "km": Column(_l("Kilometres"), FIGURE),
        "rate": Column(_l("Rate in zł"), AMOUNT),
        "amount": Column(_l("Amount in zł"), AMOUNT),
    },
    name=_l("Totals"),
)


def cards_workbook(cards: Iterable[tuple[WorkCard, Content]]) -> bytes:
    """Two sheets: every line, and what each card adds up to."""
    known = list(cards)
    lines = [_line_row(card, line) for card, content in known for line in content.lines]
    totals = [_sheet_total(card, content, one) for card, content in known for one in content.totals]
    return write_sheets([LINES.part(lines), TOTALS.part(totals)])


def _line_row(card: WorkCard, line: Line) -> LineRow:
    return LineRow(
        card.number, card.animator.name, card.month, card.status, line.day, line.work, line.about,
        line.minutes, line.count, line.km, line.over_budget, line.is_correction,
    )  # fmt: skip


def _sheet_total(card: WorkCard, content: Content, one: Total) -> TotalRow:
    rate = Decimal(content.rates.of[one.work]) / 100
    return TotalRow(
        card.number, card.animator.name, card.month, card.status, one.work,
        one.minutes, one.count, one.km, rate, one.amount,
    )  # fmt: skip
