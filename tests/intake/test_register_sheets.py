"""The sheets beside the list in the register's export: what was advised, attended and planned, as the pages count it."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from animators.consultations.models import Channel, Consultation, ConsultationStatus
from core.database import db
from overview.figures import hours_of_all, reach_of_webinars, since_the_start
from partnerships.models import AssignmentKind
from plans.definitions import PlanKind
from plans.earlier import EarlierPlan, EarlierStatus
from plans.workflow import PlanStatus
from webinars.models import Attendance, AttendanceSource, Webinar, WebinarStatus

LATE = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
"""By the clock of the country it is the next day already."""
TODAY = datetime(2026, 4, 15)


@pytest.fixture
def office(make, visit, clock):
    return visit(as_=make.office("Biuro"))


@pytest.fixture
def dobra(make):
    return make.partnership(
        municipality=make.municipality("Dobra", code="1601012"), animator=make.animator("Jan Animator")
    )


def rows_of(office) -> dict[str, list[list[Any]]]:
    """Without the two columns that name the municipality."""
    book = load_workbook(BytesIO(office.open("/office/register.xlsx").data))
    return {
        sheet.title: [list(row)[2:] for row in sheet.iter_rows(min_row=2, values_only=True)] for sheet in book
    }


def advised(partnership, channel: Channel, **values) -> None:
    usual = {"actual_start": LATE, "actual_minutes": 200, "status": ConsultationStatus.CONFIRMED}
    animator = partnership.animator(TODAY.date())
    db.session.add(
        Consultation(
            municipality_id=partnership.municipality_id, animator_id=animator.id if animator else None,
            channel=channel, **usual | values,
        )
    )  # fmt: skip
    db.session.commit()


def attended(partnership, webinar: Webinar, person=None, people: int = 1) -> None:
    db.session.add(
        Attendance(
            webinar_id=webinar.id, municipality_id=partnership.municipality_id, people_count=people,
            user_id=person.id if person else None, source=AttendanceSource.MANUAL,
        )
    )  # fmt: skip
    db.session.commit()


def a_webinar() -> Webinar:
    webinar = Webinar(title="Safe banking", starts_at=LATE, minutes=60, status=WebinarStatus.HELD)
    db.session.add(webinar)
    db.session.commit()
    return webinar


def test_visits_and_remote_advice_have_their_sheets_with_the_figures_of_the_pages(make, office, dobra):
    advised(
        dobra, Channel.VISIT, visit_no=1, planned_start=LATE, over_budget_minutes=20, participants_count=4
    )
    advised(dobra, Channel.PHONE, actual_minutes=45, summary="Ewa Nowak asked", taken_over=True)

    rows = rows_of(office)

    day = datetime(2026, 3, 3)
    assert rows["Visits"] == [[1, day, day, 200, 20, 4, "Jan Animator", "Confirmed", "no"]]
    assert rows["Remote advice"] == [["Phone", day, 45, 0, None, "Jan Animator", "Confirmed", "yes"]]
    totals = hours_of_all()
    assert (totals.held, totals.remote) == (200, 45)


def test_webinar_attendance_is_counted_by_municipality_without_names(make, office, dobra):
    webinar = a_webinar()
    attended(dobra, webinar, make.user("Ewa Nowak"))
    attended(dobra, webinar, people=6)
    attended(make.partnership(municipality=make.municipality("Wola", code="1601022")), webinar, people=2)

    rows = rows_of(office)["Webinar attendance"]

    day = datetime(2026, 3, 3)
    assert rows == [["Safe banking", day, 7], ["Safe banking", day, 2]]
    assert sum(row[2] for row in rows) == reach_of_webinars(since_the_start()).attendances


def test_plans_stand_there_as_far_as_the_office_may_see_them(make, office, dobra):
    make.general_plan(PlanStatus.APPROVED, partnership=dobra)
    make.annual_plan(partnership=dobra)
    db.session.add(
        EarlierPlan(
            partnership_id=dobra.id, kind=PlanKind.GENERAL, year_from=2023, year_to=2025,
            status=EarlierStatus.PUBLISHED, decided_on=date(2022, 12, 1),
        )
    )  # fmt: skip
    db.session.commit()

    rows = rows_of(office)

    assert rows["Plans"] == [
        ["General plan", 2026, 2028, 1, "Approved", TODAY, None, TODAY, "The animator", None]
    ]
    assert rows["Plans approved earlier"] == [
        ["General plan", 2023, 2025, "Published", datetime(2022, 12, 1)]
    ]


def test_who_decided_as_the_office_once_advised_elsewhere(make, office, dobra):
    """What counts is the assignment in this municipality on the day of the decision."""
    plan = make.general_plan(PlanStatus.APPROVED, partnership=dobra)
    decided_by = make.office("Biuro Dwa")
    plan.decided_by_id = decided_by.id
    make.assignment(make.municipality("Wola", code="1601022"), decided_by)
    make.assignment(
        dobra.municipality,
        decided_by,
        starts_on=date(2026, 4, 16),
        ends_on=date(2026, 4, 17),
        kind=AssignmentKind.COVER,
    )
    db.session.commit()

    assert rows_of(office)["Plans"][0][8] == "The programme office"


def test_the_export_asks_as_often_for_many_records_as_for_one(make, office, count_queries):
    def filled() -> None:
        partnership = make.partnership()
        make.general_plan(partnership=partnership)
        advised(partnership, Channel.VISIT, visit_no=1)
        advised(partnership, Channel.PHONE)
        attended(partnership, a_webinar(), people=3)

    def asked() -> int:
        with count_queries() as queries:
            office.open("/office/register.xlsx")
        return int(queries.count)

    filled()
    once = asked()
    for _ in range(3):
        filled()

    assert asked() == once
