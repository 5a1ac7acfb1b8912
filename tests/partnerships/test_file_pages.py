"""Pages about the files of a partnership: sent, signed, replaced, taken away, each by those it is for."""

from datetime import date

import pytest
from sqlalchemy import select

from core.audit import AuditEvent
from core.database import db
from core.file_kinds import MEGABYTE
from partnerships.files import services as attachments
from partnerships.files.models import Attachment, FileClass
from tests.support import documents
from tests.support.forms import Upload

TODAY = date(2026, 4, 15)
PDF = documents.pdf()
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def files_page(partnership) -> str:
    return f"/partnerships/{partnership.id}/files"


def test_a_leader_sends_signs_replaces_and_removes_a_file(partnership, leader, visit):
    page = visit(as_=leader).open(f"/partnerships/{partnership.id}").follow("Files")
    page = page.follow("Add a file").submit(
        "Keep the file", file=Upload(PDF, "Umowa.pdf"), title="Umowa z biblioteką", file_class="partnership"
    )
    assert "The file is kept." in page.text
    assert "PDF, 1 kB, sent on 15 Apr 2026" in page.text

    page = (
        page.follow("Change Umowa z biblioteką")
        .follow("Add a signature")
        .submit("Keep the signature", file=Upload(documents.xml_signature(), "Umowa.pdf.xml"))
    )
    assert "Signed: Umowa.pdf.xml" in page.text

    page = (
        page.follow("Change Umowa z biblioteką")
        .follow("Replace it with a newer one")
        .submit("Replace the file", file=Upload(documents.png(), "Skan.png"))
    )
    assert "PNG, 1 kB, sent on 15 Apr 2026" in page.text
    assert "1 earlier file Umowa.pdf (PDF, 1 kB)" in page.text

    page = page.follow("Change Umowa z biblioteką").submit("Save", title="Umowa", file_class="evidence")
    assert "Evidence with personal data 1" in page.headings
    assert "kept until 31 Dec 2031" in page.text

    page = page.follow("Change Umowa").follow("Remove it").submit("Remove the file", reason="Zły plik")
    assert "Umowa Removed on 15 Apr 2026 by Anna Lis" in page.text
    assert "No files yet" in page.text


def test_a_file_is_given_out_to_be_kept_never_to_be_shown(kept, leader, visit):
    named = {
        "pdf": kept(PDF, "Żółta gęś.pdf"),
        "docx": kept(documents.docx(), "umowa.docx"),
        "jpg": kept(documents.jpeg(), "skan.jpg"),
    }
    signature = attachments.add_signature(
        named["pdf"], data=documents.xml_signature(), name="podpis.xml", actor=leader
    )
    visitor = visit(as_=leader)

    answers = {
        name: visitor.client.get(f"/partnerships/files/{file.id}")
        for name, file in {**named, "xml": signature}.items()
    }

    assert answers["pdf"].data == PDF
    assert {name: answer.headers["Content-Type"] for name, answer in answers.items()} == {
        "pdf": "application/pdf",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "jpg": "image/jpeg",
        "xml": "application/octet-stream",
    }
    assert answers["pdf"].headers["Content-Disposition"] == (
        "attachment; filename=\"Zolta ges.pdf\"; filename*=UTF-8''%C5%BB%C3%B3%C5%82ta%20g%C4%99%C5%9B.pdf"
    )
    for answer in answers.values():
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (PAGE, "umowa.pdf", "it is called PDF, but its content is a web page."),
        (b"<svg onload=alert(1)>", "logo.svg", "This kind of file is not taken."),
        (PAGE, "umowa.html", "This kind of file is not taken."),
        (PDF, "umowa.exe.pdf", "The name of the file has two endings, “.exe.pdf”."),
        (documents.pdf(trailer=b"/Encrypt 9 0 R"), "umowa.pdf", "The file is protected with a password"),
        (PDF + b" " * 10 * MEGABYTE, "umowa.pdf", "The file is larger than 10 MB."),
        (b"", "umowa.pdf", "The file is empty."),
    ],
)
def test_what_cannot_be_kept_is_answered_with_a_sentence_at_the_field(
    partnership, leader, visit, data, name, sentence
):
    form = visit(as_=leader).open(f"{files_page(partnership)}/add")

    refused = form.submit("Keep the file", file=Upload(data, name), title="Umowa", expect=422)

    assert sentence in refused.text
    assert refused.tree.xpath("//input[@type='file']/@aria-invalid") == ["true"]
    assert db.session.scalars(select(Attachment)).all() == []


