"""The code on a paper is read back, and photos of signed papers find their places by it, many at once."""

import io
import json
import re
import zipfile
from typing import Any

import pytest
import typst
from PIL import Image, ImageFilter
from sqlalchemy import func, select

from core.database import db
from core.picture_codes import codes_of
from core.press import FONTS, TEMPLATES
from papers import recognising
from papers.documents import paper_docx, paper_pdf
from papers.documents.code import address_of
from papers.kinds import PaperKind
from papers.models import Paper, WaitingScan
from papers.queries import waiting_scans
from papers.services import keep_scan, make_paper
from partnerships.files.models import Attachment, FileClass
from partnerships.files.services import remove
from partnerships.models import TermKind
from tests.papers.test_pages import TODAY, papers_page
from tests.support.documents import pdf
from tests.support.forms import Upload
from tests.support.photos import TABLE, as_jpeg, as_png, page_with, scanned

SIZE = re.compile(r"\d+ kB")


def pages_of(paper: Paper) -> list[Image.Image]:
    """As they come out of a printer."""
    order = paper_pdf(paper)
    pages: Any = typst.compile(
        TEMPLATES / order.template, root=TEMPLATES, font_paths=[FONTS], ignore_system_fonts=True, format="png",
        sys_inputs={"data": json.dumps(order.data, ensure_ascii=False)}, ppi=150.0,
    )  # fmt: skip
    found = pages if isinstance(pages, list) else [pages]
    return [Image.open(io.BytesIO(page)).convert("L") for page in found if page]


def printed(paper: Paper) -> Image.Image:
    return pages_of(paper)[0]


def photo_of(paper: Paper, *, turned: float = 2) -> bytes:
    """By a telephone: a little askew, not quite sharp, on a table."""
    sheet = Image.new("L", (2400, 3200), TABLE)
    sheet.paste(printed(paper).resize((2000, 2830)), (200, 180))
    return as_jpeg(sheet.rotate(turned, fillcolor=TABLE).filter(ImageFilter.GaussianBlur(1.5)))


def send(visit, person, partnership, *uploads: Upload, expect: int = 303, **fields: Any):
    page = visit(as_=person).open(papers_page(partnership)).follow("Upload signed scans")
    form = page.form("Upload")
    form.fill("file", list(uploads))
    for name, value in fields.items():
        form.fill(name, value)
    return page.visitor.send(form, expect=expect)


# --- Read back -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", PaperKind)
def test_the_code_on_every_printed_paper_leads_to_its_page(paper, kind):
    made = paper(kind)

    read = [codes_of(as_png(page)) for page in pages_of(made)]
    assert (len(read) > 0, {tuple(found) for found in read}) == (True, {(address_of(made),)})
    assert address_of(made).endswith(f"/p/{made.token}")


def test_the_code_in_the_text_document_leads_there_as_well(paper):
    made = paper(PaperKind.MINUTES)

    with zipfile.ZipFile(io.BytesIO(paper_docx(made))) as document:
        (picture,) = (name for name in document.namelist() if name.endswith(".png"))
        assert codes_of(document.read(picture)) == [address_of(made)]


# --- Many at once ----------------------------------------------------------------------------------------


def test_many_photos_fall_into_their_places_at_once(paper, partnership, leader, visit):
    kinds = (PaperKind.AGREEMENT, PaperKind.MINUTES, PaperKind.ATTENDANCE)
    made = [paper(kind) for kind in kinds]
    photos = [Upload(photo_of(one), f"IMG_20{number}.jpg") for number, one in enumerate(made)]

    page = send(visit, leader, partnership, *reversed(photos))

    assert "The signed scans are in their places: Attendance list" in page.text
    db.session.expire_all()
    assert [one.scan.file_name for one in made] == ["IMG_200.jpg", "IMG_201.jpg", "IMG_202.jpg"]
    assert [one.scan.file_class for one in made] == [
        FileClass.PARTNERSHIP, FileClass.PARTNERSHIP, FileClass.EVIDENCE,
    ]  # fmt: skip
    assert partnership.agreement_id == made[0].scan_id


def test_a_scan_of_several_pages_is_known_by_any_of_them(paper, partnership, leader, visit):
    made = paper(PaperKind.MINUTES)
    blank = Image.new("L", (1240, 1754), 240)

    page = send(visit, leader, partnership, Upload(scanned(blank, printed(made)), "skan.pdf"))

    assert f"in its place: {made.label}" in page.text


def test_an_installation_that_moved_still_knows_the_papers_it_printed_before(
    paper, partnership, leader, visit
):
    made = paper(PaperKind.AGREEMENT)
    photo = as_jpeg(page_with(f"https://former.example/p/{made.token}"))

    assert f"in its place: {made.label}" in send(visit, leader, partnership, Upload(photo, "IMG_1.jpg")).text


