"""Which kinds of long work this installation has: each package registers its own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from flask import Flask, current_app

from core.i18n import LazyString

if TYPE_CHECKING:
    from core.long_work.models import LongWork
    from core.long_work.progress import Progress

_KEY = "gromada_long_work"


class Lane(StrEnum):
    """What is asked in one lane is done one after another; a letter does not wait for an archive of an hour."""

    QUICK = "quick"
    SLOW = "slow"

    @property
    def job(self) -> str:
        return f"work.{self}"


@dataclass(frozen=True)
class Result:
    """A file that was made, in the folder of its work: it is moved to where it waits for whoever asked."""

    path: Path
    name: str
    media_type: str


def _own_label(work: "LongWork") -> str:
    return str(kind_of(work).does)


@dataclass(frozen=True)
class LongKind:
    """``run`` may begin anew at any time: what it wrote together with its count (``Progress.keep``) it finds again.

    With ``only_reads`` it holds nobody up on SQLite, however long it takes, and tells its count by ``Progress.tell``.
    """

    name: str
    does: LazyString
    """What is made or done, in a few words: "Whole files of partnerships"."""
    run: Callable[["LongWork", "Progress"], Result | None]
    may: Callable[[Any], bool]
    """Whether this person may ask for it and take its file, asked again each time."""
    lane: Lane = Lane.QUICK
    only_reads: bool = False
    can_be_stopped: bool = False
    can_be_tried_again: bool = True
    words: Callable[["LongWork"], str] = _own_label
    """What exactly, where there is more to say than ``does``."""
    leads_to: Callable[["LongWork"], str | None] = lambda work: None
    """The address of the record it is about."""
    ended: Callable[["LongWork"], None] = lambda work: None
    """Done in the transaction in which it becomes ready."""
    failed: Callable[["LongWork"], None] = lambda work: None
    """Done in the transaction in which it becomes failed."""


@dataclass(frozen=True)
class Offer:
    """Something to bring or to take away, on the page of imports and exports."""

    label: LazyString
    text: LazyString
    endpoint: str
    shown_to: Callable[[Any], bool]
    values: dict[str, Any] = field(default_factory=dict)
    is_file: bool = False
    """It answers with the file itself."""


Listener = Callable[["LongWork"], None]


@dataclass
class _Known:
    kinds: dict[str, LongKind] = field(default_factory=dict)
    listeners: list[Listener] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)


def _known(app: Flask) -> _Known:
    return cast("_Known", app.extensions.setdefault(_KEY, _Known()))


def register_kinds(app: Flask, *kinds: LongKind) -> None:
    _known(app).kinds.update({kind.name: kind for kind in kinds})


def kinds() -> dict[str, LongKind]:
    return _known(current_app).kinds


def kind_of(work: "LongWork") -> LongKind:
    return kinds()[work.kind]


def on_end(app: Flask, listener: Listener) -> None:
    """Asked in the transaction in which a piece of work becomes ready or failed."""
    _known(app).listeners.append(listener)


def listeners() -> list[Listener]:
    return _known(current_app).listeners


def add_offers(app: Flask, *more: Offer) -> None:
    _known(app).offers.extend(more)


def offers(person: Any) -> list[Offer]:
    return [one for one in _known(current_app).offers if one.shown_to(person)]
