"""Asking for webinars, one module for each topic."""

from webinars.queries.figures import FiguresRow, figures
from webinars.queries.lists import (
    Wanted,
    announced_since,
    coming,
    drafts,
    for_calendars,
    next_to_come,
    past,
    that_explain,
    years,
)
from webinars.queries.mine import seats_by_webinar
from webinars.queries.records import (
    all_series,
    material_by_id,
    open_series,
    series_by_id,
    series_by_slug,
    webinar_by_id,
    webinars_of,
)

__all__ = [
    "FiguresRow",
    "Wanted",
    "all_series",
    "announced_since",
    "coming",
    "drafts",
    "figures",
    "for_calendars",
    "material_by_id",
    "next_to_come",
    "open_series",
    "past",
    "seats_by_webinar",
    "series_by_id",
    "series_by_slug",
    "that_explain",
    "webinar_by_id",
    "webinars_of",
    "years",
]  # fmt: skip
