"""Pages about visits, as both sides and the office use them."""

import re
from datetime import timedelta

import pytest

from animators.consultations.models import Consultation, ConsultationStatus
from animators.visits import services
from core.database import db
from tests.animators.visits.conftest import slot


def address_of(sides):
    return f"/partnerships/{sides.partnership.id}/visits"


def test_a_leader_enters_what_was_agreed_by_phone_and_the_animator_says_it_is_not_right(sides, visit):
    page = visit(as_=sides.leader).open(address_of(sides))
    assert [heading for heading in page.headings if heading.startswith("Visit ")] == ["Visit 1", "Visit 2"]
    page = page.follow("Enter what you agreed (visit 1)")
    assert page.form("Enter the visit").values["minutes"] == "240"
    page = page.submit("Enter the visit", day="29.04.2026", time="10.00", place="Library")
    assert "The visit is entered." in page.text
    assert "Wednesday, 29 Apr 2026, 10:00–14:00" in page.text
    assert "This is not right" not in page.links

    page = visit(as_=sides.animator).open(page.url).follow("This is not right")
    page = page.submit("This is not right", note="It was Thursday")

    assert "The date is not agreed any more, and both sides are told." in page.text
    assert "It was Thursday" in page.text
    assert "Enter what you agreed" in page.links


def test_an_animator_proposes_the_leader_answers_moves_and_cancels(sides, visit):
    page = visit(as_=sides.animator).open(address_of(sides)).follow("Propose dates (visit 1)")
    page = page.submit(
        "Send the dates", day_1="2026-04-29", time_1="10:00", day_3="2026-04-30", time_3="12:30", place="Hall"
    )
    assert "2 dates are proposed. The partnership answers next." in page.text

    leader = visit(as_=sides.leader)
    page = leader.open(address_of(sides)).follow("Answer (visit 1)")
    second = page.tree.xpath("//input[@name='slot']")[1].get("value")
    page = page.submit("Accept this date", slot=second)
    assert "The visit is agreed." in page.text
    assert "Thursday, 30 Apr 2026, 12:30–16:30" in page.text

    page = page.follow("Ask to move it").submit(
        "Send the dates", day_1="2026-05-12", time_1="9", reason="Flood"
    )
    assert "asked to move it" in page.text
    page = page.submit("Leave it on its date")
    assert "The visit stays on its date" in page.text

    page = page.follow("Cancel the visit").submit("Cancel the visit", reason="No electricity")
    assert "The partnership cancelled it on 15 Apr 2026: No electricity" in page.text
    page = leader.open(address_of(sides))
    assert "To be agreed" in page.text
    assert "No electricity" in page.text


def test_dates_that_do_not_fit_are_declined_with_a_word(sides, visit):
    proposed = services.propose(sides.partnership, [slot()], visit_no=1, actor=sides.animator)
    db.session.commit()

    page = visit(as_=sides.leader).open(f"/visits/{proposed.id}").follow("None of them fits")
    page.submit("Decline the dates", expect=422)
    page = page.submit("Decline the dates", note="Closed on Wednesdays")

    assert "The date was declined: Closed on Wednesdays" in page.text


@pytest.mark.parametrize(
    ("day", "time", "sentence"),
    [
        ("2026-04-14", "10:00", "Tuesday, 14 Apr 2026, 10:00–14:00 is over."),
        (
            "2027-03-28",
            "02:30",
            "In the night of 28 Mar 2027 the clocks go forward and 02:30 does not exist.",
        ),
        ("yesterday", "10:00", "Enter a day such as 23.02.2027"),
        ("2026-04-29", "25:00", "Enter a time such as 17:00"),
        ("", "10:00", "Enter a day such as 23.02.2027"),
    ],
)
def test_what_is_wrong_with_a_date_stands_at_its_field_and_the_rest_is_kept(
    sides, visit, day, time, sentence
):
    page = visit(as_=sides.leader).open(f"{address_of(sides)}/1/agreed")

    page = page.submit("Enter the visit", expect=422, day=day, time=time, place="Library")

    assert sentence in page.text
    assert page.form("Enter the visit").values["place"] == "Library"


def test_a_slip_in_one_of_several_dates_stands_at_that_date(sides, visit):
    page = visit(as_=sides.leader).open(f"{address_of(sides)}/1/propose")

    page = page.submit(
        "Send the dates",
        expect=422,
        day_1="2026-04-29",
        time_1="10:00",
        day_4="2026-04-29",
        time_4="11:00",
        day_5="2026-05-05",
        place="Hall",
    )
    assert page.tree.xpath("//*[@id='time_5-error']")
    page = page.submit("Send the dates", expect=422, time_5="10:00")

    assert "This overlaps with Wednesday, 29 Apr 2026, 10:00–14:00" in "".join(
        page.tree.xpath("//*[@id='day_4-error']//text()")
    )


@pytest.mark.parametrize(
    ("day", "time"),
    [
        ("2026-04-29", "10:00"),
        ("29.4.2026", "10.00"),
        ("29/04/2026", "1000"),
        ("29.04.2026 r.", "godz. 10"),
        ("29 kwietnia 2026", "10"),
        ("29 Apr 2026", "10:00"),
        ("29 april 2026", "10 00"),
    ],
)
def test_a_day_and_a_time_may_be_written_as_people_write_them(sides, visit, day, time):
    page = visit(as_=sides.leader).open(f"{address_of(sides)}/1/agreed")

    page = page.submit("Enter the visit", day=day, time=time, place="Library")

    assert "Wednesday, 29 Apr 2026, 10:00–14:00" in page.text


