"""Which animator advises a municipality."""

from datetime import date

import pytest

from accounts.roles import Role
from core.audit import story_of
from partnerships import services
from partnerships.errors import (
    AlreadyAdvises,
    AlreadyCovered,
    EndBeforeStart,
    NotAnAnimator,
    NothingToCover,
    PersonSuspended,
)
from partnerships.models import AssignmentKind

TODAY = date(2026, 4, 15)
YESTERDAY = date(2026, 4, 14)
TOMORROW = date(2026, 4, 16)
IN_MAY = date(2026, 5, 10)
END_OF_MAY = date(2026, 5, 31)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def test_the_first_animator_advises_from_the_first_day_on(make):
    partnership, animator = make.partnership(advised=False), make.animator()

    services.assign_animator(partnership.municipality, animator, starts_on=TODAY, actor=make.office())

    assert (partnership.animator(YESTERDAY), partnership.animator(TODAY)) == (None, animator)


def test_a_new_animator_follows_the_former_one_without_a_gap(make):
    former, animator = make.animator(), make.animator()
    partnership = make.partnership(animator=former)

    services.assign_animator(partnership.municipality, animator, starts_on=IN_MAY, actor=make.office())

    assert partnership.animator(date(2026, 5, 9)) is former
    assert partnership.animator(IN_MAY) is animator
    assert [one.ends_on for one in partnership.assignments] == [date(2026, 5, 9), None]


def test_a_cover_decides_while_it_lasts_and_the_main_animator_again_after(make):
    main, cover = make.animator(), make.animator()
    partnership = make.partnership(animator=main)

    services.assign_animator(
        partnership.municipality,
        cover,
        starts_on=IN_MAY,
        ends_on=END_OF_MAY,
        kind=AssignmentKind.COVER,
        reason="Leave",
        actor=make.office(),
    )

    days = [date(2026, 5, 9), IN_MAY, END_OF_MAY, date(2026, 6, 1)]
    assert [partnership.animator(day) for day in days] == [main, cover, cover, main]
    assert [partnership.animator_ids(day) for day in days] == [
        {main.id},
        {cover.id},
        {cover.id},
        {main.id},
    ]


def test_only_who_has_the_role_on_that_day_is_assigned(make):
    office, partnership = make.office(), make.partnership(advised=False)
    former_animator = make.holder(Role.ANIMATOR, "Jan Wrona", ends_on=TODAY)

    with pytest.raises(NotAnAnimator):
        services.assign_animator(partnership.municipality, office, starts_on=TODAY, actor=office)
    with pytest.raises(NotAnAnimator, match="Jan Wrona does not have the animator's role on 16 Apr 2026"):
        services.assign_animator(partnership.municipality, former_animator, starts_on=TOMORROW, actor=office)

    services.assign_animator(partnership.municipality, former_animator, starts_on=TODAY, actor=office)
    assert partnership.animator(TODAY) is former_animator


def test_a_suspended_animator_is_not_assigned(make):
    animator, municipality = make.animator(), make.municipality()
    animator.is_active = False

    with pytest.raises(PersonSuspended):
        services.assign_animator(municipality, animator, starts_on=TODAY, actor=make.office())


def test_the_last_day_does_not_lie_before_the_first(make):
    with pytest.raises(EndBeforeStart):
        services.assign_animator(
            make.municipality(), make.animator(), starts_on=TODAY, ends_on=YESTERDAY, actor=make.office()
        )


def test_nobody_is_assigned_over_an_assignment_that_begins_later(make):
    municipality = make.municipality()
    make.assignment(municipality, make.animator(), starts_on=IN_MAY)

    with pytest.raises(AlreadyCovered):
        services.assign_animator(municipality, make.animator(), starts_on=TODAY, actor=make.office())

    services.assign_animator(
        municipality, make.animator(), starts_on=TODAY, ends_on=date(2026, 5, 9), actor=make.office()
    )


def test_nobody_is_assigned_on_the_day_on_which_somebody_else_begins(make):
    municipality = make.municipality()
    make.assignment(municipality, make.animator(), starts_on=TODAY)

    with pytest.raises(AlreadyCovered):
        services.assign_animator(municipality, make.animator(), starts_on=TODAY, actor=make.office())


def test_two_covers_do_not_overlap(make):
    municipality = make.partnership().municipality
    make.assignment(municipality, make.animator(), kind=AssignmentKind.COVER, starts_on=TODAY, ends_on=IN_MAY)

    with pytest.raises(AlreadyCovered):
        services.assign_animator(
            municipality,
            make.animator(),
            kind=AssignmentKind.COVER,
            starts_on=IN_MAY,
            actor=make.office(),
        )


def test_nobody_covers_for_themselves(make):
    main = make.animator("Jan Wrona")
    partnership = make.partnership(animator=main)

    with pytest.raises(AlreadyAdvises, match="Jan Wrona advises this municipality"):
        services.assign_animator(
            partnership.municipality, main, kind=AssignmentKind.COVER, starts_on=TODAY, actor=make.office()
        )


def test_where_nobody_advises_there_is_nothing_to_cover(make):
    with pytest.raises(NothingToCover):
        services.assign_animator(
            make.municipality(),
            make.animator(),
            kind=AssignmentKind.COVER,
            starts_on=TODAY,
            actor=make.office(),
        )


def test_everybody_concerned_is_told(make, outbox):
    former, animator, leader = make.animator(), make.animator("Ola Maj"), make.user()
    partnership = make.partnership("Together", animator=former, leader=leader)

    services.assign_animator(
        partnership.municipality,
        animator,
        starts_on=IN_MAY,
        reason="The region was split",
        actor=make.office(),
    )

    name = partnership.municipality.name
    assert {mail.to_address: mail.subject for mail in outbox()} == {
        animator.email: f"You advise the municipality {name}",
        former.email: f"{name} has another animator",
        leader.email: "You have a new animator",
    }
    assert "Reason: The region was split" in outbox()[0].body


def test_it_is_told_in_the_story_of_the_partnership(make):
    office, former, animator = make.office(), make.animator(), make.animator("Ola Maj")
    partnership = make.partnership(animator=former)

    assignment = services.assign_animator(partnership.municipality, animator, starts_on=IN_MAY, actor=office)

    [(event, personal)] = story_of(partnership)
    assert (event.event, event.data, personal) == (
        "partnership.animator_assigned",
        {
            "assignment_id": assignment.id,
            "user_id": animator.id,
            "former_id": former.id,
            "starts_on": "2026-05-10",
            "ends_on": None,
        },
        {"note": "Ola Maj"},
    )


def test_before_there_is_a_partnership_it_is_told_in_the_story_of_the_municipality(make, outbox):
    municipality, animator = make.municipality("Żółta Gęś"), make.animator()

    services.assign_animator(municipality, animator, starts_on=TODAY, actor=make.office())

    assert [event.event for event, _ in story_of(municipality)] == ["partnership.animator_assigned"]
    assert "There is no partnership there yet." in outbox()[0].body
