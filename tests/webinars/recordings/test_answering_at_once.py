"""One person answers in several windows at the same moment: it counts once, and no try comes on top of the five."""

from sqlalchemy import select

from accounts.models import User
from core.database import db
from tests.support.at_once import at_once
from webinars.models import Attendance
from webinars.recordings.models import Recording, RecordingTries
from webinars.recordings.watching import TRIES_A_DAY, confirm_watched

WINDOWS, WRONG, RIGHT = 8, 0, 1


def answering(recording_id: int, person_id: int, answer: int):
    def attempt() -> str:
        recording, person = db.session.get_one(Recording, recording_id), db.session.get_one(User, person_id)
        return "right" if confirm_watched(recording, answer, actor=person) else "wrong"

    return attempt


def test_a_right_answer_counts_once(app, make, asked):
    leader = make.user()
    make.partnership(leader=leader)
    recording = asked()

    outcomes = at_once(app, *[answering(recording.id, leader.id, RIGHT) for _window in range(WINDOWS)])

    assert outcomes == ["HasTakenPart"] * (WINDOWS - 1) + ["right"]
    assert len(db.session.scalars(select(Attendance)).all()) == 1


def test_no_more_than_five_wrong_ones_are_taken(app, make, asked):
    leader = make.user()
    make.partnership(leader=leader)
    recording = asked()

    outcomes = at_once(app, *[answering(recording.id, leader.id, WRONG) for _window in range(WINDOWS)])

    assert outcomes == ["TriedTooOften"] * (WINDOWS - TRIES_A_DAY) + ["wrong"] * TRIES_A_DAY
    assert [one.number for one in db.session.scalars(select(RecordingTries))] == [TRIES_A_DAY]
