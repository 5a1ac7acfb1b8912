"""Who took part, as the seventh task counts it: leaders and deputies of that day, by attendances that count."""

from datetime import UTC, date, datetime

import pytest

from core.database import db
from tests.webinars.attended import attended
from webinars import services
from webinars.models import Attendance, AttendanceSource
from webinars.services import SeriesContent

DAY = date(2026, 5, 6)


@pytest.fixture
def came(app):
    """``came(webinar, partnership, person)``: entered for the partnership's municipality."""

    def enter(webinar, partnership, person, source=AttendanceSource.MANUAL, **values):
        kept = Attendance(
            webinar=webinar, municipality_id=partnership.municipality_id, user=person, source=source, **values
        )
        db.session.add(kept)
        db.session.commit()
        return kept

    return enter


def test_it_counts_for_who_led_or_helped_to_lead_on_that_day(make, announced, came):
    leader, deputy, former, stranger = (make.user() for _ in range(4))
    webinar = announced()
    led, helped, lost, visited = (make.partnership(leader=leader) for _ in range(4))
    make.term(helped, deputy)
    make.term(lost, former, ends_on=date(2026, 5, 5))
    for partnership, person in ((led, leader), (helped, deputy), (lost, former), (visited, stranger)):
        came(webinar, partnership, person)

    assert attended([led, helped, lost, visited]) == [1, 1, 0, 0]


def test_it_stays_when_the_partnership_is_handed_over(make, announced, came):
    first = make.user()
    partnership = make.partnership(led=False)
    make.term(partnership, first, ends_on=DAY)
    webinar = announced()
    came(webinar, partnership, first)

    assert attended([partnership]) == [1]


def test_a_partnership_that_another_went_on_in_counts_there_too(make, announced, came):
    leader = make.user()
    heir, former = make.partnership(), make.partnership(leader=leader)
    webinar = announced()
    former.successor = heir
    attendance = came(webinar, former, leader)
    attendance.municipality_id = heir.municipality_id
    db.session.commit()

    assert attended([heir, former]) == [1, 0]


@pytest.mark.parametrize(("minutes", "counts"), [(44, False), (45, True), (None, True)])
def test_whoever_left_too_early_has_not_taken_part(make, announced, came, office, minutes, counts):
    series = services.make_series(SeriesContent("Mocni", min_minutes=45), actor=office)
    leader = make.user()
    partnership = make.partnership(leader=leader)

    came(announced(series_id=series.id), partnership, leader, minutes=minutes)

    assert attended([partnership]) == [int(counts)]


@pytest.mark.parametrize("counts", [True, False])
def test_a_recording_counts_where_its_series_says_so_for_who_leads_when_watching(
    make, announced, came, office, counts, clock
):
    series = services.make_series(SeriesContent("Mocni", recording_counts=counts), actor=office)
    newcomer = make.user()
    partnership = make.partnership(led=False)
    make.term(partnership, newcomer, starts_on=date(2026, 6, 1))
    webinar = announced(series_id=series.id)
    clock.move_to(datetime(2026, 6, 2, 8, 0, tzinfo=UTC))

    came(webinar, partnership, newcomer, AttendanceSource.RECORDING)

    assert attended([partnership]) == [int(counts)]


def test_one_webinar_counts_once_and_an_event_of_others_never(make, announced, came):
    leader, deputy = make.user(), make.user()
    partnership = make.partnership(leader=leader)
    make.term(partnership, deputy)
    webinar = announced()
    outside = announced("Kongres", is_outside=True, outside_link="https://congress.example/")
    came(webinar, partnership, leader, AttendanceSource.RECORDING)
    came(webinar, partnership, deputy)
    came(outside, partnership, leader)

    assert attended([partnership]) == [1]
