"""What became of a training, said in a short form during the year."""

from sqlalchemy import select

from core.audit import AuditEvent
from core.database import db
from plans.definitions import PlanRow
from plans.models import PlanVersion, TrainingMove
from plans.workflow import PlanStatus
from tests.plans.test_flow import leader_of
from tests.plans.years.conftest import DONE, closed, rewritten, training, year_of


def stored(version: PlanVersion, uid: str = "row-1") -> dict[str, object]:
    db.session.expire_all()
    return dict(next(row for row in version.rows.rows("trainings") if row.row_uid == uid).values)


def form_of(visit, version: PlanVersion, uid: str = "row-1"):
    return visit(as_=leader_of(version)).open(f"/plans/{version.id}/year/{uid}")


def named(uid: str = "row-1", **texts: str) -> dict[str, str]:
    return {f"trainings.{uid}.{key}": text for key, text in texts.items()}


HELD = {
    "status": "done", "held_on": "2026-06-11", "participants_actual": "14", "women_actual": "9",
    "seniors_actual": "11", "disability_actual": "2", "hours_actual": "8,5", "cost_actual": "1 150,50",
    "certificates": "12",
}  # fmt: skip


def test_what_came_of_a_training_is_recorded_on_one_short_form(make, visit, in_june):
    version = year_of(make, training("1"))
    before = stored(version)

    page = form_of(visit, version).submit("Save", **named(**HELD))

    assert stored(version) == {
        **before, "status": "done", "held_on": "2026-06-11", "participants_actual": 14, "women_actual": 9,
        "seniors_actual": 11, "disability_actual": 2, "hours_actual": "8.5", "cost_actual": "1150.5",
        "certificates": 12,
    }  # fmt: skip
    assert (page.url, version.status, version.number) == (f"/plans/{version.id}/year", PlanStatus.IN_USE, 1)
    assert "held on" in page.text
    assert "14 of 12 people planned" in page.text


def test_the_form_has_no_more_than_what_is_known_after_a_training(make, visit, in_june):
    version = year_of(make, training("1"))

    page = form_of(visit, version)

    labels = page.tree.xpath("//form[contains(@class, 'result-form')]//label/text()")
    assert labels == [
        "Status", "Held on", "Participants – total", "Participants – women", "Participants – 60+",
        "Participants – with disabilities", "Hours held", "Cost PLN – actual", "Certificates", "Quarter", "From", "To",
    ]  # fmt: skip
    assert "Planned: 12" in page.text


def test_a_part_larger_than_the_whole_is_refused_where_it_was_typed(make, visit, in_june):
    version = year_of(make, training("1"))
    before = stored(version)

    page = form_of(visit, version).submit("Save", expect=422, **named(**{**HELD, "women_actual": "15"}))

    assert "Participants – women: 15 is more than" in page.text.replace("\n", " ")
    assert stored(version) == before
    fixed = page.submit("Save", **named(women_actual="14"))
    assert (fixed.status, stored(version)["women_actual"]) == (200, 14)


def test_a_held_training_needs_its_day_people_and_hours(make, visit, in_june):
    version = year_of(make, training("1"))

    page = form_of(visit, version).submit("Save", expect=422, **named(status="done"))

    links = page.tree.xpath("//div[@class='ds-error-summary']//a/@href")
    assert links == [f"#trainings.row-1.{key}" for key in ("held_on", "participants_actual", "hours_actual")]
    assert stored(version)["status"] == "planned"


def test_a_day_of_another_year_is_refused(make, visit, in_june):
    version = year_of(make, training("1"))

    page = form_of(visit, version).submit("Save", expect=422, **named(**{**HELD, "held_on": "2025-06-11"}))

    assert "Held on: 11.06.2025" in page.text
    assert stored(version)["status"] == "planned"


def test_every_status_may_become_every_other(make, visit, in_june):
    """From planned to running, cancelled, confirmed and back: nothing is decided for good."""
    version = year_of(make, training("1"))

    seen = []
    for status in ("running", "cancelled", "confirmed", "moved", "planned"):
        form_of(visit, version).submit("Save", **named(status=status))
        seen.append(stored(version)["status"])

    assert seen == ["running", "cancelled", "confirmed", "moved", "planned"]