def test_without_a_file_the_form_asks_for_one(partnership, leader, visit):
    refused = (
        visit(as_=leader).open(f"{files_page(partnership)}/add").submit("Keep the file", title="", expect=422)
    )

    assert "Choose the file to send" in refused.text
    assert "Fill in this field" in refused.text


def test_only_pages_for_files_take_large_ones(partnership, leader, visit):
    visitor, large = visit(as_=leader), documents.pdf() + b" " * 7 * MEGABYTE
    kept = visitor.open(f"{files_page(partnership)}/add").submit(
        "Keep the file", file=Upload(large, "umowa.pdf"), title="Umowa"
    )
    refused = visitor.client.post("/sign-in", data={"file": Upload(large, "umowa.pdf").as_part()})
    too_large = visitor.client.post(
        f"{files_page(partnership)}/add", data={"file": Upload(large * 2, "umowa.pdf").as_part()}
    )

    assert "The file is kept." in kept.text
    assert (refused.status_code, too_large.status_code) == (413, 413)


def test_the_office_may_let_larger_files_in(partnership, leader, visit, make):
    make.programme.settings = {"attachment_max_mb": 12}
    db.session.commit()
    large = documents.pdf() + b" " * 11 * MEGABYTE

    page = visit(as_=leader).open(f"{files_page(partnership)}/add")

    assert "PDF, JPEG, PNG or DOCX, up to 12 MB." in page.text
    page = page.submit("Keep the file", file=Upload(large, "umowa.pdf"), title="Umowa")
    assert "The file is kept." in page.text


def test_a_deputy_sees_that_evidence_is_there_and_cannot_open_it(kept, partnership, make, visit):
    deputy, evidence = make.user(), kept(file_class=FileClass.EVIDENCE, title="Lista obecności")
    make.term(partnership, deputy, can_submit=True, can_publish=True)
    visitor = visit(as_=deputy)

    page = visitor.open(files_page(partnership))

    assert "Lista obecności" in page.text
    assert [link for link in page.links if "Lista" in link] == ["What happened (Lista obecności)"]
    for way in ("", "/replace", "/signature", "/change", "/remove"):
        visitor.open(f"/partnerships/files/{evidence.id}{way}", expect=403)
    assert db.session.scalars(select(AuditEvent).where(AuditEvent.event == "file.opened")).all() == []


def test_every_opening_of_evidence_stands_in_the_history(kept, partnership, leader, make, visit):
    evidence, office = kept(file_class=FileClass.EVIDENCE, title="Lista obecności"), make.office("Olga Biuro")

    opened = visit(as_=office).client.get(f"/partnerships/files/{evidence.id}")

    assert opened.data == PDF
    page = visit(as_=leader).open(f"/partnerships/{partnership.id}")
    assert "Opened a file with personal data" in page.text
    assert "Olga Biuro" in page.text


def test_evidence_that_cannot_be_written_down_is_not_given_out(kept, leader, visit, monkeypatch):
    evidence = kept(file_class=FileClass.EVIDENCE)
    monkeypatch.setattr("partnerships.files.services.audit.record", lambda *_, **__: 1 / 0)
    visitor = visit(as_=leader)

    with pytest.raises(ZeroDivisionError):
        visitor.client.get(f"/partnerships/files/{evidence.id}")


