"""Fields of changes of municipalities as the history names them."""

from core.fact_words import Fact, name_facts
from core.i18n import _l
from municipalities.workflow import ChangeKind


def name_facts_of_municipalities() -> None:
    name_facts(
        "municipality_change",
        kind=Fact(_l("Kind of change"), lambda kind: str(ChangeKind(kind).label)),
        effective_on=_l("Takes effect on"),
        legal_basis=_l("Legal basis"),
        sources=_l("Municipalities it is about"),
        targets=_l("What becomes of them"),
        new_name=_l("New name"),
        new_code=_l("New code"),
    )
