"""Pages of papers: made, taken along, signed, found by their code; and nothing said about those of others."""

import io
from datetime import date

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from core.database import db
from papers.kinds import FORMS, PaperKind
from papers.models import Paper
from papers.queries import waiting_scans
from papers.services import keep_scan, make_paper
from partnerships.files.models import Attachment, FileClass
from partnerships.files.services import remove
from partnerships.models import TermKind
from tests.support.documents import docx, jpeg, pdf, text_of_pdf
from tests.support.forms import Upload

TODAY = date(2026, 4, 15)
SCAN = pdf(words="Podpisane")
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"


def papers_page(partnership) -> str:
    return f"/partnerships/{partnership.id}/papers"


def count_files() -> int:
    return db.session.scalar(select(func.count(Attachment.id))) or 0


# --- Making ----------------------------------------------------------------------------------------------


def test_a_leader_makes_prints_signs_and_sends_a_paper(partnership, leader, visit):
    page = visit(as_=leader).open(f"/partnerships/{partnership.id}").follow("Papers to sign")
    page = page.follow("Partnership agreement: Make it").submit("Make the paper")
    assert "The paper GP/2026/0001 is ready to be signed." in page.text
    assert "To be signed" in page.text
    assert page.tree.xpath("//div[@class='prose']//table/thead/tr/th")

    printed = page.follow("PDF to print")
    assert "Agreement on a partnership" in text_of_pdf(printed.data)
    assert "attachment; filename=GP-2026-0001-agreement" in printed.response.headers["Content-Disposition"]

    page = page.submit("Upload the scan", file=Upload(SCAN, "skan.pdf"))
    assert "The signed scan is in its place." in page.text
    db.session.expire_all()
    kept = db.session.get(Attachment, partnership.agreement_id)
    assert (kept.title, kept.file_class) == ("Partnership agreement GP/2026/0001", FileClass.PARTNERSHIP)

    page = visit(as_=leader).open(papers_page(partnership))
    assert page.headings.index("Signed papers 1") > page.headings.index("Make a paper")
    assert page.follow("Signed scan (PDF, 1 kB)").data == SCAN


@pytest.mark.parametrize("kind", PaperKind)
def test_every_kind_says_when_it_is_used_and_can_be_made(partnership, leader, visit, meeting, issue, kind):
    page = visit(as_=leader).open(papers_page(partnership))
    assert str(FORMS[kind].used) in page.text

    page = page.follow(f"{kind.label}: Make it").submit("Make the paper")

    assert db.session.scalars(select(Paper.kind)).one() is kind
    assert PdfReader(io.BytesIO(page.follow("PDF to print").data)).pages
    assert page.follow("DOCX").data.startswith(b"PK")


@pytest.mark.parametrize(
    ("address", "link", "kind"),
    [
        ("/partnerships/{}/members", "Prepare the declaration Biblioteka w Łąkach", PaperKind.DECLARATION),
        ("/meetings/{}", "Invitation to print", PaperKind.INVITATION),
        ("/meetings/{}", "Attendance list to sign", PaperKind.ATTENDANCE),
        ("/meetings/{}", "Minutes to sign", PaperKind.MINUTES),
        ("/partnerships/{}/people", "Make the appointment to sign (Anna Lis)", PaperKind.APPOINTMENT),
        ("/partnerships/{}/handbooks", "Make a receipt to sign 1 Apr 2026", PaperKind.RECEIPT),
    ],
)
def test_papers_are_made_from_where_one_needs_them(
    partnership, leader, visit, meeting, issue, address, link, kind
):
    place = address.format(meeting.id if "meetings" in address else partnership.id)

    page = visit(as_=leader).open(place).follow(link)
    page.submit("Make the paper")

    assert db.session.scalars(select(Paper.kind)).one() is kind


def test_what_the_records_do_not_know_is_said_before_the_paper_is_made(partnership, leader, visit):
    page = visit(as_=leader).open(f"{papers_page(partnership)}/make/agreement")

    assert "These are not known here" in page.text
    assert "Institution of the leader" in page.text


def test_where_there_is_nothing_to_choose_the_page_says_what_comes_first(make, visit):
    partnership = make.partnership()
    page = visit(as_=partnership.leader(TODAY)).open(f"{papers_page(partnership)}/make/minutes")

    assert "Call a meeting first" in page.text
    assert "Make the paper" not in page.buttons


