"""Published plans found by what they are about, and never by what is kept from the public."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from urllib.parse import urlencode

import pytest

import public.topics
from core.database import db
from plans.definitions import PlanKind, PlanRow
from plans.templates import published_templates
from plans.workflow import PlanStatus
from programme.queries import the_programme
from public.topics import AREAS, TOLD_BY, topics
from tests.make import Make
from tests.plan_content import general_content
from tests.support.queries import Queries
from tests.visit import Page, Visits


def published(make: Make, name: str, **rows: dict[str, str]) -> None:
    """``needs={"need_area": ...}`` goes into the first row of that sheet."""
    content = general_content(2026)
    sheets = dict(content.sheets)
    for sheet, values in rows.items():
        first, *others = sheets[sheet]
        sheets[sheet] = (PlanRow(first.row_uid, {**first.values, **values}), *others)
    partnership = make.partnership(municipality=make.municipality(name))
    make.general_plan(PlanStatus.PUBLISHED, partnership=partnership, content=type(content)(sheets))


def names_on(page: Page) -> list[str]:
    return [str(name) for name in page.tree.xpath("//li[contains(@class, 'plan-card')]/h2/a/text()")]


@pytest.fixture
def places(make: Make) -> None:
    published(
        make, "Brody", needs={"need_area": "exclusion"},
        lines={"life_area": "health", "line_title": "E-recepta i Internetowe Konto Pacjenta dla seniorów"},
    )  # fmt: skip
    published(make, "Iłowa", needs={"need_area": "hardware_network"}, lines={"life_area": "finance"})
    published(make, "Łąki", groups={"group_name": "Rodzice małych dzieci"}, lines={"life_area": "education"})
    published(make, "Żary", metadata={"leader_name": "Recepta Tajna", "leader_email": "recepta@zary.example"})


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"topic": "life.health"}, ["Brody"]),
        ({"topic": "need.hardware_network"}, ["Iłowa"]),
        ({"topic": "life.spiritual"}, []),
        ({"topic": "nonsense"}, ["Brody", "Iłowa", "Łąki", "Żary"]),
        ({"words": "rodzice"}, ["Łąki"]),
        ({"words": "DZIECI małych"}, ["Łąki"]),
        ({"words": "dzieci seniorow"}, []),
        ({"words": "pacjenta", "topic": "life.health"}, ["Brody"]),
        ({"words": "pacjenta", "topic": "life.finance"}, []),
        ({"words": "recept"}, ["Brody"]),
        ({"words": "acjenta"}, []),
        ({"words": "zz%"}, []),
        ({"words": " "}, ["Brody", "Iłowa", "Łąki", "Żary"]),
        ({"topic": "life.health", "q": "zary"}, []),
    ],
)
def test_plans_are_found_by_topic_and_by_words_of_one_row(
    visit: Visits, places: None, asked: dict[str, str], expected: list[str]
):
    assert names_on(visit().open(f"/en/plans?{urlencode(asked)}")) == expected


def test_the_list_shows_what_was_found_in_each_plan(visit: Visits, places: None):
    page = visit().open("/en/plans", words="pacjenta")

    card = page.tree.xpath("//li[contains(@class, 'plan-card')]")[0]
    assert card.xpath(".//*[@class='plan-card-found']/text()") == [
        "E-recepta i Internetowe Konto Pacjenta dla seniorów"
    ]


@pytest.mark.parametrize("hidden", ["tajna", "recepta zary", "zary.example"])
def test_nothing_that_is_kept_from_the_public_can_be_guessed_here(visit: Visits, places: None, hidden: str):
    assert "Żary" not in names_on(visit().open("/en/plans", words=hidden))


def test_every_sheet_that_is_searched_says_by_a_column_what_a_row_is_about(app):
    for (kind, _version), template in published_templates().items():
        if kind is PlanKind.GENERAL:
            sheets = {sheet.key: sheet for sheet in template.definition.sheets}
            for key, column in TOLD_BY.items():
                assert column in [one.key for one in sheets[key].columns]


def test_a_sheet_that_gets_a_column_kept_from_the_public_is_searched_no_more(
    visit: Visits, places: None, monkeypatch: pytest.MonkeyPatch
):
    known = dict(published_templates())
    for key, template in known.items():
        sheets = [
            replace(sheet, columns=tuple(replace(one, private=True) for one in sheet.columns))
            if sheet.key == "lines"
            else sheet
            for sheet in template.definition.sheets
        ]
        known[key] = replace(template, definition=replace(template.definition, sheets=tuple(sheets)))
    monkeypatch.setattr(public.topics, "published_templates", lambda: known)

    assert names_on(visit().open("/en/plans", words="pacjenta")) == []
    assert names_on(visit().open("/en/plans", words="rodzice")) == ["Łąki"]


def test_topics_are_the_code_lists_of_the_programme(app):
    offered = {one.value for _name, some in topics() for one in some}

    lists = the_programme().code_lists
    assert offered == {
        f"{area}.{code}" for area, (_sheet, column, _name) in AREAS.items() for code in lists[column].codes
    }
    assert len(offered) == 20


def test_what_was_chosen_is_shown_and_can_be_taken_away(visit: Visits, places: None):
    page = visit().open("/en/plans", topic="life.health", words="pacjenta")

    chips = [link.text_content().strip() for link in page.tree.xpath("//ul[@class='chips']//a")]
    assert chips == ["Take away: health", "Take away: in the plan: “pacjenta”"]


def test_looking_for_a_topic_takes_one_question_more_however_many_plans(
    visit: Visits, make: Make, count_queries: Callable[[], AbstractContextManager[Queries]]
):
    counts = []
    for several in (1, 4):
        for number in range(several):
            published(make, f"Place {several} {number}", lines={"life_area": "health"})
        db.session.expire_all()
        visitor = visit()
        with count_queries() as queries:
            visitor.open("/en/plans", topic="life.health", words="")
        counts.append(queries.count)

    assert counts[0] == counts[1] <= 7
