"""Tasks in the reader's language, as the programme's profile names them."""

from core.i18n import language
from programme.queries import the_programme
from tasks.rules import TaskCode


def task_label(code: TaskCode | str) -> str:
    return the_programme().profile.task(str(code)).label.in_language(language())


def task_help(code: TaskCode) -> str:
    return the_programme().profile.task(str(code)).help.in_language(language())
