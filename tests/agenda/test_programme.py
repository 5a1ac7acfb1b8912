"""The calendar of the whole programme: everything that has a date, for the office alone."""

from datetime import UTC, date, datetime

import pytest

from animators.consultations.models import ConsultationStatus, Side
from core.database import db
from partnerships.models import AssignmentKind
from plans.workflow import PlanStatus
from reporting.models import ReportingPeriod
from tests.agenda.test_calendar_page import days, webinar
from tests.progress.advising import proposed, visit_at
from tests.progress.past import since
from webinars.models import Webinar, WebinarStatus

SOON = date(2026, 4, 20)
AT_TEN = datetime(2026, 4, 20, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def programme(make, meeting):
    """Two regions, two animators, one of everything that has a date."""
    ala, jan = make.animator("Ala Lis"), make.animator("Jan Bór")
    south = make.county("bocheński", voivodeship=make.voivodeship("małopolskie", code="12"))
    luban = make.partnership(municipality=make.municipality("Lubań"), animator=ala)
    bochnia = make.partnership(municipality=make.municipality("Bochnia", county=south), animator=jan)
    visit_at(luban, ConsultationStatus.AGREED, AT_TEN)
    proposed(bochnia, Side.LEADER, datetime(2026, 4, 22, 8, 0, tzinfo=UTC))
    meeting(bochnia, SOON)
    meeting(luban, date(2026, 4, 21), None, called_off_at=datetime(2026, 4, 1, tzinfo=UTC))
    since(make.general_plan(PlanStatus.SUBMITTED, partnership=luban), datetime(2026, 4, 8, 9, 0, tzinfo=UTC))
    webinar("Safe passwords", datetime(2026, 4, 23, 8, 0, tzinfo=UTC))
    outside = Webinar(
        title="Fair",
        starts_at=datetime(2026, 4, 24, 8, 0, tzinfo=UTC),
        minutes=60,
        is_outside=True,
        status=WebinarStatus.ANNOUNCED,
    )
    report = ReportingPeriod(begins_on=date(2026, 1, 1), ends_on=date(2026, 3, 31), due_on=date(2026, 4, 27))
    db.session.add_all([outside, report])
    make.assignment(
        luban.municipality,
        jan,
        kind=AssignmentKind.COVER,
        starts_on=date(2026, 4, 28),
        ends_on=date(2026, 4, 30),
    )
    return ala, jan


ALL = {
    "2026-04-20": ["10:00 Visit Lubań Library", "17:00 Partnership meeting Bochnia Library"],
    "2026-04-22": ["Review due Lubań", "10:00 Proposed visit Bochnia Library"],
    "2026-04-23": ["10:00 Webinar Safe passwords Online"],
    "2026-04-24": ["10:00 Event of others Fair Online"],
    "2026-04-27": ["Report due Report for 1 Jan 2026 – 31 Mar 2026"],
}


def spans(page) -> list[str]:
    return [" ".join(one.text_content().split()) for one in page.tree.xpath("//ul[@class='month-spans']/li")]


def test_the_office_sees_everything_that_has_a_date(programme, make, visit):
    page = visit(as_=make.office()).open("/office/calendar")

    assert days(page) == ALL
    assert spans(page) == ["28 Apr 2026 – 30 Apr 2026 Jan Bór covers for Ala Lis"]
    assert page.headings[0] == "Calendar of the programme: April 2026"


def test_nobody_else_opens_it(programme, make, visit):
    ala, _jan = programme

    for person in (ala, make.user(), make.admin()):
        visit(as_=person).open("/office/calendar", expect=403)


@pytest.mark.parametrize(
    ("narrowed", "left"),
    [
        ({"kind": "visit"}, {"2026-04-20": ["10:00 Visit Lubań Library"], "2026-04-22": ["10:00 Proposed visit Bochnia Library"]}),
        ({"kind": "meeting"}, {"2026-04-20": ["17:00 Partnership meeting Bochnia Library"]}),
        ({"kind": "webinar"}, {"2026-04-23": ALL["2026-04-23"]}),
        ({"kind": "outside"}, {"2026-04-24": ALL["2026-04-24"]}),
        ({"kind": "deadline"}, {"2026-04-22": ["Review due Lubań"], "2026-04-27": ALL["2026-04-27"]}),
        ({"kind": "leave"}, {}),
        ({"region": "małopolskie"}, {"2026-04-20": ["17:00 Partnership meeting Bochnia Library"], "2026-04-22": ["10:00 Proposed visit Bochnia Library"]}),
        ({"region": "opolskie", "kind": "visit"}, {"2026-04-20": ["10:00 Visit Lubań Library"]}),
        ({"kind": "nonsense", "animator": "x", "view": "?", "day": "9999-99-99"}, ALL),
    ],
)  # fmt: skip
def test_what_narrows_it_stands_in_the_address_and_combines(programme, make, visit, narrowed, left):
    assert days(visit(as_=make.office()).open("/office/calendar", **narrowed)) == left


def test_an_animators_own_dates_and_leave(programme, make, visit):
    ala, jan = programme
    office = visit(as_=make.office())

    of_ala, of_jan = (office.open("/office/calendar", animator=one.id) for one in (ala, jan))

    assert days(of_ala) == {"2026-04-20": ["10:00 Visit Lubań Library"], "2026-04-22": ["Review due Lubań"]}
    assert list(days(of_jan)) == ["2026-04-20", "2026-04-22"]
    assert spans(of_ala) == spans(of_jan) != []


def test_a_week_and_a_list_of_the_month(programme, make, visit):
    office = visit(as_=make.office())

    week = office.open("/office/calendar?view=week&day=2026-04-22")
    listed = office.open("/office/calendar?view=list&day=2026-04-01")

    assert days(week) == {day: ALL[day] for day in list(ALL)[:4]}
    assert (week.headings[0], spans(week)) == ("Calendar of the programme: Week from 20 Apr 2026", [])
    assert week.links["Later"] == "/office/calendar?view=week&day=2026-04-27"
    assert listed.tables == [
        [
            ["Day", "What", "About", "Voivodeship", "Animator"],
            ["20 Apr 2026 10:00", "Visit", "Lubań Library", "opolskie", "Ala Lis"],
            ["20 Apr 2026 17:00", "Partnership meeting", "Bochnia Library", "małopolskie", "Jan Bór"],
            ["22 Apr 2026", "Review due", "Lubań", "opolskie", "Ala Lis"],
            ["22 Apr 2026 10:00", "Proposed visit", "Bochnia Library", "małopolskie", "Jan Bór"],
            ["23 Apr 2026 10:00", "Webinar", "Safe passwords Online", "–", "–"],
            ["24 Apr 2026 10:00", "Event of others", "Fair Online", "–", "–"],
            ["27 Apr 2026", "Report due", "Report for 1 Jan 2026 – 31 Mar 2026", "–", "–"],
            ["28 Apr 2026 – 30 Apr 2026", "Leave", "Jan Bór covers for Ala Lis", "–", "Ala Lis, Jan Bór"],
        ]
    ]


@pytest.mark.parametrize("view", ["month", "week", "list"])
def test_twenty_visits_a_day_ask_no_more_questions_than_one(make, visit, meeting, count_queries, view):
    office = visit(as_=make.office())

    def more(number: int) -> None:
        for _ in range(number):
            partnership = make.partnership()
            visit_at(partnership, ConsultationStatus.AGREED, AT_TEN)
            proposed(partnership, Side.LEADER, AT_TEN, number=2)
            meeting(partnership, SOON)
            since(
                make.general_plan(PlanStatus.SUBMITTED, partnership=partnership),
                datetime(2026, 4, 6, tzinfo=UTC),
            )

    more(1)
    address = f"/office/calendar?view={view}&day=2026-04-20"
    office.open(address)
    with count_queries() as one:
        office.open(address)
    more(19)
    with count_queries() as twenty:
        page = office.open(address)

    assert twenty.count == one.count, str(twenty)
    assert twenty.count <= 20, str(twenty)
    assert page.text.count("Partnership meeting") == 20


def test_days_at_the_edges_have_an_answer(make, visit):
    office = visit(as_=make.office())

    for day in ("2000-01-01", "2099-12-31", "2026-02-30", "", "x"):
        for view in ("month", "week", "list"):
            assert office.open("/office/calendar", day=day, view=view).headings
