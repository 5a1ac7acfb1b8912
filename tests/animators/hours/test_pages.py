"""The pages of the hours, as each side opens them."""

from datetime import timedelta

import pytest

from animators.consultations.models import Channel
from animators.hours import deciding
from animators.hours.balances import Balance
from animators.hours.ledger import book, correct
from animators.hours.models import BudgetAdjustment, Decision, Pot
from core.database import db
from tests.animators.hours.entries import booked, consultation, overrun, remote, visits
from tests.visit import Page


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def office(make):
    return make.office("Zofia Biuro")


@pytest.fixture
def animator(make):
    return make.animator("Jan Animator")


@pytest.fixture
def partnership(make, animator):
    return make.partnership(
        municipality=make.municipality("Dobra"), leader=make.user("Ewa Lider"), animator=animator
    )


@pytest.fixture
def place(partnership):
    return partnership.municipality


@pytest.fixture
def leader(partnership):
    return partnership.terms[0].user


def forecast_of(page: Page) -> str:
    """A part of a page, which may be empty."""
    return page.text if page.html.strip() else ""


def test_both_sides_read_the_same_ledger(make, visit, partnership, leader, animator, office):
    place = partnership.municipality
    book(consultation(place, 240, animator=animator, channel=Channel.VISIT), reason=None, actor=animator)
    one = consultation(place, 100, animator=animator)
    book(one, reason=None, actor=animator)
    correct(one, 90, reason="Counted wrongly", actor=animator)
    deciding.move(place, 60, "More calls", to=Pot.REMOTE, actor=office)
    db.session.commit()

    seen = [visit(as_=person).open(f"/partnerships/{partnership.id}/hours") for person in (leader, animator)]

    assert seen[0].tables == seen[1].tables == [
        [
            ["What", "More or less", "Left"],
            ["Moved to the other pot 15 Apr 2026, The programme office More calls", "−1 h", "3 h"],
            ["Visit 1, 15 Apr 2026 15 Apr 2026, Jan Animator", "−4 h", "4 h"],
            ["Granted at the beginning", "+8 h", "8 h"],
        ],
        [
            ["What", "More or less", "Left"],
            ["Phone, 15 Apr 2026 15 Apr 2026, Jan Animator", "−1 h 40 min", "7 h 30 min"],
            ["Moved from the other pot 15 Apr 2026, The programme office More calls", "+1 h", "9 h 10 min"],
            ["Correction, 15 Apr 2026 15 Apr 2026, Jan Animator", "+10 min", "8 h 10 min"],
            ["Granted at the beginning", "+8 h", "8 h"],
        ],
    ]  # fmt: skip
    assert "3 h of 7 h left" in seen[0].text
    assert "7 h 30 min of 9 h left" in seen[0].text
    assert "Change the hours" not in seen[0].links
    assert f"/consultations/{one.id}" in seen[0].links.values()


def test_the_ledger_goes_by_day_whenever_an_entry_was_made(visit, partnership, leader, animator, clock):
    today = booked(partnership.municipality, 30, animator=animator)
    clock.tick(minutes=5)
    late = consultation(partnership.municipality, 60, animator=animator)
    late.actual_start = clock.now - timedelta(days=10)
    book(late, reason=None, actor=animator)
    db.session.commit()

    [remote_entries] = visit(as_=leader).open(f"/partnerships/{partnership.id}/hours").tables

    assert today.over == 0
    assert [row[1:] for row in remote_entries[1:]] == [
        ["−30 min", "6 h 30 min"],
        ["−1 h", "7 h"],
        ["+8 h", "8 h"],
    ]
    assert "5 Apr 2026" in remote_entries[2][0]


def test_the_ledger_never_shows_less_than_nothing_where_a_grant_came_after_its_use(
    visit, partnership, leader, animator, office, clock
):
    request = overrun(partnership.municipality, 45, animator=animator)
    clock.tick(days=3)
    deciding.grant(request, actor=office)
    db.session.commit()

    _visits, remote_entries = visit(as_=leader).open(f"/partnerships/{partnership.id}/hours").tables

    assert [row[1:] for row in remote_entries[1:]] == [
        ["−45 min", "0 h"],
        ["+45 min", "45 min"],
        ["−8 h", "0 h"],
        ["+8 h", "8 h"],
    ]
    assert remote_entries[2][0].startswith("Granted beyond the pot, 18 Apr 2026")


