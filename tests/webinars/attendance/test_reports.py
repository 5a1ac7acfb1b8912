"""From a report to attendances: who is found, who is asked about, what a second or corrected report does."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from core import audit
from core.audit import AuditEvent, AuditPersonal
from core.database import db
from tests.webinars.attendance.conftest import WAS, attendances, guest_of, report_of, seat_of
from tests.webinars.attended import attended
from webinars.attendance import by_hand, jobs, reports
from webinars.attendance.errors import NotOver, SettledAlready
from webinars.attendance.models import AttendanceLine, AttendanceReport, LineState, ReportStatus
from webinars.attendance.writing import Wanted, write
from webinars.models import Attendance, AttendanceSource, WebinarStatus
from webinars.registrations.models import WebinarRegistration


@pytest.fixture
def taken(office):
    """``taken(webinar, ("Anna Nowak", "", 60), …)``: read and matched, not saved."""

    def take(webinar, *people):
        report = reports.take_in(webinar, report_of(*people), actor=office)
        db.session.commit()
        return report

    return take


@pytest.fixture
def saved(taken, office):
    def save(webinar, *people):
        report = taken(webinar, *people)
        reports.save(report, actor=office)
        db.session.commit()
        return report

    return save


def found(report):
    """Each line: its name, state, what it was known by, whom it was found to be."""
    return [
        (line.name, line.state.value, line.known_by.value if line.known_by else None, line.target)
        for line in reports.lines_of(report)
    ]


def line(report, name):
    return next(one for one in reports.lines_of(report) if one.name == name)


# --- Who is found ----------------------------------------------------------------------------------------


def test_people_are_found_by_any_of_their_addresses(make, held, taken):
    webinar = held()
    account, shared = make.user(email="ewa@wies.example"), make.user(email="jan@wies.example")
    shared.notification_email = "Biblioteka@Wies.example"
    guest = guest_of(webinar, "Ola Wróż", "ola@gosc.example")

    report = taken(
        webinar,
        ("E", "EWA@wies.example", 60),
        ("J", "biblioteka@wies.example", 60),
        ("O", "ola@gosc.example", 60),
    )

    assert found(report) == [
        ("E", "known", "email", f"user-{account.id}"),
        ("J", "known", "email", f"user-{shared.id}"),
        ("O", "known", "email", f"seat-{guest.id}"),
    ]


def test_then_by_the_name_of_somebody_registered_then_of_a_leader_or_deputy(make, held, taken):
    webinar, leader, deputy = held(), make.user("Łucja Gęś"), make.user("Piotr Sroka")
    partnership = make.partnership(leader=leader)
    make.term(partnership, deputy)
    guest = guest_of(webinar, "Anna Maria Nowak", "anna@gosc.example")

    report = taken(
        webinar, ("NOWAK Maria Anna", "", 60), ("lucja ges", "x@y.example", 50), ("Sroka Piotr", "", 46)
    )

    assert found(report) == [
        ("NOWAK Maria Anna", "known", "name", f"seat-{guest.id}"),
        ("lucja ges", "known", "leader_name", f"user-{leader.id}"),
        ("Sroka Piotr", "known", "leader_name", f"user-{deputy.id}"),
    ]


def test_a_name_that_several_bear_or_that_is_only_similar_is_asked_about(make, held, taken):
    webinar = held()
    one, other = (guest_of(webinar, "Jan Kowalski", f"jan{number}@gosc.example") for number in (1, 2))
    kowalik = guest_of(webinar, "Zofia Kowalik", "zofia@gosc.example")

    report = taken(
        webinar,
        ("Jan Kowalski", "", 60),
        ("Zofia K.", "", 50),
        ("Zofia Kowalk", "", 50),
        ("Zenon Ptak", "", 50),
    )

    lines = reports.lines_of(report)
    assert [(one.state, set(one.candidates)) for one in lines] == [
        (LineState.UNSURE, {f"seat-{one.id}", f"seat-{other.id}"}),
        (LineState.UNSURE, {f"seat-{kowalik.id}"}),
        (LineState.UNSURE, {f"seat-{kowalik.id}"}),
        (LineState.UNKNOWN, set()),
    ]


def test_a_mailbox_that_several_share_tells_nobody_apart(make, held, taken):
    people = [make.user() for _ in range(2)]
    for person in people:
        person.notification_email = "biuro@wies.example"

    report = taken(held(), ("Biuro", "biuro@wies.example", 60))

    assert found(report) == [("Biuro", "unsure", None, None)]
    assert set(line(report, "Biuro").candidates) == {f"user-{person.id}" for person in people}


def test_a_leader_of_another_time_is_not_taken_for_one(make, held, taken):
    former = make.user("Łucja Gęś")
    make.term(make.partnership(led=False), former, ends_on=date(2026, 4, 13))

    assert found(taken(held(), ("Łucja Gęś", "", 60))) == [("Łucja Gęś", "unknown", None, None)]


# --- Saving ----------------------------------------------------------------------------------------------


def test_what_is_saved_stands_with_the_municipality_they_lead_or_named(make, held, saved):
    webinar, leader = held(), make.user("Łucja Gęś")
    town, village = make.municipality("Zielonki"), make.municipality("Bolesław")
    make.partnership(municipality=town, leader=leader)
    seat_of(webinar, make.user("Adam Kos", email="adam@wies.example"), village)
    guest_of(webinar, "Ola Wróż", "ola@gosc.example", village)
    guest_of(webinar, "Iza Lis", "iza@gosc.example")

    saved(
        webinar, ("Łucja Gęś", "", 60), ("Adam", "adam@wies.example", 50), ("Ola", "ola@gosc.example", 47),
        ("Iza", "iza@gosc.example", 20),
    )  # fmt: skip

    assert attendances(webinar) == [
        ("Łucja Gęś", "Zielonki", 1, 60, "import"),
        ("Adam Kos", "Bolesław", 1, 50, "import"),
        ("Ola Wróż", "Bolesław", 1, 47, "import"),
        ("Iza Lis", None, 1, 20, "import"),
    ]


def test_reading_alone_saves_nothing(make, held, taken):
    webinar = held()
    seat_of(webinar, make.user("Adam Kos", email="adam@wies.example"))

    taken(webinar, ("Adam", "adam@wies.example", 50))

    assert attendances(webinar) == []


def test_whoever_leads_two_partnerships_counts_for_both(make, held, saved):
    webinar, leader = held(), make.user("Łucja Gęś")
    partnerships = [make.partnership(leader=leader) for _ in range(2)]

    saved(webinar, ("Łucja Gęś", "", 60))

    assert attended(partnerships) == [1, 1]


def test_the_same_report_again_changes_nothing(make, held, saved):
    webinar, leader = held(), make.user("Łucja Gęś")
    make.partnership(leader=leader)
    people = ("Łucja Gęś", "", 60), ("Zenon Ptak", "", 40)
    saved(webinar, *people)
    before = attendances(webinar), _events()

    again = saved(webinar, *people)

    assert attendances(webinar) == before[0]
    assert {event: number - before[1].get(event, 0) for event, number in _events().items()} == {
        "attendance.report_read": 1, "attendance.report_saved": 1, "attendance.entered": 0,
    }  # fmt: skip
    assert again.status is ReportStatus.SAVED


def _events():
    rows = db.session.execute(select(AuditEvent.event, func.count()).group_by(AuditEvent.event))
    return {event: number for event, number in rows if event.startswith("attendance")}


def test_a_corrected_report_corrects_minutes_and_remembers_what_they_were(make, held, saved):
    webinar, leader = held(), make.user("Łucja Gęś")
    make.partnership(leader=leader)
    saved(webinar, ("Łucja Gęś", "", 60))

    saved(webinar, ("Łucja Gęś", "", 44))

    assert [row[3] for row in attendances(webinar)] == [44]
    kept = db.session.scalars(select(Attendance)).one()
    event = audit.story_of(kept.story)[0][0]
    assert (event.event, event.data["before"], event.data["after"]) == (
        "attendance.changed", {"minutes": 60}, {"minutes": 44},
    )  # fmt: skip


def test_somebody_found_twice_has_one_entry_with_their_minutes_together(make, held, saved):
    webinar, leader = held(), make.user("Łucja Gęś", email="lucja@wies.example")
    make.partnership(leader=leader)

    saved(webinar, ("L", "lucja@wies.example", 30), ("Łucja Gęś", "", 25))

    assert [row[3] for row in attendances(webinar)] == [55]


def test_what_was_entered_by_hand_stays_as_it_is(make, held, saved, office):
    webinar, person = held(), make.user("Adam Kos", email="adam@wies.example")
    seat = seat_of(webinar, person)
    by_hand.tick(webinar, [seat.id], actor=office)

    saved(webinar, ("Adam", "adam@wies.example", 12))

    assert attendances(webinar) == [("Adam Kos", None, 1, None, "manual")]


@pytest.mark.parametrize(
    "values",
    [
        {"source": AttendanceSource.RECORDING},
        {"source": AttendanceSource.IMPORT, "taken_over": True, "minutes": 80},
    ],
)
def test_recordings_and_earlier_records_stay_too(make, held, saved, values):
    webinar, person = held(), make.user("Adam Kos", email="adam@wies.example")
    place = make.municipality()
    db.session.add(Attendance(webinar=webinar, user=person, municipality=place, **values))
    db.session.commit()
    before = attendances(webinar)

    saved(webinar, ("Adam", "adam@wies.example", 12))

    assert attendances(webinar) == before


def test_a_report_is_read_once_the_webinar_has_begun(held, office):
    webinar = held(starts_at=WAS + timedelta(days=2), status=WebinarStatus.ANNOUNCED)

    with pytest.raises(NotOver):
        reports.take_in(webinar, report_of(("A", "", 5)), actor=office)


def test_a_second_draft_takes_the_place_of_the_first(held, taken):
    webinar = held()
    taken(webinar, ("Zenon Ptak", "", 40))

    second = taken(webinar, ("Ela Kot", "", 50))

    assert db.session.scalars(select(AttendanceReport)).all() == [second]
    assert [one.name for one in db.session.scalars(select(AttendanceLine))] == ["Ela Kot"]


# --- Settling --------------------------------------------------------------------------------------------


def test_settled_people_count_as_what_they_were_said_to_be(make, held, taken, office):
    webinar, place = held(), make.municipality("Zielonki")
    twin = guest_of(webinar, "Jan Kowalski", "jan1@gosc.example")
    guest_of(webinar, "Jan Kowalski", "jan2@gosc.example")
    known = make.user("Ewa Żak")
    report = taken(
        webinar,
        ("Jan Kowalski", "", 60),
        ("ewka", "", 50),
        ("biblioteka", "", 48),
        ("obcy", "", 40),
        ("inny", "", 5),
    )

    reports.settle_as_person(line(report, "Jan Kowalski"), f"seat-{twin.id}", actor=office)
    reports.settle_as_user(line(report, "ewka"), known, actor=office)
    reports.settle_as_place(line(report, "biblioteka"), place, actor=office)
    reports.save(report, actor=office)
    assert reports.settle_rest(report, actor=office) == 2

    assert attendances(webinar) == [
        ("Jan Kowalski", None, 1, 60, "import"),
        ("Ewa Żak", None, 1, 50, "import"),
        (None, "Zielonki", 1, None, "import"),
        (None, None, 2, None, "import"),
    ]
    assert report.others == 2


def test_what_was_settled_is_known_when_the_report_comes_again(make, held, saved, office):
    webinar, place = held(), make.municipality("Zielonki")
    people = ("biblioteka", "", 48), ("obcy", "", 40)
    report = saved(webinar, *people)
    reports.settle_as_place(line(report, "biblioteka"), place, actor=office)
    reports.settle_as_other(line(report, "obcy"), actor=office)
    before = attendances(webinar)

    again = saved(webinar, *people)

    assert (attendances(webinar), [one.state for one in reports.lines_of(again)]) == (
        before, [LineState.PLACE, LineState.NOT_OURS],
    )  # fmt: skip
    assert reports.lines_of(report) == []


def test_nobody_is_settled_twice_or_as_somebody_who_was_not_offered(make, held, taken, office):
    webinar, stranger = held(), make.user()
    report = taken(webinar, ("obcy", "", 40))

    with pytest.raises(SettledAlready):
        reports.settle_as_person(line(report, "obcy"), f"user-{stranger.id}", actor=office)
    reports.settle_as_other(line(report, "obcy"), actor=office)
    with pytest.raises(SettledAlready):
        reports.settle_as_other(line(report, "obcy"), actor=office)


# --- Forgetting ------------------------------------------------------------------------------------------


def test_thirty_days_later_strangers_are_a_count_and_no_name_is_left(make, held, saved, clock):
    webinar, leader = held(), make.user("Łucja Gęś")
    make.partnership(leader=leader)
    report = saved(
        webinar, ("Łucja Gęś", "", 60), ("Zenon Ptak", "zenon@obcy.example", 40), ("Ela Kot", "", 30)
    )

    clock.tick(days=30, seconds=-1)
    assert jobs.forget() == "0 forgotten"
    clock.tick(seconds=2)
    assert jobs.forget() == "1 forgotten"
    assert jobs.forget() == "0 forgotten"

    assert [row[:4] for row in attendances(webinar)][1:] == [(None, None, 2, None)]
    assert (report.others, report.forgotten_at, db.session.query(AttendanceLine).count()) == (2, clock.now, 0)
    told = [event.data for event in db.session.query(AuditEvent)]
    told += [one.data for one in db.session.query(AuditPersonal)]
    assert not [data for data in told if "Ptak" in str(data) or "zenon@" in str(data)]


def test_a_draft_that_nobody_saved_goes_as_a_whole(held, taken, clock):
    webinar = held()
    taken(webinar, ("Zenon Ptak", "", 40))
    clock.tick(days=30, seconds=1)

    assert jobs.forget() == "1 forgotten"
    assert (db.session.query(AttendanceReport).count(), attendances(webinar)) == (0, [])


def test_a_discarded_report_leaves_nothing(held, taken, office):
    webinar = held()

    reports.discard(taken(webinar, ("Zenon Ptak", "", 40)), actor=office)

    assert (db.session.query(AttendanceReport).count(), db.session.query(AttendanceLine).count()) == (0, 0)


def test_a_guest_who_was_forgotten_still_counts(make, held, saved):
    webinar = held()
    guest = guest_of(webinar, "Ola Wróż", "ola@gosc.example")
    saved(webinar, ("Ola", "ola@gosc.example", 50))
    guest.name, guest.email, guest.forgotten_at = None, None, WAS
    db.session.commit()

    assert attendances(webinar) == [(None, None, 1, 50, "import")]
    assert db.session.get_one(WebinarRegistration, guest.id).name is None


def test_of_two_counts_that_came_together_by_a_merger_a_corrected_report_changes_what_is_missing(
    make, held, office
):
    webinar, place = held(), make.municipality()
    for people in (3, 2):
        db.session.add(
            Attendance(
                webinar=webinar, municipality=place, people_count=people, source=AttendanceSource.IMPORT
            )
        )
    db.session.commit()

    write(webinar, Wanted({}, {place.id: 6}), actor=office)

    assert [line[2] for line in attendances(webinar)] == [4, 2]