def test_a_meeting_of_somebody_else_cannot_be_chosen(make, partnership, leader, visit, meeting):
    stranger = make.partnership()
    address = f"{papers_page(stranger)}/make/minutes"
    visitor = visit(as_=stranger.leader(TODAY))

    assert "Świetlica" not in visitor.open(address, about=meeting.id).html
    token = visitor.open("/account").form("Save")
    sent = visitor.client.post(
        address, data={"about": meeting.id, "csrf_token": token._values["csrf_token"][0]}
    )
    assert sent.status_code == 422
    assert db.session.scalars(select(Paper)).all() == []


def test_a_newer_paper_with_other_words_takes_the_place_of_an_unsigned_one(partnership, leader, paper, visit):
    paper(PaperKind.CONSULTATION)
    partnership.name = "Razem inaczej"
    paper(PaperKind.CONSULTATION)

    page = visit(as_=leader).open(papers_page(partnership))

    assert "To be signed 1" in page.headings
    assert "One paper that a newer one replaced" in page.text


def test_a_kind_that_there_is_not_is_not_found(partnership, leader, visit):
    visit(as_=leader).open(f"{papers_page(partnership)}/make/agreements", expect=404)


# --- Scans -----------------------------------------------------------------------------------------------


def place_of(paper: Paper) -> int | None:
    return {
        PaperKind.AGREEMENT: lambda: paper.partnership.agreement_id,
        PaperKind.DECLARATION: lambda: paper.member.agreement_id,
        PaperKind.MINUTES: lambda: paper.meeting.minutes_file_id,
    }.get(paper.kind, lambda: paper.scan_id)()


@pytest.mark.parametrize("kind", PaperKind)
def test_the_scan_of_each_kind_falls_into_its_place(paper, leader, visit, kind):
    made = paper(kind)

    visit(as_=leader).open(f"/papers/{made.id}").submit("Upload the scan", file=Upload(SCAN, "skan.pdf"))

    db.session.expire_all()
    kept = made.scan
    is_evidence = kind in (PaperKind.ATTENDANCE, PaperKind.CONSULTATION)
    assert place_of(made) == made.scan_id == kept.id
    assert kept.file_class is (FileClass.EVIDENCE if is_evidence else FileClass.PARTNERSHIP)
    assert (kept.retain_until is not None) is is_evidence


def test_a_newer_scan_stands_in_place_of_the_former_one(paper, leader, visit):
    made = paper(PaperKind.MINUTES)
    page = (
        visit(as_=leader).open(f"/papers/{made.id}").submit("Upload the scan", file=Upload(SCAN, "skan.pdf"))
    )
    page = page.submit("Upload the scan", file=Upload(pdf(words="Lepszy skan"), "skan2.pdf"))

    db.session.expire_all()
    assert (made.scan.file_name, made.meeting.minutes_file_id) == ("skan2.pdf", made.scan_id)
    assert count_files() == 2


def test_a_paper_keeps_its_own_scan_when_a_later_one_takes_the_place(paper, partnership, leader):
    first = paper(PaperKind.AGREEMENT)
    keep_scan(first, name="a.pdf", data=SCAN, actor=leader)
    partnership.name = "Razem inaczej"
    second = paper(PaperKind.AGREEMENT)
    keep_scan(second, name="b.pdf", data=pdf(words="Nowe"), actor=leader)
    db.session.commit()

    db.session.expire_all()
    assert (first.scan.file_name, second.scan.file_name) == ("a.pdf", "b.pdf")
    assert partnership.agreement_id == second.scan_id


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (PAGE, "skan.pdf", "The file is not what its name says"),
        (b"MZ\x90", "skan.exe", "This kind of file is not taken"),
        (b"", "skan.pdf", "The file is empty"),
    ],
)
def test_a_wrong_file_is_refused_and_nothing_changes(paper, leader, visit, data, name, sentence):
    made = paper(PaperKind.AGREEMENT)

    page = visit(as_=leader).open(f"/papers/{made.id}")
    page = page.submit("Upload the scan", file=Upload(data, name), expect=422)

    assert sentence in page.text
    db.session.expire_all()
    assert (made.scan_id, made.partnership.agreement_id, count_files()) == (None, None, 0)


