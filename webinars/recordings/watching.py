"""Watching counts as taking part, once somebody has answered a short question about it rightly.

It counts for the partnerships that the person leads or deputises in on that day, and stays theirs when the person goes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select

from accounts.models import User
from core import audit, clock
from core.database import db
from partnerships.models import LeaderTerm, Partnership
from partnerships.queries import covers
from webinars.models import Attendance, AttendanceSource, Webinar
from webinars.recordings.errors import (
    DoesNotCount,
    HasTakenPart,
    NoSuchAnswer,
    NothingIsAsked,
    OnlyLeadersCount,
    TriedTooOften,
)
from webinars.recordings.events import RecordingEvent
from webinars.recordings.models import Recording, RecordingQuestion, RecordingTries
from webinars.recordings.queries import counts_as_attendance, question_of
from webinars.recordings.services import hold
from webinars.services.shared import hold as hold_webinar

TRIES_A_DAY = 5


@dataclass(frozen=True)
class Watching:
    """Where a person stands with a recording."""

    question: RecordingQuestion | None
    counts: bool
    leads: bool
    has_taken_part: bool
    tries_left: int

    @property
    def may_answer(self) -> bool:
        return self.is_asked and not self.has_taken_part and self.tries_left > 0

    @property
    def is_asked(self) -> bool:
        return self.question is not None and self.counts and self.leads


def watching(recording: Recording, person: User) -> Watching:
    places = _led_places(person)
    return Watching(
        question=question_of(recording) if recording.is_published else None,
        counts=counts_as_attendance(recording.webinar),
        leads=bool(places),
        has_taken_part=bool(places) and not _still_missing(recording.webinar, person, places),
        tries_left=max(0, TRIES_A_DAY - _tries(recording, person)),
    )


def confirm_watched(recording: Recording, answer: int, *, actor: User) -> bool:
    """Whether the answer is right: then it counts. A wrong one may be followed by another, five times a day."""
    hold_webinar(recording.webinar)  # nor does a report of attendance enter the same person meanwhile
    hold(recording)
    question = question_of(recording) if recording.is_published else None
    if question is None:
        raise NothingIsAsked
    if not counts_as_attendance(recording.webinar):
        raise DoesNotCount
    places = _led_places(actor)
    if not places:
        raise OnlyLeadersCount
    missing = _still_missing(recording.webinar, actor, places)
    if not missing:
        raise HasTakenPart
    if not 0 <= answer < len(question.answers):
        raise NoSuchAnswer
    if _tries(recording, actor) >= TRIES_A_DAY:
        raise TriedTooOften
    if answer != question.right_answer:
        _note_try(recording, actor)
        return False
    for municipality_id in missing:
        _count(recording, municipality_id, actor)
    return True


def forget_tries() -> int:
    """Of days that are over."""
    result = db.session.execute(
        delete(RecordingTries).where(RecordingTries.day < clock.today()).returning(RecordingTries.id)
    )
    return len(result.all())


def _led_places(person: User) -> Sequence[int]:
    """The municipalities of the partnerships that somebody leads or deputises in today."""
    found = (
        select(Partnership.municipality_id)
        .join(LeaderTerm, LeaderTerm.partnership_id == Partnership.id)
        .where(
            LeaderTerm.user_id == person.id, covers(LeaderTerm.starts_on, LeaderTerm.ends_on, clock.today())
        )
        .distinct()
        .order_by(Partnership.municipality_id)
    )
    return db.session.scalars(found).all()


def _still_missing(webinar: Webinar, person: User, places: Sequence[int]) -> list[int]:
    """Where no attendance of theirs counts yet: whoever was there and left too early may watch the rest."""
    least = webinar.series.min_minutes if webinar.series else 0
    known = _attendances(webinar, person, places)
    return [place for place in places if place not in known or not _is_enough(known[place], least)]


def _is_enough(attendance: Attendance, least: int) -> bool:
    by_recording = attendance.source is AttendanceSource.RECORDING
    return by_recording or attendance.minutes is None or attendance.minutes >= least


def _attendances(webinar: Webinar, person: User, places: Sequence[int]) -> dict[int, Attendance]:
    found = db.session.scalars(
        select(Attendance).where(
            Attendance.webinar_id == webinar.id,
            Attendance.user_id == person.id,
            Attendance.municipality_id.in_(places),
        )
    )
    return {one.municipality_id: one for one in found if one.municipality_id is not None}


def _count(recording: Recording, municipality_id: int, person: User) -> None:
    """Of somebody who had left too early the same row goes on: the minutes they were there for stay in it."""
    known = _attendances(recording.webinar, person, [municipality_id]).get(municipality_id)
    if known is None:
        known = Attendance(
            webinar_id=recording.webinar_id, municipality_id=municipality_id, user_id=person.id,
            source=AttendanceSource.RECORDING,
        )  # fmt: skip
        db.session.add(known)
        before: dict[str, str] = {}
    else:
        before = {"source": known.source.value}
        known.source, known.created_at = AttendanceSource.RECORDING, clock.now()
    db.session.flush()
    audit.record(
        RecordingEvent.WATCHED,
        known,
        actor=person,
        note=recording.webinar.title,
        before=before,
        after={"source": AttendanceSource.RECORDING.value},
    )


def _tries(recording: Recording, person: User) -> int:
    tries = _tries_today(recording, person)
    return tries.number if tries else 0


def _note_try(recording: Recording, person: User) -> None:
    tries = _tries_today(recording, person)
    if tries is None:
        db.session.add(
            RecordingTries(recording_id=recording.id, user_id=person.id, day=clock.today(), number=1)
        )
    else:
        tries.number += 1
    db.session.flush()


def _tries_today(recording: Recording, person: User) -> RecordingTries | None:
    return db.session.scalar(
        select(RecordingTries).where(
            RecordingTries.recording_id == recording.id,
            RecordingTries.user_id == person.id,
            RecordingTries.day == clock.today(),
        )
    )
