"""A trip: visits to several municipalities proposed in a row, with what to know before."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from animators.consultations.models import Consultation, VisitSlot
from animators.visits import services
from animators.visits.slots import Slot
from animators.visits.trips import Stop, choices_for, in_a_row, warnings_about
from core.database import db
from meetings.services import When, call_meeting
from tests.animators.visits.conftest import slot


@pytest.fixture
def animator(make):
    return make.animator("Jan Wilk")


@pytest.fixture
def places(make, animator):
    return [
        make.partnership(municipality=make.municipality(name), animator=animator)
        for name in ("Brzeg", "Grodków", "Żary")
    ]


@pytest.fixture
def page(app):
    """Addresses are made while a page is."""
    with app.test_request_context():
        yield


def stop(partnership, begins, minutes=240):
    return Stop(partnership, 1, Slot(begins, minutes, "Library"))


def test_municipalities_with_a_visit_owed_can_be_chosen_with_its_number(make, animator, places):
    make.partnership()
    services.propose(places[0], [slot()], visit_no=1, actor=animator)
    for number in (1, 2):
        services.propose(places[1], [slot()], visit_no=number, actor=animator)
    db.session.commit()

    found = [(one.partnership.municipality.name, one.visit_no) for one in choices_for(animator)]

    assert found == [("Brzeg", 2), ("Żary", 1)]


def test_the_visits_stand_in_a_row_with_time_for_the_way(animator, places):
    stops = in_a_row(choices_for(animator), slot(14, 8).starts_at, minutes=120, gap=45)

    assert [(one.name, one.slot.starts_at) for one in stops] == [
        ("Brzeg", slot(14, 8).starts_at),
        ("Grodków", slot(14, 8).starts_at + timedelta(minutes=165)),
        ("Żary", slot(14, 8).starts_at + timedelta(minutes=330)),
    ]


def test_nothing_is_warned_of_where_all_is_well(animator, places, page):
    stops = in_a_row(choices_for(animator), slot(14, 8).starts_at, minutes=120, gap=60)

    assert warnings_about(stops, animator, gap=60) == []


def test_weekends_and_public_holidays_are_named(animator, places, page):
    constitution, sunday = date(2026, 5, 1), date(2026, 5, 3)
    days = [(constitution - date(2026, 4, 15)).days, (sunday - date(2026, 4, 15)).days]
    stops = [stop(place, slot(number).starts_at) for place, number in zip(places, days, strict=False)]

    assert warnings_about(stops, animator, gap=60) == [
        "1 May 2026 is a public holiday.",
        "3 May 2026 is a Sunday.",
    ]


def test_too_little_time_for_the_way_and_overlaps_are_named(animator, places, page):
    first = slot(14, 8).starts_at
    stops = [
        stop(places[0], first),
        stop(places[1], first + timedelta(minutes=270)),
        stop(places[2], first + timedelta(minutes=500)),
    ]

    assert warnings_about(stops, animator, gap=60) == [
        "Between Brzeg and Grodków there is only 30 min for the way.",
        "Grodków and Żary overlap.",
    ]


def test_clashes_with_other_visits_and_dates_of_the_animator_are_named(make, animator, places, page):
    agreed = make.partnership(municipality=make.municipality("Opole"), animator=animator)
    services.enter_agreed(agreed, slot(14, 10), visit_no=1, actor=animator)
    services.propose(agreed, [slot(14, 15)], visit_no=2, actor=animator)
    db.session.commit()

    assert warnings_about([stop(places[0], slot(14, 8).starts_at)], animator, gap=60) == [
        "Brzeg: at that time there is “Visit 1: Opole”, Wednesday, 29 Apr 2026, 10:00–14:00.",
    ]
    assert warnings_about([stop(places[0], slot(14, 14).starts_at, 60)], animator, gap=60) == [
        "Brzeg: only 0 h to or from “Visit 1: Opole”.",
        "Brzeg: only 0 h to or from “Proposed: visit 2, Opole”.",
    ]


def test_a_trip_is_planned_changed_and_sent_at_once(visit, animator, places, outbox):
    page = visit(as_=animator).open("/visits/trip")
    form = page.form("Show the trip")
    assert form.values["minutes"] == "240"
    page = page.visitor.open(
        "/visits/trip",
        places=[str(places[0].id), str(places[2].id)],
        day="2026-04-29",
        time="08:00",
        minutes="180",
        gap="60",
    )
    page = page.submit("Send the dates", **{"stops-1-time": "13:30", "stops-1-place": "School"})

    assert "2 proposals are on their way." in page.text
    slots = db.session.scalars(select(VisitSlot).order_by(VisitSlot.starts_at)).all()
    assert [(one.starts_at, one.minutes, one.place) for one in slots] == [
        (datetime(2026, 4, 29, 6, tzinfo=UTC), 180, "Brzeg"),
        (datetime(2026, 4, 29, 11, 30, tzinfo=UTC), 180, "School"),
    ]
    assert len(outbox()) == 2


def test_new_warnings_are_shown_once_and_do_not_block(visit, animator, places):
    page = visit(as_=animator).open(
        "/visits/trip", places=[str(places[0].id)], day="2026-04-29", time="08:00", minutes="180", gap="60"
    )

    page = page.submit("Send the dates", expect=422, **{"stops-0-day": "2026-05-02"})
    assert "2 May 2026 is a Saturday." in page.text
    assert db.session.scalar(select(func.count()).select_from(Consultation)) == 0

    page = page.submit("Send the dates")
    assert "One proposal is on its way." in page.text


def test_of_a_trip_with_one_impossible_visit_nothing_is_sent(visit, animator, places, outbox):
    page = visit(as_=animator).open(
        "/visits/trip",
        places=[str(one.id) for one in places],
        day="2026-04-29",
        time="08:00",
        minutes="120",
        gap="60",
    )

    page = page.submit("Send the dates", expect=422, **{"stops-1-day": "2026-04-14"})

    assert "Tuesday, 14 Apr 2026, 11:00–13:00 is over. Choose a date that is still to come." in page.text
    assert (db.session.scalar(select(func.count()).select_from(Consultation)), len(outbox())) == (0, 0)


def test_a_municipality_left_out_is_not_asked(visit, animator, places, outbox):
    page = visit(as_=animator).open(
        "/visits/trip",
        places=[str(one.id) for one in places[:2]],
        day="2026-04-29",
        time="08:00",
        minutes="120",
        gap="60",
    )

    page.submit("Send the dates", **{"stops-0-take": False})

    assert [mail.subject for mail in outbox()] == ["Grodków: dates for visit 1, please answer"]


def test_what_the_first_page_of_a_trip_needs_is_said(visit, animator, places):
    page = visit(as_=animator).open("/visits/trip", day="2026-03-29", time="02:30", minutes="x", gap="-1")

    assert "Tick at least one municipality." in page.text
    assert "Enter a whole number of minutes from 0 to 720." in page.text
    page = page.visitor.open(
        "/visits/trip", places=[str(places[0].id)], day="2027-03-28", time="02:30", minutes="60", gap="0"
    )
    assert "In the night of 28 Mar 2027 the clocks go forward and 02:30 does not exist." in page.text


def test_a_trip_leads_to_no_municipality_of_somebody_else(visit, make, animator, places):
    foreign = make.partnership()
    page = visit(as_=animator).open(
        "/visits/trip", places=[str(places[0].id)], day="2026-04-29", time="08:00", minutes="120", gap="60"
    )

    page.submit("Send the dates", expect=422, **{"stops-0-partnership_id": str(foreign.id)})

    assert db.session.scalar(select(func.count()).select_from(Consultation)) == 0


def test_a_meeting_of_a_partnership_they_lead_is_a_clash(make, animator, places, page):
    own = make.partnership(leader=animator, municipality=make.municipality("Nysa"))
    when = When(slot(14).on, datetime(2026, 4, 29, 9, 0).time(), 60, "Hall")
    call_meeting(own, when, invite=False, actor=animator)
    db.session.commit()

    warnings = warnings_about([stop(places[0], slot(14, 8).starts_at)], animator, gap=60)

    assert len(warnings) == 1
    assert warnings[0].startswith("Brzeg: at that time there is “")


@pytest.mark.parametrize("minutes", ["-5", "0", "10000", "9" * 20, "9" * 5000])
def test_a_length_that_no_visit_has_is_said_on_both_pages_of_a_trip(visit, animator, places, minutes):
    sentence = "Enter how long the visit lasts in minutes: a whole number from 15 to 720."
    asked = {"places": [str(places[0].id)], "day": "2026-04-29", "time": "08:00", "gap": "60"}
    visitor = visit(as_=animator)

    first = visitor.open("/visits/trip", **asked, minutes=minutes)
    second = visitor.open("/visits/trip", **asked, minutes="60").submit(
        "Send the dates", expect=422, **{"stops-0-minutes": minutes, "gap": "9" * 5000}
    )

    for page in (first, second):
        assert (sentence in page.text) is not ("Enter a whole number, for example 90" in page.text)