def test_a_file_that_carries_another_number_is_asked_about_first(paper, leader, visit):
    made = paper(PaperKind.AGREEMENT)
    upload = Upload(pdf(words="GP/2026/0042"), "skan.pdf")

    page = visit(as_=leader).open(f"/papers/{made.id}").submit("Upload the scan", file=upload, expect=422)
    assert "This file carries the number GP/2026/0042, and this is the paper GP/2026/0001." in page.text
    assert count_files() == 0

    page = page.submit("Upload the scan", file=upload, sure=True)
    assert "The signed scan is in its place." in page.text


def send_any(visit, person, partnership, upload, *, expect=303, **fields):
    page = visit(as_=person).open(papers_page(partnership)).follow("Upload signed scans")
    return page.submit("Upload", file=upload, expect=expect, **fields)


@pytest.mark.parametrize(
    "upload",
    [
        Upload(jpeg(), "GP-2026-0002 skan.jpg"),
        Upload(SCAN, "gp_2026_0002.pdf"),
        Upload(pdf(words="Nr GP/2026/0002"), "skan.pdf"),
        Upload(docx(), "GP-2026-0002-minutes.docx"),
    ],
)
def test_a_scan_is_known_by_its_number(paper, partnership, leader, visit, upload):
    paper(PaperKind.AGREEMENT)
    wanted = paper(PaperKind.MINUTES)

    page = send_any(visit, leader, partnership, upload)

    assert "The signed scan is in its place: Minutes GP/2026/0002." in page.text
    db.session.expire_all()
    assert wanted.scan_id == wanted.meeting.minutes_file_id


def test_the_pdf_that_was_made_here_and_signed_electronically_is_known(paper, partnership, leader, visit):
    made = paper(PaperKind.AGREEMENT)
    printed = visit(as_=leader).open(f"/papers/{made.id}/pdf").data

    page = send_any(visit, leader, partnership, Upload(printed, "dokument.pdf"))

    assert "in its place: Partnership agreement GP/2026/0001" in page.text


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Bez numeru", "skan.pdf"),
        ("GP/2026/0099", "skan.pdf"),
        ("GP/2026/0001 GP/2026/0002", "skan.pdf"),
        ("Bez numeru", "GP-2026-0001 GP-2026-0002.pdf"),
    ],
)
def test_a_scan_that_is_not_known_is_asked_about(paper, partnership, leader, visit, words, name):
    paper(PaperKind.AGREEMENT)
    wanted = paper(PaperKind.MINUTES)

    page = send_any(visit, leader, partnership, Upload(pdf(words=words), name))
    assert "One file does not say which paper it is. Choose it below." in page.text
    assert (page.headings[0], wanted.scan_id) == ("Scans without their paper", None)

    (waiting,) = waiting_scans(partnership)
    page = page.submit("Put them in their places", **{f"paper_{waiting.id}": str(wanted.id)})
    assert "in its place: Minutes GP/2026/0002" in page.text
    db.session.expire_all()
    assert (wanted.scan_id, wanted.scan.title) == (waiting.id, "Minutes GP/2026/0002")
    assert count_files() == 1


def test_a_number_of_another_partnership_reveals_nothing(make, paper, leader, visit):
    theirs = paper(PaperKind.AGREEMENT)
    own = make.partnership()
    make_paper(PaperKind.CONSULTATION, own, actor=own.leader(TODAY))
    db.session.commit()

    def answer(number: str) -> str:
        page = send_any(visit, own.leader(TODAY), own, Upload(pdf(words=number), "skan.pdf"))
        said = str(page.text).replace(number, "")
        remove(waiting_scans(own)[0], reason="", actor=own.leader(TODAY))
        db.session.commit()
        return said

    assert answer(theirs.number) == answer("GP/2026/0999")
    db.session.expire_all()
    assert theirs.scan_id is None


def test_a_deputy_sends_a_signed_list_and_replaces_none(make, partnership, paper, visit):
    deputy = make.user()
    make.term(partnership, deputy, kind=TermKind.DEPUTY)
    made = paper(PaperKind.ATTENDANCE)
    page = visit(as_=deputy).open(f"/papers/{made.id}")
    form = page.form("Upload the scan")

    page = page.submit("Upload the scan", file=Upload(SCAN, "lista.pdf"))

    assert page.buttons.count("Upload the scan") == 0
    visit(as_=deputy).open(f"/partnerships/files/{made.scan_id}", expect=403)
    form.fill("file", Upload(pdf(words="inna"), "lista.pdf"))
    page.visitor.send(form, expect=403)


