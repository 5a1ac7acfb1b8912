"""Which animator advises a municipality."""

from datetime import date

import pytest

from accounts.roles import Role
from core.audit import story_of
from core.database import db
from partnerships import services
from partnerships.errors import (
    AdvisesOwn,
    AlreadyAdvises,
    AlreadyCovered,
    AssignedFrom,
    AssignmentOver,
    DayOver,
    EndBeforeStart,
    NotAnAnimator,
    NothingToCover,
    PersonSuspended,
)
from partnerships.models import AssignmentKind, TermKind
from partnerships.queries import assignments_between
from tests.make import LONG_AGO

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


@pytest.mark.parametrize("kind", AssignmentKind)
@pytest.mark.parametrize("leads_as", TermKind)
def test_nobody_advises_a_partnership_that_they_lead_or_help_to(make, kind, leads_as):
    partnership, animator, office = make.partnership(led=False), make.animator("Ola Maj"), make.office()
    make.term(partnership, animator, kind=leads_as, starts_on=IN_MAY)
    place = partnership.municipality

    with pytest.raises(AdvisesOwn):
        services.assign_animator(place, animator, kind=kind, starts_on=TODAY, actor=office)

    services.assign_animator(
        place, animator, kind=AssignmentKind.COVER, starts_on=TODAY, ends_on=TOMORROW, actor=office
    )
    assert partnership.animator(TODAY) == animator


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


def test_somebody_else_comes_in_place_of_who_begins_on_the_same_day_once_that_one_is_named(make, outbox):
    municipality, wrong, right = (
        make.municipality("Skała"),
        make.animator("Jan Wrona"),
        make.animator("Ola Maj"),
    )
    planned = make.assignment(municipality, wrong, starts_on=TODAY)

    with pytest.raises(
        AssignedFrom, match=r"Jan Wrona is assigned from 15 Apr 2026\. Take that assignment back below"
    ):
        services.assign_animator(municipality, right, starts_on=TODAY, actor=make.office())
    services.assign_animator(
        municipality, right, starts_on=TODAY, takes_back=[planned.id], actor=make.office()
    )

    assert [one.animator for one in assignments_between(municipality, TODAY)] == [right]
    taken_back = next(
        event for event, _ in story_of(municipality) if event.event == "partnership.assignment_taken_back"
    )
    assert (taken_back.data["before"], taken_back.data["after"]) == (
        {"user_id": wrong.id, "assigned_as": "main", "starts_on": "2026-04-15", "ends_on": None},
        {},
    )
    assert {mail.to_address: mail.subject for mail in outbox()} == {
        right.email: "You advise the municipality Skała",
        wrong.email: "You will not advise Skała",
    }


def test_one_that_begins_later_is_taken_back_together_with_the_one_that_ends(make):
    present, planned, animator = make.animator(), make.animator(), make.animator()
    municipality = make.municipality()
    make.assignment(municipality, present, ends_on=date(2026, 5, 9))
    later = make.assignment(municipality, planned, starts_on=IN_MAY)

    services.assign_animator(
        municipality, animator, starts_on=TOMORROW, takes_back=[later.id], actor=make.office()
    )

    found = assignments_between(municipality, YESTERDAY)
    assert [(one.animator, one.starts_on, one.ends_on) for one in found] == [
        (present, LONG_AGO, TODAY),
        (animator, TOMORROW, None),
    ]


def test_what_has_begun_before_is_never_taken_back(make):
    former, animator = make.animator(), make.animator()
    municipality = make.municipality()
    begun = make.assignment(municipality, former, starts_on=YESTERDAY)

    services.assign_animator(
        municipality, animator, starts_on=TODAY, takes_back=[begun.id], actor=make.office()
    )

    assert [one.ends_on for one in assignments_between(municipality, YESTERDAY)] == [YESTERDAY, None]


# --- Ending without a successor --------------------------------------------------------------------------


def test_an_assignment_ends_and_everybody_concerned_is_told(make, outbox):
    animator, leader = make.animator("Ola Maj"), make.user()
    partnership = make.partnership("Together", animator=animator, leader=leader)
    [assignment] = partnership.assignments

    services.end_assignment(assignment, ends_on=TODAY, reason="She moves", actor=make.office())

    name = partnership.municipality.name
    assert (partnership.animator(TODAY), partnership.animator(TOMORROW)) == (animator, None)
    assert {mail.to_address: mail.subject for mail in outbox()} == {
        animator.email: f"You advise {name} until 15 Apr 2026",
        leader.email: f"{name} will be without an animator",
    }
    [(event, personal)] = story_of(partnership)
    assert (event.event, event.data["before"]["ends_on"], event.data["after"]["ends_on"], personal) == (
        "partnership.assignment_ended",
        None,
        "2026-04-15",
        {"note": "Ola Maj: She moves"},
    )


