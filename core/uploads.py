"""Files that come with a form: how much a route takes, and what was sent."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from core.i18n import _

View = TypeVar("View", bound=Callable[..., Any])

TAKES_FILES = "takes_files"
"""Attribute of a view that takes more than an ordinary form."""
MEGABYTE = 1024 * 1024
FORM_AROUND_FILES = 256 * 1024


class SentFile(NamedTuple):
    name: str
    data: bytes


class Taken(NamedTuple):
    """How many bytes, as asked before anything is read: of all files that come at once, and of each."""

    together: Callable[[], int]
    each: Callable[[], int]

    @property
    def in_words(self) -> str:
        if self.each is self.together:
            return at_most(self.each())
        return _(
            "Send files of at most %(size)s MB each and %(total)s MB together. Nothing of what you sent was kept.",
            size=self.each() // MEGABYTE,
            total=self.together() // MEGABYTE,
        )


def at_most(most_bytes: int) -> str:
    return _(
        "Send a file of at most %(size)s MB. Nothing of what you sent was kept.", size=most_bytes // MEGABYTE
    )


def takes_files(
    most_bytes: Callable[[], int], *, each: Callable[[], int] | None = None
) -> Callable[[View], View]:
    """For a view that takes larger files than any other; put it below the guard. All others keep the usual limit.

    ``each``: what one of them may be, where several may come.
    """

    def mark(view: View) -> View:
        setattr(view, TAKES_FILES, Taken(most_bytes, each or most_bytes))
        return view

    return mark


def sent_files(field: Any) -> list[SentFile]:
    """The same for a field that takes several."""
    return [SentFile(one.filename, one.read()) for one in field.data or () if one and one.filename]


def sent_file(field: Any) -> SentFile | None:
    """What was chosen in a field of a form; None where nothing was."""
    if field.data is None or not field.data.filename:
        return None
    return SentFile(field.data.filename, field.data.read())
