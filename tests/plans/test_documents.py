"""A plan as PDF and CSV: what the documents hold, that they keep PDF/UA-1, and that text stays text in them."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from core import printing
from core.i18n import in_language
from core.press import UNKNOWN_LETTERS
from core.printing import NotPrinted, Order
from plans.documents.plan_pdf import plan_pdf, public_plan_pdf
from plans.models import PlanVersion
from plans.workflow import PlanStatus
from tests.make import Make
from tests.plan_content import annual_content, general_content, row

PUBLIC_ADDRESS = "https://gromada.example/pl/gminy/1601012-laki/plan"


@pytest.fixture
def version(make: Make) -> PlanVersion:
    partnership = make.partnership("Partnerstwo „Żółta Gęś”", municipality=make.municipality("Łąki Górne"))
    return make.general_plan(PlanStatus.PUBLISHED, partnership=partnership)


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(data))


def words_of(data: bytes) -> str:
    """The text as people copy it; breaks of lines and pages count as spaces."""
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    return " ".join(text.replace("\u200b", "").split())


def elements(part: Any) -> Iterator[Any]:
    """Every element of the structure, in order."""
    if isinstance(part, pikepdf.Array):
        for one in part:
            yield from elements(one)
    elif isinstance(part, pikepdf.Dictionary):
        if "/S" in part:
            yield part
        if "/K" in part:
            yield from elements(part["/K"])


def tags_of(pdf: pikepdf.Pdf) -> list[str]:
    return [str(one["/S"]) for one in elements(pdf.Root.StructTreeRoot)]


def fonts_of(pdf: pikepdf.Pdf) -> list[Any]:
    found = [font for page in pdf.pages for font in page.obj.Resources.Font.values()]
    return [font["/DescendantFonts"][0] if "/DescendantFonts" in font else font for font in found]


# --- PDF -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "title"),
    [("pl", "Plan ogólny 2026–2028: Łąki Górne"), ("en", "General plan 2026–2028: Łąki Górne")],
)
def test_the_pdf_says_that_and_how_it_is_accessible(version: PlanVersion, language: str, title: str):
    with in_language(language):
        pdf = opened(public_plan_pdf(version, address=PUBLIC_ADDRESS).printed())

    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == title
    assert (bool(pdf.Root.MarkInfo.Marked), str(pdf.Root.Lang)) == (True, language)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert all(str(page.obj["/Tabs"]) == "/S" for page in pdf.pages)


def test_headings_lists_and_tables_are_tagged(version: PlanVersion):
    with in_language("pl"):
        pdf = opened(public_plan_pdf(version, address=PUBLIC_ADDRESS).printed())

    tags = tags_of(pdf)
    assert tags[0] == "/Document"
    assert tags.count("/H1") == 1
    assert {"/H2", "/H3", "/P", "/Table", "/THead", "/TR", "/TH", "/TD", "/TOC", "/Link"} <= set(tags)
    levels = [int(tag[2:]) for tag in tags if re.fullmatch(r"/H\d", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_head_of_a_column_says_that_it_is_one(version: PlanVersion):
    with in_language("en"):
        pdf = opened(public_plan_pdf(version, address=PUBLIC_ADDRESS).printed())

    heads = [one for one in elements(pdf.Root.StructTreeRoot) if str(one["/S"]) == "/TH"]
    scopes = {str(attribute.get("/Scope")) for one in heads for attribute in [*one["/A"]]}
    assert scopes - {"None"} == {"/Column"}


def test_every_font_is_inside_the_file(version: PlanVersion):
    with in_language("pl"):
        pdf = opened(public_plan_pdf(version, address=PUBLIC_ADDRESS).printed())

    fonts = fonts_of(pdf)
    assert fonts
    assert all(
        "/FontFile2" in font["/FontDescriptor"] or "/FontFile3" in font["/FontDescriptor"] for font in fonts
    )


def test_polish_text_can_be_read_and_copied(version: PlanVersion):
    with in_language("pl"):
        text = words_of(public_plan_pdf(version, address=PUBLIC_ADDRESS).printed())

    assert "„Żółta Gęś”" in text
    assert "Seniorzy nie załatwiają spraw w internecie" in text
    assert "Udostępnić salę z komputerami w każdą środę" in text
    assert str(version.content_hash) in text.replace(" ", "")
    assert PUBLIC_ADDRESS in text.replace(" ", "")


def test_what_nobody_approved_says_so_and_a_public_copy_does_not(make: Make, version: PlanVersion):
    draft = make.general_plan()

    with in_language("en"):
        told = words_of(plan_pdf(draft).data)
        quiet = words_of(public_plan_pdf(version, address=PUBLIC_ADDRESS).printed())

    assert "Nobody has approved this content, and it may still change." in told
    assert "Nobody has approved" not in quiet
    assert "Draft" not in quiet


def test_private_columns_stay_out_of_the_public_copy(make: Make):
    content = general_content(
        2026,
        metadata=(
            row("metadata", year_from=2026, year_to=2028, summary="Uczymy.", leader_name="Zbigniew Ukryty"),
        ),
    )
    version = make.general_plan(PlanStatus.PUBLISHED, content=content)

    with in_language("pl"):
        public = words_of(public_plan_pdf(version, address=PUBLIC_ADDRESS).printed())
        own = words_of(plan_pdf(version).data)

    assert "Zbigniew Ukryty" not in public
    assert "Zbigniew Ukryty" in own


def test_the_same_content_gives_the_same_file_and_fingerprint(version: PlanVersion):
    with in_language("pl"):
        first, second = (public_plan_pdf(version, address=PUBLIC_ADDRESS) for _ in range(2))
    with in_language("en"):
        other = public_plan_pdf(version, address=PUBLIC_ADDRESS)

    assert first.fingerprint == second.fingerprint != other.fingerprint
    assert first.printed() == second.printed()


def test_an_annual_plan_is_a_document_too(make: Make):
    general = make.general_plan(PlanStatus.PUBLISHED)
    annual = make.annual_plan(partnership=general.partnership, content=annual_content(2026))

    with in_language("pl"):
        file = plan_pdf(annual)

    assert "Profil zaufany krok po kroku" in words_of(file.data)
    assert file.name.startswith("plan-roczny-")
    assert file.name.endswith("-w1.pdf")


# --- Hostile text ----------------------------------------------------------------------------------------

MARKUP = [
    '#import "@preview/cetz:0.1.0": *', '#read("/etc/passwd")', "#{panic()}", "$ x^2 $ \\ \\u{1F600}", "*b* _i_ `c` @a <b>",
    '"); #sys.inputs.data', "= Nagłówek\n- punkt\n+ punkt\n/ pojęcie: opis", "[#] ] } )", "//komentarz /* */", "%(day)s {number}",
]  # fmt: skip


def with_needs(*texts: str) -> Any:
    rows = tuple(
        row(
            f"row-n{place}-0001",
            need_code=f"N{place}",
            need_text=text,
            need_area="exclusion",
            evidence=text,
            priority=1,
        )
        for place, text in enumerate(texts, start=1)
    )
    return general_content(2026, needs=rows)


def test_markup_stays_the_text_it_is(make: Make):
    plan = make.general_plan(content=with_needs(*MARKUP))

    with in_language("pl"):
        text = words_of(plan_pdf(plan).data)

    assert [one for one in MARKUP if " ".join(one.split()) not in text] == []


def test_a_text_without_a_space_is_broken_into_lines(make: Make):
    plan = make.general_plan(content=with_needs("ż" * 5000))

    with in_language("pl"):
        data = plan_pdf(plan).data

    lines = [line for page in PdfReader(BytesIO(data)).pages for line in page.extract_text().splitlines()]
    assert words_of(data).count("ż") >= 10_000
    assert max(line.count("ż") for line in lines) <= 100


@pytest.mark.parametrize(
    "text",
    ["漢字", "😀 radość", "a\u0007b", "\ue000", "العربية", "עברית", "Привіт, Ґанок", "≥ 5 → 6 ½", "\ufffe"],
)
def test_signs_that_no_font_has_do_not_stop_the_document(make: Make, text: str):
    plan = make.general_plan(content=with_needs(f"Potrzeba {text}"))

    with in_language("pl"):
        pdf = opened(plan_pdf(plan).data)

    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_a_sign_left_out_is_marked_and_explained(make: Make):
    plan = make.general_plan(content=with_needs("Kurs 漢字 dla chętnych ąćęłńóśźż"))

    with in_language("en"):
        text = words_of(plan_pdf(plan).data)

    assert "Kurs □□ dla chętnych ąćęłńóśźż" in text
    assert "□ stands for a sign that the font of this document does not have." in text


def test_what_counts_as_a_known_letter_can_be_printed(make: Make):
    """Else the second try, with marks for all others, would fail like the first."""
    known = [chr(code) for code in range(0x21, 0x2100) if not UNKNOWN_LETTERS.match(chr(code))]
    plan = make.general_plan(content=with_needs(" ".join(known)))

    with in_language("en"):
        text = words_of(plan_pdf(plan).data)

    assert "□" not in text


# --- When it cannot be made ------------------------------------------------------------------------------


def test_a_document_that_cannot_be_made_is_refused_with_a_way_on(caplog: pytest.LogCaptureFixture):
    order = Order("no-such-template.typ", {"text": "Tajne słowa"}, moment=datetime(2026, 1, 1, tzinfo=UTC))

    with in_language("en"), pytest.raises(NotPrinted) as refused:
        order.printed()

    assert "Read it as a page, or take another format." in str(refused.value)
    assert "Tajne" not in caplog.text


def test_a_document_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch, version: PlanVersion):
    monkeypatch.setattr(printing, "SECONDS", 0.001)

    with in_language("pl"), pytest.raises(NotPrinted):
        public_plan_pdf(version, address=PUBLIC_ADDRESS).printed()
