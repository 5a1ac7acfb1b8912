"""What the end of an assignment leaves behind, and what those concerned are told of it."""

from datetime import date

import pytest
from sqlalchemy import delete, update

from animators.people.services.leaves import summarise_leaves
from core.audit import story_of
from core.database import db
from partnerships import services
from partnerships.errors import AssignmentTakenBack, DayOver
from partnerships.models import AnimatorAssignment, AssignmentKind
from partnerships.queries import assignments_between
from tests.make import LONG_AGO

TODAY = date(2026, 4, 15)
YESTERDAY = date(2026, 4, 14)
TOMORROW = date(2026, 4, 16)
IN_MAY = date(2026, 5, 10)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def days_of(municipality):
    return [
        (one.animator.name, one.kind.value, one.starts_on, one.ends_on)
        for one in assignments_between(municipality, LONG_AGO)
    ]


def test_a_last_day_before_the_first_takes_nothing_back_that_has_begun(make, outbox):
    partnership = make.partnership(animator=make.animator("Ewa Lis"))
    place = partnership.municipality
    [main] = partnership.assignments
    main.starts_on = date(2026, 4, 1)
    cover = make.assignment(
        place,
        make.animator("Ola Maj"),
        kind=AssignmentKind.COVER,
        starts_on=date(2026, 4, 6),
        ends_on=YESTERDAY,
    )
    assert summarise_leaves() == 1
    before = len(outbox())

    for assignment in (main, cover):
        with pytest.raises(DayOver, match="That day is over"):
            services.end_assignment(assignment, ends_on=date(2025, 4, 15), actor=make.office())

    assert days_of(place) == [
        ("Ewa Lis", "main", date(2026, 4, 1), None),
        ("Ola Maj", "cover", date(2026, 4, 6), YESTERDAY),
    ]
    assert outbox()[before:] == []


def test_who_becomes_the_animator_from_an_earlier_day_has_covered_on_the_days_they_did(make):
    """The office enters an assignment late."""
    cover = make.animator("Ola Maj")
    place = make.partnership(animator=make.animator("Ewa Lis")).municipality
    make.assignment(
        place, cover, kind=AssignmentKind.COVER, starts_on=date(2026, 4, 6), ends_on=date(2026, 4, 10)
    )
    make.assignment(place, cover, kind=AssignmentKind.COVER, starts_on=date(2026, 4, 12), ends_on=IN_MAY)
    assert summarise_leaves() == 0  # Ola Maj covers again
    db.session.commit()

    services.assign_animator(place, cover, starts_on=date(2026, 4, 1), actor=make.office())

    assert days_of(place) == [
        ("Ewa Lis", "main", LONG_AGO, date(2026, 3, 31)),
        ("Ola Maj", "main", date(2026, 4, 1), None),
        ("Ola Maj", "cover", date(2026, 4, 6), date(2026, 4, 10)),
        ("Ola Maj", "cover", date(2026, 4, 12), YESTERDAY),
    ]


def test_a_cover_that_was_told_of_does_not_stop_an_assignment_entered_late(make):
    cover = make.animator("Ola Maj")
    place = make.partnership(animator=make.animator("Ewa Lis")).municipality
    make.assignment(place, cover, kind=AssignmentKind.COVER, starts_on=date(2026, 4, 6), ends_on=YESTERDAY)
    assert summarise_leaves() == 1

    services.assign_animator(place, cover, starts_on=date(2026, 4, 1), actor=make.office())
    db.session.commit()

    assert days_of(place)[-1] == ("Ola Maj", "cover", date(2026, 4, 6), YESTERDAY)


def test_where_somebody_covers_when_the_animator_ends_those_concerned_are_told_who_goes_on(
    make, outbox, visit
):
    leader, cover = make.user(), make.animator("Jan Wrona")
    partnership = make.partnership(
        municipality=make.municipality("Skała"), animator=make.animator(), leader=leader
    )
    [main] = partnership.assignments
    make.assignment(
        partnership.municipality, cover, kind=AssignmentKind.COVER, starts_on=YESTERDAY, ends_on=IN_MAY
    )

    page = visit(as_=make.office()).open(f"/animators/assignments/{main.id}/end")
    services.end_assignment(main, ends_on=TODAY, actor=make.office())

    assert "After that Jan Wrona advises the municipality, until 10 May 2026." in page.text
    assert partnership.animator(TOMORROW) is cover
    [mail] = [one for one in outbox() if one.to_address == leader.email]
    assert mail.subject == "Skała: a change of animators"
    assert f"After that Jan Wrona does, until 10 May 2026: {cover.email}" in mail.body
    assert "looking for somebody else" not in mail.body


