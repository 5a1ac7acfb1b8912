"""Who heads a municipality, from when to when: one at a time."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from accounts.history import story as history
from core.audit import story_of
from core.database import db
from municipalities.mayor_errors import MayorEndsFirst, MayorsOverlap
from municipalities.models import Mayor
from municipalities.queries import mayor_on, mayors_of
from municipalities.services.mayors import change_mayor, enter_mayor, remove_mayor


@pytest.fixture
def place(make):
    return make.municipality("Łomża")


@pytest.fixture
def enter(make, place):
    actor = make.office()

    def entered(name: str, valid_from: date, valid_to: date | None = None, *, title: str = "wojt") -> Mayor:
        return enter_mayor(
            place, title=title, name=name, valid_from=valid_from, valid_to=valid_to, actor=actor
        )

    return entered


def test_a_new_one_takes_office_and_the_present_one_was_there_until_the_day_before(place, enter):
    old = enter("Jan Stary", date(2018, 11, 20))
    new = enter("Anna Nowa", date(2024, 5, 7), title="burmistrz")

    assert [(one.title, one.name, one.valid_to) for one in mayors_of(place)] == [
        ("burmistrz", "Anna Nowa", None),
        ("wojt", "Jan Stary", date(2024, 5, 6)),
    ]
    assert [mayor_on(place, day) for day in (date(2018, 11, 19), date(2024, 5, 6), date(2024, 5, 7))] == [
        None,
        old,
        new,
    ]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2018, 11, 20), None),
        (date(2010, 1, 1), None),
        (date(2010, 1, 1), date(2018, 11, 20)),
        (date(2020, 1, 1), date(2021, 1, 1)),
        (date(2024, 5, 6), date(2024, 5, 6)),
    ],
)
def test_two_are_never_in_office_on_one_day(place, enter, first, last):
    enter("Jan Stary", date(2018, 11, 20), date(2024, 5, 6))

    with pytest.raises(
        MayorsOverlap,
        match="Jan Stary was in office from 20 Nov 2018 to 6 May 2024",
    ):
        enter("Anna Nowa", first, last)

    assert [one.name for one in mayors_of(place)] == ["Jan Stary"]


def test_an_earlier_one_is_entered_later_where_the_days_are_free(place, enter):
    enter("Anna Nowa", date(2024, 5, 7))
    enter("Jan Stary", date(2018, 11, 20), date(2024, 5, 6))

    with pytest.raises(MayorsOverlap, match="Anna Nowa is in office since 7 May 2024"):
        enter("Ewa Trzecia", date(2020, 1, 1))

    assert [one.name for one in mayors_of(place)] == ["Anna Nowa", "Jan Stary"]


def test_a_term_does_not_end_before_it_begins(enter):
    with pytest.raises(MayorEndsFirst):
        enter("Jan Stary", date(2024, 5, 7), date(2024, 5, 6))


def test_what_is_written_is_put_right_without_overlapping(place, enter, make):
    old = enter("Jan Stary", date(2018, 11, 20))
    new = enter("Ana Nowa", date(2024, 5, 7))

    change_mayor(
        new,
        title="burmistrz",
        name="Anna Nowa",
        valid_from=date(2024, 5, 8),
        valid_to=None,
        actor=make.user(),
    )
    with pytest.raises(MayorsOverlap):
        change_mayor(
            old,
            title="wojt",
            name="Jan Stary",
            valid_from=date(2018, 11, 20),
            valid_to=None,
            actor=make.user(),
        )

    assert (new.title, new.name, new.valid_from) == ("burmistrz", "Anna Nowa", date(2024, 5, 8))


def test_an_entry_made_by_mistake_is_removed_and_the_name_lies_with_what_can_be_erased(place, enter, make):
    remove_mayor(enter("Jan Stary", date(2018, 11, 20)), actor=make.user())
    db.session.flush()

    assert mayors_of(place) == []
    told = [(event.event, event.data, personal) for event, personal in story_of(place)]
    days = {"title": "wojt", "valid_from": "2018-11-20", "valid_to": None}
    assert told == [
        ("mayor.removed", {"before": days, "after": {}}, {"note": "Jan Stary"}),
        ("mayor.entered", {"before": {}, "after": days}, {"note": "Jan Stary"}),
    ]


def test_the_database_itself_knows_one_head_at_a_time(place, enter):
    enter("Jan Stary", date(2018, 11, 20))
    db.session.add(Mayor(municipality=place, title="wojt", name="Drugi", valid_from=date(2019, 1, 1)))

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_the_history_keeps_the_former_name_beside_the_new_one(place, enter, make):
    mayor = enter("Jan Stary", date(2018, 11, 20))

    change_mayor(
        mayor, title="wojt", name="Jan Stary-Nowy", valid_from=date(2018, 11, 20), valid_to=None,
        actor=make.office(),
    )  # fmt: skip

    changed = history(place)[0]
    assert [(one.label, one.before, one.after) for one in changed.changes] == [
        ("First name and surname", "Jan Stary", "Jan Stary-Nowy")
    ]
