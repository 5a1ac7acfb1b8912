"""What lists and pages ask about recordings. Whoever keeps them answers; until somebody does, nothing is asked."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from sqlalchemy import ColumnElement

from core.help_links import HelpLink

KEY = "gromada_webinar_recordings"


@dataclass(frozen=True)
class Recordings:
    is_published: Callable[[], ColumnElement[bool]]
    """For lists: the webinar has one to watch."""
    of: Callable[[Sequence[int]], Mapping[int, Any]]
    """By the ids of webinars, in a fixed number of queries: what ``public/webinars/_recording.html`` shows."""
    help_for: Callable[[str], Iterable[HelpLink]]
    """Published ones that explain a topic."""


def keep_recordings(app: Flask, recordings: Recordings) -> None:
    app.extensions[KEY] = recordings


def known_recordings() -> Recordings | None:
    found: Recordings | None = current_app.extensions.get(KEY)
    return found


def recordings_of(webinar_ids: Sequence[int]) -> Mapping[int, Any]:
    known = known_recordings()
    return known.of(webinar_ids) if known and webinar_ids else {}
