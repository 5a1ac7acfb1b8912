"""Everything wrong with a date gets its sentence."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from animators.visits import services
from animators.visits.errors import (
    AfterTheProgramme,
    InThePast,
    LengthOutOfBounds,
    NobodyAdvises,
    NoDate,
    NoPlace,
    NoSuchMoment,
    Overlaps,
    SlotRefused,
    SomebodyElseAdvises,
    TooManyDates,
)
from animators.visits.slots import Slot
from animators.visits.times import moment_of
from core.database import db
from partnerships.models import AnimatorAssignment, AssignmentKind
from tests.animators.visits.conftest import NOW, slot

WARSAW = ZoneInfo("Europe/Warsaw")


def propose(sides, *slots, actor=None):
    return services.propose(sides.partnership, slots, visit_no=1, actor=actor or sides.leader)


def refused(sides, *slots, actor=None):
    with pytest.raises(SlotRefused) as refusal:
        propose(sides, *slots, actor=actor)
    return type(refusal.value), refusal.value.index, str(refusal.value)


def test_a_date_in_the_past_is_refused_and_named(sides):
    past = Slot(NOW - timedelta(minutes=1), 240, "Library")

    assert refused(sides, slot(14), past) == (
        InThePast,
        1,
        "Wednesday, 15 Apr 2026, 11:59–15:59 is over. Choose a date that is still to come.",
    )
    assert refused(sides, Slot(NOW, 240, "Library"))[0] is InThePast


def test_a_date_after_the_programmes_end_is_refused(sides, make):
    make.programme.ends_on = date(2026, 12, 31)
    db.session.commit()

    last_day = (date(2026, 12, 31) - NOW.date()).days
    assert refused(sides, slot(last_day + 1)) == (
        AfterTheProgramme,
        0,
        "The programme ends on 31 Dec 2026. Choose that day or an earlier one.",
    )
    assert propose(sides, slot(last_day)).visit_no == 1


def test_a_day_on_which_nobody_advises_the_municipality_is_refused(sides):
    assignment = db.session.query(AnimatorAssignment).one()
    assignment.ends_on = date(2026, 4, 30)
    db.session.commit()

    assert refused(sides, slot(15), slot(16)) == (
        NobodyAdvises,
        1,
        "On 1 May 2026 no animator advises Żółta Gęś. Choose another day, or ask the programme office.",
    )


def test_an_animator_proposes_only_days_on_which_they_advise(sides, make):
    cover = make.animator("Zofia Bóbr")
    make.assignment(
        sides.partnership.municipality, cover, kind=AssignmentKind.COVER, ends_on=date(2026, 4, 30)
    )
    db.session.expire_all()

    assert refused(sides, slot(16), actor=cover) == (
        SomebodyElseAdvises,
        0,
        "On 1 May 2026 somebody else advises Żółta Gęś. Choose a day on which you do.",
    )
    assert propose(sides, slot(16)).slots[0].starts_at == slot(16).starts_at


def test_an_accepted_date_is_checked_anew(sides, clock):
    visit = propose(sides, slot(1))
    clock.move_to(slot(1).starts_at)

    with pytest.raises(InThePast):
        services.accept(visit.slots[0], actor=sides.animator)


def test_five_dates_are_enough_to_choose_from(sides):
    assert refused(sides, *(slot(number) for number in range(1, 7))) == (
        TooManyDates,
        0,
        "Propose at most 5 dates: 6 are too many to choose from.",
    )
    assert refused(sides) == (NoDate, 0, "Enter at least one date.")
    assert len(propose(sides, *(slot(number) for number in range(1, 6))).slots) == 5


def test_two_dates_that_overlap_are_refused(sides):
    assert refused(sides, slot(14, 10), slot(15), slot(14, 13)) == (
        Overlaps,
        2,
        "This overlaps with Wednesday, 29 Apr 2026, 10:00–14:00, which you propose as well. Keep one of the two.",
    )
    assert len(propose(sides, slot(14, 10), slot(14, 14)).slots) == 2


@pytest.mark.parametrize("minutes", [-30, 0, 14, 721, 10_000])
def test_a_length_that_no_visit_has_is_refused(sides, minutes):
    assert refused(sides, slot(minutes=minutes)) == (
        LengthOutOfBounds,
        0,
        "Enter how long the visit lasts in minutes: a whole number from 15 to 720.",
    )


@pytest.mark.parametrize("place", ["", "  \n ", "x" * 301])
def test_a_visit_needs_a_place_of_some_letters(sides, place):
    assert refused(sides, slot(place=place))[0] is NoPlace


def test_a_place_is_kept_on_one_line(sides):
    visit = propose(sides, slot(place="  Library\n\nLong   Street 1 "))

    assert visit.slots[0].place == "Library Long Street 1"


@pytest.mark.parametrize(
    ("day", "at", "field"), [(date(2026, 3, 29), time(2, 30), "time"), (date(1, 1, 1), time(10), "day")]
)
def test_a_moment_that_there_is_not_is_refused_as_one_of_several_dates(app, day, at, field):
    with pytest.raises(NoSuchMoment) as refusal:
        moment_of(day, at)
    assert (refusal.value.field, refusal.value.index) == (field, 0)
