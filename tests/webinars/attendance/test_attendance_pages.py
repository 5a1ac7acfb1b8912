"""The office's pages of who came: a report read, looked over, settled and saved; ticks, counts, corrections."""

import pytest

from core.database import db
from tests.visit import Upload
from tests.webinars.attendance.conftest import attendances, guest_of, report_of, seat_of
from webinars.attendance import by_hand, reports
from webinars.attendance.errors import NotTheirs
from webinars.models import Attendance, AttendanceSource
from webinars.registrations.models import RegistrationStatus


def sent(page, data, name="report.csv"):
    return page.submit("Read the report", file=Upload(data, name, "text/csv"))


def test_a_report_is_read_looked_over_settled_and_saved(make, visit, held, office):
    webinar, leader = held(), make.user("Łucja Gęś", email="lucja@wies.example")
    make.partnership(municipality=make.municipality("Zielonki"), leader=leader)
    guest = guest_of(webinar, "Zofia Kowalik", "zofia@gosc.example")
    data = report_of(
        ("Łucja", "lucja@wies.example", 60),
        ("Zofia K.", "", 50),
        ("świetlica", "", 48),
        ("obcy", "obcy@x.example", 40),
    )
    page = visit(as_=office).open(f"/webinars/{webinar.id}")
    page = page.visitor.open(page.links["Who came"])
    assert "Nobody stands here yet" in page.text

    page = sent(page.visitor.open(page.links["Read a report"]), data)
    assert page.headings[0] == "Report from Google Meet"
    assert "People in the report 4" in page.text
    assert "One person is new." in page.text
    page = page.submit("Save the attendance")
    assert "One person entered." in page.text
    page = page.visitor.open(next(url for url in page.links.values() if "attendance-reports" in url))
    report_page = page.url

    page = page.visitor.open(page.links["Zofia K."])
    page = page.submit("Save and go on", who=f"seat-{guest.id}")
    page = page.visitor.open(page.links["świetlica"]).submit("Save and go on", who="place", place="Zielonki")
    page = page.visitor.open(report_page).submit("All of these are from elsewhere")
    assert "One person counted as from elsewhere." in page.text

    assert attendances(webinar) == [
        ("Łucja Gęś", "Zielonki", 1, 60, "import"),
        ("Zofia Kowalik", None, 1, 50, "import"),
        (None, "Zielonki", 1, None, "import"),
        (None, None, 1, None, "import"),
    ]
    page = page.visitor.open(f"/office/webinars/{webinar.id}/attendance")
    assert "From partnerships 2 of one municipality" in page.text
    assert "From elsewhere 2" in page.text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"Name,Age\nOla,7\n", "No list of people with times was found in this file."),
        (b"\x00\x01\x02", "This file could not be read."),
        (b"Name,Email,Duration\n" + b"Ola,,5\n" * 10_600, "at most 10 MB and 10,000 rows"),
    ],
)
def test_a_file_that_is_no_report_is_answered_with_a_sentence(visit, held, office, data, sentence):
    page = visit(as_=office).open(f"/office/webinars/{held().id}/attendance/report")

    page = page.submit("Read the report", expect=422, file=Upload(data, "x.csv", "text/csv"))

    assert sentence in page.text


def test_a_report_of_another_day_is_asked_about(visit, held, office):
    data = b"Nick;E-mail;Start date;End date\nOla;;2026-03-02 10:00;2026-03-02 10:40\n"

    page = sent(visit(as_=office).open(f"/office/webinars/{held().id}/attendance/report"), data)

    assert "This report is of 2 Mar 2026. Is it the right one?" in page.text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Choose who it is."),
        ({"who": "place"}, "Enter the municipality."),
        ({"who": "place", "place": "Atlantyda"}, "We know no municipality of this name."),
        ({"who": "person", "email": "nobody@x.example"}, "Nobody here has an account with this address."),
    ],
)
def test_what_is_not_settled_is_said(visit, held, office, fields, sentence):
    webinar = held()
    report = reports.take_in(webinar, report_of(("obcy", "", 40)), actor=office)
    (line,) = reports.lines_of(report)
    db.session.commit()

    page = visit(as_=office).open(f"/office/attendance-people/{line.id}")
    page = page.submit("Save and go on", expect=422, **fields)

    assert sentence.lower() in page.text.lower()


def test_the_next_one_who_may_be_somebody_follows_until_none_is_left(visit, held, office):
    webinar = held()
    for name in ("Zofia Kowalik", "Adam Kosowski"):
        guest_of(webinar, name, f"{name[:4].strip()}@gosc.example")
    report = reports.take_in(webinar, report_of(("Zofia K.", "", 50), ("Adam K.", "", 48)), actor=office)
    first = reports.lines_of(report)[0]
    db.session.commit()

    page = visit(as_=office).open(f"/office/attendance-people/{first.id}")
    assert page.headings[0] == "Who is Zofia K.?"
    page = page.submit("Save and go on", who="other")
    assert page.headings[0] == "Who is Adam K.?"
    page = page.submit("Save and go on", who="other")
    assert page.headings[0] == "Report from Google Meet"
    assert "Who is it?" not in page.headings


