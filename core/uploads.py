"""Files that come with a form: how much a route takes, and what was sent."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

MOST_BYTES = "most_bytes"
"""Attribute of a view that takes more than an ordinary form: how many bytes, as asked before anything is read."""
FORM_AROUND_FILES = 256 * 1024


class SentFile(NamedTuple):
    name: str
    data: bytes


def takes_files(most_bytes: Callable[[], int]) -> Callable[[View], View]:
    """For a view that takes larger files than any other; put it below the guard. All others keep the usual limit."""

    def mark(view: View) -> View:
        setattr(view, MOST_BYTES, most_bytes)
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
