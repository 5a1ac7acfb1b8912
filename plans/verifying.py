"""Whether a file that somebody holds says what was published. Nothing of it is kept."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Select, select

from core.database import db
from core.pdf_words import words_of
from core.workbooks.errors import UnreadableWorkbook
from core.workbooks.limits import Limits as FileLimits
from core.workbooks.reader import read_workbook
from plans.checking import checked_content
from plans.checks import Purpose
from plans.content import Difference, content_hash, difference
from plans.definitions import PlanKind
from plans.models import Plan, PlanVersion
from plans.services.final_file import missing_in, stands_against
from plans.services.uploads import MEGABYTE, expected_as_it_is
from plans.templates import definition_of, known_template
from plans.workbooks.identity import WrongFile, told_plan
from plans.workbooks.merge import merge_reading
from plans.workbooks.reading import Limits, PlanReading, read_plan_workbook
from plans.workflow import PlanStatus
from programme.queries import the_programme

PUBLIC = frozenset({PlanStatus.PUBLISHED, PlanStatus.SUPERSEDED})
_HASH = re.compile(r"[0-9a-f]{64}")
_PDF = b"%PDF-"


class Answer(StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    INCOMPLETE = "incomplete"
    """Something that is public is not in it, or cannot be read: nobody can tell."""
    UNKNOWN = "unknown"
    """It names no published plan of this programme."""
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Verdict:
    answer: Answer
    version: PlanVersion | None = None
    difference: Difference | None = None
    """What it says otherwise, of a workbook. Of a PDF only that it does is known."""
    sentence: str = ""
    """Why it could not be read."""


Printed = Callable[[PlanVersion], list[bytes]]
"""The PDF of a published version as everybody gets it, in each language."""


def verify(data: bytes, *, printed: Printed) -> Verdict:
    return _pdf(data, printed) if data.startswith(_PDF) else _workbook(data)


# --- A workbook: cell by cell ----------------------------------------------------------------------------


def _workbook(data: bytes) -> Verdict:
    settings = the_programme().settings
    limits = FileLimits(file_bytes=settings.import_max_mb * MEGABYTE, rows=settings.import_max_rows)
    try:
        raw = read_workbook(data, limits=limits)
        uid, number = told_plan(raw)
        version = _published(uid, number)
        if version is None:
            return Verdict(Answer.UNKNOWN)
        reading = read_plan_workbook(
            raw,
            known_template,
            code_lists=the_programme().code_lists,
            expected=expected_as_it_is(version),
            limits=Limits(settings.import_max_rows, settings.import_blank_stop),
        )
    except UnreadableWorkbook as refusal:
        return Verdict(Answer.UNREADABLE, sentence=str(refusal))
    except WrongFile:
        return Verdict(Answer.UNKNOWN)
    return _compared(version, reading)


def _public() -> Select[PlanVersion]:
    """The plan of a year is its authors', also where somebody has to approve it before it is in force."""
    found = select(PlanVersion).join(PlanVersion.plan)
    return found.where(Plan.kind == PlanKind.GENERAL, PlanVersion.status.in_(PUBLIC))


def _published(uid: str, number: int | None) -> PlanVersion | None:
    """The version it names; where it names none that is public, the one in force."""
    found = _public().where(Plan.uid == uid).order_by(PlanVersion.number)
    versions = db.session.scalars(found).all() if uid else []
    return next((one for one in versions if one.number == number), versions[-1] if versions else None)


def _compared(version: PlanVersion, reading: PlanReading) -> Verdict:
    definition = definition_of(version)
    check = checked_content(version, merge_reading(version.rows, reading), Purpose.DRAFT)
    unclear = any(stands_against(one, definition) for one in (*reading.findings, *check.findings))
    if unclear or next(missing_in(version, reading), None) is not None:
        return Verdict(Answer.INCOMPLETE, version)
    if content_hash(check.content, definition) == version.content_hash:
        return Verdict(Answer.SAME, version)
    return Verdict(
        Answer.DIFFERENT, version, difference(version.rows, check.content, definition, public=True)
    )


# --- A PDF: word by word ---------------------------------------------------------------------------------


def _pdf(data: bytes, printed: Printed) -> Verdict:
    """It carries the fingerprint of what it shows, which anybody could have typed: all of its words are compared."""
    words = _plain(words_of(data, whole=True))
    if not words:
        return Verdict(Answer.UNREADABLE)
    version = _with_hash(set(_HASH.findall(words.replace(" ", ""))))  # a line may break within it
    if version is None:
        return Verdict(Answer.UNKNOWN)
    same = any(_plain(words_of(file, whole=True)) == words for file in printed(version))
    return Verdict(Answer.SAME if same else Answer.DIFFERENT, version)


def _with_hash(hashes: set[str]) -> PlanVersion | None:
    found = _public().where(PlanVersion.content_hash.in_(hashes))
    return db.session.scalars(found.order_by(PlanVersion.id.desc())).first() if hashes else None


def _plain(words: str) -> str:
    return " ".join(words.split())