def test_what_says_nothing_waits_and_keeps_no_other_back(paper, partnership, leader, visit):
    made, other = paper(PaperKind.AGREEMENT), paper(PaperKind.ATTENDANCE)
    blank, broken = as_jpeg(Image.new("L", (900, 1200), 200)), b"MZ\x90"

    page = send(
        visit, leader, partnership,
        Upload(blank, "IMG_1.jpg"), Upload(photo_of(made), "IMG_2.jpg"), Upload(broken, "IMG_3.exe"),
    )  # fmt: skip

    assert page.headings[0] == "Scans without their paper"
    assert "One file does not say which paper it is." in page.text
    assert f"The signed scan is in its place: {made.label}." in page.text
    assert "IMG_3.exe: This kind of file is not taken" in page.text
    (waiting,) = waiting_scans(partnership)
    assert (waiting.file_name, waiting.file_class) == ("IMG_1.jpg", FileClass.EVIDENCE)
    assert page.follow("IMG_1.jpg (JPEG, 13 kB)").data == blank

    listed = visit(as_=leader).open(papers_page(partnership)).follow("One scan waits for its paper")
    after = listed.submit("Put them in their places", **{f"paper_{waiting.id}": str(other.id)})

    assert f"in its place: {other.label}" in after.text
    db.session.expire_all()
    assert (other.scan_id, other.scan.title) == (waiting.id, other.label)
    assert db.session.scalar(select(func.count()).select_from(WaitingScan)) == 0
    assert "waits for its paper" not in visit(as_=leader).open(papers_page(partnership)).text


def test_chosen_for_a_paper_that_has_a_scan_it_stands_in_its_place_and_the_former_is_kept(
    paper, partnership, leader, visit
):
    made = paper(PaperKind.MINUTES)
    paper(PaperKind.AGREEMENT)  # one is left to sign
    keep_scan(made, name="old.pdf", data=pdf(words="stary"), actor=leader)
    db.session.commit()
    page = send(visit, leader, partnership, Upload(as_jpeg(Image.new("L", (80, 80))), "new.jpg"))
    (waiting,) = waiting_scans(partnership)

    page.submit("Put them in their places", **{f"paper_{waiting.id}": str(made.id)})

    db.session.expire_all()
    files = db.session.scalars(select(Attachment).where(Attachment.removed_on.is_(None))).all()
    assert made.scan.file_name == "new.jpg"
    assert sorted((one.file_name, one.is_current) for one in files) == [("new.jpg", True), ("old.pdf", False)]


def test_two_files_of_one_paper_push_each_other_out_of_no_place(paper, partnership, leader, visit):
    made = paper(PaperKind.MINUTES)

    page = send(
        visit, leader, partnership,
        Upload(photo_of(made), "page1.jpg"), Upload(photo_of(made, turned=-3), "page2.jpg"),
    )  # fmt: skip

    assert f"Two of the files carry the code of {made.number}." in page.text
    db.session.expire_all()
    assert made.scan.file_name == "page1.jpg"
    assert [one.file_name for one in waiting_scans(partnership)] == ["page2.jpg"]


def test_the_photo_of_another_paper_is_asked_about_on_the_page_of_this_one(paper, partnership, leader, visit):
    made, other = paper(PaperKind.AGREEMENT), paper(PaperKind.MINUTES)
    photo = Upload(photo_of(other), "IMG_1.jpg")

    page = visit(as_=leader).open(f"/papers/{made.id}").submit("Upload the scan", file=photo, expect=422)
    assert f"This file carries the number {other.number}, and this is the paper {made.number}." in page.text

    page = page.submit("Upload the scan", file=photo, sure=True)
    assert "The signed scan is in its place." in page.text


def test_the_code_of_another_partnership_is_like_that_of_no_paper(make, paper, partnership, visit):
    theirs, own = paper(PaperKind.AGREEMENT), make.partnership()
    someone = own.leader(TODAY)
    make_paper(PaperKind.CONSULTATION, own, actor=someone)
    db.session.commit()

    def answer(token: str) -> str:
        photo = as_jpeg(page_with(f"https://gromada.example/p/{token}"))
        said = send(visit, someone, own, Upload(photo, "1.jpg")).text
        remove(waiting_scans(own)[0], reason="", actor=someone)
        db.session.commit()
        return str(said)

    known, unknown = answer(theirs.token), answer("x" * len(theirs.token))
    assert "One file does not say which paper it is." in known
    assert SIZE.sub("", known) == SIZE.sub("", unknown)
    assert theirs.scan_id is None


def test_a_deputy_sorts_what_they_may_not_open(make, paper, partnership, visit):
    deputy = make.user()
    make.term(partnership, deputy, kind=TermKind.DEPUTY)
    made = paper(PaperKind.ATTENDANCE)
    page = send(visit, deputy, partnership, Upload(as_jpeg(Image.new("L", (80, 80))), "lista.jpg"))
    (waiting,) = waiting_scans(partnership)

    assert "lista.jpg" in page.text
    assert "lista.jpg (JPEG, 1 kB)" not in page.links
    page.submit("Put them in their places", **{f"paper_{waiting.id}": str(made.id)})

    db.session.expire_all()
    assert (made.scan_id, made.scan.file_class) == (waiting.id, FileClass.EVIDENCE)


