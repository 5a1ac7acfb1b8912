"""Watching counts as taking part once a short question is answered rightly; the evidence stays with the partnership."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from core import audit
from core.database import db
from partnerships.models import TermKind
from tests.webinars.attended import attended
from webinars import services as of_webinars
from webinars.models import Attendance, AttendanceSource
from webinars.recordings import errors, jobs, services
from webinars.recordings.models import RecordingTries
from webinars.recordings.watching import TRIES_A_DAY, confirm_watched, watching
from webinars.services import SeriesContent

WRONG, RIGHT = 0, 1


@pytest.fixture
def leader(make):
    return make.user("Anna Lider")


@pytest.fixture
def partnership(make, leader):
    return make.partnership(leader=leader)


def attendances() -> list[tuple[int | None, int | None, AttendanceSource]]:
    found = db.session.scalars(select(Attendance).order_by(Attendance.id)).all()
    return [(one.user_id, one.municipality_id, one.source) for one in found]


def test_a_right_answer_counts_for_the_partnership(asked, leader, partnership):
    recording = asked()

    assert confirm_watched(recording, RIGHT, actor=leader)
    db.session.commit()

    assert attendances() == [(leader.id, partnership.municipality_id, AttendanceSource.RECORDING)]
    assert attended([partnership]) == [1]
    (event, _personal) = audit.story_of(partnership.municipality)[0]
    assert (event.event, event.actor_id, event.data["after"]) == (
        "recording.watched", leader.id, {"source": "recording"},
    )  # fmt: skip


def test_a_wrong_answer_counts_nothing_and_may_be_followed_by_another(asked, leader, partnership):
    recording = asked()

    assert not confirm_watched(recording, WRONG, actor=leader)
    assert attendances() == []
    assert watching(recording, leader).tries_left == TRIES_A_DAY - 1
    assert confirm_watched(recording, RIGHT, actor=leader)


def test_after_five_wrong_answers_the_next_comes_tomorrow(asked, leader, partnership, clock):
    recording = asked()
    for _time in range(TRIES_A_DAY):
        confirm_watched(recording, WRONG, actor=leader)

    with pytest.raises(errors.TriedTooOften):
        confirm_watched(recording, RIGHT, actor=leader)
    assert not watching(recording, leader).may_answer
    clock.tick(hours=24)
    jobs.chase_recordings()

    assert db.session.scalars(select(RecordingTries)).all() == []
    assert confirm_watched(recording, RIGHT, actor=leader)


def test_it_counts_once_for_a_person_and_a_webinar(asked, leader, partnership):
    recording = asked()
    confirm_watched(recording, RIGHT, actor=leader)

    with pytest.raises(errors.HasTakenPart):
        confirm_watched(recording, RIGHT, actor=leader)
    assert len(attendances()) == 1
    assert watching(recording, leader).has_taken_part


def test_whoever_was_there_has_taken_part_already(asked, leader, partnership, db_session):
    recording = asked()
    there = Attendance(
        webinar_id=recording.webinar_id, municipality_id=partnership.municipality_id, user_id=leader.id, minutes=80,
        source=AttendanceSource.IMPORT,
    )  # fmt: skip
    db_session.add(there)

    with pytest.raises(errors.HasTakenPart):
        confirm_watched(recording, RIGHT, actor=leader)


def test_whoever_left_too_early_may_watch_the_rest_and_their_minutes_stay(
    asked, leader, partnership, office, db_session
):
    series = of_webinars.make_series(SeriesContent("Mocni", min_minutes=45), actor=office)
    recording = asked(series_id=series.id)
    there = Attendance(
        webinar_id=recording.webinar_id, municipality_id=partnership.municipality_id, user_id=leader.id, minutes=20,
        source=AttendanceSource.IMPORT,
    )  # fmt: skip
    db_session.add(there)
    assert attended([partnership]) == [0]

    confirm_watched(recording, RIGHT, actor=leader)
    db_session.commit()

    assert (there.source, there.minutes, len(attendances())) == (AttendanceSource.RECORDING, 20, 1)
    assert attended([partnership]) == [1]


def test_it_counts_for_each_partnership_that_the_person_leads_or_deputises_in(
    asked, make, leader, partnership
):
    other, former = make.partnership(), make.partnership()
    make.term(other, leader)
    make.term(former, leader, ends_on=date(2026, 5, 5))
    recording = asked()

    confirm_watched(recording, RIGHT, actor=leader)

    assert {place for _user, place, _source in attendances()} == {
        partnership.municipality_id, other.municipality_id,
    }  # fmt: skip


def test_evidence_belongs_to_the_partnership_and_survives_a_hand_over(asked, make, clock):
    """A newcomer catches up with a webinar from before their time, and later hands over to somebody else."""
    newcomer, next_one = make.user(), make.user()
    partnership = make.partnership(led=False)
    recording = asked()
    term = make.term(partnership, newcomer, kind=TermKind.LEADER, starts_on=date(2026, 5, 20))
    clock.move_to(datetime(2026, 6, 2, 8, 0, tzinfo=UTC))
    confirm_watched(recording, RIGHT, actor=newcomer)
    db.session.commit()
    assert attended([partnership]) == [1]

    clock.move_to(datetime(2026, 7, 2, 8, 0, tzinfo=UTC))
    term.ends_on = date(2026, 6, 30)
    make.term(partnership, next_one, kind=TermKind.LEADER, starts_on=date(2026, 7, 1))
    db.session.commit()

    assert attended([partnership]) == [1]
    assert confirm_watched(recording, RIGHT, actor=next_one), "the next leader may still watch it themselves"
    db.session.commit()
    assert attended([partnership]) == [1]


@pytest.mark.parametrize("in_series", [True, False])
def test_a_setting_of_the_series_or_else_of_the_programme_says_whether_it_counts(
    asked, leader, partnership, office, in_series, make
):
    if in_series:
        series = of_webinars.make_series(SeriesContent("Mocni", recording_counts=False), actor=office)
        recording = asked(series_id=series.id)
    else:
        make.programme.settings = {**make.programme.settings, "recording_counts_as_attendance": False}
        recording = asked()

    with pytest.raises(errors.DoesNotCount):
        confirm_watched(recording, RIGHT, actor=leader)
    assert not watching(recording, leader).counts


def test_only_leaders_and_deputies_of_today_can_have_it_counted(asked, make, office):
    former = make.user()
    make.term(make.partnership(), former, ends_on=date(2026, 5, 5))
    recording = asked()

    for person in (office, make.animator(), former):
        with pytest.raises(errors.OnlyLeadersCount):
            confirm_watched(recording, RIGHT, actor=person)
        assert not watching(recording, person).is_asked


def test_nothing_is_asked_before_there_is_a_question_and_once_the_recording_is_gone(
    published, office, leader, partnership
):
    recording = published()
    with pytest.raises(errors.NothingIsAsked):
        confirm_watched(recording, RIGHT, actor=leader)
    services.ask(recording, text="Co?", answers=["A", "B"], right_answer=1, actor=office)
    services.give_up(recording, reason="Brak zgody", substitute="Slajdy", actor=office)

    with pytest.raises(errors.NothingIsAsked):
        confirm_watched(recording, RIGHT, actor=leader)


def test_an_answer_that_is_not_offered_is_none(asked, leader, partnership):
    recording = asked()
    for answer in (-1, 3, 99):
        with pytest.raises(errors.NoSuchAnswer):
            confirm_watched(recording, answer, actor=leader)


@pytest.mark.parametrize(
    ("answers", "right", "refusal"),
    [
        (["A"], 0, errors.TooFewAnswers), (["A", ""], 0, errors.TooFewAnswers), (["A", "a"], 0, errors.TooFewAnswers),
        (["A", "B", "C", "D", "E"], 0, errors.TooFewAnswers), (["A", "B", ""], 2, errors.NoRightAnswer),
        (["A", "B"], 2, errors.NoRightAnswer),
    ],
)  # fmt: skip
def test_a_question_has_two_to_four_different_answers_one_of_them_right(
    published, office, answers, right, refusal
):
    with pytest.raises(refusal):
        services.ask(published(), text="Co?", answers=answers, right_answer=right, actor=office)


def test_gaps_between_answers_close_and_the_right_one_stays_right(published, office):
    question = services.ask(
        published(), text="Co?", answers=["A", "", "C", "D"], right_answer=2, actor=office
    )

    assert (question.answers, question.right_answer) == (["A", "C", "D"], 1)


def test_what_was_confirmed_stays_when_the_question_goes(asked, office, leader, partnership):
    recording = asked()
    confirm_watched(recording, RIGHT, actor=leader)
    services.ask_nothing(recording, actor=office)
    db.session.commit()

    assert len(attendances()) == 1
    assert watching(recording, leader).question is None