def test_everybody_found_by_name_is_shown_to_be_looked_over(visit, held, office):
    webinar = held()
    names = [f"Anna Nowak{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(60)]
    for number, name in enumerate(names):
        guest_of(webinar, name, f"g{number}@gosc.example")
    report = reports.take_in(webinar, report_of(*((name, "", 60) for name in names)), actor=office)
    db.session.commit()

    page = visit(as_=office).open(f"/office/attendance-reports/{report.id}")

    assert [row[0] for row in page.tables[0][1:]] == names


def test_ticks_counts_and_what_was_entered_by_mistake(make, visit, held, office):
    webinar, place = held(), make.municipality("Zielonki")
    seat = seat_of(webinar, make.user("Adam Kos"), place)
    waiting = guest_of(webinar, "Ola Wróż", "ola@gosc.example")
    waiting.status = RegistrationStatus.WAITLISTED
    db.session.commit()
    page = visit(as_=office).open(f"/office/webinars/{webinar.id}/attendance")

    ticking = page.visitor.open(page.links["Tick who came"])
    assert "Adam Kos, Zielonki" in ticking.text
    assert "Ola Wróż" not in ticking.text
    ticking.submit("Save", seats=[str(seat.id)])
    counting = page.visitor.open(page.links["Add a count"])
    assert "Enter a number from 1 to 10,000." in counting.submit("Save", expect=422, people=0).text
    page = counting.submit("Save", place="Zielonki", people=12)
    assert [row[:4] for row in page.tables[0][1:]] == [
        ["Adam Kos", "Zielonki", "–", "Entered by hand"],
        ["12 people", "Zielonki", "–", "Entered by hand"],
    ]

    form = next(one for one in page.forms() if one.action.endswith("/remove"))
    form.press("Take out")
    page = page.visitor.send(form, expect=303)
    assert attendances(webinar) == [(None, "Zielonki", 12, None, "manual")]


def test_what_a_recording_says_is_not_taken_out_here(make, visit, held, office):
    webinar, person = held(), make.user("Adam Kos")
    kept = Attendance(
        webinar=webinar, user=person, municipality=make.municipality(), source=AttendanceSource.RECORDING
    )
    db.session.add(kept)
    db.session.commit()

    page = visit(as_=office).open(f"/office/webinars/{webinar.id}/attendance")
    assert "Take out" not in page.buttons
    with pytest.raises(NotTheirs):
        by_hand.remove(kept, actor=office)


def test_whoever_was_there_too_short_is_marked(make, visit, held, office):
    webinar = held()
    seat_of(webinar, make.user("Adam Kos", email="adam@wies.example"))
    report = reports.take_in(webinar, report_of(("Adam", "adam@wies.example", 44)), actor=office)
    reports.save(report, actor=office)
    db.session.commit()

    page = visit(as_=office).open(f"/office/webinars/{webinar.id}/attendance")

    assert page.tables[0][1][0] == "Adam Kos Does not count"
    assert "Took part 0 for at least 45 minutes" in page.text


def test_pages_ask_as_little_for_many_people_as_for_few(make, visit, held, office, count_queries):
    webinars = []
    for number in (1, 12):
        webinar = held(f"Webinar {number}")
        people = [make.user(email=f"p{number}-{one}@wies.example") for one in range(number)]
        names = [(f"Zofia {one}", "", 40) for one in range(number)]
        guest_of(webinar, "Zofia Kowalik", f"zofia{number}@gosc.example")
        for person in people:
            seat_of(webinar, person, make.municipality())
        report = reports.take_in(
            webinar, report_of(*((one.name, one.email, 50) for one in people), *names), actor=office
        )
        reports.save(report, actor=office)
        webinars.append((webinar.id, report.id))
    db.session.commit()
    visitor = visit(as_=office)

    asked = []
    for webinar_id, report_id in webinars:
        for address in (
            f"/office/webinars/{webinar_id}/attendance",
            f"/office/webinars/{webinar_id}/attendance/tick",
            f"/office/attendance-reports/{report_id}",
        ):
            visitor.open(address)
            with count_queries() as queries:
                visitor.open(address)
            asked.append(queries.count)

    assert asked[:3] == asked[3:]


def test_nobody_but_the_office_sees_who_came(make, visit, held):
    webinar, leader = held(), make.user()
    make.partnership(leader=leader)

    for person in (leader, make.animator()):
        visit(as_=person).open(f"/office/webinars/{webinar.id}/attendance", expect=403)