# --- The code --------------------------------------------------------------------------------------------


def test_the_code_leads_through_signing_in_to_the_place_for_the_scan(make, paper, visit, leader):
    made = paper(PaperKind.ATTENDANCE)

    assert visit().open(f"/p/{made.token}").headings[0] == "Sign in"
    page = visit(as_=leader).open(f"/p/{made.token}")
    assert page.url.startswith(f"/papers/{made.id}")
    assert "Upload the scan" in page.buttons
    (accepted,) = page.tree.xpath("//input[@type='file']/@accept")
    assert accepted.startswith("image/*,application/pdf,")
    assert page.tree.xpath("//input[@type='file']/@capture") == []


def test_the_code_of_another_partnership_is_like_none(make, paper, visit):
    made = paper(PaperKind.AGREEMENT)
    stranger = visit(as_=make.partnership().leader(TODAY))

    there = stranger.open(f"/p/{made.token}", expect=404)
    nowhere = stranger.open(f"/p/{'x' * len(made.token)}", expect=404)

    assert there.headings == nowhere.headings
    stranger.open(f"/papers/{made.id}", expect=404)
    stranger.open(f"/papers/{made.id}/pdf", expect=404)
    stranger.open(f"/papers/{made.id}/docx", expect=404)


@pytest.mark.parametrize("kind", [kind for kind in PaperKind if kind is not PaperKind.CONSULTATION])
def test_the_animator_reads_papers_that_are_not_theirs_and_makes_none(partnership, paper, visit, kind):
    made = paper(kind)
    page = visit(as_=partnership.animator(TODAY)).open(papers_page(partnership))

    assert f"{kind.label}: Make it" not in page.links
    assert "Upload the scan" not in page.follow(str(kind.label)).buttons
    visit(as_=partnership.animator(TODAY)).open(f"{papers_page(partnership)}/make/{kind}", expect=403)
    assert made.scan_id is None


def test_the_animator_makes_a_card_and_sends_it_signed(partnership, meeting, visit):
    animator = partnership.animator(TODAY)
    page = visit(as_=animator).open(papers_page(partnership)).follow("Consultation card: Make it")
    page = page.submit("Make the paper").submit("Upload the scan", file=Upload(SCAN, "karta.pdf"))

    card = db.session.scalars(select(Paper)).one()
    assert (card.scan.file_class, card.scan.added_by_id) == (FileClass.EVIDENCE, animator.id)
    assert "The signed scan is in its place." in page.text
    assert "Upload the scan" not in page.buttons


def test_the_animator_of_another_partnership_makes_no_card(make, partnership, paper, visit):
    made = paper(PaperKind.CONSULTATION)
    stranger = visit(as_=make.partnership(animator=make.animator("Ewa Sowa")).animator(TODAY))

    stranger.open(f"/papers/{made.id}", expect=404)
    stranger.open(f"{papers_page(partnership)}/make/consultation", expect=404)


def test_a_card_that_waits_is_given_again_or_another_one_made(partnership, leader, paper, visit):
    paper(PaperKind.CONSULTATION)
    address = f"{papers_page(partnership)}/make/consultation"

    page = visit(as_=leader).open(address)
    assert "GP/2026/0001, made on 15 Apr 2026, waits to be signed." in page.text
    assert "The paper GP/2026/0001 is ready" in page.submit("Make the paper").text

    page = visit(as_=leader).open(address).submit("Make the paper", another=True)
    assert "The paper GP/2026/0002 is ready" in page.text
    page = visit(as_=leader).open(papers_page(partnership))
    assert "To be signed 2" in page.headings


def test_the_list_asks_the_database_as_often_for_many_papers_as_for_one(
    partnership, leader, paper, visit, count_queries
):
    keep_scan(paper(PaperKind.AGREEMENT), name="a.pdf", data=SCAN, actor=leader)
    visitor = visit(as_=leader)
    address = papers_page(partnership)
    visitor.open(address)
    with count_queries() as one:
        visitor.open(address)
    for kind in PaperKind:
        keep_scan(paper(kind), name="a.pdf", data=pdf(words=str(kind)), actor=leader)
    db.session.commit()
    db.session.expire_all()

    with count_queries() as many:
        visitor.open(address)

    assert many.count == one.count, many
