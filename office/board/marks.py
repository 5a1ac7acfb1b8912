"""Seven small marks for the tasks of a municipality: drawn for the eye, said for a screen reader."""

from collections.abc import Callable
from functools import lru_cache

from markupsafe import Markup, escape

from core.i18n import _, language
from office.board.rows import SevenTasks
from tasks.rules import TaskCode, TaskStatus
from tasks.words import task_label


def marker() -> Callable[[SevenTasks], Markup]:
    """For the rows of one page: the tasks are called by their names once."""
    words = tuple(task_label(code) for code in TaskCode)
    spoken = language()
    return lambda tasks: _drawn(tasks, words, spoken)


@lru_cache(maxsize=2048)
def _drawn(tasks: SevenTasks, words: tuple[str, ...], _language: str) -> Markup:
    """Kept: most municipalities stand alike."""
    drawn = Markup("").join(
        Markup('<i data-state="{}" title="{}: {}">{}</i>').format(status.state, label, status.label, number)
        for number, (status, label) in enumerate(zip(tasks, words, strict=True), 1)
    )
    count = _("%(settled)s of %(all)s", settled=tasks.settled, all=len(tasks))
    return Markup(
        '<span class="marks" aria-hidden="true">{}</span> <span class="marks-count">{}</span>'
        '<span class="ds-sr-only">. {}</span>'
    ).format(drawn, count, escape(_said(tasks, words)))


def _said(tasks: SevenTasks, words: tuple[str, ...]) -> str:
    parts = []
    for status in (TaskStatus.DONE, TaskStatus.WAIVED, TaskStatus.IN_PROGRESS, TaskStatus.NOT_STARTED):
        named = [label for one, label in zip(tasks, words, strict=True) if one is status]
        if named:
            parts.append(f"{status.label}: {', '.join(named)}.")
    return " ".join(parts)