def test_the_page_is_one_of_the_partnership_s_and_others_do_not_find_it(make, visit, partnership, leader):
    page = visit(as_=leader).open(f"/partnerships/{partnership.id}")

    assert page.links["Hours of advice"] == f"/partnerships/{partnership.id}/hours"
    stranger = make.partnership(leader=make.user()).terms[0].user
    visit(as_=stranger).open(f"/partnerships/{partnership.id}/hours", expect=404)


def test_requests_stand_below_with_what_was_said(visit, partnership, leader, animator, office):
    request = overrun(partnership.municipality, 30, animator=animator)
    deciding.refuse(request, note="Plan ahead", actor=office)
    db.session.commit()

    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/hours")

    assert "30 min, Remote advice Not granted It took long · asked on 15 Apr 2026, Jan Animator" in page.text
    assert "The office: Plan ahead" in page.text
    assert "Decide" not in page.text


def test_the_office_sees_what_waits_and_grants_it(visit, place, animator, office):
    request = overrun(place, 30, animator=animator)
    db.session.commit()
    page = visit(as_=office).open("/office/hours/exceptions")
    assert page.tables[0][1] == [
        "Dobra", "30 min Remote advice", "It took long", "Jan Animator", "Visits: 8 h · Remote advice: 0 h",
        "15 Apr 2026",
    ]  # fmt: skip

    page = page.follow("Dobra").submit("Decide", decision="granted", note="A good reason")

    assert "It is decided. The leader and the animator get a mail. Nothing else waits." in page.text
    assert "Nothing waits for you" in page.text
    db.session.expire_all()
    assert (request.decision, request.decision_note) == (Decision.GRANTED, "A good reason")
    assert remote(place) == Balance(510, 510)


def test_a_refusal_without_a_note_comes_back(visit, place, office):
    request = overrun(place, 30)
    db.session.commit()
    page = visit(as_=office).open(f"/office/hours/exceptions/{request.id}")

    page = page.submit("Decide", decision="refused", expect=422)

    assert "Say why: the leader and the animator read it." in page.text
    db.session.expire_all()
    assert request.decision is Decision.PENDING


def test_a_transfer_says_what_is_free_there_and_goes_no_further(visit, place, office):
    deciding.adjust_pot(place, Pot.VISIT, -460, "One visit", actor=office)
    request = overrun(place, 30)
    db.session.commit()
    page = visit(as_=office).open(f"/office/hours/exceptions/{request.id}")
    assert "Move 30 min from the pot “Visits”, where 20 min are free" in page.text

    page = page.submit("Decide", decision="transferred", expect=422)

    assert "Only 20 min are free there, and 30 min would go." in page.text
    assert visits(place) == Balance(20, 0)


def test_a_decision_made_meanwhile_is_told(visit, place, office):
    request = overrun(place, 30)
    db.session.commit()
    page = visit(as_=office).open(f"/office/hours/exceptions/{request.id}")
    deciding.grant(request, actor=office)
    db.session.commit()

    page = page.submit("Decide", decision="refused", note="No", expect=422)

    assert "Someone has already moved this on." in page.text
    assert "Decide" not in page.buttons


@pytest.mark.parametrize(("change", "minutes", "after"), [
    ("add", "1:30", (Balance(480, 0), Balance(570, 0))),
    ("take", "1,5 h", (Balance(480, 0), Balance(390, 0))),
    ("move", "90", (Balance(390, 0), Balance(570, 0))),
])  # fmt: skip
def test_the_office_changes_a_pot_by_itself(visit, partnership, office, change, minutes, after):
    place = partnership.municipality
    page = visit(as_=office).open(f"/partnerships/{partnership.id}/hours").follow("Change the hours")

    page = page.submit("Change the hours", pot="remote", change=change, minutes=minutes, reason="Large")

    assert "The hours are changed." in page.text
    assert (visits(place), remote(place)) == after