def test_everybody_opens_a_public_file_by_its_address_and_no_other(kept, leader, visit):
    public, own = kept(file_class=FileClass.PUBLIC), kept(documents.png(), "a.png")
    evidence = kept(documents.jpeg(), "b.jpg", file_class=FileClass.EVIDENCE)
    stranger = visit()

    answer = stranger.client.get(f"/files/{public.id}/umowa.pdf")
    others = [
        stranger.client.get(f"/files/{one}/umowa.pdf").status_code for one in (own.id, evidence.id, 98765)
    ]
    attachments.change(public, title="Umowa", file_class=FileClass.PARTNERSHIP, actor=leader)
    taken_back = stranger.client.get(f"/files/{public.id}/umowa.pdf").status_code

    assert (answer.status_code, answer.data) == (200, PDF)
    assert answer.headers["Content-Disposition"] == "attachment; filename=umowa.pdf"
    assert (others, taken_back) == ([404, 404, 404], 404)


def test_a_removed_file_and_a_former_one_are_no_longer_public(kept, leader, visit):
    public, removed = (
        kept(file_class=FileClass.PUBLIC),
        kept(documents.png(), "a.png", file_class=FileClass.PUBLIC),
    )
    former = attachments.replace(public, data=documents.jpeg(), name="b.jpg", actor=leader)
    attachments.remove(removed, reason="", actor=leader)

    statuses = [visit().client.get(f"/files/{one.id}/a").status_code for one in (public, former, removed)]

    assert statuses == [200, 404, 404]


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_three(
    kept, partnership, leader, visit, count_queries
):
    visitor, first, address = visit(as_=leader), kept(), files_page(partnership)
    attachments.add_signature(first, data=documents.asice(), name="a.asice", actor=leader)
    db.session.commit()
    visitor.open(address)
    with count_queries() as one:
        visitor.open(address)

    second = kept(documents.png(), "b.png", file_class=FileClass.EVIDENCE)
    attachments.replace(second, data=documents.jpeg(), name="c.jpg", actor=leader)
    third = kept(documents.docx(), "d.docx", file_class=FileClass.PUBLIC)
    attachments.add_signature(third, data=documents.pkcs7_signature(), name="d.p7s", actor=leader)
    db.session.commit()
    with count_queries() as three:
        visitor.open(address)

    assert three.count == one.count, str(three)
    assert three.count <= 6, str(three)


HOSTILE_NAMES = (
    "../../../etc/passwd.pdf", "..\\..\\windows\\system.pdf", 'umowa".pdf', "umowa\r\nX-Evil: 1.pdf",
    "umowa;filename=evil.html.pdf", "<img src=x onerror=alert(1)>.pdf", "a" * 5000 + ".pdf", "zażółć gęślą jaźń.pdf",
    "%00.pdf", "{{7*7}}.pdf", "日本.pdf",
)  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_name_is_only_a_name(partnership, leader, visit, name):
    visitor = visit(as_=leader)

    answer = visitor.open(f"{files_page(partnership)}/add").submit(
        "Keep the file", file=Upload(PDF, name), title="Umowa", expect=422 if name in REFUSED_NAMES else 303
    )

    kept = db.session.scalars(select(Attachment)).all()
    assert len(kept) == (name not in REFUSED_NAMES)
    assert "<img src=x" not in answer.html
    for file in kept:
        given = visitor.client.get(f"/partnerships/files/{file.id}")
        header = given.headers["Content-Disposition"]
        assert given.data == PDF
        assert header.isascii()
        assert header.startswith("attachment; filename=")
        assert "X-Evil" not in given.headers
        assert "/" not in file.file_name
        assert len(file.file_name) <= 200


REFUSED_NAMES = {"umowa;filename=evil.html.pdf", 'umowa".pdf', "umowa\r\nX-Evil: 1.pdf"}
"""Two endings; and names that break the form they come in, so that what is left of them has none."""
