"""Papers for a meeting that goes on with the successor: its leader files what the members sign on that day."""

from datetime import date

import pytest

from core.database import db
from handbooks.services import keep_edition, send_copies
from meetings.models import PartnershipMeeting
from meetings.services import When, call_meeting
from municipalities import followers
from municipalities.services.changing import apply_change, decide, undo_change
from papers.kinds import PaperKind
from papers.queries import papers_of
from papers.services import keep_scan, make_paper
from partnerships.files.models import FileClass
from tests.municipalities.ostrowice import Drawsko
from tests.support.documents import pdf
from tests.visit import Upload

IN_MAY = date(2026, 5, 5)


@pytest.fixture
def drawsko(make, clock) -> Drawsko:
    return Drawsko(make)


@pytest.fixture
def meeting(drawsko) -> PartnershipMeeting:
    when = When(IN_MAY, None, None, "Remiza")
    return call_meeting(drawsko.ostrowice, when, invite=False, actor=drawsko.leader)


@pytest.fixture
def attendance(drawsko, meeting):
    paper = make_paper(PaperKind.ATTENDANCE, drawsko.ostrowice, meeting, actor=drawsko.leader)
    db.session.commit()
    return paper


def test_the_leader_of_the_successor_files_the_list_that_was_made_before(drawsko, attendance, visit, clock):
    words = attendance.content
    drawsko.merged()
    clock.tick(days=20)

    page = visit(as_=drawsko.leader).open(f"/partnerships/{drawsko.drawsko.id}/papers")
    page = page.follow(f"Upload the scan {attendance.number}")
    page = page.submit("Upload the scan", file=Upload(pdf(), "lista.pdf"))

    assert "The signed scan is in its place." in page.text
    db.session.refresh(attendance)
    assert (attendance.scan.partnership, attendance.scan.file_class) == (
        drawsko.drawsko,
        FileClass.EVIDENCE,
    )
    assert attendance.content == words


def test_the_preview_names_it_and_undoing_brings_it_back(drawsko, attendance):
    make_paper(PaperKind.AGREEMENT, drawsko.ostrowice, actor=drawsko.leader)
    change = drawsko.divided()
    [papers] = [one for one in followers.preview(change) if one.label == "Papers to sign"]
    assert [line.text for line in papers.lines] == [
        f"Attendance list GP/{attendance.year}/0001: goes along with its meeting on 5 May 2026"
    ]

    decide(change, {"successor": f"partnership:{drawsko.drawsko.id}"}, actor=drawsko.office)
    decide(change, {"leader": str(drawsko.leader.id)}, actor=drawsko.office)
    apply_change(change, actor=drawsko.office)
    db.session.commit()
    assert papers_of(drawsko.drawsko) == [attendance]
    undo_change(change, actor=drawsko.office)
    db.session.commit()

    assert attendance.partnership == drawsko.ostrowice
    assert papers_of(drawsko.drawsko) == []


@pytest.fixture
def receipt(drawsko):
    """For copies that are on their way to Ostrowice."""
    office = drawsko.office
    keep_edition(
        None, title="Handbook", edition="1", published_on=date(2026, 1, 1), is_current=True, actor=office
    )
    [issue] = send_copies(
        [drawsko.ostrowice.municipality], sent_on=date(2026, 4, 1), sent_count=4, actor=office
    )
    paper = make_paper(PaperKind.RECEIPT, drawsko.ostrowice, issue, actor=drawsko.leader)
    db.session.commit()
    return paper


def test_the_receipt_for_handbooks_on_their_way_goes_along_with_them_and_comes_back(drawsko, receipt, visit):
    change = drawsko.merged()

    page = visit(as_=drawsko.leader).open(f"/partnerships/{drawsko.drawsko.id}/papers")
    page = page.follow(f"Upload the scan {receipt.number}")
    assert "Upload the scan" in page.buttons

    drawsko.undo(change)
    db.session.expire_all()
    assert receipt.partnership == drawsko.ostrowice
    assert receipt.issue.municipality == drawsko.ostrowice.municipality


def test_the_preview_names_the_receipt_for_handbooks(drawsko, receipt):
    change = drawsko.divided()
    decide(change, {"successor": f"partnership:{drawsko.drawsko.id}"}, actor=drawsko.office)

    [papers] = [one for one in followers.preview(change) if one.label == "Papers to sign"]

    assert [line.text for line in papers.lines] == [f"{receipt.label}: goes along with the handbooks"]


def test_one_that_is_signed_stays_with_its_file(drawsko, attendance):
    scan = keep_scan(attendance, name="lista.pdf", data=pdf(), actor=drawsko.leader)
    db.session.commit()

    drawsko.merged()

    assert (attendance.partnership, scan.partnership) == (drawsko.ostrowice, drawsko.ostrowice)


def test_a_member_that_came_over_signs_anew_and_its_former_declaration_stays_where_it_was(drawsko, visit):
    [member] = drawsko.ostrowice.members
    before = make_paper(PaperKind.DECLARATION, drawsko.ostrowice, member, actor=drawsko.leader)
    former = keep_scan(before, name="dawna.pdf", data=pdf(words="Dawna"), actor=drawsko.leader)
    db.session.commit()
    drawsko.merged()
    db.session.expire_all()
    [came_over] = drawsko.drawsko.members
    paper = make_paper(PaperKind.DECLARATION, drawsko.drawsko, came_over, actor=drawsko.leader)
    db.session.commit()

    page = visit(as_=drawsko.leader).open(f"/papers/{paper.id}")
    page = page.submit("Upload the scan", file=Upload(pdf(words="Nowa"), "nowa.pdf"))

    assert "The signed scan is in its place." in page.text
    db.session.expire_all()
    assert (came_over.agreement_id, paper.scan.partnership) == (paper.scan_id, drawsko.drawsko)
    assert (before.scan, former.is_current, member.agreement_id) == (former, True, former.id)
