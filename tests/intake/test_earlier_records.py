"""What the office kept before comes with its mark, skips what is asked of new records, and stands in the ledger."""

from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from accounts.models import User
from animators.consultations.models import Consultation
from animators.hours.balances import Balance, balances_of
from animators.hours.models import BudgetAdjustment, Decision, LedgerEntry, LedgerKind, Pot
from core import clock as core_clock
from core.audit import AuditEvent
from core.database import db
from handbooks.models import HandbookEdition, HandbookIssue
from intake.models import RecordImport
from meetings.models import MeetingKind, PartnershipMeeting
from partnerships.models import PartnershipMember
from plans.earlier import EarlierPlan, EarlierStatus
from tests.intake.bringing import bring, figures, problems
from tests.intake.workbooks import upload, workbook
from webinars.models import Attendance, Webinar


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def wola(make):
    return make.partnership(municipality=make.municipality("Wola", code="1601022"))


def test_opening_balances_are_entries_of_the_ledger_and_corrections_are_one_more(make, office, dobra):
    head = ("Kod TERYT", "Pula", "Wykorzystano", "Stan na")
    bring(
        office,
        workbook(
            head, ("1601012", "zdalne", "3:30", "31.12.2025"), ("1601012", "wizyty", "4 h", "31.12.2025")
        ),
        "hours",
    ).submit("Apply the file")
    place = dobra.municipality_id
    assert balances_of([place]) == {
        (place, Pot.REMOTE): Balance(480, 210),
        (place, Pot.VISIT): Balance(480, 240),
    }

    again = bring(office, workbook(head, ("1601012", "zdalne", "3:00", "31.12.2025")), "hours")
    assert figures(again)["Changed rows"] == 1
    again.submit("Apply the file")

    entries = db.session.scalars(select(LedgerEntry).order_by(LedgerEntry.id)).all()
    assert [(one.kind, one.minutes, one.day, one.taken_over) for one in entries] == [
        (LedgerKind.OPENING, 210, date(2025, 12, 31), True),
        (LedgerKind.OPENING, 240, date(2025, 12, 31), True),
        (LedgerKind.OPENING, -30, date(2025, 12, 31), True),
    ]
    assert balances_of([place])[place, Pot.REMOTE] == Balance(480, 180)
    same = bring(office, workbook(head, ("1601012", "zdalne", "3:00", "31.12.2025")), "hours")
    assert figures(same)["Unchanged rows"] == 1


def test_hours_beyond_the_pot_are_kept_with_a_warning(make, office, dobra):
    page = bring(
        office, workbook(("Kod TERYT", "Pula", "Wykorzystano"), ("1601012", "zdalne", "9 h")), "hours"
    )

    assert problems(page) == ["C2 Hours used: More than the pot holds: 60 minutes too many."]
    assert page.submit("Apply the file").text.count("1 new") == 1


def test_what_was_taken_over_stands_apart_from_what_the_pot_holds_today(office, dobra):
    head = ("Kod TERYT", "Pula", "Wykorzystano", "Stan na")
    bring(office, workbook(head, ("1601012", "zdalne", "2 h", "31.12.2025")), "hours").submit(
        "Apply the file"
    )

    page = office.open(f"/partnerships/{dobra.id}/earlier-records")

    first, then = page.text.split("Today, together with what was entered since:")
    assert ("taken over from earlier records" in first, "2 h of 8 h used" in then) == (True, True)
    assert "2 h of 8 h used" not in first
    assert page.follow("Hours of advice").headings[0] == "Hours of advice"


@pytest.mark.parametrize("change", ["UPDATE ledger_entry SET minutes = 1", "DELETE FROM ledger_entry"])
def test_the_database_itself_keeps_the_ledger(make, office, dobra, change):
    bring(
        office, workbook(("Kod TERYT", "Pula", "Wykorzystano"), ("1601012", "zdalne", "2 h")), "hours"
    ).submit("Apply the file")

    with pytest.raises(DBAPIError, match="the ledger is only added to"):
        db.session.execute(text(change))
    db.session.rollback()
    assert db.session.scalars(select(LedgerEntry.minutes)).all() == [120]