def test_a_moved_training_keeps_its_old_date_and_people_see_it(make, visit, in_june):
    version = year_of(make, training("1", date_from="2026-06-20", date_to="2026-06-21"))

    page = form_of(visit, version).submit(
        "Save", **named(status="moved", quarter="q4", date_from="2026-10-05", date_to="2026-10-06")
    )

    assert "moved from 20.06.2026 – 21.06.2026" in page.text
    assert stored(version)["date_from"] == "2026-10-05"
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "plan.result_recorded")).one()
    assert (event.data["before"], event.data["after"]) == (
        {"status": "planned", "held_on": None, "quarter": "q2", "date_from": "2026-06-20", "date_to": "2026-06-21"},
        {"status": "moved", "held_on": None, "quarter": "q4", "date_from": "2026-10-05", "date_to": "2026-10-06"},
    )  # fmt: skip
    history = visit(as_=leader_of(version)).open(f"/plans/{version.id}").text
    assert "Recorded what became of a training" in history


def test_a_date_moved_in_a_workbook_is_kept_as_well(make, in_june):
    version = year_of(make, training("1", date_from="2026-06-20"), training("2", date_from="2026-05-05"))

    rewritten(
        version,
        training("1", status="moved", date_from="2026-09-01"),
        training("2", date_from="2026-05-06"),
    )
    rewritten(
        version,
        training("1", status="confirmed", date_from="2026-09-08"),
        training("2", date_from="2026-05-06"),
    )

    moves = db.session.scalars(select(TrainingMove).order_by(TrainingMove.id)).all()
    assert [(one.row_uid, str(one.date_from)) for one in moves] == [
        ("row-1", "2026-06-20"),
        ("row-1", "2026-09-01"),
    ]


def test_while_a_plan_is_written_dates_just_change(make, in_june):
    version = make.annual_plan()
    rewritten(version, training("1", status="moved", date_from="2026-06-20"))

    rewritten(version, training("1", status="moved", date_from="2026-09-01"))

    assert db.session.scalars(select(TrainingMove)).all() == []


def test_two_who_record_the_same_training_choose_what_stays(make, visit, in_june):
    version = year_of(make, training("1"))
    deputy = make.term(version.partnership, make.user("Deputy")).user
    first = form_of(visit, version)
    second = visit(as_=deputy).open(f"/plans/{version.id}/year/row-1")
    first.submit("Save", **named(**HELD))

    page = second.submit("Save", expect=422, **named(**{**HELD, "participants_actual": "13"}))

    assert "Somebody else changed this row meanwhile" in page.text
    assert stored(version)["participants_actual"] == 14


def test_a_training_that_is_over_comes_first_and_its_form_begins_with_done(make, visit, in_june):
    version = year_of(
        make,
        training("1", quarter="q4"),
        training("2", quarter="q1"),
        training("3", date_from="2026-06-01", date_to="2026-06-02"),
        training("4", quarter="q1", **DONE),
        training("5", quarter="q1", status="cancelled"),
        training("6", quarter="q2", status="moved", date_from="2026-06-30"),
    )

    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}/year")

    shown = [
        (
            " ".join(section.xpath("string(h2)").split()),
            [" ".join(one.split()) for one in section.xpath(".//h3/a/text()")],
        )
        for section in page.tree.xpath("//main//section[h2][.//h3]")
    ]
    assert shown == [
        ("2 trainings are over and have no result", ["Szkolenie 2", "Szkolenie 3"]),
        ("Quarter I planned: 1 · held: 1 · cancelled: 1", ["Szkolenie 4", "Szkolenie 5"]),
        ("Quarter II planned: 1 · moved: 1", ["Szkolenie 6"]),
        ("Quarter IV planned: 1", ["Szkolenie 1"]),
    ]
    form = page.follow("Record what became of it: Szkolenie 2")
    assert form.tree.xpath("//select[@name='trainings.row-2.status']/option[@selected]/@value") == ["done"]
    assert stored(version, "row-2")["status"] == "planned"


def test_a_closed_year_takes_no_results(make, visit, in_june):
    version = closed(year_of(make, training("1")))

    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}/year/row-1")

    assert page.url == f"/plans/{version.id}"
    assert "Record" not in visit(as_=leader_of(version)).open(f"/plans/{version.id}/year").text


def test_the_list_asks_as_much_of_the_database_for_one_training_as_for_nine(
    make, visit, in_june, count_queries
):
    def asked(*rows: PlanRow) -> int:
        version = year_of(make, *rows)
        visitor = visit(as_=leader_of(version))
        visitor.open(f"/plans/{version.id}/year")
        with count_queries() as queries:
            visitor.open(f"/plans/{version.id}/year")
        return int(queries.count)

    assert asked(training("1")) == asked(*(training(str(number)) for number in range(9)))
