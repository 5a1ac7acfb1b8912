"""Lines of published plans of similar municipalities, offered with where they come from."""

import pytest

from core.audit import story_of
from core.database import db
from municipalities.models import MunicipalityKind
from plans.definitions import PlanRow
from plans.editing.offers import Wanted, offers_for
from plans.workflow import PlanStatus
from tests.plan_content import general_content, row
from tests.plans.test_flow import leader_of

FORM = {"form": "on_site", "goal_code": "C1", "group_codes": ["T1"], "lead_org_code": "P1"}
FIGURES = {
    "trainings_y1": 1,
    "trainings_y2": 2,
    "trainings_y3": 0,
    "hours_y1": "4",
    "hours_y2": "8",
    "hours_y3": "0",
}


def line(number: int, title: str, **changes):
    return row(
        f"row-k{number}-0001",
        line_code=f"K{number}",
        line_title=title,
        **{**FORM, **FIGURES, **changes},
    )


def published(
    make, name: str, population: int | None, *lines, kind=MunicipalityKind.RURAL, status=PlanStatus.PUBLISHED
):
    municipality = make.municipality(name, population=population, kind=kind)
    partnership = make.partnership(municipality=municipality, leader=make.user("Jan Tajny"))
    return make.general_plan(status, partnership=partnership, content=general_content(2026, lines=lines))


@pytest.fixture
def version(make):
    partnership = make.partnership(municipality=make.municipality("Nasza", population=5000))
    return make.general_plan(partnership=partnership, content=several_of_each())


def several_of_each():
    """What a line points to is never the only one of its kind, so nothing is filled in by itself."""
    usual = general_content(2026)
    more: dict[str, tuple[PlanRow, ...]] = {
        sheet: (*usual.rows(sheet), row(f"{code}-0002", **{**usual.rows(sheet)[0].values, **changes}))
        for sheet, code, changes in (
            ("goals", "row-c2", {"goal_code": "C2", "goal_text": "Rolnicy składają wnioski sami"}),
            ("groups", "row-t2", {"group_code": "T2", "group_name": "Rolnicy"}),
            ("partners", "row-p2", {"org_code": "P2", "org_name": "Szkoła", "partner_role": "trainer"}),
        )
    }
    return general_content(2026, **more)


def titles(version, **chosen):
    db.session.expire_all()
    return [one.title for group in offers_for(version, "lines", Wanted(chosen)) for one in group.offers]


def page_of(visit, version):
    return visit(as_=leader_of(version)).open(f"/plans/{version.id}/edit/lines").follow("Take rows over")


def test_lines_come_from_published_plans_of_the_same_type_the_nearest_in_size_first(make, version):
    published(make, "Daleka", 40000, line(1, "Bankowość w telefonie"))
    published(make, "Bliska", 5200, line(1, "Zdjęcia w chmurze"), line(2, "e-Zdrowie"))
    published(make, "Miasto", 5000, line(1, "Drukowanie 3D"), kind=MunicipalityKind.URBAN)
    published(make, "Robocza", 5000, line(1, "Jeszcze nie"), status=PlanStatus.APPROVED)

    assert titles(version) == ["Zdjęcia w chmurze", "e-Zdrowie", "Bankowość w telefonie"]


