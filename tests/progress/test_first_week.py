"""A new leader's first week: a page that ticks itself off, and a way to it from home while they are new."""

from datetime import date, timedelta

import pytest

from core import clock as core_clock
from core.database import db
from partnerships.models import TermKind
from webinars.models import Webinar, WebinarSeries, WebinarStatus

LINK = "Your first week: what helps to begin with"


@pytest.fixture(autouse=True)
def _time(clock):
    """15 April 2026."""


@pytest.fixture
def leader(make):
    return make.user("Ewa Nowa")


@pytest.fixture
def partnership(make, leader):
    made = make.partnership(led=False, founded_on=None)
    make.term(made, leader, kind=TermKind.LEADER, starts_on=core_clock.today() - timedelta(days=2))
    return made


def things(page) -> dict[str, str]:
    """Each by its state."""
    return {
        " ".join(one.xpath(".//h2")[0].text_content().split()).removesuffix(", done"): one.get("data-state")
        for one in page.tree.xpath('//li[@class="task-line"]')
    }


def test_a_new_leader_finds_it_from_home(visit, leader, partnership):
    page = visit(as_=leader).open("/home").follow(LINK)

    assert things(page) == {
        "Say how you can be reached": "todo",
        "Enter who belongs to the partnership": "todo",
        "Call the initiating meeting": "todo",
        "See where your municipality stands": "todo",
        "Begin the general plan": "todo",
    }


def test_what_is_recorded_ticks_itself_off(make, visit, leader, partnership):
    leader.phone, partnership.founded_on = "600 000 000", date(2026, 4, 14)
    for _ in range(2):
        make.member(partnership)
    make.general_plan(partnership=partnership)
    db.session.commit()

    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/first-week")

    assert [name for name, state in things(page).items() if state == "done"] == [
        "Say how you can be reached",
        "Enter who belongs to the partnership",
        "Begin the general plan",
    ]


def test_it_names_the_animator_and_how_to_ask(visit, leader, partnership):
    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/first-week")

    assert partnership.animator(core_clock.today()).name in page.text
    assert "Ask for advice" in page.links


def test_after_three_weeks_home_says_nothing_of_it(visit, leader, partnership, clock):
    clock.tick(days=20)

    assert LINK not in visit(as_=leader).open("/home").links


@pytest.mark.parametrize(
    ("status", "is_there"),
    [("announced", True), ("held", True), ("draft", False), ("cancelled", False)],
)
def test_the_introduction_is_there_once_it_is_announced(make, visit, leader, partnership, status, is_there):
    """A draft is the office's: its page is not there for anybody else."""
    series = WebinarSeries(name="Mocni", slug="mocni", description="")
    begins = core_clock.now() + timedelta(days=9)
    webinar = Webinar(
        title="Na początek", starts_at=begins, minutes=60, status=WebinarStatus(status), series=series
    )
    db.session.add_all([series, webinar])
    db.session.flush()
    series.introduction = webinar
    db.session.commit()

    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/first-week")

    assert ("See the introduction" in things(page), "Na początek" in page.text) == (is_there, is_there)
    visit(as_=leader).open(f"/webinars/{webinar.id}", expect=404 if status == "draft" else 200)
