"""The office changes the texts of papers; each version is kept, and papers made before keep their words."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from core.audit import AuditEvent
from core.database import db
from papers.errors import NoSuchText
from papers.kinds import PaperKind
from papers.models import PaperText
from papers.services import change_text, restore_text
from papers.texts import body_in_force, body_of_programme

OWN = "# Our card\n\nIn {municipality}.\n\n[signatures: Animator]"
CARD = "/office/papers/consultation/en"


@pytest.fixture
def office(make):
    return make.office()


def versions() -> list[tuple[int, str | None]]:
    return [(one.version, one.body) for one in db.session.scalars(select(PaperText).order_by(PaperText.id))]


def test_the_office_changes_a_text_and_goes_back(office, visit, clock):
    page = visit(as_=office).open("/office").follow("Texts of the papers").follow("EN Consultation card")
    assert "The programme's own text is in force." in page.text

    page = page.submit("Save the text", body=OWN)
    assert "Your own text is in force, version 1." in page.text
    assert body_in_force(PaperKind.CONSULTATION, "en") == f"{OWN}\n"
    assert "your own" in visit(as_=office).open("/office/papers/").text

    page = page.submit("Put it back")
    assert "The programme's own text is in force." in page.text
    assert versions() == [(1, f"{OWN}\n"), (2, None)]
    events = db.session.scalars(select(AuditEvent.event).where(AuditEvent.record_kind == "paper_text")).all()
    assert events == ["paper.text_changed", "paper.text_restored"]


def test_how_it_reads_is_shown_with_invented_data_and_nothing_is_kept(office, visit):
    page = visit(as_=office).open(CARD).submit("Show how it reads", body=OWN, expect=200)

    assert "In Łąki." in page.text
    assert page.form("Save the text").values["body"].strip() == OWN
    assert versions() == []


@pytest.mark.parametrize("button", ["Save the text", "Show how it reads"])
def test_a_text_that_cannot_be_read_is_refused_with_its_line(office, visit, button):
    wrong = "# Card\n\n{{7*7}}"

    page = visit(as_=office).open(CARD).submit(button, body=wrong, expect=422)

    assert "Line 3: a brace stands alone." in page.text
    assert page.form("Save the text").values["body"].strip() == wrong
    assert versions() == []


@pytest.mark.parametrize("button", ["Save the text", "Show how it reads"])
@pytest.mark.parametrize("body", ["# A", "# A\n\n[information clause]\n\n{operator}, {programme}: trust us."])
def test_an_attendance_list_without_its_information_clause_is_refused(office, visit, button, body):
    page = visit(as_=office).open("/office/papers/attendance/en").submit(button, body=body, expect=422)

    assert "the information clause" in page.text
    assert versions() == []


def test_the_words_of_the_information_clause_are_the_offices(office, visit):
    own = body_of_programme(PaperKind.ATTENDANCE, "en").replace(
        "no decision is made automatically", "nobody sells it"
    )
    page = visit(as_=office).open("/office/papers/attendance/en").submit("Save the text", body=own)

    assert "nobody sells it" in page.text
    assert body_in_force(PaperKind.ATTENDANCE, "en") == own


def test_markup_in_a_text_stays_the_text_it_is(office, visit):
    page = visit(as_=office).open(CARD)
    page = page.submit("Show how it reads", body="# <b>x</b>\n\n<script>alert(1)</script>", expect=200)

    assert "<script>alert(1)" in page.text
    assert "<script>alert(1)" not in page.html.replace("&lt;", "[")


def test_papers_made_before_keep_their_words(office, paper: Callable[..., object]):
    before = paper(PaperKind.CONSULTATION)
    change_text(PaperKind.CONSULTATION, "en", OWN, actor=office)
    after = paper(PaperKind.CONSULTATION)

    assert [one.title for one in (before, after)] == ["Consultation card", "Our card"]  # type: ignore[attr-defined]
    assert after.number == "GP/2026/0002"  # type: ignore[attr-defined]


def test_the_same_text_again_and_the_programmes_own_again_are_refused(office, app):
    with pytest.raises(NoSuchText):
        change_text(PaperKind.MINUTES, "pl", body_of_programme(PaperKind.MINUTES, "pl"), actor=office)
    with pytest.raises(NoSuchText):
        restore_text(PaperKind.MINUTES, "pl", actor=office)

    assert versions() == []


def test_each_language_has_a_text_of_its_own(office):
    change_text(PaperKind.MINUTES, "en", OWN, actor=office)

    assert body_in_force(PaperKind.MINUTES, "pl") == body_of_programme(PaperKind.MINUTES, "pl")


def test_texts_are_the_offices(make, visit):
    visit(as_=make.admin()).open(CARD, expect=403)


@pytest.mark.parametrize("address", ["/office/papers/letter/en", "/office/papers/minutes/de"])
def test_a_text_that_there_is_not_is_not_found(office, visit, address):
    visit(as_=office).open(address, expect=404)
