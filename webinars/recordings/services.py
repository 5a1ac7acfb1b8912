"""What the office does with recordings: publish one, say that there is none, ask one question about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from accounts.models import User
from core import audit, clock, storage
from core.database import db
from core.file_kinds import DOCUMENTS, check_file
from core.uploads import SentFile
from webinars.recordings.captions import media_type_of, passages
from webinars.recordings.errors import (
    CannotBeRead,
    HasMaterials,
    NoCaptionsFile,
    NoLink,
    NoMaterials,
    NoReasonForNone,
    NoRightAnswer,
    NoSubstitute,
    TooFewAnswers,
    WrongRunningTime,
)
from webinars.recordings.events import RecordingEvent
from webinars.recordings.models import Captions, Recording, RecordingQuestion, RecordingState
from webinars.recordings.queries import question_of
from webinars.recordings.workflow import RECORDING, RecordingAction
from webinars.services.materials import most_bytes
from webinars.services.shared import check_address

MOST_MINUTES = 24 * 60
FEWEST_ANSWERS, MOST_ANSWERS = 2, 4
TOLD = ("url", "minutes", "captions", "without_materials")
"""What the history keeps as it was and as it is."""


@dataclass(frozen=True)
class Published:
    url: str | None
    minutes: int | None = None
    captions: Captions = Captions.NO
    captions_file: SentFile | None = None
    """A new one; None keeps the one that is there."""
    transcript: str = ""
    transcript_file: SentFile | None = None
    drops_transcript_file: bool = False
    without_materials: bool = False


def publish(recording: Recording, content: Published, *, actor: User) -> None:
    """Everybody can watch it. Once published, this changes what is shown."""
    hold(recording)
    is_new = not recording.is_published
    status = RECORDING.after(RecordingAction.PUBLISH, recording.state) if is_new else recording.state
    _check(recording, content)
    before = _facts(recording)
    _take_captions(recording, content)
    _take_transcript(recording, content)
    recording.url, recording.minutes = content.url, content.minutes
    recording.without_materials, recording.state = content.without_materials, status
    recording.none_reason, recording.substitute, recording.substitute_link = "", "", None
    recording.published_at = recording.published_at or clock.now()
    after = _facts(recording)
    changed = [name for name in after if before[name] != after[name]]
    _remember(
        RecordingEvent.PUBLISHED if is_new else RecordingEvent.CHANGED,
        recording,
        actor=actor,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )


def give_up(
    recording: Recording, *, reason: str, substitute: str = "", link: str | None = None, actor: User
) -> None:
    """There is none. Whoever comes for it reads why, and what there is instead."""
    hold(recording)
    is_new = recording.state is not RecordingState.NONE
    status = RECORDING.after(RecordingAction.GIVE_UP, recording.state) if is_new else recording.state
    if not reason:
        raise NoReasonForNone
    check_address(link, "substitute_link")
    if not substitute and not link:
        raise NoSubstitute
    before = {"state": recording.state.value, "substitute_link": recording.substitute_link}
    recording.state, recording.published_at = status, None
    recording.none_reason, recording.substitute, recording.substitute_link = reason, substitute, link
    after = {"state": status.value, "substitute_link": link}
    _remember(
        RecordingEvent.GIVEN_UP,
        recording,
        actor=actor,
        before=before,
        after=after,
        personal={"reason": reason},
    )


def ask(
    recording: Recording, *, text: str, answers: Sequence[str], right_answer: int, actor: User
) -> RecordingQuestion:
    """One question; writing another takes its place."""
    hold(recording)
    kept = [answer for answer in answers if answer]
    if not FEWEST_ANSWERS <= len(kept) <= MOST_ANSWERS or len({one.casefold() for one in kept}) < len(kept):
        raise TooFewAnswers
    if not 0 <= right_answer < len(answers) or not answers[right_answer]:
        raise NoRightAnswer
    after: dict[str, Any] = {
        "text": text, "answers": kept, "right_answer": kept.index(answers[right_answer]),
    }  # fmt: skip
    question = question_of(recording)
    before = {name: getattr(question, name) for name in after} if question else {}
    if question is None:
        question = RecordingQuestion(recording=recording, **after)
        db.session.add(question)
    for name, value in after.items():
        setattr(question, name, value)
    db.session.flush()
    if before != after:
        _remember(RecordingEvent.ASKED, question, actor=actor, before=before, after=after)
    return question


def ask_nothing(recording: Recording, *, actor: User) -> None:
    """What was confirmed until now stays."""
    hold(recording)
    question = question_of(recording)
    if question is not None:
        _remember(RecordingEvent.NOT_ASKED, question, actor=actor, before={"text": question.text}, after={})
        db.session.delete(question)


def hold(recording: Recording) -> None:
    """Wait for whoever else changes it, and see it as they left it."""
    db.session.execute(select(Recording.id).where(Recording.id == recording.id).with_for_update())
    db.session.refresh(recording)


# --- What is checked and taken ---------------------------------------------------------------------------


def _check(recording: Recording, content: Published) -> None:
    if not content.url:
        raise NoLink
    check_address(content.url, "url")
    if content.minutes is not None and not 1 <= content.minutes <= MOST_MINUTES:
        raise WrongRunningTime
    if content.captions is Captions.FILE and not (content.captions_file or recording.captions_file_id):
        raise NoCaptionsFile
    keeps_file = recording.transcript_file_id is not None and not content.drops_transcript_file
    has_transcript = bool(content.transcript) or content.transcript_file is not None or keeps_file
    if content.captions is Captions.NO and not has_transcript:
        raise CannotBeRead
    has_materials = bool(recording.webinar.materials)
    if not has_materials and not content.without_materials:
        raise NoMaterials
    if has_materials and content.without_materials:
        raise HasMaterials


def _take_captions(recording: Recording, content: Published) -> None:
    file = content.captions_file if content.captions is Captions.FILE else None
    replaced = recording.captions_file if file or content.captions is not Captions.FILE else None
    if file is not None:
        media_type = media_type_of(file.name)
        passages(file.data)  # refuses what is no captions
        kept = storage.keep(file.data, name=file.name, media_type=media_type)
        recording.captions_file_id = kept.id
    elif content.captions is not Captions.FILE:
        recording.captions_file_id = None
    recording.captions = content.captions
    _let_go(recording, replaced)


def _take_transcript(recording: Recording, content: Published) -> None:
    recording.transcript = content.transcript
    file = content.transcript_file
    replaced = recording.transcript_file if file or content.drops_transcript_file else None
    if file is not None:
        kind = check_file(file.data, file.name, kinds=DOCUMENTS, most_bytes=most_bytes())
        kept = storage.keep(file.data, name=file.name, media_type=kind.media_type)
        recording.transcript_file_id = kept.id
    elif content.drops_transcript_file:
        recording.transcript_file_id = None
    _let_go(recording, replaced)


def _let_go(recording: Recording, file: storage.StoredFile | None) -> None:
    if file is not None:
        db.session.expire(recording, ["captions_file", "transcript_file"])
        storage.remove(file)


def _facts(recording: Recording) -> dict[str, Any]:
    facts: dict[str, Any] = {name: getattr(recording, name) for name in TOLD}
    facts["captions"] = recording.captions.value
    facts["state"] = recording.state.value
    facts["transcript"] = bool(recording.transcript or recording.transcript_file_id)
    return facts


def _remember(event: RecordingEvent, record: Recording | RecordingQuestion, **details: Any) -> None:
    audit.record(event, record, note=record.story.title, **details)
