"""What was written in a plan online, as its history tells it: a line for a sitting, not for each row."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from accounts.gathering import Gathering
from core.i18n import language, ngettext
from plans.templates import sheet_titles

SITTING = timedelta(minutes=30)


def _in_words(done: Sequence[Mapping[str, Any]]) -> str:
    """The sheet, and how many of its rows. What stood in them is kept by the plan itself (plans/merging/journal.py)."""
    title = sheet_titles().get(str(done[0].get("sheet")))
    rows = {one["row"] for one in done if one.get("row")}
    count = len(rows) + sum(int(one.get("rows", 1)) for one in done if not one.get("row"))
    if title is None:
        return ngettext("Wrote in the plan online: one row", "Wrote in the plan online: %(num)d rows", count)
    return ngettext(
        "Wrote in the plan online: %(sheet)s, %(num)d row",
        "Wrote in the plan online: %(sheet)s, %(num)d rows",
        count,
        sheet=title.in_language(language()),
    )


WRITTEN_LINES = Gathering(("number", "sheet"), SITTING, _in_words)
