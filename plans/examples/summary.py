"""The summary of a plan, put together from what was chosen."""

from collections.abc import Mapping
from decimal import Decimal

from core.formatting import number
from core.i18n import language
from plans.examples.drafting import hours_of
from plans.examples.model import Chosen, Example
from plans.examples.words import Words, filled_in
from programme.code_lists import CodeLists


def composed(
    example: Example,
    chosen: Chosen,
    words: Words,
    code_lists: CodeLists,
    *,
    known: Mapping[str, str],
) -> str:
    """``known``: years, municipality, lead and partners, as the register has them."""
    found = {**known, **_chosen_words(example, chosen, code_lists)}
    sentences = (filled_in(one.in_language(language()), found) for one in words.summary)
    return " ".join(sentence for sentence in sentences if sentence)


def _chosen_words(example: Example, chosen: Chosen, code_lists: CodeLists) -> dict[str, str]:
    lines = [line for line in example.lines if line.key in chosen.lines]
    groups = [str(one.values.get("group_name", "")) for one in example.groups if one.key in chosen.groups]
    areas = [
        code_lists["life_area"].label(str(line.values["life_area"]), language())
        if "life_area" in line.values
        else str(line.values.get("line_title", ""))
        for line in lines
    ]
    trainings = sum(sum(chosen.lines[line.key]) for line in lines)
    hours = sum(
        (Decimal(one) for line in lines for one in hours_of(line, chosen.lines[line.key])), Decimal(0)
    )
    places = sum(sum(chosen.lines[line.key]) * line.people_each for line in lines)
    return {
        "groups": ", ".join(groups),
        "areas": ", ".join(dict.fromkeys(areas)),
        **{
            name: number(count) if count else ""
            for name, count in (("trainings", trainings), ("hours", hours), ("places", places))
        },
    }
