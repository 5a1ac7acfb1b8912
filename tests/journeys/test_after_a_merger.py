"""After a merger: whoever leads on has the files of what merged, and looking at them is no reason not to undo it."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest

from accounts.models import User
from accounts.policy import Permission, can
from core.database import db
from municipalities import followers
from municipalities.services.changing import decide, undo_change, what_is_newer
from municipalities.workflow import ChangeStatus
from partnerships.files.models import Attachment, FileClass
from partnerships.files.services import attach, content_for
from partnerships.models import Partnership, PartnershipMember
from partnerships.organisations.services import keep_agreement
from plans.definitions import PlanKind
from plans.earlier import EarlierPlan, EarlierStatus
from tests.municipalities.ostrowice import Drawsko
from tests.support.documents import pdf

TODAY = date(2026, 4, 15)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def drawsko(make) -> Drawsko:
    return Drawsko(make)


def sent(partnership: Partnership, title: str, file_class: FileClass, actor: User) -> Attachment:
    attachment = attach(
        partnership,
        data=pdf(words=title),
        name=f"{title}.pdf",
        file_class=file_class,
        title=title,
        actor=actor,
    )
    db.session.commit()
    return attachment


def signed(drawsko: Drawsko) -> Attachment:
    """The agreement of the only member of Ostrowice."""
    [member] = drawsko.ostrowice.members
    attachment = keep_agreement(
        member,
        data=pdf(words="Agreement"),
        name="a.pdf",
        title="Agreement of the library",
        actor=drawsko.leader,
    )
    db.session.commit()
    return attachment


def joined(drawsko: Drawsko) -> PartnershipMember:
    db.session.expire_all()
    [member] = drawsko.drawsko.members
    return member


# --- Reading -----------------------------------------------------------------------------------------------------


def test_taking_the_file_away_and_opening_evidence_keep_nobody_from_undoing(drawsko, visit):
    evidence = sent(drawsko.ostrowice, "Signed list", FileClass.EVIDENCE, drawsko.leader)
    change = drawsko.merged()
    for partnership in (drawsko.ostrowice, drawsko.drawsko):
        visit(as_=drawsko.office).open(f"/partnerships/{partnership.id}/file.zip")
    content_for(evidence, reader=drawsko.office)

    assert what_is_newer(change) is None
    undo_change(change, actor=drawsko.office)
    assert change.status is ChangeStatus.UNDONE


def test_a_new_file_in_the_successor_still_keeps_the_change(drawsko):
    change = drawsko.merged()
    sent(drawsko.drawsko, "Letter", FileClass.PARTNERSHIP, drawsko.leader)

    assert (
        what_is_newer(change) == "Since then in the partnership Drawsko w sieci: Added a file, 15 Apr 2026."
    )


# --- Files -------------------------------------------------------------------------------------------------------


def test_files_of_the_merged_one_are_opened_where_it_goes_on_by_the_rules_of_its_own(drawsko, make):
    files = {kind: sent(drawsko.ostrowice, str(kind), kind, drawsko.leader) for kind in FileClass}
    drawsko.merged()
    db.session.expire_all()
    people = {
        "leader": drawsko.leader, "deputy": drawsko.deputy, "animator": drawsko.drawsko.animator(TODAY),
        "office": drawsko.office, "former animator": drawsko.ostrowice.assignments[0].animator,
        "former leader there": drawsko.other_leader, "stranger": make.partnership().leader(TODAY),
    }  # fmt: skip

    opens = {
        kind: {name for name, person in people.items() if can(person, Permission.FILE_OPEN, file)}
        for kind, file in files.items()
    }
    changes = {
        name for name, person in people.items() for file in files.values()
        if can(person, Permission.FILE_EDIT, file)
    }  # fmt: skip

    assert opens == {
        FileClass.EVIDENCE: {"leader", "animator", "office"},
        FileClass.PARTNERSHIP: {"leader", "deputy", "animator", "office"},
        FileClass.PUBLIC: {"leader", "deputy", "animator", "office"},
    }
    assert changes == {"office"}


def test_the_agreement_of_a_member_that_came_over_is_opened_from_the_members_page(drawsko, visit):
    attachment = signed(drawsko)
    drawsko.merged()

    for person in (drawsko.leader, drawsko.drawsko.animator(TODAY)):
        page = visit(as_=person).open(f"/partnerships/{drawsko.drawsko.id}/members")
        address = f"/partnerships/files/{attachment.id}"
        assert address in page.links.values()
        assert visit(as_=person).open(address).data == pdf(words="Agreement")


def test_a_new_agreement_of_a_member_that_came_over_is_kept_in_the_successor(drawsko):
    former = signed(drawsko)
    drawsko.merged()

    kept = keep_agreement(
        joined(drawsko), data=pdf(words="New"), name="new.pdf", title="New agreement", actor=drawsko.leader
    )
    db.session.commit()

    assert (kept.partnership_id, joined(drawsko).agreement_id) == (drawsko.drawsko.id, kept.id)
    assert (former.partnership_id, former.is_current) == (drawsko.ostrowice.id, True)
    assert drawsko.ostrowice.members[0].agreement_id == former.id


def test_the_whole_file_of_the_successor_holds_that_of_the_merged_one_in_a_folder(drawsko, visit):
    signed(drawsko)
    drawsko.merged()

    page = visit(as_=drawsko.leader).open(f"/partnerships/{drawsko.drawsko.id}/file.zip")
    with zipfile.ZipFile(io.BytesIO(page.data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}

    inside = [name for name in files if name.startswith("07-cyfrowe-ostrowice/") and "/05-mails/" not in name]
    assert inside == [
        "07-cyfrowe-ostrowice/01-partnership.pdf",
        "07-cyfrowe-ostrowice/02-files/2026-04-15-agreement-of-the-library.pdf",
        "07-cyfrowe-ostrowice/03-plans/general-plan-2026-2028/version-1.pdf",
        "07-cyfrowe-ostrowice/03-plans/general-plan-2026-2028/workbook.xlsx",
        "07-cyfrowe-ostrowice/03-plans/general-plan-2026-2028/decisions.pdf",
        "07-cyfrowe-ostrowice/06-history.csv",
    ]
    assert files[inside[1]] == pdf(words="Agreement")


# --- The page of what is over ------------------------------------------------------------------------------------


def test_the_page_of_a_merged_partnership_counts_no_stages_and_no_days(drawsko, visit, clock):
    drawsko.merged()
    clock.move_to(datetime(2026, 6, 15, 7, 0, tzinfo=UTC))

    text = visit(as_=drawsko.office).open(f"/partnerships/{drawsko.ostrowice.id}").text

    assert ("To do" in text, "working day" in text, "Approval" in text) == (False, False, False)
    assert "Since 15 Apr 2026" in text


def test_the_preview_names_plans_approved_before_this_system(drawsko):
    for partnership, year in ((drawsko.ostrowice, 2023), (drawsko.drawsko, 2022)):
        plan = EarlierPlan(
            partnership_id=partnership.id, kind=PlanKind.GENERAL, year_from=year, year_to=year + 2,
            status=EarlierStatus.PUBLISHED,
        )  # fmt: skip
        db.session.add(plan)
    change = drawsko.divided()
    decide(change, {"successor": f"partnership:{drawsko.drawsko.id}"}, actor=drawsko.office)

    [plans] = [topic for topic in followers.preview(change) if topic.label == "Plans"]
    assert [line.text for line in plans.lines if "2026" not in line.text] == [
        "General plan 2023–2025, Cyfrowe Ostrowice (Published): stays to be read",
        "General plan 2022–2024, Drawsko w sieci (Published)",
    ]