def test_somebody_who_covers_on_later_days_only_is_not_said_to_follow(make, outbox, visit):
    leader = make.user()
    partnership = make.partnership(
        municipality=make.municipality("Skała"), animator=make.animator(), leader=leader
    )
    [main] = partnership.assignments
    make.assignment(
        partnership.municipality, make.animator(), kind=AssignmentKind.COVER, starts_on=IN_MAY, ends_on=IN_MAY
    )

    page = visit(as_=make.office()).open(f"/animators/assignments/{main.id}/end")
    services.end_assignment(main, ends_on=TODAY, actor=make.office())

    assert "After that nobody advises the municipality." in page.text
    [mail] = [one for one in outbox() if one.to_address == leader.email]
    assert mail.subject == "Skała will be without an animator"


def test_where_the_next_animator_is_taken_back_nobody_is_said_to_follow_who_has_left_by_then(
    make, outbox, visit
):
    leader, present = make.user(), make.animator("Ewa Lis")
    partnership = make.partnership(municipality=make.municipality("Skała"), animator=present, leader=leader)
    [main] = partnership.assignments
    main.ends_on = date(2026, 5, 9)
    later = make.assignment(partnership.municipality, make.animator(), starts_on=IN_MAY)

    page = visit(as_=make.office()).open(f"/animators/assignments/{later.id}/end")
    services.end_assignment(later, ends_on=TODAY, actor=make.office())

    assert "After that nobody advises the municipality." in page.text
    [mail] = [one for one in outbox() if one.to_address == leader.email]
    assert mail.subject == "Skała will be without an animator"
    assert "Ewa Lis" not in mail.body


def test_when_a_cover_to_come_is_taken_back_whoever_covers_today_is_not_said_to_follow(make, visit):
    main, cover = make.animator("Ewa Lis"), make.animator("Jan Wrona")
    place = make.partnership(animator=main).municipality
    make.assignment(place, cover, kind=AssignmentKind.COVER, starts_on=YESTERDAY, ends_on=TOMORROW)
    later = make.assignment(
        place, make.animator(), kind=AssignmentKind.COVER, starts_on=IN_MAY, ends_on=IN_MAY
    )

    page = visit(as_=make.office()).open(f"/animators/assignments/{later.id}/end")

    assert "After that Ewa Lis advises the municipality." in page.text


def test_one_that_somebody_took_back_meanwhile_says_so(make):
    """The second of two on PostgreSQL has read it before the first is done, and waits."""
    office = make.office()
    later = make.assignment(make.municipality(), make.animator(), starts_on=IN_MAY)
    assert (later.municipality.name != "", later.starts_on) == (True, IN_MAY)
    db.session.execute(delete(AnimatorAssignment).execution_options(synchronize_session=False))

    with pytest.raises(AssignmentTakenBack, match="Somebody has taken this assignment back already"):
        services.end_assignment(later, ends_on=TODAY, actor=office)


def test_who_assigns_after_waiting_for_somebody_else_sees_the_days_they_left(make):
    municipality, office, animator = make.municipality(), make.office(), make.animator()
    present = make.assignment(municipality, make.animator(), starts_on=YESTERDAY)
    assert present.ends_on is None
    db.session.execute(
        update(AnimatorAssignment).values(ends_on=IN_MAY).execution_options(synchronize_session=False)
    )

    services.assign_animator(municipality, animator, starts_on=TOMORROW, actor=office)

    [event] = [one for one, _ in story_of(municipality) if one.event == "partnership.assignment_ended"]
    assert (event.data["before"]["ends_on"], event.data["after"]["ends_on"]) == ("2026-05-10", "2026-04-15")
