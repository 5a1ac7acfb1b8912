"""Self-assessments: where a municipality stands, area by area. One that is finished stays as it was."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, Timestamped, Versioned, only_one
from core.i18n import _l
from core.labels import LabelledEnum
from partnerships.models import OfPartnership, Partnership

NOTE_LENGTH = 1000
STEPS = 4
"""From nothing to everything."""
FULL = 100


class Answer(LabelledEnum):
    """How far a statement is true. Not knowing is an answer too, and counts neither for nor against."""

    NOT_AT_ALL = "0", _l("not at all")
    A_LITTLE = "1", _l("a little")
    HALF = "2", _l("by half")
    NEARLY = "3", _l("nearly")
    FULLY = "4", _l("fully")
    UNKNOWN = "unknown", _l("I do not know")

    @property
    def points(self) -> int | None:
        return None if self is Answer.UNKNOWN else int(self.value)


class SelfAssessment(OfPartnership, Timestamped, Base):
    """One of a municipality, filled in by several people of its partnership. At most one is open at a time."""

    __tablename__ = "self_assessment"
    __table_args__ = (
        only_one("uq_self_assessment_open", "partnership_id", where="finished_at IS NULL"),
        CheckConstraint("(taken_on IS NULL) = (finished_at IS NULL)", name="dated_once_finished"),
        Index("ix_self_assessment_latest", "partnership_id", "taken_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), index=True)
    questionnaire: Mapped[int]
    """Version of the statements it was answered with."""
    taken_on: Mapped[date | None]
    """The day it was finished: from then on it is compared, offered and not changed any more."""
    finished_at: Mapped[datetime | None]
    accepted_need_rows: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Which needs became rows of a plan: the need's key, and the plan and row that it went into."""

    partnership: Mapped[Partnership] = relationship()
    areas: Mapped[list["AssessmentArea"]] = relationship(
        back_populates="assessment", order_by="AssessmentArea.id", cascade="all, delete-orphan"
    )

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None

    @property
    def area_scores(self) -> Mapping[str, int | None]:
        return {one.area: one.score for one in self.areas}

    @property
    def mean(self) -> int | None:
        """Of the areas that have a result."""
        known = [score for score in self.area_scores.values() if score is not None]
        return round(sum(known) / len(known)) if known else None

    def area(self, code: str) -> "AssessmentArea | None":
        return next((one for one in self.areas if one.area == code), None)


class AssessmentArea(Timestamped, Versioned, Base):
    """The answers of one area: a record of its own, so that two people at two areas are in nobody's way."""

    __tablename__ = "self_assessment_area"
    __table_args__ = (
        UniqueConstraint("assessment_id", "area"),
        CheckConstraint("score IS NULL OR (score >= 0 AND score <= 100)", name="score_of_a_hundred"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("self_assessment.id"), index=True)
    area: Mapped[str] = mapped_column(String(40))
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """By the key of the statement."""
    note: Mapped[str | None] = mapped_column(Text)
    score: Mapped[int | None]
    """Of a hundred; None while nothing is answered that counts."""
    saved_at: Mapped[datetime | None]
    """None: nobody has looked at it yet, what stands in it comes from the time before."""

    assessment: Mapped[SelfAssessment] = relationship(back_populates="areas")

    def answer(self, statement: str) -> Answer | None:
        value = self.answers.get(statement)
        return Answer(value) if value is not None else None


def score_of(answers: Mapping[str, str]) -> int | None:
    """The mean of what is known, of a hundred, halves rounded up."""
    points = [known for value in answers.values() if (known := Answer(value).points) is not None]
    return (2 * FULL * sum(points) + STEPS * len(points)) // (2 * STEPS * len(points)) if points else None