def test_when_a_cover_ends_early_the_main_animator_is_told(make, outbox):
    main, cover, leader = make.animator("Ola Maj"), make.animator(), make.user()
    partnership = make.partnership(animator=main, leader=leader)
    assignment = make.assignment(
        partnership.municipality, cover, kind=AssignmentKind.COVER, starts_on=YESTERDAY, ends_on=IN_MAY
    )

    services.end_assignment(assignment, ends_on=TODAY, actor=make.office())

    assert partnership.animator(TOMORROW) is main
    assert {mail.to_address for mail in outbox()} == {main.email, cover.email, leader.email}
    assert f"After that Ola Maj does: {main.email}" in outbox()[-1].body


def test_one_that_has_not_begun_is_taken_back(make, outbox):
    animator, municipality = make.animator(), make.municipality("Skała")
    assignment = make.assignment(municipality, animator, starts_on=IN_MAY)

    services.end_assignment(assignment, ends_on=TODAY, actor=make.office())

    assert assignments_between(municipality, TODAY) == []
    assert [mail.subject for mail in outbox()] == ["You will not advise Skała"]


def test_an_assignment_does_not_end_in_the_past_or_twice(make):
    partnership, office = make.partnership(), make.office()
    [assignment] = partnership.assignments

    with pytest.raises(DayOver, match="That day is over"):
        services.end_assignment(assignment, ends_on=YESTERDAY, actor=office)
    services.end_assignment(assignment, ends_on=TODAY, actor=office)
    with pytest.raises(AssignmentOver, match="This assignment ends on 15 Apr 2026 already"):
        services.end_assignment(assignment, ends_on=TODAY, actor=office)


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


def test_who_covers_and_becomes_the_animator_covers_no_longer(make):
    cover = make.animator("Ola Maj")
    partnership = make.partnership(animator=make.animator("Ewa Lis"))
    place = partnership.municipality
    make.assignment(place, cover, kind=AssignmentKind.COVER, starts_on=YESTERDAY, ends_on=IN_MAY)
    make.assignment(place, cover, kind=AssignmentKind.COVER, starts_on=END_OF_MAY, ends_on=END_OF_MAY)

    services.assign_animator(place, cover, starts_on=TODAY, actor=make.office())

    assert [
        (one.animator.name, one.kind.value, one.starts_on, one.ends_on)
        for one in assignments_between(place, LONG_AGO)
    ] == [
        ("Ewa Lis", "main", LONG_AGO, YESTERDAY),
        ("Ola Maj", "cover", YESTERDAY, YESTERDAY),
        ("Ola Maj", "main", TODAY, None),
    ]
    told = [event.event for event, _personal in story_of(partnership)]
    assert sorted(told) == [
        "partnership.animator_assigned", "partnership.assignment_ended", "partnership.assignment_ended",
        "partnership.assignment_taken_back",
    ]  # fmt: skip


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


def test_who_is_covered_is_told_and_reads_on_their_home_who_covers(make, outbox, visit):
    main, cover = make.animator("Ewa Lis"), make.animator("Ola Maj")
    place = make.partnership(animator=main).municipality

    services.assign_animator(
        place, cover, kind=AssignmentKind.COVER, starts_on=TODAY, ends_on=IN_MAY, reason="A leave", actor=make.office()
    )  # fmt: skip
    db.session.commit()

    [mail] = [one for one in outbox() if one.to_address == main.email]
    assert mail.subject == f"Ola Maj covers for you in {place.name}"
    assert f"From 15 Apr 2026 until 10 May 2026 Ola Maj advises the municipality {place.name}" in mail.body
    assert "Reason: A leave" in mail.body
    said = "Ola Maj covers for you until 10 May 2026: decisions and pages are theirs until then."
    assert said in visit(as_=main).open("/home").text


def test_it_is_told_in_the_story_of_the_partnership(make):
    office, former, animator = make.office(), make.animator(), make.animator("Ola Maj")
    partnership = make.partnership(animator=former)

    assignment = services.assign_animator(partnership.municipality, animator, starts_on=IN_MAY, actor=office)

    (event, personal), (ended, of_former) = story_of(partnership)
    assert (event.event, event.record_kind, event.record_id, event.data, personal) == (
        "partnership.animator_assigned",
        "animator_assignment",
        assignment.id,
        {
            "former_id": former.id,
            "before": {},
            "after": {
                "user_id": animator.id,
                "assigned_as": "main",
                "starts_on": "2026-05-10",
                "ends_on": None,
            },
        },
        {"note": "Ola Maj", "before": {"animator": former.name}, "after": {"animator": "Ola Maj"}},
    )
    assert (ended.event, ended.record_id, ended.data["after"]["ends_on"], of_former) == (
        "partnership.assignment_ended",
        partnership.assignments[0].id,
        "2026-05-09",
        {"note": former.name},
    )


def test_before_there_is_a_partnership_it_is_told_in_the_story_of_the_municipality(make, outbox):
    municipality, animator = make.municipality("Żółta Gęś"), make.animator()

    services.assign_animator(municipality, animator, starts_on=TODAY, actor=make.office())

    assert [event.event for event, _ in story_of(municipality)] == ["partnership.animator_assigned"]
    assert "There is no partnership there yet." in outbox()[0].body
