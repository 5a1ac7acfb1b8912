"""Who opens a signed scan follows from its paper, whatever somebody made of the one before."""

from datetime import UTC, datetime

import pytest

from core.database import db
from papers.kinds import PaperKind
from papers.services import choose_paper, keep_scan, keep_waiting
from partnerships.files.errors import EvidenceInPlace, StaysEvidence
from partnerships.files.models import Attachment, FileClass
from partnerships.files.services import add_signature, attach, change, expire, remove
from partnerships.organisations.services import keep_agreement
from tests.support.documents import asice, pdf
from tests.visit import Upload

NEWER = pdf(words="Nowszy")


@pytest.mark.parametrize("kind", [PaperKind.ATTENDANCE, PaperKind.CONSULTATION])
@pytest.mark.parametrize("file_class", [FileClass.PUBLIC, FileClass.PARTNERSHIP])
def test_a_signed_list_stays_evidence(paper, leader, visit, kind, file_class):
    made = paper(kind)
    scan = keep_scan(made, name="lista.pdf", data=pdf(), actor=leader)
    signature = add_signature(scan, data=asice(), name="lista.asice", actor=leader)
    db.session.commit()

    page = visit(as_=leader).open(f"/partnerships/files/{scan.id}/change")
    refused = page.submit("Save", file_class=file_class.value, expect=422)

    assert "so it stays evidence with personal data" in refused.text
    assert "No names and no other personal data" not in refused.text
    with pytest.raises(StaysEvidence):
        change(signature, title="Podpis", file_class=file_class, actor=leader, is_sure=True)
    db.session.rollback()
    assert {scan.file_class, signature.file_class} == {FileClass.EVIDENCE}


def test_a_list_that_lies_in_another_class_is_evidence_again_with_its_next_scan(paper, leader):
    made = paper(PaperKind.ATTENDANCE)
    scan = keep_scan(made, name="lista.pdf", data=pdf(), actor=leader)
    scan.file_class, scan.retain_until = FileClass.PUBLIC, None  # as it was left before this was refused
    db.session.commit()

    keep_scan(made, name="lista2.pdf", data=NEWER, actor=leader)

    former = db.session.query(Attachment).filter_by(replaced_by_id=scan.id).one()
    assert [(one.file_class, one.retain_until is not None) for one in (scan, former)] == [
        (FileClass.EVIDENCE, True)
    ] * 2


def test_a_newer_scan_is_not_public_because_the_former_one_was(paper, partnership, leader, visit):
    scan = keep_scan(paper(), name="a.pdf", data=pdf(), actor=leader)
    change(scan, title=scan.title, file_class=FileClass.PUBLIC, actor=leader)
    partnership.name = "Razem inaczej"
    second = paper()

    keep_scan(second, name="b.pdf", data=NEWER, actor=leader)
    db.session.commit()

    assert (partnership.agreement_id, scan.file_class) == (scan.id, FileClass.PARTNERSHIP)
    assert visit().client.get(f"/files/{scan.id}/b.pdf").status_code == 404

    change(scan, title=scan.title, file_class=FileClass.PUBLIC, actor=leader)
    keep_agreement(partnership, data=pdf(words="C"), name="c.pdf", title="Porozumienie", actor=leader)
    assert scan.file_class is FileClass.PARTNERSHIP


def test_a_list_stays_signed_when_the_time_of_its_scan_is_over(paper, partnership, leader, visit, clock):
    made = paper(PaperKind.ATTENDANCE)
    scan = keep_scan(made, name="lista.pdf", data=pdf(), actor=leader)
    db.session.commit()
    clock.move_to(datetime(2032, 1, 1, 9, tzinfo=UTC))

    assert expire(scan)
    db.session.commit()

    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/papers")
    assert "Signed papers 1" in page.headings
    page = page.follow("Attendance list")
    assert "Removed on 1 Jan 2032 by rule: its time was over" in page.text
    assert "To be signed" not in page.text


def test_a_list_whose_scan_somebody_removed_is_to_be_signed_again(paper, partnership, leader, visit):
    made = paper(PaperKind.ATTENDANCE)
    remove(keep_scan(made, name="lista.pdf", data=pdf(), actor=leader), reason="", actor=leader)
    db.session.commit()

    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/papers")

    assert "To be signed 1" in page.headings


def test_an_agreement_that_somebody_calls_evidence_stays_so_with_its_next_scan(paper, leader):
    made = paper()
    scan = keep_scan(made, name="a.pdf", data=pdf(), actor=leader)
    change(scan, title=scan.title, file_class=FileClass.EVIDENCE, actor=leader)

    keep_scan(made, name="b.pdf", data=NEWER, actor=leader)

    assert scan.file_class is FileClass.EVIDENCE


@pytest.mark.parametrize("kind", [PaperKind.AGREEMENT, PaperKind.ATTENDANCE])
def test_the_signature_of_a_scan_that_waited_lies_beside_it_in_the_place_of_a_former_one(
    paper, partnership, leader, kind
):
    made = paper(kind)
    scan = keep_scan(made, name="a.pdf", data=pdf(), actor=leader)
    former_signature = add_signature(scan, data=asice(), name="a.asice", actor=leader)
    waiting = keep_waiting(partnership, name="b.pdf", data=NEWER, actor=leader)
    signature = add_signature(waiting, data=asice(), name="b.asice", actor=leader)

    choose_paper(waiting, made, actor=leader)
    db.session.commit()

    assert (scan.file_name, scan.signatures, signature.is_kept) == ("b.pdf", [signature], True)
    assert (signature.file_class, signature.retain_until) == (scan.file_class, scan.retain_until)
    assert former_signature.signature_of_id not in (scan.id, waiting.id)


def test_a_deputy_puts_no_agreement_in_the_place_of_evidence(make, partnership, paper, leader, visit):
    deputy = make.user()
    make.term(partnership, deputy)
    scan = keep_scan(paper(), name="a.pdf", data=pdf(), actor=leader)
    change(scan, title=scan.title, file_class=FileClass.EVIDENCE, actor=leader)
    partnership.name = "Razem inaczej"
    later = paper()

    page = visit(as_=deputy).open(f"/papers/{later.id}")
    refused = page.submit("Upload the scan", file=Upload(NEWER, "b.pdf"), expect=422)

    assert "Evidence with personal data stands in this place." in refused.text
    db.session.expire_all()
    assert (scan.file_name, later.scan) == ("a.pdf", None)
    with pytest.raises(EvidenceInPlace):
        keep_agreement(partnership, data=NEWER, name="c.pdf", title="Porozumienie", actor=deputy)


def test_whoever_takes_a_file_out_of_evidence_is_asked_first(partnership, leader, visit):
    file = attach(
        partnership, data=pdf(), name="a.pdf", file_class=FileClass.EVIDENCE, title="Umowa", actor=leader
    )
    db.session.commit()

    page = visit(as_=leader).open(f"/partnerships/files/{file.id}/change")
    asked = page.submit("Save", file_class="partnership", expect=422)
    db.session.expire_all()
    assert "More people could open this file" in asked.text
    assert file.file_class is FileClass.EVIDENCE

    asked.submit("Save", sure=True)
    db.session.expire_all()
    assert (file.file_class, file.retain_until) == (FileClass.PARTNERSHIP, None)