def test_a_deputy_turns_no_scan_of_somebody_else_into_what_they_may_open(
    make, paper, partnership, leader, visit
):
    deputy = make.user()
    make.term(partnership, deputy, kind=TermKind.DEPUTY)
    agreement, attendance = paper(PaperKind.AGREEMENT), paper(PaperKind.ATTENDANCE)
    send(visit, leader, partnership, Upload(as_jpeg(Image.new("L", (80, 80))), "lista.jpg"))
    (waiting,) = waiting_scans(partnership)
    page = visit(as_=deputy).open(f"{papers_page(partnership)}/waiting")
    form, field = page.form("Put them in their places"), f"paper_{waiting.id}"

    sent = page.visitor.client.post(page.url, data={**dict(form.pairs()), field: str(agreement.id)})
    opened = page.visitor.client.get(f"/partnerships/files/{waiting.id}")
    db.session.expire_all()
    assert (sent.status_code, opened.status_code) == (422, 403)
    assert (waiting.file_class, agreement.scan_id) == (FileClass.EVIDENCE, None)

    page.submit("Put them in their places", **{field: str(attendance.id)})
    db.session.expire_all()
    assert (attendance.scan_id, waiting.file_class) == (waiting.id, FileClass.EVIDENCE)


def test_a_scan_is_sorted_once(paper, partnership, leader, visit):
    first, second = paper(PaperKind.AGREEMENT), paper(PaperKind.MINUTES)
    page = send(visit, leader, partnership, Upload(as_jpeg(Image.new("L", (80, 80))), "1.jpg"))
    (waiting,) = waiting_scans(partnership)
    stale = page.form("Put them in their places")
    page.submit("Put them in their places", **{f"paper_{waiting.id}": str(first.id)})

    stale.fill(f"paper_{waiting.id}", str(second.id))
    page.visitor.send(stale, expect=422)

    db.session.expire_all()
    assert (first.scan_id, second.scan_id) == (waiting.id, None)


def test_nothing_chosen_changes_nothing(paper, partnership, leader, visit):
    paper(PaperKind.AGREEMENT)
    page = send(visit, leader, partnership, Upload(as_jpeg(Image.new("L", (80, 80))), "1.jpg"))

    again = page.submit("Put them in their places", expect=422)

    assert "Choose the paper of at least one scan." in again.text
    assert len(waiting_scans(partnership)) == 1


def test_a_paper_chosen_by_hand_takes_one_file(paper, partnership, leader, visit):
    made = paper(PaperKind.AGREEMENT)
    photos = [Upload(as_jpeg(Image.new("L", (80, 80 + side))), f"{side}.jpg") for side in range(2)]

    page = send(visit, leader, partnership, *photos, expect=422, paper=str(made.id))
    assert "A paper takes one file." in page.text

    page = send(visit, leader, partnership, photos[0], paper=str(made.id))
    assert f"in its place: {made.label}" in page.text


def test_more_files_than_one_request_may_bring_are_refused(paper, partnership, leader, visit):
    paper(PaperKind.AGREEMENT)
    photos = [Upload(as_jpeg(Image.new("L", (8, 8 + side))), f"{side}.jpg") for side in range(31)]

    page = send(visit, leader, partnership, *photos, expect=422)

    assert "Send at most 30 files at once." in page.text
    assert waiting_scans(partnership) == []


def test_whoever_sends_too_much_reads_how_large_one_file_may_be(paper, partnership, leader, visit):
    paper(PaperKind.AGREEMENT)
    large = b"\0" * 27 * 1024 * 1024

    page = send(visit, leader, partnership, *(Upload(large, f"{name}.jpg") for name in "abc"), expect=413)

    assert "Send files of at most 10 MB each and 80 MB together." in page.text


def test_what_there_was_no_time_to_look_at_waits(paper, partnership, leader, visit, monkeypatch):
    made = paper(PaperKind.AGREEMENT)
    monkeypatch.setattr(recognising, "SECONDS", 0.0)

    page = send(visit, leader, partnership, Upload(photo_of(made), "IMG_1.jpg"))

    assert page.headings[0] == "Scans without their paper"


def test_while_a_scan_is_looked_at_nobody_else_waits_to_write(paper, leader, visit, monkeypatch):
    made = paper(PaperKind.AGREEMENT)
    address, holds = address_of(made), list[bool]()
    db.session.commit()

    def codes_of(data: bytes, *, seconds: float) -> list[str]:
        holds.append(db.session().in_transaction())
        return [address]

    monkeypatch.setattr(recognising, "codes_of", codes_of)

    visit(as_=leader).open(f"/papers/{made.id}").submit("Upload the scan", file=Upload(pdf(), "a.pdf"))

    assert holds == [False]
    db.session.expire_all()
    assert made.is_signed


def test_a_scan_removed_from_the_files_waits_no_longer(paper, partnership, leader, visit):
    paper(PaperKind.AGREEMENT)
    page = send(visit, leader, partnership, Upload(as_jpeg(Image.new("L", (80, 80))), "1.jpg"))

    page.follow("Remove it 1.jpg").submit("Remove the file", reason="twice")

    assert waiting_scans(partnership) == []
