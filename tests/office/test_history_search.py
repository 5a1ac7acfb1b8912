"""The history of everything: found by person, topic, place and days; who looked at what; nothing more than its reader may see."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from core.audit import AuditEvent, EventKind, record
from core.database import db
from municipalities.services.mayors import enter_mayor
from office.history.kinds import NO_STORY, TABLES, RecordKind
from office.history.topics import PACKAGES, Topic, all_kinds, events_of, package_of
from partnerships.events import PartnershipEvent
from plans.definitions import PlanKind
from plans.events import PlanEvent
from plans.services import writing
from plans.workflow import PlanStatus
from tests.visit import Page

SECRET = "zsecretwords"


@pytest.fixture
def story(make, clock):
    """Two towns, two people; what each of them did, a day apart."""
    ada, bob = make.user("Ada Nowak"), make.user("Bob Żak")
    brzeg = make.partnership(municipality=make.municipality("Brzeg"), leader=ada)
    opole = make.partnership(municipality=make.municipality("Opole"), leader=bob)
    record(
        PartnershipEvent.RENAMED,
        brzeg,
        actor=ada,
        before={"name": "Old"},
        after={"name": "New"},
        personal={"note": SECRET},
    )
    db.session.commit()
    clock.tick(days=1)
    record(PartnershipEvent.RENAMED, opole, actor=bob)
    db.session.commit()
    return ada, bob, brzeg, opole


def lines(page: Page) -> list[str]:
    return [
        " ".join(one.text_content().split())
        for one in page.tree.xpath("//ol[contains(@class, 'found-history')]/li")
    ]


def read_rows(data: bytes) -> list[list[object]]:
    sheet = load_workbook(BytesIO(data), read_only=True).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def whose(page: Page, *names: str) -> list[str]:
    """In the order of the page, for each line which of these it holds."""
    return [name for line in lines(page) for name in names if name in line]


def test_a_plan_never_has_the_number_of_one_that_was_deleted_elsewhere(story, make, visit):
    ada, bob, brzeg, opole = story
    deleted = writing.start_plan(opole, PlanKind.GENERAL, year_from=2026, actor=bob)
    gone = (deleted.plan_id, deleted.id)
    writing.delete_draft(deleted, actor=bob)
    version = writing.start_plan(brzeg, PlanKind.GENERAL, year_from=2026, actor=ada)
    db.session.commit()

    page = visit(as_=make.office()).open("/office/history", topic="plans", place="Brzeg")

    assert version.plan_id > gone[0]
    assert version.id > gone[1]
    assert whose(page, "Ada Nowak", "Bob Żak") == ["Ada Nowak"]


def test_every_event_that_is_remembered_belongs_to_one_topic():
    packages = [package for members in PACKAGES.values() for package in members]

    assert len(packages) == len(set(packages))
    assert {package_of(kinds) for kinds in all_kinds()} <= set(packages)
    assert {str(event) for kinds in all_kinds() for event in kinds} == {
        event for topic in PACKAGES for event in events_of(topic)
    }


def test_the_newest_stands_first_with_place_person_and_what_was_before(story, make, visit):
    page = visit(as_=make.office()).open("/office/history", topic="partnerships")

    assert whose(page, "Brzeg", "Opole")[:2] == ["Opole", "Brzeg"]
    assert "Ada Nowak" in page.text
    assert SECRET in page.text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"person": "nowak"}, ["Brzeg"]),
        ({"person": "zak"}, ["Opole"]),
        ({"place": "brzeg"}, ["Brzeg"]),
        ({"place": "opo"}, ["Opole"]),
        ({"topic": "partnerships", "person": "bob"}, ["Opole"]),
        ({"topic": "plans", "person": "bob"}, []),
        ({"kind": "partnership", "person": "bob"}, ["Opole"]),
        ({"kind": "partnership", "place": "brzeg"}, ["Brzeg"]),
        ({"kind": "plan", "person": "bob"}, []),
        ({"since": "2026-04-16", "topic": "partnerships", "person": "a"}, ["Opole"]),
        ({"until": "2026-04-15", "topic": "partnerships", "person": "a"}, ["Brzeg"]),
        ({"person": "nobody of that name"}, []),
    ],
)
def test_it_is_narrowed_by_who_what_where_and_when(story, make, visit, asked, found):
    page = visit(as_=make.office("Olga Office")).open("/office/history", **asked)

    assert whose(page, "Brzeg", "Opole") == found


@pytest.mark.parametrize(
    "asked",
    [{"since": "yesterday"}, {"topic": "%00"}, {"kind": "audit_event"}, {"page": "-3"}, {"person": "%'_\\"}],
)
def test_an_odd_question_is_as_good_as_none(story, make, visit, asked):
    visit(as_=make.office()).open("/office/history", **asked)


def test_who_only_administers_sees_that_something_happened_but_no_words_of_it(story, make, visit):
    ada, _, brzeg, _ = story
    version = make.general_plan(PlanStatus.DRAFT, partnership=brzeg)
    record(PlanEvent.RETURNED, version, actor=ada, personal={"comment": f"{SECRET} of a plan"})
    db.session.commit()

    page = visit(as_=make.admin()).open("/office/history")
    file = visit(as_=make.admin()).open("/office/history/history.xlsx")

    assert whose(page, "Brzeg")
    assert "Returned" in page.text
    assert (SECRET in page.html, "Old" in page.text) == (False, False)
    assert SECRET not in str(read_rows(file.data))
    assert "are left out: who administers does not read them" in page.text


def test_of_an_annual_plan_the_office_sees_only_that_something_happened(story, make, visit):
    ada, _, brzeg, _ = story
    version = make.annual_plan(partnership=brzeg)
    assert version.plan.kind is PlanKind.ANNUAL
    record(PlanEvent.RETURNED, version, actor=ada, personal={"comment": "zannual words"})
    db.session.commit()

    assert "zannual words" not in visit(as_=make.office()).open("/office/history").html


def test_nor_of_an_annual_plan_that_was_deleted(story, make, visit):
    ada, _, brzeg, _ = story
    version = make.annual_plan(partnership=brzeg)
    record(
        PlanEvent.WRITTEN,
        version,
        actor=ada,
        note="zannual words",
        before={},
        after={"held_on": "2026-03-02"},
    )
    writing.delete_draft(version, actor=ada)
    db.session.commit()

    page = visit(as_=make.office()).open("/office/history", topic="plans")

    assert whose(page, "Ada Nowak")
    assert ("zannual words" in page.html, "2 Mar 2026" in page.text) == (False, False)


def test_what_happened_to_a_municipality_says_where(story, make, visit):
    """Visits, handbooks and who heads it are told there: without its name nobody knows whose they are."""
    ada, _, brzeg, _ = story
    enter_mayor(brzeg.municipality, title="wojt", name="Jan Stary", valid_from=date(2024, 5, 7), actor=ada)
    db.session.commit()

    office = visit(as_=make.office())
    page = office.open("/office/history", kind="municipality", person="nowak")
    (row,) = read_rows(office.open("/office/history/history.xlsx", kind="municipality", person="nowak").data)[
        1:
    ]

    assert whose(page, "Brzeg") == ["Brzeg"]
    assert row[4] == "Brzeg"


def test_it_answers_what_somebody_saw_and_took_away_since_a_day(story, make, visit, clock):
    office = make.office("Ewa Export")
    clock.tick(days=3)
    visit(as_=office).open("/office/board.csv")
    clock.tick(days=3)
    visit(as_=office).open("/office/history/history.xlsx", topic="plans", person="Nowak")

    page = visit(as_=make.admin()).open(
        "/office/history", topic="read", person="ewa export", since="2026-04-19"
    )
    later = visit(as_=make.admin()).open(
        "/office/history", topic="read", person="ewa export", since="2026-04-21"
    )

    assert [line.split(" 2")[0].split(" 1")[0] for line in lines(page)] == [
        "Exported the history",
        "Exported the board",
    ]
    assert len(lines(later)) == 1


def test_reading_is_told_apart_from_changing():
    class Own(EventKind):
        LOOKED = "own.looked", "Looked", True
        CHANGED = "own.changed", "Changed"

    assert Own.LOOKED in events_of(Topic.READ)
    assert Own.CHANGED not in events_of(Topic.READ)


def test_the_workbook_holds_what_the_page_shows_and_that_it_was_taken_is_remembered(story, make, visit):
    office = make.office("Ewa Export")

    rows = read_rows(
        visit(as_=office).open("/office/history/history.xlsx", place="brzeg", topic="partnerships").data
    )

    changed = [row for row in rows if "Ada Nowak" in row]
    assert changed[0][3:7] == ["Changed the name or the day of founding", "Brzeg", "Name: Old → New", SECRET]
    (taken,) = db.session.query(AuditEvent).filter_by(event="office.history_exported").all()
    assert (taken.actor_id, taken.data) == (
        office.id,
        {"form": "xlsx", "rows": len(rows) - 1, "topic": "partnerships", "kind": None},
    )


def test_the_csv_holds_the_same_rows(story, make, visit):
    office = visit(as_=make.office("Ewa Export"))
    asked = {"kind": "partnership", "person": "nowak"}

    rows = read_rows(office.open("/office/history/history.xlsx", **asked).data)
    lines = office.open("/office/history/history.csv", **asked).data.decode("utf-8-sig").split("\r\n")

    assert [line.split(";")[1:3] for line in lines if line] == [
        [str(cell or "") for cell in row[1:3]] for row in rows
    ]
    assert len(rows) == 2
    assert f"Old → New;{SECRET}" in lines[1]


def test_the_download_holds_what_the_address_asks_for(story, make, visit):
    page = visit(as_=make.office()).open("/office/history", kind="partnership", person="nowak", page="1")

    assert page.links["Download as CSV"] == "/office/history/history.csv?kind=partnership&person=nowak"


def test_every_table_is_of_one_kind_of_record_or_has_no_story():
    named = [table for tables in TABLES.values() for table in tables]

    assert len(named) == len(set(named))
    assert set(TABLES) == set(RecordKind)
    assert set(db.metadata.tables) == set(named) | NO_STORY
    assert not set(named) & NO_STORY


def test_a_thousand_events_cost_as_many_queries_as_ten(story, make, visit, count_queries):
    ada, _, _, _ = story
    visitor = visit(as_=make.office())
    visitor.open("/office/history")
    with count_queries() as few:
        visitor.open("/office/history")
    others = [make.partnership(municipality=make.municipality(f"Town {number}")) for number in range(4)]
    for number in range(1000):
        record(PartnershipEvent.RENAMED, others[number % 4], actor=ada)
    make.general_plan(PlanStatus.DRAFT, partnership=others[0])
    db.session.commit()

    with count_queries() as many:
        page = visitor.open("/office/history")

    assert len(lines(page)) == 50
    assert many.count <= few.count + 1, str(many)
    assert few.count <= 9


@pytest.mark.parametrize("role", ["animator", "user"])
def test_nobody_else_searches_the_history(make, visit, role):
    visitor = visit(as_=getattr(make, role)())

    visitor.open("/office/history", expect=403)
    visitor.open("/office/history/history.xlsx", expect=403)
    assert db.session.query(AuditEvent).filter_by(event="office.history_exported").count() == 0


def test_a_day_is_the_readers_own_day(make, visit, clock):
    """An hour after midnight in Warsaw it is still the day before in UTC."""
    ada = make.user("Ada Nowak")
    town = make.partnership(municipality=make.municipality("Brzeg"))
    clock.move_to(datetime(2026, 5, 3, 22, 30, tzinfo=UTC))
    record(PartnershipEvent.RENAMED, town, actor=ada)
    db.session.commit()

    visitor = visit(as_=make.office())
    day = date(2026, 5, 4).isoformat()
    assert whose(visitor.open("/office/history", person="nowak", since=day, until=day), "Brzeg") == ["Brzeg"]
    assert whose(visitor.open("/office/history", person="nowak", until="2026-05-03"), "Brzeg") == []