def test_a_line_that_is_taken_over_leaves_goals_groups_and_partners_to_the_other(make, version, visit):
    source = published(make, "Bliska", 5200, line(1, "Zdjęcia w chmurze", life_area="leisure"))
    place = source.partnership.municipality
    page = page_of(visit, version)
    assert "Trainings in all: 3, hours: 12" in page.text
    assert "From the plan of: Bliska" in page.text
    assert page.links["Bliska"] == f"/en/municipalities/{place.address_name}/plan"
    [offer] = page.tree.xpath("//input[@name='take']/@value")

    after = page.submit("Add what is ticked", take=[offer])

    db.session.expire_all()
    [own, taken] = version.rows.rows("lines")
    assert own.values["line_title"] == "E-urząd bez kolejek"
    assert dict(taken.values) == {
        "line_code": "K2", "line_title": "Zdjęcia w chmurze", "life_area": "leisure", "form": "on_site", **FIGURES,
    }  # fmt: skip
    assert "One row is added." in after.text
    event, _personal = story_of(version.plan)[0]
    assert event.data == {
        "number": 1,
        "sheet": "lines",
        "done": "taken over",
        "rows": 1,
        "note": "Bliska",
        "sources": [
            {"row": taken.row_uid, "source_version_id": source.id, "source_municipality": place.code}
        ],
    }
    assert titles(version) == []


def test_what_the_plan_holds_and_what_a_nearer_one_offers_comes_once(make, version):
    published(make, "Bliska", 5200, line(1, "Zdjęcia w chmurze"), line(2, "e-urząd  bez kolejek"))
    published(make, "Dalsza", 9000, line(1, "zdjęcia w chmurze"))

    groups = offers_for(version, "lines")

    assert [(one.title, one.origin.name) for group in groups for one in group.offers] == [
        ("Zdjęcia w chmurze", "Bliska")
    ]


def test_a_line_that_names_the_other_municipality_is_left_out(make, version):
    published(make, "Kowalewo", 5200, line(1, "Kino w Kowalewie"), line(2, "Kino za darmo"))

    assert titles(version) == ["Kino za darmo"]


def test_the_list_can_be_narrowed_and_comes_ten_at_a_time(make, version, visit):
    lines = [
        line(number, f"Kurs {number:02}", life_area="health" if number < 3 else "work")
        for number in range(1, 13)
    ]
    published(make, "Bliska", 5200, *lines)
    page = page_of(visit, version)
    ticks = "//input[@name='take']"
    assert len(page.tree.xpath(ticks)) == 10
    assert "1–10 of 12" in page.text

    assert len(page.follow("Next").tree.xpath(ticks)) == 2
    narrowed = page.submit("Show", life_area="health", expect=200)
    assert [one.strip() for one in narrowed.tree.xpath(f"{ticks}/following-sibling::label/text()")] == [
        "Kurs 01",
        "Kurs 02",
    ]
    none = page.visitor.open(f"/plans/{version.id}/edit/lines/offers?life_area=religion")
    assert "Nothing of this kind is offered. Choose another one." in none.text


def test_what_stood_on_another_page_can_be_added_while_the_list_has_moved(make, version, visit):
    lines = [line(number, f"Kurs {number:02}") for number in range(1, 13)]
    published(make, "Bliska", 5200, *lines)
    visitor = visit(as_=leader_of(version))
    second = visitor.open(f"/plans/{version.id}/edit/lines/offers?page=2")
    [first, _last] = second.tree.xpath("//input[@name='take']/@value")
    top = visitor.open(f"/plans/{version.id}/edit/lines/offers")
    top.submit("Add what is ticked", take=top.tree.xpath("//input[@name='take']/@value")[:1])

    after = second.submit("Add what is ticked", take=[first])

    assert "One row is added." in after.text
    db.session.expire_all()
    assert [one.values["line_title"] for one in version.rows.rows("lines")] == [
        "E-urząd bez kolejek",
        "Kurs 01",
        "Kurs 11",
    ]


def test_where_nobody_similar_has_published_the_page_says_so(version, visit):
    page = page_of(visit, version)

    assert "No other rural municipality has published a line that is not in this plan already." in page.text
    assert page.buttons.count("Add what is ticked") == 0


def test_more_plans_take_no_more_queries(make, version, count_queries):
    counts = []
    for number in range(3):
        published(make, f"Gmina numer {number}", 5000 + number, line(1, f"Kurs {number}"))
        with count_queries() as queries:
            titles(version)
        counts.append(queries.count)

    assert counts[1] == counts[2]
