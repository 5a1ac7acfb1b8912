"""Offers in the reader's words."""

from collections.abc import Sequence
from typing import Any

from core.i18n import language
from knowledge.models import Audience, CatalogueItem, OfferLanguage
from knowledge.services import LISTS
from programme.queries import the_programme


def area_labels(item: CatalogueItem) -> dict[str, list[str]]:
    """Column -> the areas it names, in the order of the programme's lists."""
    return {column: labels_of(column, getattr(item, column)) for column in LISTS}


def labels_of(column: str, codes: Sequence[str]) -> list[str]:
    found, code = the_programme().code_lists[LISTS[column]], language()
    return [found.label(one, code) for one in sorted(codes, key=found.position)]


def said_of(column: str, codes: Any) -> str:
    """For the history."""
    return ", ".join(labels_of(column, codes))


def audience_said(codes: Any) -> str:
    return ", ".join(str(one.label) for one in Audience if one.value in codes)


def languages_said(codes: Any) -> str:
    return ", ".join(str(one.label) for one in OfferLanguage if one.value in codes)