@pytest.mark.parametrize(("minutes", "sentence"), [
    ("-30", "Minutes cannot be negative."), ("0", "at least 1 minute"), ("1,5", "Enter whole minutes"),
    ("20 000", "Enter at most 10,000 minutes"), ("600", "Only 8 h are free there, and 10 h would go."),
])  # fmt: skip
def test_slips_of_minutes_come_back_with_their_sentence(visit, partnership, office, minutes, sentence):
    page = visit(as_=office).open(f"/partnerships/{partnership.id}/hours/change")

    page = page.submit(
        "Change the hours", pot="visit", change="take", minutes=minutes, reason="Less", expect=422
    )

    assert sentence in page.text
    assert visits(partnership.municipality) == Balance(480, 0)


def test_leaders_and_animators_neither_decide_nor_change(visit, partnership, leader, animator):
    request = overrun(partnership.municipality, 30)
    db.session.commit()

    for person in (leader, animator):
        for path in ("/office/hours/exceptions", f"/office/hours/exceptions/{request.id}"):
            visit(as_=person).open(path, expect=403)
        visit(as_=person).open(f"/partnerships/{partnership.id}/hours/change", expect=403)


def test_the_forecast_answers_while_people_type(visit, partnership, animator):
    booked(partnership.municipality, 300)
    db.session.commit()
    browser = visit(as_=animator)

    said = [
        forecast_of(browser.open(
            "/hours/forecast", partnership_id=str(partnership.id), channel="phone", minutes=minutes
        ))
        for minutes in ("30", "90", "3:00", "240", "-5")
    ]  # fmt: skip

    assert [one.split(".")[0] for one in said] == [
        "Enough is left", "Little is left", "Used up", "Over the pot", "Minutes cannot be negative",
    ]  # fmt: skip
    assert "The other 1 h stand apart until the office decides." in said[3]


def test_of_a_correction_only_what_comes_on_top_is_looked_at(visit, partnership, animator):
    booked(partnership.municipality, 470)
    db.session.commit()
    about = {"partnership_id": str(partnership.id), "channel": "phone", "already": "470"}

    more, less = (
        visit(as_=animator).open("/hours/forecast", minutes=typed, **about) for typed in ("475", "460")
    )

    assert "with this" not in forecast_of(more)
    assert "5 min of 8 h will be left" in forecast_of(more)
    assert forecast_of(less) == ""


@pytest.mark.parametrize("asked", [
    {}, {"minutes": "30"}, {"minutes": "30", "channel": "phone", "partnership_id": "999999"},
    {"minutes": "30", "channel": "pigeon", "partnership_id": "1"}, {"minutes": "", "channel": "phone", "partnership_id": "1"},
    {"minutes": "30", "channel": "phone", "partnership_id": "x"},
])  # fmt: skip
def test_the_forecast_has_nothing_to_say_of_what_is_not_there(visit, partnership, animator, asked):
    assert visit(as_=animator).open("/hours/forecast", **asked).html.strip() == ""


def test_the_forecast_of_a_foreign_municipality_is_as_empty_as_of_none(make, visit, animator, partnership):
    other = make.partnership()
    browser = visit(as_=animator)
    about = {"channel": "phone", "minutes": "30"}

    foreign = browser.open("/hours/forecast", partnership_id=str(other.id), **about)
    missing = browser.open("/hours/forecast", partnership_id="999999", **about)

    assert foreign.html == missing.html


def test_more_entries_and_more_requests_take_no_more_queries(
    make, visit, partnership, animator, office, count_queries
):
    place = partnership.municipality
    overrun(place, 30, animator=animator)
    db.session.commit()
    ledger, exceptions = f"/partnerships/{partnership.id}/hours", "/office/hours/exceptions"
    browser = visit(as_=office)
    browser.open(ledger), browser.open(exceptions)
    with count_queries() as one:
        browser.open(ledger), browser.open(exceptions)

    for _ in range(3):
        booked(place, 20, animator=make.animator())
        elsewhere = make.partnership(animator=make.animator())
        overrun(elsewhere.municipality, 10, animator=elsewhere.assignments[0].animator)
    decided = db.session.query(BudgetAdjustment).first()
    assert decided is not None
    db.session.commit()
    with count_queries() as many:
        browser.open(ledger), browser.open(exceptions)

    assert many.count == one.count, str(many)
