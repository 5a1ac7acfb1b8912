"""Files of a partnership: kept byte for byte, signed, replaced, removed, and gone when their time is over."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from accounts.policy import Permission, can
from core import storage
from core.audit import AuditEvent, story_of
from core.database import db
from core.file_kinds import FileKind, UnacceptableFile
from core.storage import StoredFile
from partnerships import services as verbs
from partnerships.errors import PartnershipClosed
from partnerships.files import services as attachments
from partnerships.files.errors import FileGone, FileReplaced, SameFile, SignatureOfSignature
from partnerships.files.jobs import remove_expired
from partnerships.files.models import Attachment, FileClass
from partnerships.files.queries import files_of, files_to_export
from partnerships.models import AssignmentKind, Partnership
from tests.support import documents

TODAY = date(2026, 4, 15)
WARSAW = ZoneInfo("Europe/Warsaw")
LONG_AFTER = timedelta(days=-3650)
"""A sweep that takes everything nobody has: files carry the real time."""
SIGNED = documents.pdf(words="podpisane") + b"\n% kwalifikowany podpis\n" + documents.pdf()


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def attach(kept):
    def agreement(data=SIGNED, name="Porozumienie.pdf", **how):
        return kept(data, name, **{"title": "Porozumienie", **how})

    return agreement


def happened(partnership) -> list[tuple[str, dict[str, object], dict[str, object]]]:
    return [(event.event, event.data, personal) for event, personal in story_of(partnership)]


def test_a_signed_file_comes_back_byte_for_byte(attach, leader):
    attachment = attach()

    assert attachments.content_for(attachment, reader=leader) == SIGNED
    assert (attachment.kind, attachment.file_name, attachment.size, attachment.title) == (
        FileKind.PDF,
        "Porozumienie.pdf",
        len(SIGNED),
        "Porozumienie",
    )
    assert attachment.content_hash == attachment.file.blob_hash


def test_a_file_without_a_title_is_called_by_its_name(attach):
    assert attach(title="  ").title == "Porozumienie.pdf"


def test_a_file_that_is_not_what_its_name_says_leaves_nothing(attach, partnership):
    with pytest.raises(UnacceptableFile, match="its content is a web page"):
        attach(b"<html><script>alert(1)</script></html>")

    assert db.session.scalars(select(Attachment)).all() == []
    assert happened(partnership) == []


def test_only_evidence_has_a_last_day_unless_the_office_says_otherwise(attach, make):
    until = {kind: attach(file_class=kind).retain_until for kind in FileClass}
    make.programme.settings = {"evidence_retention_years": 2, "file_retention_years": 10}
    db.session.commit()
    from flask import g

    g.pop("programme", None)

    later = {kind: attach(file_class=kind).retain_until for kind in FileClass}

    assert until == {
        FileClass.PUBLIC: None,
        FileClass.PARTNERSHIP: None,
        FileClass.EVIDENCE: date(2031, 12, 31),
    }
    assert later == {
        FileClass.PUBLIC: date(2036, 12, 31),
        FileClass.PARTNERSHIP: date(2036, 12, 31),
        FileClass.EVIDENCE: date(2028, 12, 31),
    }


def test_a_signature_lies_beside_its_document(attach, leader, partnership):
    attachment = attach(file_class=FileClass.EVIDENCE)

    signature = attachments.add_signature(
        attachment, data=documents.xml_signature(), name="Porozumienie.pdf.xml", actor=leader
    )
    db.session.commit()

    assert attachment.signatures == [signature]
    assert (signature.kind, signature.file_class, signature.retain_until) == (
        FileKind.XML_SIGNATURE,
        FileClass.EVIDENCE,
        date(2031, 12, 31),
    )
    assert [one.attachment for one in files_of(partnership)] == [attachment]


def test_a_signature_is_no_document_and_a_document_no_signature(attach, leader):
    attachment = attach()
    signature = attachments.add_signature(
        attachment, data=documents.pkcs7_signature(), name="a.p7s", actor=leader
    )

    with pytest.raises(UnacceptableFile):
        attach(documents.xml_signature(), "podpis.xml")
    with pytest.raises(UnacceptableFile):
        attachments.add_signature(attachment, data=SIGNED, name="a.pdf", actor=leader)
    with pytest.raises(SignatureOfSignature):
        attachments.add_signature(signature, data=documents.asice(), name="a.asice", actor=leader)
    with pytest.raises(SignatureOfSignature):
        attachments.replace(signature, data=SIGNED, name="a.pdf", actor=leader)


def test_a_newer_file_takes_the_place_and_the_former_one_stays_with_its_signature(
    attach, leader, partnership
):
    attachment = attach()
    signature = attachments.add_signature(
        attachment, data=documents.xml_signature(), name="a.xml", actor=leader
    )
    newer = documents.pdf(words="nowe")

    former = attachments.replace(attachment, data=newer, name="Nowe.pdf", actor=leader)
    db.session.commit()

    assert attachments.content_for(attachment, reader=leader) == newer
    assert attachments.content_for(former, reader=leader) == SIGNED
    assert (attachment.signatures, former.signatures) == ([], [signature])
    assert [(one.attachment, one.former) for one in files_of(partnership)] == [(attachment, (former,))]
    assert (former.is_current, attachment.is_current) == (False, True)


def test_the_same_file_again_is_no_newer_one(attach, leader):
    with pytest.raises(SameFile):
        attachments.replace(attach(), data=SIGNED, name="Inna nazwa.pdf", actor=leader)


def test_what_was_replaced_does_not_change_any_more(attach, leader):
    attachment = attach()
    former = attachments.replace(attachment, data=documents.pdf(), name="a.pdf", actor=leader)

    with pytest.raises(FileReplaced):
        attachments.replace(former, data=documents.png(), name="a.png", actor=leader)
    with pytest.raises(FileReplaced):
        attachments.add_signature(former, data=documents.asice(), name="a.asice", actor=leader)
    with pytest.raises(FileReplaced):
        attachments.change(former, title="Inny", file_class=FileClass.PUBLIC, actor=leader)


def test_other_people_may_open_it_with_all_that_belongs_to_it(attach, leader):
    attachment = attach()
    signature = attachments.add_signature(attachment, data=documents.asice(), name="a.asice", actor=leader)
    former = attachments.replace(attachment, data=documents.pdf(), name="a.pdf", actor=leader)

    attachments.change(attachment, title="Lista obecności", file_class=FileClass.EVIDENCE, actor=leader)
    db.session.commit()

    assert {(one.file_class, one.retain_until) for one in (attachment, signature, former)} == {
        (FileClass.EVIDENCE, date(2031, 12, 31))
    }


def test_saving_a_file_without_a_change_leaves_no_trace(attach, leader, partnership):
    attachment = attach()
    before = happened(partnership)

    attachments.change(attachment, title="Porozumienie", file_class=FileClass.PARTNERSHIP, actor=leader)

    assert happened(partnership) == before


def test_a_removed_file_is_gone_and_its_record_stays(attach, leader, partnership, app):
    attachment = attach()
    attachments.add_signature(attachment, data=documents.asice(), name="a.asice", actor=leader)
    attachments.replace(attachment, data=documents.pdf(), name="a.pdf", actor=leader)

    attachments.remove(attachment, reason="Zły plik", actor=leader)
    db.session.commit()

    assert db.session.scalars(select(StoredFile)).all() == []
    assert storage.sweep(older_than=LONG_AFTER) == 3
    kept = db.session.scalars(select(Attachment)).all()
    assert {(one.file_id, one.removed_on, one.removed_by_id) for one in kept} == {(None, TODAY, leader.id)}
    with pytest.raises(FileGone, match=r"This file was removed on 15 Apr 2026\."):
        attachments.remove(attachment, reason="", actor=leader)
    with pytest.raises(FileGone):
        attachments.content_for(attachment, reader=leader)
    with pytest.raises(FileGone):
        attachments.replace(attachment, data=documents.png(), name="a.png", actor=leader)


def test_a_file_that_somebody_else_has_too_stays_for_them(attach, leader):
    first, second = attach(), attach(title="To samo")

    attachments.remove(first, reason="", actor=leader)
    db.session.commit()
    storage.sweep(older_than=LONG_AFTER)

    assert attachments.content_for(second, reader=leader) == SIGNED


def test_a_closed_partnership_takes_no_files_but_lets_them_go(attach, leader, partnership, make):
    attachment = attach()
    verbs.close_partnership(partnership, closed_on=TODAY, reason="Koniec", actor=make.office())
    db.session.commit()

    with pytest.raises(PartnershipClosed):
        attach()
    attachments.remove(attachment, reason="", actor=leader)

    assert not attachment.is_kept


def test_the_history_tells_what_happened_to_a_file(attach, leader, partnership):
    attachment = attach()
    first = attachment.content_hash
    attachments.add_signature(attachment, data=documents.asice(), name="a.asice", actor=leader)
    attachments.replace(attachment, data=documents.pdf(), name="a.pdf", actor=leader)
    second = attachment.content_hash
    attachments.change(attachment, title="Umowa", file_class=FileClass.EVIDENCE, actor=leader)
    attachments.remove(attachment, reason="Zły plik", actor=leader)

    assert happened(partnership) == [
        ("file.removed", {"content_hash": second}, {"note": "Umowa: Zły plik"}),
        (
            "file.changed",
            {
                "before": {"file_class": "partnership", "retain_until": None},
                "after": {"file_class": "evidence", "retain_until": "2031-12-31"},
            },
            {"note": "Porozumienie → Umowa"},
        ),
        (
            "file.replaced",
            {"before": {"content_hash": first}, "after": {"content_hash": second}},
            {"note": "Porozumienie"},
        ),
        ("file.signed", {}, {"note": "Porozumienie"}),
        ("file.added", {"file_class": "partnership"}, {"note": "Porozumienie"}),
    ]


def test_where_nobody_leads_a_file_is_sent_on_behalf_of_the_partnership(make):
    office, leaderless = make.office(), make.partnership(led=False)

    attachments.attach(
        leaderless, data=SIGNED, name="a.pdf", file_class=FileClass.PUBLIC, title="Umowa", actor=office
    )

    [event] = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "file.added"))
    assert (event.actor_id, event.data["on_behalf"]) == (office.id, "partnership")


def test_evidence_is_opened_by_leader_animator_and_office_alone(make):
    leader, deputy, on_leave, animator = make.user(), make.user(), make.animator(), make.animator()
    partnership = make.partnership(leader=leader, animator=on_leave)
    make.assignment(partnership.municipality, animator, kind=AssignmentKind.COVER, ends_on=date(2026, 5, 1))
    make.term(partnership, deputy, can_submit=True, can_publish=True)
    other = make.partnership()
    people = {
        "leader": leader, "deputy": deputy, "animator": animator, "office": make.office(), "admin": make.admin(),
        "animator on leave": on_leave, "other leader": other.leader(TODAY), "other animator": other.animator(TODAY),
    }  # fmt: skip
    opens = {}

    for kind in FileClass:
        file = attachments.attach(
            partnership, data=SIGNED, name="a.pdf", file_class=kind, title=str(kind), actor=leader
        )
        opens[kind] = (
            {name for name, person in people.items() if can(person, Permission.FILE_OPEN, file)},
            {name for name, person in people.items() if can(person, Permission.FILE_EDIT, file)},
        )

    everyone = {"leader", "deputy", "animator", "office"}
    assert opens == {
        FileClass.EVIDENCE: ({"leader", "animator", "office"}, {"leader", "office"}),
        FileClass.PARTNERSHIP: (everyone, everyone - {"animator"}),
        FileClass.PUBLIC: (everyone, everyone - {"animator"}),
    }


def test_every_opening_of_evidence_is_written_down_and_of_nothing_else(attach, leader, partnership, make):
    evidence, ordinary, office = attach(file_class=FileClass.EVIDENCE, title="Lista"), attach(), make.office()

    for reader in (leader, office, office):
        attachments.content_for(evidence, reader=reader)
        attachments.content_for(ordinary, reader=reader)
    db.session.rollback()

    opened = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "file.opened")).all()
    assert [(event.actor_id, event.record_id, event.story_id) for event in opened] == [
        (reader.id, evidence.id, partnership.id) for reader in (leader, office, office)
    ]


def test_evidence_goes_when_its_time_is_over_and_its_record_says_so(attach, leader, partnership, clock):
    evidence, ordinary = (
        attach(file_class=FileClass.EVIDENCE, title="Lista"),
        attach(documents.png(), "a.png"),
    )
    signature = attachments.add_signature(evidence, data=documents.asice(), name="a.asice", actor=leader)
    evidence_id, signature_id, ordinary_id = evidence.id, signature.id, ordinary.id
    partnership_id, content_hash = partnership.id, evidence.content_hash
    db.session.commit()
    clock.move_to(datetime(2031, 12, 31, 12, tzinfo=WARSAW))
    on_its_last_day = remove_expired()
    clock.move_to(datetime(2032, 1, 1, 5, tzinfo=WARSAW))

    the_day_after, again = remove_expired(), remove_expired()

    assert (on_its_last_day, the_day_after, again) == ("0 removed", "1 removed", "0 removed")
    gone = [db.session.get_one(Attachment, one) for one in (evidence_id, signature_id)]
    assert [(one.file_id, one.removed_on, one.removed_by_id) for one in gone] == [
        (None, date(2032, 1, 1), None)
    ] * 2
    assert db.session.get_one(Attachment, ordinary_id).is_kept
    assert happened(db.session.get_one(Partnership, partnership_id))[0] == (
        "file.expired",
        {"retain_until": "2031-12-31", "content_hash": content_hash},
        {"note": "Lista"},
    )


def test_a_dry_run_names_what_would_go_and_takes_nothing(attach, app, partnership, clock):
    evidence_id, partnership_id = attach(file_class=FileClass.EVIDENCE).id, partnership.id
    clock.move_to(datetime(2032, 1, 1, 5, tzinfo=WARSAW))
    run = app.test_cli_runner().invoke

    rehearsal = run(args=["files", "expire", "--dry-run"])
    kept = db.session.get_one(Attachment, evidence_id).is_kept
    real = run(args=["files", "expire"])

    assert rehearsal.output.splitlines() == [
        f"2031-12-31 evidence    file {evidence_id} of partnership {partnership_id}",
        "1 would be removed",
    ]
    assert (kept, real.output) == (True, "1 removed\n")


def test_evidence_and_removed_files_are_in_no_export(attach, leader, partnership):
    public, own = attach(file_class=FileClass.PUBLIC), attach(documents.docx(), "b.docx")
    attach(file_class=FileClass.EVIDENCE)
    gone = attach(documents.png(), "c.png")
    former = attachments.replace(own, data=documents.jpeg(), name="d.jpg", actor=leader)
    attachments.remove(gone, reason="", actor=leader)

    assert {one.id for one in files_to_export(partnership)} == {public.id, own.id, former.id}