def test_visits_are_numbered_by_their_days_and_take_from_their_own_pot(make, office, dobra):
    animator = make.animator("Anna Lis")
    head = ("Kod TERYT", "Data wizyty", "Czas", "Animator", "Liczba osób")
    page = bring(
        office,
        workbook(
            head,
            ("1601012", "2.06.2025", "4 h", "Anna Lis", 12),
            ("1601012", "1.03.2025", "3:45", "Ktoś Dawny", None),
        ),
        "visits",
    )

    assert problems(page) == ["D3 Animator: name: No animator has this name or address."]
    labels = [" ".join(label.text_content().split()) for label in page.tree.xpath("//*[@id='changes']//dt")]
    assert labels == ["Visit no.", "Length", "People", "Visit no.", "Length"]
    page.submit("Apply the file")

    visits = db.session.scalars(select(Consultation).order_by(Consultation.visit_no)).all()
    assert [(one.visit_no, one.actual_minutes, one.animator_id, one.participants_count) for one in visits] == [
        (1, 225, None, None), (2, 240, animator.id, 12),
    ]  # fmt: skip
    assert balances_of([dobra.municipality_id]) == {(dobra.municipality_id, Pot.VISIT): Balance(480, 465)}


@pytest.mark.parametrize("is_there", [True, False])
def test_whoever_has_the_name_of_an_animator_and_never_was_one_is_not_said_to_have_advised(
    make, office, dobra, is_there
):
    make.user("Anna Lis", email="anna@dobra.example")
    animator = make.animator("Anna Lis") if is_there else None
    head = ("Kod TERYT", "Data wizyty", "Czas", "Animator")

    page = bring(office, workbook(head, ("1601012", "2.06.2025", "4 h", "Anna Lis")), "visits")

    told = "D2 Animator: name: No animator has this name or address."
    assert problems(page) == ([] if animator else [told])
    page.submit("Apply the file")
    assert db.session.scalars(select(Consultation.animator_id)).all() == [animator.id if animator else None]


def test_a_visit_number_is_given_once(make, office, dobra):
    head = ("Kod TERYT", "Data wizyty", "Czas", "Nr wizyty")

    page = bring(
        office,
        workbook(head, ("1601012", "2.06.2025", "4 h", 1), ("1601012", "3.06.2025", "4 h", 1)),
        "visits",
    )

    assert problems(page) == ["D3 Visit no.: Visit 1 is entered already, with another day."]
    assert figures(page)["New rows"] == 1


def test_meetings_of_years_ago_need_no_reason_and_the_initiating_one_is_the_first(make, office, dobra):
    head = ("Gmina", "Data spotkania", "Rodzaj spotkania", "Miejsce", "Liczba osób", "Ustalenia")
    page = bring(office, workbook(
        head,
        ("Dobra", "1.05.2024", "inicjujące", "Remiza", 14, "Podpisano porozumienie"),
        ("Dobra", "1.06.2024", None, None, 8, None),
        ("Dobra", "1.07.2024", "inicjujące", "Remiza", 3, None),
    ), "meetings")  # fmt: skip

    assert problems(page) == ["C4 Sort of meeting: The initiating meeting is unique and the first one."]
    page.submit("Apply the rest")

    meetings = db.session.scalars(select(PartnershipMeeting).order_by(PartnershipMeeting.held_on)).all()
    assert [(one.kind, one.held_on, one.place, one.people_count, one.taken_over) for one in meetings] == [
        (MeetingKind.INITIATING, date(2024, 5, 1), "Remiza", 14, True),
        (MeetingKind.REGULAR, date(2024, 6, 1), "–", 8, True),
    ]


