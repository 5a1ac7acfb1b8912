"""What an animator enters on a card, and every slip with its sentence."""

from datetime import UTC, date, datetime

import pytest

from animators.cards.errors import (
    DayToCome,
    KilometresNegative,
    MinutesNegative,
    NoteMissing,
    NothingEntered,
    NotOfAnEarlierCard,
    OnlyJourneysHaveALength,
    OutsideTheMonth,
    TooFar,
    TooLongADay,
)
from animators.cards.models import Work
from animators.cards.queries import content_of
from animators.cards.services import entering
from animators.cards.services.entering import Entry
from core.audit import story_of
from core.database import db
from tests.animators.cards.working import APRIL, MARCH, begun, consultation, submitted

DAY = date(2026, 4, 10)


@pytest.fixture(autouse=True)
def _time(clock):
    clock.move_to(datetime(2026, 4, 30, 10, tzinfo=UTC))


@pytest.fixture
def card(make):
    return begun(make.animator(), APRIL)


@pytest.mark.parametrize(
    ("entry", "refusal", "words"),
    [
        (Entry(date(2026, 5, 1), Work.TRAVEL, 60), DayToCome, "still to come"),
        (Entry(date(2026, 3, 31), Work.TRAVEL, 60), OutsideTheMonth, "1 Apr 2026 to 30 Apr 2026"),
        (
            Entry(date(2026, 3, 31), Work.TRAVEL, 60, note="x", is_correction=True),
            NotOfAnEarlierCard,
            "submitted",
        ),
        (Entry(DAY, Work.TRAVEL), NothingEntered, "Enter minutes"),
        (Entry(DAY, Work.TRAVEL, -60), MinutesNegative, "cannot be negative"),
        (Entry(DAY, Work.TRAVEL, 60, -1), KilometresNegative, "cannot be negative"),
        (Entry(DAY, Work.TRAVEL, 0, 2001), TooFar, "2,000 km"),
        (Entry(DAY, Work.TRAVEL, 1441), TooLongADay, "24 hours"),
        (Entry(DAY, Work.PREPARATION, 60, 10), OnlyJourneysHaveALength, "belong to a journey"),
        (Entry(DAY, Work.OTHER, 60), NoteMissing, "in a few words"),
    ],
)
def test_a_slip_has_its_sentence(card, entry, refusal, words):
    with pytest.raises(refusal, match=words):
        entering.add_line(card, entry, actor=card.animator)

    assert card.lines == []


def test_the_whole_day_is_counted_together(card, make):
    place = make.partnership().municipality
    consultation(card.animator, place, DAY, 1000)
    entering.add_line(card, Entry(DAY, Work.TRAVEL, 440, 1500), actor=card.animator)

    with pytest.raises(TooLongADay):
        entering.add_line(card, Entry(DAY, Work.PREPARATION, 1), actor=card.animator)
    with pytest.raises(TooFar):
        entering.add_line(card, Entry(DAY, Work.TRAVEL, 0, 501), actor=card.animator)
    entering.add_line(card, Entry(DAY, Work.TRAVEL, 0, 500), actor=card.animator)
    entering.add_line(card, Entry(date(2026, 4, 11), Work.TRAVEL, 1440, 2000), actor=card.animator)

    assert content_of(card).km == 4000


def test_a_line_that_is_changed_does_not_count_twice(card):
    line = entering.add_line(card, Entry(DAY, Work.TRAVEL, 1000, 1500), actor=card.animator)

    entering.change_line(line, Entry(DAY, Work.TRAVEL, 1440, 2000, "Opole"), actor=card.animator)

    assert (line.minutes, line.km, line.note) == (1440, 2000, "Opole")


def test_a_line_sent_twice_is_one(card):
    entry = Entry(DAY, Work.TRAVEL, 60, 40)

    first = entering.add_line(card, entry, key="a" * 32, actor=card.animator)
    second = entering.add_line(card, entry, key="a" * 32, actor=card.animator)

    assert first is second
    assert content_of(card).km == 40


def test_an_earlier_card_is_corrected_on_this_one(make):
    animator = make.animator()
    consultation(animator, make.partnership().municipality, date(2026, 3, 2), 30)
    march = submitted(begun(animator, MARCH))
    april = begun(animator, APRIL)
    taken_back = Entry(date(2026, 3, 5), Work.TRAVEL, -30, -20, "Wpisano dwa razy", is_correction=True)

    entering.add_line(april, taken_back, actor=animator)

    assert (content_of(april).minutes, content_of(april).km) == (-30, -20)
    assert (content_of(march).minutes, content_of(march).km) == (30, 0)
    with pytest.raises(NoteMissing):
        entering.add_line(
            april, Entry(date(2026, 3, 5), Work.TRAVEL, -30, is_correction=True), actor=animator
        )
    with pytest.raises(NotOfAnEarlierCard):
        entering.add_line(april, Entry(DAY, Work.TRAVEL, -30, 0, "x", is_correction=True), actor=animator)


def test_every_line_stands_in_the_history_with_old_and_new(card):
    line = entering.add_line(card, Entry(DAY, Work.TRAVEL, 60, 40, "Opole"), actor=card.animator)
    entering.change_line(line, Entry(DAY, Work.TRAVEL, 60, 50, "Brzeg"), actor=card.animator)
    entering.remove_line(line, actor=card.animator)
    db.session.commit()

    told = [
        (event.event, event.data.get("before", {}).get("km"), event.data.get("after", {}).get("km"), personal)
        for event, personal in story_of(card)
    ]
    assert told == [
        ("card.line_removed", 50, None, {"before": {"note": "Brzeg"}}),
        ("card.line_changed", 40, 50, {"before": {"note": "Opole"}, "after": {"note": "Brzeg"}}),
        ("card.line_added", None, 40, {"after": {"note": "Opole"}}),
        ("card.begun", None, None, {}),
    ]
