"""What is under way in a partnership when its leader changes: each package tells of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accounts.models import User
from core.i18n import LazyString
from partnerships.models import Partnership


@dataclass(frozen=True)
class OpenWork:
    """One thing that goes over to the new leader, in a sentence that is said in each reader's language."""

    text: LazyString


OpenWorkSource = Callable[[Partnership, User | None], Sequence[OpenWork]]
"""Asked with the former leader. It moves what is kept under a name, drops what was the former leader's own act, and
tells what is open from then on. What the rights alone decide has moved with them."""

_sources: list[OpenWorkSource] = []


def register_open_work(source: OpenWorkSource) -> None:
    """A package to the left tells what of its own is open: plans their drafts and remarks, for example."""
    if source not in _sources:
        _sources.append(source)


def move_open_work(partnership: Partnership, former: User | None) -> list[OpenWork]:
    return [work for source in _sources for work in source(partnership, former)]