def test_names_of_people_in_the_notes_of_a_meeting_are_refused_and_the_rest_goes_on(make, office, dobra):
    head = ("Gmina", "Data", "Liczba osób", "Ustalenia")
    listed = "Obecni: Jan Kowalski, Anna Nowak, Piotr Zieliński"

    page = bring(office, workbook(head, ("Dobra", "1.05.2024", 3, listed)), "meetings")

    assert problems(page) == [
        "D2 Summary: There are names of people here. The cell is left out and not kept."
    ]
    page.submit("Apply the rest")
    assert db.session.scalars(select(PartnershipMeeting.summary)).all() == [None]
    (kept,) = db.session.scalars(select(RecordImport)).all()
    events = db.session.scalars(select(AuditEvent)).all()
    assert (
        kept.file_id,
        any("Kowalski" in str(one) for one in (kept.findings, *(event.data for event in events))),
    ) == (None, False)


def test_handbooks_sent_and_confirmed_are_taken_over_with_their_edition(make, office, dobra):
    head = ("Kod TERYT", "Wydanie", "Data wysyłki", "Liczba egzemplarzy", "Potwierdzono")

    bring(office, workbook(head, ("1601012", "1", "2.09.2024", 4, 3)), "handbooks").submit("Apply the file")

    (issue,) = db.session.scalars(select(HandbookIssue)).all()
    assert (issue.municipality_id, issue.sent_on, issue.sent_count, issue.confirmed_count, issue.confirmed_on, issue.taken_over) == (
        dobra.municipality_id, date(2024, 9, 2), 4, 3, date(2024, 9, 2), True,
    )  # fmt: skip
    assert db.session.scalars(select(HandbookEdition.edition)).all() == ["1"]


def test_members_of_all_partnerships_come_with_their_mark(make, office, dobra, wola):
    head = ("Gmina", "Nazwa instytucji", "Typ", "Rola")

    page = bring(
        office,
        workbook(head, ("Dobra", "GOK Dobra", "GOK", "organizator"), ("Wola", "OSP Wola", "OSP", "inna")),
        "members",
    )
    page.submit("Apply the file")

    members = db.session.scalars(select(PartnershipMember).order_by(PartnershipMember.id)).all()
    assert [
        (one.partnership_id, one.organisation.org_type, one.joined_on, one.taken_over) for one in members
    ] == [
        (dobra.id, "culture_centre", date(2024, 5, 1), True),
        (wola.id, "fire_brigade", wola.founded_on, True),
    ]


def test_a_municipality_without_a_partnership_is_told_where_one_is_needed(make, office):
    make.municipality("Dobra", code="1601012")

    page = bring(
        office, workbook(("Gmina", "Rok od", "Status planu"), ("Dobra", 2025, "zaakceptowany")), "plans"
    )

    assert problems(page) == ["A2 Municipality: Dobra (1601012) has no partnership yet."]


def test_an_earlier_plan_is_kept_with_its_approved_file(make, office, dobra, visit):
    head = ("Gmina", "Rok od", "Rok do", "Status planu", "Data akceptacji")
    bring(office, workbook(head, ("Dobra", 2024, 2026, "zaakceptowany", "3.03.2024")), "plans").submit(
        "Apply the file"
    )
    (plan,) = db.session.scalars(select(EarlierPlan)).all()
    assert (plan.year_from, plan.year_to, plan.status, plan.decided_on) == (
        2024,
        2026,
        EarlierStatus.APPROVED,
        date(2024, 3, 3),
    )

    assert (
        "General plan 2024–2026 Approved taken over from earlier records"
        in office.open(f"/partnerships/{dobra.id}").text
    )
    page = office.open(f"/partnerships/{dobra.id}/earlier-records").follow("Add the approved file")
    wrong = page.submit("Keep the file", file=upload(b"MZ not a PDF", "plan.pdf"), expect=422)
    assert "Something needs correcting" in wrong.text
    kept = page.submit("Keep the file", file=upload(PDF, "plan.pdf"))

    assert "plan.pdf" in kept.links
    db.session.refresh(plan)
    assert plan.file.file_name == "plan.pdf"
    visit(as_=dobra.leader(date(2026, 4, 15))).open(f"/earlier-plans/{plan.id}/file", expect=403)


