"""What becomes of links that fail: hidden after three days of failures, told once, shown again when they work."""

from collections.abc import Callable

import pytest

from core.checked_links import CheckedLink, LinkState, add_links, check_links, dead_among, newly_dead
from core.database import db
from core.link_checks import Answer, Finding, LinkChecker

URL, OTHER = "https://films.example/a", "https://films.example/b"


class Told(LinkChecker):
    """Answers as the test says instead of looking: what looking is like has its own tests."""

    def __init__(self) -> None:
        super().__init__()
        self.says: dict[str, Answer] = {}
        self.asked: list[str] = []

    def check(self, url: str) -> Finding:
        self.asked.append(url)
        return Finding(self.says.get(url, Answer.WORKS))


@pytest.fixture
def checker() -> Told:
    return Told()


@pytest.fixture
def pages(app, clock, monkeypatch) -> list[str]:
    """The addresses that pages show: a test changes this list."""
    shown = [URL, OTHER]
    monkeypatch.setitem(app.extensions, "gromada_checked_links", [])
    add_links(app, lambda: shown, list)
    return shown


Look = Callable[..., tuple[LinkState, int]]


@pytest.fixture
def look(pages, checker, clock) -> Look:
    """``look(Answer.GONE, days=1)``: so much later, with this answer for the first of the links."""

    def once(answer: Answer, *, days: int = 1) -> tuple[LinkState, int]:
        clock.tick(hours=24 * days)
        checker.says[URL] = answer
        check_links(checker)
        link = db.session.query(CheckedLink).filter_by(url=URL).one()
        return link.state, link.failures

    return once


def test_a_link_is_dead_after_failures_on_three_days(look):
    assert [look(Answer.GONE), look(Answer.SILENT), look(Answer.BROKEN), look(Answer.GONE)] == [
        (LinkState.UNKNOWN, 1), (LinkState.UNKNOWN, 2), (LinkState.DEAD, 3), (LinkState.DEAD, 4),
    ]  # fmt: skip
    assert dead_among([URL, OTHER, None, "", "https://elsewhere.example/"]) == {URL}


def test_several_looks_on_one_day_are_one(look, checker):
    look(Answer.GONE)
    checker.asked.clear()

    assert [look(Answer.GONE, days=0) for _time in range(3)] == [(LinkState.UNKNOWN, 1)] * 3
    assert checker.asked == []


@pytest.mark.parametrize(
    ("answer", "state"), [(Answer.WORKS, LinkState.OK), (Answer.CLOSED, LinkState.UNKNOWN)]
)
def test_one_good_day_begins_the_count_anew_and_shows_a_dead_one_again(look, answer, state):
    look(Answer.GONE)
    look(Answer.GONE)
    assert look(answer) == (state, 0)
    for _day in range(3):
        look(Answer.GONE)
    assert dead_among([URL]) == {URL}

    assert look(answer) == (state, 0)
    assert dead_among([URL]) == frozenset()


def test_what_nobody_has_been_told_of_is_told_until_it_works_again(look, clock):
    for _day in range(3):
        look(Answer.GONE)
    (link,) = newly_dead()
    link.told_at = clock.now
    db.session.commit()
    look(Answer.GONE)
    assert newly_dead() == []

    look(Answer.WORKS)
    for _day in range(3):
        look(Answer.GONE)

    assert [one.url for one in newly_dead()] == [URL]


def test_those_not_looked_at_for_longest_come_first_and_what_no_page_shows_is_forgotten(look, checker, pages):
    look(Answer.WORKS)
    pages[:] = [OTHER, "https://films.example/new"]
    checker.asked.clear()

    check_links(checker)

    assert checker.asked == ["https://films.example/new"]
    assert {one.url for one in db.session.query(CheckedLink)} == set(pages)


def test_where_nobody_answers_at_all_the_fault_is_our_own(look, checker, pages):
    pages[:] = [URL, "https://slides.example/", "https://article.example/"]
    checker.says = dict.fromkeys(pages, Answer.UNKNOWN_HOST)
    assert [look(Answer.SILENT) for _day in range(3)] == [(LinkState.UNKNOWN, 0)] * 3

    checker.says["https://slides.example/"] = Answer.GONE

    assert [look(Answer.SILENT) for _day in range(3)] == [
        (LinkState.UNKNOWN, 1), (LinkState.UNKNOWN, 2), (LinkState.DEAD, 3),
    ]  # fmt: skip


def test_one_host_that_is_silent_alone_is_the_one_to_blame(look, pages):
    pages[:] = [URL]

    assert look(Answer.SILENT) == (LinkState.UNKNOWN, 1)
