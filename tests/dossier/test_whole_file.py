"""The partnership's whole file: complete, readable without the system, and nothing in it that its reader may not see."""

import io
import zipfile
from datetime import date
from hashlib import sha256

import pytest
from pikepdf import Pdf

from core.audit import story_of
from core.database import db
from core.mail import MailStatus, OutboxMail
from core.uploads import SentFile
from dossier.archive import Item, packed, told_apart
from meetings.services import Outcome, When, record_meeting
from papers.kinds import PaperKind
from papers.services import keep_scan, make_paper
from partnerships.files.models import FileClass
from partnerships.files.services import attach, change
from partnerships.models import TermKind
from partnerships.services import end_term
from plans.definitions import PlanKind
from plans.earlier import EarlierPlan, EarlierStatus
from plans.services import own_plan, writing
from plans.workflow import PlanStatus
from tests.support.documents import pdf, text_of_pdf

TODAY = date(2026, 4, 15)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def leader(make):
    return make.user("Anna Lis", email="anna@gromada.example")


@pytest.fixture
def partnership(make, leader):
    """With a published plan that was returned once, an annual plan of its own, minutes, an agreement and a signed list."""
    partnership = make.partnership("Together", leader=leader)
    make.member(partnership, make.organisation("Biblioteka Żółta Gęś"))
    make.general_plan(PlanStatus.PUBLISHED, partnership=partnership)
    make.annual_plan(partnership=partnership)
    record_meeting(
        partnership,
        When(TODAY, None, None, "Library"),
        Outcome(7, "We agreed on courses."),
        minutes_file=SentFile("minutes.pdf", pdf(words="Minutes")),
        actor=leader,
    )
    for title, file_class in (("Agreement", FileClass.PARTNERSHIP), ("Signed list", FileClass.EVIDENCE)):
        attach(
            partnership,
            data=pdf(words=title),
            name=f"{title}.pdf",
            file_class=file_class,
            title=title,
            actor=leader,
        )
    db.session.query(OutboxMail).update({"status": MailStatus.SENT})
    db.session.commit()
    return partnership


