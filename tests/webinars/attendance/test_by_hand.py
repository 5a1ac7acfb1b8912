"""Attendance without a report: ticked, or counted."""

from tests.webinars.attendance.conftest import attendances, guest_of, seat_of
from webinars.attendance import by_hand


def test_ticks_enter_each_person_once(make, held, office):
    webinar, leader = held(), make.user("Łucja Gęś")
    make.partnership(municipality=make.municipality("Zielonki"), leader=leader)
    seats = [seat_of(webinar, leader), guest_of(webinar, "Ola Wróż", "ola@gosc.example")]
    ids = [seat.id for seat in seats]

    assert [by_hand.tick(webinar, ids, actor=office) for _ in range(2)] == [2, 0]

    assert attendances(webinar) == [
        ("Łucja Gęś", "Zielonki", 1, None, "manual"),
        ("Ola Wróż", None, 1, None, "manual"),
    ]


def test_seats_of_another_webinar_cannot_be_ticked(make, held, office):
    webinar, other = held(), held("Inne")
    foreign = guest_of(other, "Ola Wróż", "ola@gosc.example")

    assert by_hand.tick(webinar, [foreign.id], actor=office) == 0
    assert attendances(webinar) == attendances(other) == []


def test_a_count_said_again_is_corrected(make, held, office):
    webinar, place = held(), make.municipality("Zielonki")

    for people in (12, 14):
        by_hand.set_count(webinar, place, people, actor=office)
    by_hand.set_count(webinar, None, 3, actor=office)

    assert attendances(webinar) == [
        (None, "Zielonki", 14, None, "manual"), (None, None, 3, None, "manual"),
    ]  # fmt: skip
