"""Earlier records are held to the rules of what they are, and say only what stands in their cells."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy import select

from animators.consultations.models import Channel, Consultation, ConsultationStatus
from animators.hours import ledger
from animators.hours.balances import balances_of
from animators.hours.models import Pot
from core.audit import AuditEvent
from core.database import db
from handbooks.models import HandbookIssue
from meetings.models import MeetingKind, PartnershipMeeting
from partnerships.models import PartnershipMember
from plans.earlier import EarlierPlan, EarlierStatus
from tests.intake.bringing import bring, figures, problems
from tests.intake.workbooks import workbook
from webinars.models import Attendance

MEETINGS = ("Gmina", "Data spotkania", "Miejsce", "Liczba osób")
SORTED = (*MEETINGS, "Rodzaj spotkania")
HANDBOOKS = ("Gmina", "Wydanie", "Data wysyłki", "Liczba egzemplarzy", "Potwierdzono", "Data potwierdzenia")


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def apply(office, kind: str, *rows: tuple[object, ...]) -> None:
    bring(office, workbook(*rows), kind).submit("Apply the file")


# --- Meetings --------------------------------------------------------------------------------------------


def meetings() -> list[Any]:
    held = select(PartnershipMeeting.held_on, PartnershipMeeting.kind).order_by(PartnershipMeeting.held_on)
    return [tuple(one) for one in db.session.execute(held)]


def test_without_a_kind_the_earliest_meeting_is_the_initiating_one(office, dobra):
    apply(
        office,
        "meetings",
        MEETINGS,
        ("Dobra", "1.06.2024", "Remiza", 8),
        ("Dobra", "1.05.2024", "Remiza", 14),
    )

    assert meetings() == [
        (date(2024, 5, 1), MeetingKind.INITIATING),
        (date(2024, 6, 1), MeetingKind.REGULAR),
    ]


def test_a_row_without_a_kind_leaves_the_initiating_meeting_what_it_is(office, dobra):
    apply(office, "meetings", SORTED, ("Dobra", "1.05.2024", "Remiza", 14, "inicjujące"))

    apply(office, "meetings", MEETINGS, ("Dobra", "1.05.2024", "Remiza", 15))

    assert meetings() == [(date(2024, 5, 1), MeetingKind.INITIATING)]


@pytest.mark.parametrize("kind", ["robocze", "inicjujące", None])
def test_a_meeting_before_the_initiating_one_takes_its_place(office, dobra, kind):
    apply(office, "meetings", SORTED, ("Dobra", "1.05.2024", "Remiza", 14, "inicjujące"))

    page = bring(office, workbook(SORTED, ("Dobra", "1.03.2024", "Remiza", 15, kind)), "meetings")

    told = "E2 Sort of meeting: The earliest meeting is the initiating one. It is entered as such."
    assert problems(page) == ([told] if kind == "robocze" else [])
    page.submit("Apply the file")
    assert meetings() == [
        (date(2024, 3, 1), MeetingKind.INITIATING),
        (date(2024, 5, 1), MeetingKind.REGULAR),
    ]
    settled = select(AuditEvent.record_id).where(AuditEvent.event == "meeting.initiating")
    first = select(PartnershipMeeting.id).where(PartnershipMeeting.kind == MeetingKind.INITIATING)
    assert db.session.scalars(settled).all() == db.session.scalars(first).all()


@pytest.mark.parametrize("kind", ["robocze", None])
def test_of_two_meetings_on_one_day_the_first_is_meant_and_the_file_settles(office, dobra, kind):
    for starts_at in (time(10), time(17)):
        made = PartnershipMeeting(
            partnership=dobra, held_on=date(2024, 5, 1), starts_at=starts_at, place="Remiza", people_count=8,
            kind=MeetingKind.REGULAR if starts_at.hour == 17 else MeetingKind.INITIATING,
            calendar_uid=f"{starts_at.hour}@b.example",
        )  # fmt: skip
        db.session.add(made)
    db.session.commit()
    data = workbook(SORTED, ("Dobra", "1.05.2024", "Remiza", 14, kind))

    bring(office, data, "meetings").submit("Apply the file")

    again = figures(bring(office, data, "meetings"))
    assert (again["Changed rows"], again["Unchanged rows"]) == (0, 1)
    counted = select(PartnershipMeeting.people_count).order_by(PartnershipMeeting.starts_at)
    assert db.session.scalars(counted).all() == [14, 8]


# --- Empty cells -----------------------------------------------------------------------------------------


def test_an_empty_last_year_leaves_that_of_a_known_plan(office, dobra):
    apply(
        office,
        "plans",
        ("Gmina", "Rok od", "Rok do", "Status planu"),
        ("Dobra", 2024, 2025, "zaakceptowany"),
    )

    apply(office, "plans", ("Gmina", "Rok od", "Status planu"), ("Dobra", 2024, "opublikowany"))

    (plan,) = db.session.scalars(select(EarlierPlan)).all()
    assert (plan.year_from, plan.year_to, plan.status) == (2024, 2025, EarlierStatus.PUBLISHED)


def test_a_confirmed_count_without_a_day_leaves_the_day_that_is_known(office, dobra):
    apply(office, "handbooks", HANDBOOKS, ("Dobra", "1", "1.05.2025", 4, 3, "10.05.2025"))

    apply(office, "handbooks", HANDBOOKS[:-1], ("Dobra", "1", "1.05.2025", 4, 4))

    (issue,) = db.session.scalars(select(HandbookIssue)).all()
    assert (issue.confirmed_count, issue.confirmed_on) == (4, date(2025, 5, 10))


# --- Handbooks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ((2, 9, "10.05.2025"), "E2 Copies confirmed: 2 copies were sent: no more than that can have arrived."),
        ((4, 4, "10.04.2025"), "F2 Confirmed on: The copies were sent on 1 May 2025: they cannot have arrived before."),
        ((4, 4, "10.05.2030"), "F2 Confirmed on: The day lies in the future. Confirm the copies once they are there."),
    ],
)  # fmt: skip
def test_copies_are_confirmed_as_on_their_page(office, dobra, cells, told):
    page = bring(office, workbook(HANDBOOKS, ("Dobra", "1", "1.05.2025", *cells)), "handbooks")

    assert told in problems(page)
    assert (figures(page)["To correct"], figures(page)["New rows"]) == (1, 0)


# --- Rows that look alike --------------------------------------------------------------------------------

CALLS = ("Gmina", "Data", "Forma", "Czas")


def test_two_calls_of_another_length_on_one_day_are_two(office, dobra):
    rows = (("Dobra", "1.05.2025", "telefon", "0:30"), ("Dobra", "1.05.2025", "telefon", "1:00"))

    apply(office, "consultations", CALLS, *rows)

    minutes = select(Consultation.actual_minutes).order_by(Consultation.id)
    assert db.session.scalars(minutes).all() == [30, 60]
    assert figures(bring(office, workbook(CALLS, *rows), "consultations"))["Unchanged rows"] == 2


def test_a_call_whose_length_was_corrected_on_its_page_is_not_entered_again(office, dobra):
    data = workbook(CALLS, ("Dobra", "1.05.2025", "telefon", "0:30"))
    bring(office, data, "consultations").submit("Apply the file")
    (call,) = db.session.scalars(select(Consultation))
    ledger.correct(call, 45, reason="A slip", actor=None)
    db.session.commit()

    page = bring(office, data, "consultations")

    assert (figures(page)["New rows"], figures(page)["Unchanged rows"]) == (0, 1)
    assert problems(page) == [
        "D2 Length: A consultation of this day is entered already with another length. It stays as it is."
    ]


def test_two_calls_of_a_day_that_came_to_last_equally_long_stay_two(office, dobra):
    data = workbook(CALLS, *(("Dobra", "1.05.2025", "telefon", length) for length in ("0:30", "0:45")))
    bring(office, data, "consultations").submit("Apply the file")
    call = db.session.scalars(select(Consultation).order_by(Consultation.actual_minutes).limit(1)).one()
    ledger.correct(call, 45, reason="A slip", actor=None)
    db.session.commit()

    page = bring(office, data, "consultations")

    assert (figures(page)["New rows"], figures(page)["Unchanged rows"]) == (0, 2)
    assert problems(page) == [
        "D2 Length: A consultation of this day is entered already with another length. It stays as it is."
    ]


def test_another_call_on_the_day_of_one_that_is_known_is_entered_with_a_word(office, dobra):
    logged = Consultation(
        municipality_id=dobra.municipality_id, channel=Channel.PHONE, actual_minutes=30, topics=[],
        actual_start=datetime(2025, 5, 1, 8, tzinfo=UTC), status=ConsultationStatus.LOGGED,
    )  # fmt: skip
    db.session.add(logged)
    db.session.commit()

    page = bring(office, workbook(CALLS, ("Dobra", "1.05.2025", "telefon", "1:00")), "consultations")

    told = "A consultation of this day and channel is entered already with another length. This one comes beside it."
    assert problems(page) == [f"D2 Length: {told}"]
    page.submit("Apply the file")
    assert balances_of([dobra.municipality_id])[dobra.municipality_id, Pot.REMOTE].used == 60


@pytest.mark.parametrize(
    ("kind", "channel", "row"),
    [
        ("consultations", Channel.PHONE, ("Dobra", "1.05.2025", "telefon", "0:30")),
        ("visits", Channel.VISIT, ("Dobra", "1.05.2025", "0:30", 1)),
    ],
)
def test_what_is_void_does_not_stand_in_the_way_of_what_took_place(office, dobra, kind, channel, row):
    void = Consultation(
        municipality_id=dobra.municipality_id, channel=channel, actual_minutes=30, topics=[],
        actual_start=datetime(2025, 5, 1, 8, tzinfo=UTC), status=ConsultationStatus.VOID,
        visit_no=1 if channel is Channel.VISIT else None,
    )  # fmt: skip
    db.session.add(void)
    db.session.commit()

    page = bring(office, workbook(CALLS if kind == "consultations" else VISITS, row), kind)

    assert (problems(page), figures(page)["New rows"]) == ([], 1)


def test_the_same_call_twice_is_told_and_the_page_does_not_say_that_nothing_is_wrong(office, dobra):
    row = ("Dobra", "1.05.2025", "telefon", "0:30")

    page = bring(office, workbook(CALLS, row, row), "consultations")

    assert problems(page) == ["A3 The same as in row 2. The row is left out."]
    assert "Nothing is wrong" not in page.text
    assert "Some rows are left out: look at what we found." in page.text


def test_people_without_an_account_are_added_up_for_their_municipality(office, dobra):
    head = ("Tytuł webinaru", "Data webinaru", "Gmina", "E-mail uczestnika", "Minuty")
    people = [("Hasła", "1.05.2025", "Dobra", f"osoba{one}@x.example", f"{50 + one} min") for one in range(5)]
    page = bring(office, workbook(head, *people, people[0]), "webinars")

    assert problems(page) == [
        "A7 The same as in row 2. The row is left out.",
        "A3 A4 A5 A6 Counted together with row 2: people without an account are kept as a number.",
    ]
    page.submit("Apply the file")

    attended = select(Attendance.people_count, Attendance.minutes)
    assert [tuple(one) for one in db.session.execute(attended)] == [(5, 50)]
    assert figures(bring(office, workbook(head, *people), "webinars"))["Unchanged rows"] == 1


def test_people_without_an_account_or_an_address_are_one_more_by_each_row(office, dobra):
    head = ("Tytuł webinaru", "Data webinaru", "Gmina", "Liczba osób")
    person = ("Hasła", "1.05.2025", "Dobra", None)
    group = (*person[:-1], 4)
    page = bring(office, workbook(head, *[person] * 3, group, group), "webinars")

    assert problems(page) == [
        "A6 The same as in row 5. The row is left out.",
        "D3 D4 D5 Counted together with row 2: people without an account are kept as a number.",
    ]
    page.submit("Apply the file")
    assert db.session.scalars(select(Attendance.people_count)).all() == [7]


def test_an_empty_number_of_people_leaves_the_number_that_is_known(office, dobra):
    head = ("Tytuł webinaru", "Data webinaru", "Gmina", "Minuty", "Liczba osób")
    apply(office, "webinars", head, ("Hasła", "1.05.2025", "Dobra", "55 min", 12))

    apply(office, "webinars", head[:-1], ("Hasła", "1.05.2025", "Dobra", "60 min"))

    attended = select(Attendance.people_count, Attendance.minutes)
    assert [tuple(one) for one in db.session.execute(attended)] == [(12, 60)]


# --- Visits ----------------------------------------------------------------------------------------------

VISITS = ("Gmina", "Data wizyty", "Czas", "Nr wizyty")


def visit_numbers() -> list[tuple[int | None, bool]]:
    visits = db.session.scalars(select(Consultation).order_by(Consultation.visit_no))
    return [(one.visit_no, one.taken_over) for one in visits]


@pytest.fixture
def agreed(make, dobra):
    """Visit 1, agreed for the first of April: its day is over, and nobody has reported on it yet."""
    start = datetime(2026, 4, 1, 10, tzinfo=UTC)
    visit = Consultation(
        municipality=dobra.municipality, animator=dobra.animator(date(2026, 4, 1)), channel=Channel.VISIT,
        visit_no=1, planned_start=start, planned_minutes=240, status=ConsultationStatus.AGREED, topics=[],
    )  # fmt: skip
    db.session.add(visit)
    db.session.commit()
    return visit


def test_the_number_of_a_visit_that_is_agreed_is_not_given_again(office, agreed):
    apply(office, "visits", VISITS[:-1], ("Dobra", "1.03.2025", "4 h"))

    assert visit_numbers() == [(1, False), (2, True)]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("Dobra", "1.03.2025", "4 h", 1), "D2 Visit no.: Visit 1 is entered already, with another day."),
        (("Dobra", "1.04.2026", "4 h"), "B2 Day: This visit is entered as agreed. Say on its page that it was held."),
    ],
)  # fmt: skip
def test_a_visit_that_clashes_with_one_that_is_agreed_is_told(office, agreed, row, told):
    page = bring(office, workbook(VISITS, row), "visits")

    assert (problems(page), figures(page)["New rows"]) == ([told], 0)


def test_a_number_that_the_file_states_goes_before_one_that_follows_from_the_days(office, dobra):
    apply(office, "visits", VISITS, ("Dobra", "1.03.2025", "4 h"), ("Dobra", "1.05.2025", "4 h", 1))

    visits = db.session.scalars(select(Consultation).order_by(Consultation.actual_start))
    assert [one.visit_no for one in visits] == [2, 1]


# --- Rows of totals --------------------------------------------------------------------------------------


def test_an_organisation_whose_name_begins_like_a_label_of_totals_is_entered(office, dobra):
    head = ("Nazwa organizacji", "Kod TERYT", "Typ organizacji", "Rola")

    page = bring(
        office,
        workbook(
            head, ("Razem dla Dobrej", "1601012", "stowarzyszenie", "organizator"), ("Razem", None, 1, 1)
        ),
        "members",
    )

    assert problems(page) == ["A3 This looks like a row of totals. It is left out."]
    page.submit("Apply the file")
    members = db.session.scalars(select(PartnershipMember)).all()
    assert [one.organisation.name for one in members] == ["Razem dla Dobrej"]


def test_a_partnership_whose_name_begins_like_a_label_of_totals_is_entered(office, dobra):
    head = ("Nazwa partnerstwa", "Kod TERYT", "Gmina")
    rows = (("Razem dla Dobrej", 1601012, None), (None, None, "RAZEM"))

    page = bring(office, workbook(head, *rows), "register")

    assert problems(page) == ["C3 This looks like a row of totals. It is left out."]
    assert figures(page)["Changed rows"] == 1


def test_the_municipality_whose_name_is_nearly_a_label_of_totals_is_entered(make, office):
    make.municipality("Łączna", code="2610022")
    head = ("Gmina", "Nazwa partnerstwa")
    rows = (("Łączna", "Cyfrowa Łączna"), ("Łącznie", "1 partnerstwo"))

    page = bring(office, workbook(head, *rows), "register")

    assert problems(page) == ["A3 This looks like a row of totals. It is left out."]
    assert figures(page)["New rows"] == 1


@pytest.mark.parametrize(
    "row",
    [
        (None, None, None, "Razem", 10),
        ("Ogółem:", None, None, None, 10),
        ("Łączna liczba osób", None, None, None, 10),
        (None, "Σ", None, None, 10),
        (None, None, None, None, 10),
    ],
)
def test_totals_are_left_out_whatever_their_label(office, dobra, row):
    head = ("Lp.", *MEETINGS)

    page = bring(office, workbook(head, (1, "Dobra", "1.05.2025", "Remiza", 10), row), "meetings")
    page = page.submit("Check the rows")

    assert [told for told in problems(page) if "not read" not in told] == [
        f"{'ABCDE'[[bool(cell) for cell in row].index(True)]}3 This looks like a row of totals. It is left out."
    ]
    assert (figures(page)["To correct"], figures(page)["New rows"]) == (0, 1)
    assert "Nothing is wrong" not in page.text


def test_a_row_whose_place_is_missing_is_still_to_be_corrected(office, dobra):
    rows = (("Dobra", "1.05.2025", "Remiza", 10), (None, "1.06.2025", "Remiza", 11))

    page = bring(office, workbook(MEETINGS, *rows), "meetings")

    assert problems(page) == ["A3 It is not said which municipality the row is about."]