def unpacked(page) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(page.data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def taken_by(person, partnership, visit) -> dict[str, bytes]:
    return unpacked(visit(as_=person).open(f"/partnerships/{partnership.id}/file.zip"))


def test_one_click_takes_everything_along(partnership, leader, visit):
    files = taken_by(leader, partnership, visit)

    assert [name for name in files if not name.startswith("05-mails/")] == [
        "00-contents.pdf",
        "01-partnership.pdf",
        "02-files/2026-04-15-minutes-of-the-meeting-on-15-apr-2026.pdf",
        "02-files/2026-04-15-agreement.pdf",
        "03-plans/general-plan-2026-2028/version-1.pdf",
        "03-plans/general-plan-2026-2028/workbook.xlsx",
        "03-plans/general-plan-2026-2028/decisions.pdf",
        "03-plans/annual-plan-2026/version-1.pdf",
        "03-plans/annual-plan-2026/workbook.xlsx",
        "06-history.csv",
    ]
    mails = [data.decode("utf-8-sig") for name, data in files.items() if name.startswith("05-mails/")]
    assert any("To: Anna Lis <anna@gromada.example>" in mail for mail in mails)
    assert any("approved" in mail for mail in mails)


def test_mails_about_a_deleted_plan_of_others_that_had_the_same_number_stay_out(
    make, partnership, leader, visit, clock
):
    other = make.partnership(animator=make.animator("Jan Wilk"))
    deleted = make.annual_plan(partnership=other)
    own_plan.request_feedback(deleted, actor=other.leader(clock.now.date()))
    writing.delete_draft(deleted, actor=other.leader(clock.now.date()))
    clock.tick(minutes=5)
    make.annual_plan(partnership=partnership, year=2027)
    db.session.query(OutboxMail).update({"status": MailStatus.SENT})
    db.session.commit()

    files = taken_by(leader, partnership, visit)

    mails = [data.decode("utf-8-sig") for name, data in files.items() if name.startswith("05-mails/")]
    assert mails
    assert not any("Jan Wilk" in mail for mail in mails)


def test_files_are_byte_for_byte_as_they_were_sent(partnership, leader, visit):
    files = taken_by(leader, partnership, visit)

    assert files["02-files/2026-04-15-agreement.pdf"] == pdf(words="Agreement")


def test_the_table_of_contents_names_every_file_with_its_fingerprint(partnership, leader, visit):
    files = taken_by(leader, partnership, visit)

    contents = text_of_pdf(files["00-contents.pdf"]).replace("\u200b", "").replace("\n", "").replace(" ", "")
    for name, data in files.items():
        if name != "00-contents.pdf":
            assert name in contents, name
            assert sha256(data).hexdigest()[:16] in contents, name


def test_evidence_is_named_and_never_copied(partnership, leader, visit):
    files = taken_by(leader, partnership, visit)

    assert pdf(words="Signed list") not in files.values()
    assert "Signed list" in text_of_pdf(files["00-contents.pdf"])


def test_what_the_system_writes_is_tagged_and_says_its_language(partnership, leader, visit):
    files = taken_by(leader, partnership, visit)

    for name in ("00-contents.pdf", "01-partnership.pdf", "03-plans/general-plan-2026-2028/decisions.pdf"):
        with Pdf.open(io.BytesIO(files[name])) as document:
            assert document.Root.MarkInfo.Marked
            assert str(document.Root.Lang) == "en"
            assert "/StructTreeRoot" in document.Root


def test_polish_names_survive(partnership, leader, visit):
    files = taken_by(leader, partnership, visit)

    assert "Biblioteka Żółta Gęś" in text_of_pdf(files["01-partnership.pdf"])


def test_an_annual_plan_kept_to_oneself_stays_out_of_others_files(make, partnership, visit):
    for person in (partnership.animator(TODAY), make.office()):
        files = taken_by(person, partnership, visit)

        assert not [name for name in files if "annual" in name]
        assert "Annual plan" not in files["06-history.csv"].decode("utf-8-sig")


def test_an_approved_plan_that_became_evidence_is_named_and_never_copied(make, partnership, leader, visit):
    """Whoever put it with an earlier plan, it is personal data like any other: no way leads round that."""
    approved = attach(
        partnership, data=pdf(words="As approved"), name="plan.pdf", file_class=FileClass.PARTNERSHIP,
        title="Approved plan", actor=leader,
    )  # fmt: skip
    db.session.add(
        EarlierPlan(
            partnership_id=partnership.id, kind=PlanKind.GENERAL, year_from=2023, year_to=2025,
            status=EarlierStatus.PUBLISHED, file_id=approved.id,
        )
    )  # fmt: skip
    change(approved, title="Approved plan", file_class=FileClass.EVIDENCE, actor=leader)
    db.session.commit()

    for person in (leader, make.office()):
        files = taken_by(person, partnership, visit)

        assert pdf(words="As approved") not in files.values()
        assert [name for name in files if "approved" in name and not name.startswith("05-mails/")] == [
            "03-plans/plans-approved-earlier/plans-approved-earlier.pdf"
        ]
        assert "Approved plan" in text_of_pdf(files["00-contents.pdf"])


def test_plans_approved_before_this_system_lie_with_the_plans(partnership, leader, visit):
    approved = attach(
        partnership, data=pdf(words="As approved"), name="plan.pdf", file_class=FileClass.PARTNERSHIP,
        title="Approved plan", actor=leader,
    )  # fmt: skip
    of = {"partnership_id": partnership.id, "decided_on": date(2022, 12, 1)}
    db.session.add_all(
        [
            EarlierPlan(
                kind=PlanKind.GENERAL, year_from=2023, year_to=2025, status=EarlierStatus.PUBLISHED,
                file_id=approved.id, **of,
            ),
            EarlierPlan(
                kind=PlanKind.ANNUAL, year_from=2023, year_to=2023, status=EarlierStatus.APPROVED, **of
            ),
        ]
    )  # fmt: skip
    db.session.commit()

    files = taken_by(leader, partnership, visit)

    folder = "03-plans/plans-approved-earlier"
    assert [name for name in files if name.startswith(folder)] == [
        f"{folder}/plans-approved-earlier.pdf",
        f"{folder}/2026-04-15-approved-plan.pdf",
    ]
    assert [name for name, data in files.items() if data == pdf(words="As approved")] == [
        f"{folder}/2026-04-15-approved-plan.pdf"
    ]
    sheet = text_of_pdf(files[f"{folder}/plans-approved-earlier.pdf"]).replace("\u200b", "")
    for words in ("General plan 2023–2025", "Published", "1 Dec 2022", "plan.pdf", "Annual plan 2023"):
        assert words in sheet
    assert "General plan 2023–2025" in text_of_pdf(files["00-contents.pdf"]).replace("\u200b", "")


def test_a_signed_paper_that_binds_nobody_any_more_says_so(make, partnership, leader, visit):
    office = make.office()
    term = make.term(partnership, make.user("Jan Wilk"), kind=TermKind.DEPUTY, starts_on=date(2026, 6, 1))
    paper = make_paper(PaperKind.APPOINTMENT, partnership, term, actor=office)
    keep_scan(paper, name="skan.pdf", data=pdf(words="Appointment"), actor=office)
    end_term(term, ends_on=TODAY, reason="", actor=office)
    db.session.commit()

    files = taken_by(leader, partnership, visit)

    contents = " ".join(text_of_pdf(files["00-contents.pdf"]).split())
    assert f"{paper.number} (no longer in force)" in contents
    assert contents.count("no longer in force") == 1
    assert pdf(words="Appointment") in files.values()


def test_who_took_it_is_written_down(partnership, leader, visit):
    taken_by(leader, partnership, visit)

    (event, _), *_rest = story_of(partnership)
    assert (event.event, event.actor_id) == ("dossier.taken", leader.id)


def test_a_stranger_learns_nothing(make, partnership, visit):
    stranger = make.partnership().leader(TODAY)

    visit(as_=stranger).open(f"/partnerships/{partnership.id}/file.zip", expect=404)


def test_two_files_of_one_name_are_told_apart(clock):
    items = [Item("a", name, "", b"", clock.now) for name in ("x.pdf", "X.pdf", "x.pdf", "x-2.pdf")]

    assert [item.name for item in told_apart(items)] == ["x.pdf", "X-2.pdf", "x-3.pdf", "x-2-2.pdf"]
    with packed(told_apart(items)) as file, zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