def test_a_place_with_markup_is_only_text_on_every_page(sides, visit):
    attack = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    entered = services.enter_agreed(sides.partnership, slot(place=attack), visit_no=1, actor=sides.leader)
    services.propose(sides.partnership, [slot(20, place=attack)], visit_no=2, actor=sides.leader)
    db.session.commit()

    visitor = visit(as_=sides.animator)
    for path in (
        address_of(sides),
        f"/visits/{entered.id}",
        f"/visits/{entered.id + 1}",
        f"/visits/{entered.id}/cancel",
        f"/visits/{entered.id}/not-right",
    ):
        page = visitor.open(path)
        assert attack not in page.html, path
        assert "<img src=x" not in page.html, path
    assert attack in visitor.open(f"/visits/{entered.id}").text


def test_a_page_left_open_is_told_that_the_dates_are_answered(sides, visit):
    proposed = services.propose(sides.partnership, [slot(14), slot(15)], visit_no=1, actor=sides.animator)
    db.session.commit()
    left_open = visit(as_=sides.leader).open(f"/visits/{proposed.id}")

    left_open.submit("Accept this date")
    second = left_open.submit("Accept this date")

    assert "These dates have been answered already." in second.text


def test_the_office_says_for_whom_it_acts(sides, make, visit):
    page = visit(as_=make.office("Olga Biuro")).open(f"{address_of(sides)}/1/agreed")

    fields = {"day": "2026-04-29", "time": "10:00", "place": "Library"}
    page = page.submit("Enter the visit", expect=422, **fields)
    assert "Choose for whom the programme office does this." in page.text
    page = page.submit("Enter the visit", for_side="animator")

    assert "agreed by phone, entered by: The animator (the programme office in its place)" in page.text


def test_the_link_of_the_mail_objects_without_signing_in(sides, visit, outbox):
    entered = services.enter_agreed(sides.partnership, slot(), visit_no=1, actor=sides.leader)
    db.session.commit()
    (link,) = re.findall(r"https?://[^/\s]+(/do/\S+)", outbox()[0].body)

    page = visit().open(link)
    assert "Wednesday, 29 Apr 2026, 10:00–14:00" in page.text
    page = page.submit("This is not right", note="It was Thursday")

    assert "The date is not agreed any more, and both sides are told." in page.text
    db.session.expire_all()
    assert db.session.get_one(Consultation, entered.id).status is ConsultationStatus.PROPOSED


def test_the_link_of_a_date_that_was_entered_anew_objects_to_nothing(sides, visit, outbox):
    entered = services.enter_agreed(sides.partnership, slot(), visit_no=1, actor=sides.leader)
    db.session.commit()
    (link,) = re.findall(r"https?://[^/\s]+(/do/\S+)", outbox()[0].body)
    services.enter_agreed(entered, slot(20), actor=sides.leader)
    db.session.commit()

    response = visit().client.get(link)

    assert "This date has changed meanwhile." in response.get_data(as_text=True)
    db.session.expire_all()
    assert db.session.get_one(Consultation, entered.id).planned_start == slot(20).starts_at


def test_the_calendar_file_of_a_visit_is_one_entry(sides, visit):
    entered = services.enter_agreed(sides.partnership, slot(), visit_no=1, actor=sides.leader)
    db.session.commit()

    file = visit(as_=sides.leader).open(f"/visits/{entered.id}").follow("Calendar file")

    assert file.response.headers["Content-Type"].startswith("text/calendar")
    assert file.html.count("BEGIN:VEVENT") == 1


def test_the_history_says_what_happened_with_old_and_new_dates(sides, visit):
    entered = services.enter_agreed(sides.partnership, slot(), visit_no=1, actor=sides.leader)
    services.enter_agreed(entered, slot(20), actor=sides.leader)
    db.session.commit()

    page = visit(as_=sides.leader).open(f"/visits/{entered.id}").follow("What happened (Visit 1)")

    assert page.text.count("Entered a visit agreed by phone") >= 2
    assert "29 Apr 2026, 10:00" in page.text
    assert "5 May 2026, 10:00" in page.text


def test_the_list_and_a_visit_take_as_many_queries_for_many_dates_as_for_one(sides, visit, count_queries):
    visitor = visit(as_=sides.leader)
    proposed = services.propose(sides.partnership, [slot(14)], visit_no=1, actor=sides.animator)
    db.session.commit()

    def asked(path):
        with count_queries() as queries:
            visitor.open(path)
        return queries.count

    few = [asked(path) for path in (address_of(sides), f"/visits/{proposed.id}")]
    for days in (15, 16, 17):
        services.propose_again(proposed, [slot(days), slot(days + 5)], actor=sides.animator)
    services.propose(sides.partnership, [slot(30)], visit_no=2, actor=sides.leader)
    db.session.commit()

    assert [asked(path) for path in (address_of(sides), f"/visits/{proposed.id}")] == few


def test_of_a_visit_that_was_not_held_nothing_is_said_to_be_still_to_come(sides, visit, clock, outbox):
    visit_id = services.enter_agreed(sides.partnership, slot(), visit_no=1, actor=sides.leader).id
    db.session.commit()
    clock.move_to(slot().ends_at + timedelta(hours=1))

    form = visit(as_=sides.leader).open(f"/visits/{visit_id}/cancel")
    form.submit("Cancel the visit", reason="Nobody came")

    assert "It should have begun already: this counts as a late cancellation." in form.text
    assert "It begins in" not in form.text
    told = outbox()[-1].body
    assert "- It should have begun already, so this counts as late." in told
    assert "before its beginning" not in told
