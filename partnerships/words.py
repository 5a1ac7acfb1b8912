"""Codes of the programme's lists in the reader's words."""

from collections.abc import Sequence

from core.forms import SelectChoice
from core.i18n import language
from programme.queries import the_programme


def listed_choices(list_key: str) -> list[SelectChoice]:
    """For a field to choose from."""
    code_list = the_programme().code_lists[list_key]
    return [SelectChoice(*pair) for pair in zip(code_list.codes, code_list.labels(language()), strict=True)]


def listed(codes: str | Sequence[str], list_key: str) -> str:
    """``library`` or several codes, as people read them: a filter of templates."""
    several = [codes] if isinstance(codes, str) else codes
    code_list = the_programme().code_lists[list_key]
    return ", ".join(code_list.label(code, language()) for code in several)
