"""What the history remembers of trainings and of declarations, in the reader's words."""

from collections.abc import Callable
from typing import Any

from core.fact_words import Fact, name_facts
from core.i18n import _l, language
from programme.queries import the_programme


def listed(list_key: str) -> Callable[[Any], str]:
    def shown(code: Any) -> str:
        known = the_programme().code_lists.get(list_key)
        return known.label(str(code), language()) if known else str(code)

    return shown


def name_facts_of_years() -> None:
    name_facts(
        "plan_version",
        status=Fact(_l("Status"), listed("training_status")),
        quarter=Fact(_l("Quarter"), listed("quarter")),
        held_on=_l("Held on"),
        date_from=_l("From"),
        date_to=_l("To"),
    )
    name_facts("year_declaration", plan_year=Fact(_l("Year"), str), declared_on=_l("Declared on"))
