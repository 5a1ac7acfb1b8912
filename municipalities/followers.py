"""What follows when municipalities change: each package says what of its own is touched, and takes it along.

A package to the left registers a ``Follower`` in its ``setup.py``: partnerships, plans, later the budgets of animators.
The order of registration is the order in which they follow.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from core.i18n import LazyString, _
from municipalities.journal import Journal
from municipalities.models import MunicipalityChange


@dataclass(frozen=True)
class Line:
    """One thing that a change touches, in words; with its page, if it has one."""

    text: str
    endpoint: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """What a person has to decide before the change can be applied."""

    key: str
    label: str
    choices: Sequence[tuple[str, str]]
    """Stored answer and its words."""
    default: str = ""
    """What is chosen until somebody decides; empty: nothing."""
    help: str = ""

    def answer(self, decisions: Mapping[str, Any]) -> str | None:
        """What was decided, if that can still be chosen."""
        given = decisions.get(self.key)
        return str(given) if any(given == value for value, _label in self.choices) else None


class Follower:
    """What a package does not need it leaves as it is here."""

    topic: LazyString | str
    """Heading of its lines in the preview."""

    def touches(self, change: MunicipalityChange) -> Sequence[Line]:
        """Everything of its own that the change will touch. Nothing here means: nobody uses these municipalities."""
        return ()

    def questions(self, change: MunicipalityChange) -> Sequence[Question]:
        return ()

    def check(self, change: MunicipalityChange) -> None:
        """Refuse what stands in the way of applying it, with a ``DomainError``: the page shows it beforehand."""

    def apply(self, change: MunicipalityChange, journal: Journal, *, actor: User | None) -> None:
        """Follow a change of the register that has just been written. Every row goes through the journal."""

    def wait_before_undoing(self, change: MunicipalityChange) -> None:
        """Hold what it asks about next, so that nobody changes it meanwhile."""

    def newer_than(self, change: MunicipalityChange) -> str | None:
        """What was built on an applied change since, in a sentence; None: it may be undone."""
        return None

    def undone(self, change: MunicipalityChange, *, actor: User | None) -> None:
        """Remember and tell, after the journal has brought everything back."""


_followers: list[Follower] = []


def register_follower(follower: Follower) -> None:
    if not any(type(known) is type(follower) for known in _followers):
        _followers.append(follower)


def followers() -> Sequence[Follower]:
    return tuple(_followers)


@dataclass(frozen=True)
class Topic:
    label: LazyString | str
    lines: Sequence[Line]


def preview(change: MunicipalityChange) -> list[Topic]:
    """Everything the change touches outside the register, by package."""
    topics = [Topic(follower.topic, follower.touches(change)) for follower in _followers]
    return [topic for topic in topics if topic.lines]


def touches_nothing(change: MunicipalityChange) -> bool:
    return not any(follower.touches(change) for follower in _followers)


def questions(change: MunicipalityChange) -> list[Question]:
    return [*_own(change), *(question for follower in _followers for question in follower.questions(change))]


SAME = "same"
"""Asked where an official file has one municipality less and another of its name under a code nobody had."""


def _own(change: MunicipalityChange) -> list[Question]:
    if SAME not in change.decisions:
        return []
    [unit] = change.sources
    label = _("Is it the same municipality under the new code %(code)s?", code=unit.new_code)
    choices = [
        ("yes", _("Yes, it goes on under the new code")),
        ("no", _("No, one ended and another of this name began")),
    ]
    return [Question(SAME, label, choices)]


def still_open(change: MunicipalityChange) -> list[Question]:
    return [one for one in questions(change) if one.answer(change.decisions) is None]