def test_a_plan_published_before_counts_as_published(make, office, dobra, wola):
    head = ("Gmina", "Rok od", "Status planu")
    rows = (("Dobra", 2024, "opublikowany"), ("Wola", 2024, "zaakceptowany"))

    bring(office, workbook(head, *rows), "plans").submit("Apply the file")

    board = office.open("/office/board")
    (of_dobra,) = (row for row in board.tree.xpath("//tbody/tr") if row.xpath("th/a[text()='Dobra']"))
    (of_wola,) = (row for row in board.tree.xpath("//tbody/tr") if row.xpath("th/a[text()='Wola']"))
    assert "published before this system" in " ".join(of_dobra.itertext())
    assert "published before this system" not in " ".join(of_wola.itertext())


PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n160\n%%EOF\n"
)


def test_webinar_attendance_counts_people_and_names_only_those_with_an_account(make, office, dobra):
    leader = db.session.get_one(User, dobra.terms[0].user_id)
    head = ("Tytuł webinaru", "Data webinaru", "Gmina", "E-mail uczestnika", "Liczba osób")
    page = bring(office, workbook(
        head,
        ("Bezpieczny telefon", "5.11.2025", "Dobra", leader.email, None),
        ("Bezpieczny telefon", "5.11.2025", "Dobra", "obcy@x.example", 3),
    ), "webinars")  # fmt: skip
    page.submit("Apply the file")

    (webinar,) = db.session.scalars(select(Webinar)).all()
    rows = db.session.scalars(select(Attendance).order_by(Attendance.id)).all()
    assert (webinar.title, core_clock.local(webinar.starts_at).date(), webinar.taken_over) == (
        "Bezpieczny telefon",
        date(2025, 11, 5),
        True,
    )
    assert [(one.user_id, one.people_count, one.taken_over) for one in rows] == [
        (leader.id, 1, True),
        (None, 3, True),
    ]


def test_a_day_to_come_is_no_record_of_the_past(make, office, dobra):
    page = bring(office, workbook(("Gmina", "Data", "Liczba osób"), ("Dobra", "1.05.2026", 3)), "meetings")

    assert problems(page) == ["B2 Held on: The day lies in the future."]


def test_the_page_of_earlier_records_asks_as_often_for_many_as_for_one(make, office, dobra, count_queries):
    def entered(days: range) -> int:
        rows = [("1601012", date(2025, 1, day), "telefon", "1 h") for day in days]
        bring(office, workbook(("Kod TERYT", "Data", "Forma", "Czas"), *rows), "consultations").submit(
            "Apply the file"
        )
        with count_queries() as queries:
            office.open(f"/partnerships/{dobra.id}/earlier-records")
        return int(queries.count)

    assert entered(range(1, 2)) == entered(range(2, 20))


def test_more_than_the_pot_held_is_taken_over_with_the_pot_made_bigger(office, dobra):
    """Nothing is free below zero: the office takes over what happened, and so it grants it."""
    head = ("Kod TERYT", "Pula", "Wykorzystano", "Stan na")
    page = bring(office, workbook(head, ("1601012", "zdalne", "9:30", "31.12.2025")), "hours")
    assert "More than the pot holds: 90 minutes too many." in page.text

    page.submit("Apply the file")

    assert balances_of([dobra.municipality_id]) == {(dobra.municipality_id, Pot.REMOTE): Balance(570, 570)}
    made = db.session.scalars(select(BudgetAdjustment)).one()
    assert (made.minutes, made.decision, made.reason) == (
        90, Decision.GRANTED, "Taken over from earlier records: more was used than the pot held.",
    )  # fmt: skip
