"""A card as a PDF to sign and as a workbook: the same figures in both."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pypdf import PdfReader

from animators.cards.documents import LINES, TOTALS, LineRow, TotalRow, card_pdf, cards_workbook
from animators.cards.models import Work
from animators.cards.queries import content_of
from animators.cards.services import entering
from animators.cards.services.entering import Entry
from animators.cards.workflow import CardStatus
from core.database import db
from core.i18n import in_language
from core.workbooks.limits import MEGABYTE, Limits
from core.workbooks.reader import read_workbook
from tests.animators.cards.working import APRIL, begun, consultation, submitted


@pytest.fixture(autouse=True)
def _time(clock):
    clock.move_to(datetime(2026, 4, 30, 10, tzinfo=UTC))


@pytest.fixture
def card(make):
    make.programme.settings = {"card_rate_remote": 4500, "card_rate_travel": 2000, "card_rate_km": 115}
    animator = make.animator("Żaneta Gęś")
    consultation(
        animator, make.partnership(municipality=make.municipality("Łąki")).municipality, date(2026, 4, 3), 55
    )
    card = begun(animator, APRIL)
    entering.add_line(card, Entry(date(2026, 4, 2), Work.TRAVEL, 95, 87, "=Opole – Łąki"), actor=animator)
    return submitted(card)


def test_the_pdf_is_tagged_and_holds_the_figures(card):
    with in_language("pl"):
        data = card_pdf(card, content_of(card)).printed()

    reader = PdfReader(io.BytesIO(data))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for words in (
        card.number, "Żaneta Gęś", "03.04.2026", "55 min", "=Opole – Łąki", "1 h 35 min", "87", "41,25 zł",
        "131,72 zł", "172,97 zł", card.content_hash[:16],
    ):  # fmt: skip
        assert words in text, words
    assert reader.root_object["/MarkInfo"]["/Marked"]  # type: ignore[index]  # a dictionary of the file
    assert str(reader.root_object["/Lang"]).startswith("pl")


def test_what_has_no_rate_shows_no_amount(make):
    make.programme.settings = {"card_rate_km": 115}
    animator = make.animator()
    card = begun(animator, APRIL)
    for entry in (Entry(date(2026, 4, 2), Work.PREPARATION, 60), Entry(date(2026, 4, 2), Work.TRAVEL, 0, 10)):
        entering.add_line(card, entry, actor=animator)

    reader = PdfReader(io.BytesIO(card_pdf(card, content_of(card)).printed()))

    text = " ".join("".join(page.extract_text() for page in reader.pages).split())
    assert text.count("11.50 zł") == 2
    assert text.count("zł") == 2


def test_the_same_card_gives_the_same_file(card):
    with in_language("en"):
        assert card_pdf(card, content_of(card)).fingerprint == card_pdf(card, content_of(card)).fingerprint


def test_the_pdf_says_nothing_of_amounts_without_rates(make):
    animator = make.animator()
    card = begun(animator, APRIL)
    entering.add_line(card, Entry(date(2026, 4, 2), Work.TRAVEL, 95, 87), actor=animator)

    reader = PdfReader(io.BytesIO(card_pdf(card, content_of(card)).printed()))

    assert "zł" not in "".join(page.extract_text() for page in reader.pages)


def test_what_people_typed_stays_text_in_the_pdf(make):
    animator = make.animator('#panic("x") $a$ \\ <b>')
    card = begun(animator, APRIL)
    note = '#read("/etc/passwd") *bold* [x] = Title'
    entering.add_line(card, Entry(date(2026, 4, 2), Work.OTHER, 95, note=note), actor=animator)

    reader = PdfReader(io.BytesIO(card_pdf(card, content_of(card)).printed()))

    text = " ".join("".join(page.extract_text() for page in reader.pages).split())
    assert '#read("/etc/passwd") *bold* [x] = Title' in text


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_workbook_reads_back_as_it_was_written(card, language):
    with in_language(language):
        data = cards_workbook([(card, content_of(card))])
        book = read_workbook(data, limits=Limits(file_bytes=MEGABYTE, rows=100))
        lines, totals = LINES.read(data), TOTALS.read(only_sheet(data, 2))
        about = content_of(card).lines[1].about

    assert len(book.sheets) == 2
    head = (card.number, "Żaneta Gęś", APRIL, CardStatus.SUBMITTED)
    assert (lines.problems, lines.rows) == (
        [],
        [
            LineRow(*head, date(2026, 4, 2), Work.TRAVEL, "=Opole – Łąki", 95, 0, 87, 0, False),
            LineRow(*head, date(2026, 4, 3), Work.REMOTE, about, 55, 1, 0, 0, False),
        ],
    )
    assert (totals.problems, totals.rows) == (
        [],
        [
            TotalRow(*head, Work.REMOTE, 55, 1, 0, Decimal(45), Decimal("41.25")),
            TotalRow(*head, Work.TRAVEL, 95, 0, 87, Decimal(20), Decimal("131.72")),
        ],
    )


def only_sheet(data: bytes, number: int) -> bytes:
    """The workbook with one sheet: a reading takes the sheet that names most columns."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data))
    for at, sheet in enumerate(book.worksheets, start=1):
        if at != number:
            book.remove(sheet)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_month_of_several_cards_is_one_workbook(card, make):
    other = make.animator("Ola Żak")
    consultation(other, make.partnership().municipality, date(2026, 4, 3), 10)
    second = submitted(begun(other, APRIL))
    db.session.commit()

    data = cards_workbook([(card, content_of(card)), (second, content_of(second))])

    assert [(row.animator, row.minutes) for row in LINES.read(data).rows] == [
        ("Żaneta Gęś", 95), ("Żaneta Gęś", 55), ("Ola Żak", 10),
    ]  # fmt: skip
