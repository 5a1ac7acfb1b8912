"""Rows offered from elsewhere: lines of the general plan and last year's trainings in the plan of a year."""

from core.database import db
from plans.workflow import PlanStatus
from tests.plan_content import annual_content, row
from tests.plans.test_flow import leader_of


def trainings(version):
    db.session.expire_all()
    return [dict(one.values) for one in version.rows.rows("trainings")]


def offers(visit, version):
    return visit(as_=leader_of(version)).open(f"/plans/{version.id}/edit/trainings").follow("Take rows over")


def test_a_line_of_the_general_plan_becomes_a_training_of_the_year(make, visit):
    version = make.annual_plan(content=annual_content(2026, trainings=()))
    page = offers(visit, version)
    (offer,) = page.tree.xpath("//input[@name='take']/@value")

    after = page.submit("Add what is ticked", take=[offer])

    assert "K1 E-urząd bez kolejek Trainings – year 1: 2, Hours – year 1: 16" in " ".join(page.text.split())
    assert trainings(version) == [
        {"title": "E-urząd bez kolejek", "line_code": "K1", "goal_code": "C1", "group_code": "T1", "form": "on_site",
         "hours_planned": "16", "responsible_org_code": "P1", "status": "planned"}
    ]  # fmt: skip
    assert "One row is added. Open each and fill in what is still missing." in after.text
    assert "There is nothing to take over" in offers(visit, version).text


def test_last_years_training_comes_without_what_held_for_that_year_only(make, visit):
    general = make.general_plan(PlanStatus.PUBLISHED, year=2026)
    done = {**annual_content(2026).rows("trainings")[0].values, "status": "done", "participants_actual": 9}
    gone = {**done, "title": "Odwołane", "status": "cancelled"}
    make.annual_plan(
        partnership=general.partnership,
        content=annual_content(2026, trainings=(row("row-s1", **done), row("row-s2", **gone))),
    )
    version = make.annual_plan(
        partnership=general.partnership, year=2027, content=annual_content(2027, trainings=())
    )

    page = offers(visit, version)
    page.submit("Add what is ticked", take=["training.row-s1"])

    assert "Odwołane" not in page.text
    assert trainings(version) == [
        {"title": "Profil zaufany krok po kroku", "line_code": "K1", "goal_code": "C1", "group_code": "T1",
         "form": "on_site", "participants_planned": 12, "hours_planned": "8", "status": "planned"}
    ]  # fmt: skip


def test_without_a_tick_nothing_is_taken_over_and_nothing_strange_is(make, visit):
    version = make.annual_plan(content=annual_content(2026, trainings=()))
    page = offers(visit, version)

    nothing = page.submit("Add what is ticked")

    assert "Nothing was ticked, so nothing was taken over." in nothing.text
    assert trainings(version) == []


def test_a_sheet_that_nothing_is_offered_to_has_no_page_for_it(make, visit):
    version = make.general_plan()

    page = visit(as_=leader_of(version)).open(f"/plans/{version.id}/edit/groups/offers")

    assert page.url.endswith("/edit/groups")
    assert "Take rows over" not in page.links
