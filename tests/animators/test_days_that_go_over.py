"""Of a reassignment on which days what goes over, where an assignment begins later or ends."""

from datetime import date

import pytest

from accounts.roles import Role
from partnerships.errors import NotAnAnimator
from partnerships.models import AssignmentKind
from tests.animators.moving import days_of, done, wish
from tests.make import LONG_AGO

TODAY = date(2026, 4, 15)
YESTERDAY = date(2026, 4, 14)
END_OF_APRIL = date(2026, 4, 30)
IN_MAY = date(2026, 5, 10)
IN_JUNE = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def test_a_cover_that_is_over_before_its_holder_becomes_the_animator_keeps_its_days(make):
    leaver, successor = make.animator("Ewa Lis"), make.animator("Ola Maj")
    partnership = make.partnership(advised=False)
    place = partnership.municipality
    make.assignment(place, make.animator("Main"), ends_on=date(2026, 5, 31))
    make.assignment(place, leaver, starts_on=IN_JUNE)
    make.assignment(
        place, successor, kind=AssignmentKind.COVER, starts_on=date(2026, 4, 10), ends_on=END_OF_APRIL
    )

    done(wish(leaver, (partnership, successor)), make)

    assert days_of(place) == [
        ("Main", "main", LONG_AGO, date(2026, 5, 31)),
        ("Ola Maj", "cover", date(2026, 4, 10), END_OF_APRIL),
        ("Ola Maj", "main", IN_JUNE, None),
    ]


def test_who_covers_on_other_days_does_not_go_on_covering_for_the_successor(make, outbox):
    leaver, successor, cover = make.animator(), make.animator(), make.animator()
    partnership = make.partnership(advised=False)
    place = partnership.municipality
    make.assignment(place, make.animator("Main"), ends_on=date(2026, 5, 31))
    make.assignment(place, leaver, starts_on=IN_JUNE)
    make.assignment(place, cover, kind=AssignmentKind.COVER, starts_on=TODAY, ends_on=END_OF_APRIL)

    found = done(wish(leaver, (partnership, successor)), make)

    assert found.covers == 0
    assert cover.email not in {mail.to_address for mail in outbox()}


def test_a_cover_for_whoever_comes_after_the_successor_stays(make):
    leaver, successor = make.animator("Ewa Lis"), make.animator("Ola Maj")
    partnership = make.partnership(advised=False)
    place = partnership.municipality
    make.assignment(place, leaver, ends_on=END_OF_APRIL)
    make.assignment(place, make.animator("Next"), starts_on=date(2026, 5, 1))
    make.assignment(place, successor, kind=AssignmentKind.COVER, starts_on=IN_MAY, ends_on=IN_JUNE)

    done(wish(leaver, (partnership, successor)), make)

    assert days_of(place)[1:] == [
        ("Ola Maj", "main", TODAY, END_OF_APRIL),
        ("Next", "main", date(2026, 5, 1), None),
        ("Ola Maj", "cover", IN_MAY, IN_JUNE),
    ]


def test_nobody_takes_over_what_begins_after_they_lose_the_role(make):
    """As where the office assigns one by one."""
    leaver, until_may = make.animator(), make.holder(Role.ANIMATOR, "Ola Maj", ends_on=IN_MAY)
    partnership = make.partnership(advised=False)
    make.assignment(partnership.municipality, leaver, starts_on=IN_JUNE)

    with pytest.raises(NotAnAnimator, match="Ola Maj does not have the animator's role on 1 Jun 2026"):
        done(wish(leaver, (partnership, until_may)), make)


def test_whoever_has_the_role_once_it_begins_takes_over(make):
    leaver, from_may = make.animator(), make.holder(Role.ANIMATOR, "Ola Maj", starts_on=IN_MAY)
    partnership = make.partnership(advised=False)
    make.assignment(partnership.municipality, leaver, starts_on=IN_JUNE)

    done(wish(leaver, (partnership, from_may)), make)

    assert days_of(partnership.municipality) == [("Ola Maj", "main", IN_JUNE, None)]


def test_the_preview_and_the_mails_say_on_which_days_where_it_is_not_from_that_day_on(make, visit, outbox):
    leaver, successor, leader = make.animator("Ewa Lis"), make.animator("Ola Maj"), make.user()
    later = make.partnership(municipality=make.municipality("Skała"), leader=leader, advised=False)
    make.assignment(later.municipality, leaver, starts_on=IN_JUNE, ends_on=date(2026, 12, 31))
    covered = make.partnership(municipality=make.municipality("Dobra"), leader=leader)
    make.assignment(
        covered.municipality, leaver, kind=AssignmentKind.COVER, starts_on=YESTERDAY, ends_on=IN_MAY
    )
    make.partnership(municipality=make.municipality("Zator"), animator=leaver)

    page = visit(as_=make.office()).open(
        f"/animators/{leaver.id}/reassign?area=all&to={successor.id}&starts_on=2026-04-15"
    )
    done(wish(leaver, (later, successor), (covered, successor)), make)

    cells = [" ".join(one.text_content().split()) for one in page.tree.xpath("//tbody/tr/td[1]")]
    assert cells == [
        "Ola Maj as a cover from 15 Apr 2026 until 10 May 2026",
        "Ola Maj from 1 Jun 2026 until 31 Dec 2026",
        "Ola Maj",
    ]
    body = {mail.to_address: mail.body for mail in outbox()}
    for reader in (leaver, successor, leader):
        assert "from 15 Apr 2026 until 10 May 2026" in body[reader.email]
        assert "from 1 Jun 2026 until 31 Dec 2026" in body[reader.email]
    led_by = f"led by {leader.name}, {leader.email}"
    assert (
        f"- Dobra (rural municipality, opolski county): {led_by} (as a cover from 15 Apr 2026 until 10 May 2026)\n"
        f"- Skała (rural municipality, opolski county): {led_by} (from 1 Jun 2026 until 31 Dec 2026)\n"
    ) in body[successor.email]


def test_whoever_is_covered_for_and_decides_again_is_not_told_that_they_cover(make, visit, outbox):
    main, leaver = make.animator("Main"), make.animator("Ewa Lis")
    partnership = make.partnership(municipality=make.municipality("Skała"), animator=main)
    make.assignment(
        partnership.municipality, leaver, kind=AssignmentKind.COVER, starts_on=YESTERDAY, ends_on=IN_MAY
    )

    page = visit(as_=make.office()).open(
        f"/animators/{leaver.id}/reassign?area=all&to={main.id}&starts_on=2026-04-15"
    )
    done(wish(leaver, (partnership, main)), make)

    [cell] = page.tree.xpath("//tbody/tr/td[1]")
    assert " ".join(cell.text_content().split()) == "Main The cover ends: the animator decides again."
    [body] = [mail.body for mail in outbox() if mail.to_address == main.email]
    assert "as a cover" not in body
    assert "From 15 Apr 2026 you advise these municipalities in the place of Ewa Lis" in body
