"""What a workbook is made of: whose plan, in which language, filled with what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from plans.definitions import PlanContent, Value
from plans.values import lists

CODE_AND_TEXT = f" {lists.CODE_AND_TEXT} "
"""Between a code and the row's text where the row itself is not in the workbook: ``K2 · Kursy dla seniorów``."""


@dataclass(frozen=True)
class WorkbookIdentity:
    """Stands on the Meta sheet, so that an upload finds its way back to the plan it came from."""

    template_code: str
    template_version: int
    plan_uid: str
    municipality_code: str
    programme: str
    base_version: int | None = None
    base_hash: str | None = None
    language: str = "pl"
    as_of: datetime | None = None
    """The moment whose state the workbook shows: when its content was last changed."""


@dataclass(frozen=True)
class Remark:
    """A reviewer's remark as it travels in the workbook. An anchor that names less means the whole row, sheet or plan."""

    comment_uid: str
    text: str
    sheet_key: str | None = None
    row_uid: str | None = None
    column_key: str | None = None
    author_role: str = ""
    round: int = 1
    state: str = ""
    answer_kind: str | None = None
    answer: str = ""
    again: str = ""
    """With what word it was opened again."""


def answer_mark(kind: str | None, answer: str) -> str:
    """Tells one answer from another; empty where there is none."""
    words = " ".join(answer.split())
    return sha256(f"{kind or ''} {words}".encode()).hexdigest()[:8] if kind or words else ""


def answer_marks(remarks: Sequence[Remark]) -> dict[str, str]:
    """By the id of a remark, for those that are answered."""
    marks = {one.comment_uid: answer_mark(one.answer_kind, one.answer) for one in remarks}
    return {uid: mark for uid, mark in marks.items() if mark}


@dataclass(frozen=True)
class Mark:
    """A cell to be put right: coloured, with a comment. Without a row it is about a whole sheet, or the whole plan."""

    is_error: bool
    problem: str
    expected: str = ""
    example: str = ""
    sheet_key: str | None = None
    row_uid: str | None = None
    column_key: str | None = None
    typed: str | None = None
    """What the person had in the cell, put back as it was typed."""
    is_emptied: bool = False
    """What the person had there must not be kept."""


NEW_ROW = "+"
"""Stands for the id of a row that is not there yet; no row is called so."""


@dataclass(frozen=True)
class Filling:
    content: PlanContent = field(default_factory=PlanContent)
    prefill: Mapping[str, Value] = field(default_factory=dict)
    """Fields of the record sheet known from the register, for those the content leaves empty."""
    references: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Sheet key -> code -> text, for rows that columns refer to and that stand in another plan."""
    remarks: tuple[Remark, ...] = ()
    answered: Mapping[str, str] | None = None
    """``answer_marks`` of the answers that the workbook began with, where those in it are others."""
    marks: tuple[Mark, ...] = ()
