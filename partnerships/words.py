"""Codes of the programme's lists in the reader's words."""

from collections.abc import Container, Sequence

from core.forms import Choice, Choices, SelectChoice
from core.i18n import language
from programme.queries import the_programme


def listed_choices(list_key: str, *, keep: Container[str] = ()) -> list[SelectChoice]:
    """For a field to choose from: what is offered today, and what stands there already (``keep``)."""
    code_list, spoken = the_programme().code_lists[list_key], language()
    offered = code_list.offered(keep=keep)
    return [SelectChoice(one.code, one.labels.in_language(spoken)) for one in offered]


def kept(field: Choice | Choices) -> Sequence[str]:
    """What the record at hand has there already: it stays, also where it was retired since."""
    value = field.object_data
    return [value] if isinstance(value, str) else value or []


def all_choices(list_key: str) -> list[SelectChoice]:
    """For a filter: what was retired is still found."""
    code_list = the_programme().code_lists[list_key]
    return [SelectChoice(code, code_list.label(code, language())) for code in code_list.codes]


def listed(codes: str | Sequence[str], list_key: str) -> str:
    """``library`` or several codes, as people read them: a filter of templates."""
    several = [codes] if isinstance(codes, str) else codes
    code_list = the_programme().code_lists[list_key]
    return ", ".join(code_list.label(code, language()) for code in several)
