"""Fields of profiles as the history names them."""

from collections.abc import Sequence

from core.fact_words import Fact, name_facts
from core.i18n import _l
from municipalities.queries import voivodeships


def name_facts_of_animators() -> None:
    name_facts(
        "animator_profile",
        visible=_l("Everybody sees it"),
        regions=Fact(_l("Other voivodeships"), _names),
        has_bio=_l("Says something about the person"),
        has_email=_l("Has an address for everybody"),
        has_photo=_l("Has a photo"),
    )


def _names(codes: Sequence[str]) -> str:
    return ", ".join(one.name for one in voivodeships() if one.code in codes)
