"""The verbs of webinars, one module for each topic."""

from webinars.services.flow import announce, archive_old, note_as_held, note_held, withdraw
from webinars.services.materials import add_material, remove_material
from webinars.services.series import (
    SeriesContent,
    change_series,
    end_series,
    make_series,
    move_within_series,
    reopen_series,
)
from webinars.services.writing import Content, change_webinar, copy_webinar, discard_draft, write_webinar

__all__ = [
    "Content", "SeriesContent", "add_material", "announce", "archive_old", "change_series", "change_webinar",
    "copy_webinar", "discard_draft", "end_series", "make_series", "move_within_series", "note_as_held", "note_held",
    "remove_material", "reopen_series", "withdraw", "write_webinar",
]  # fmt: skip
