"""Addresses about plans. Importing this package attaches every view to the blueprint."""

from plans.views import (
    agreed_totals,
    comparing,
    corrections,
    editing,
    examples,
    merging,
    offers,
    own_plan,
    pages,
    pasting,
    publishing,
    review,
    steps,
    template_versions,
    workbooks,
    years,
)
from plans.views.blueprint import bp

__all__ = [
    "agreed_totals",
    "bp",
    "comparing",
    "corrections",
    "editing",
    "examples",
    "merging",
    "offers",
    "own_plan",
    "pages",
    "pasting",
    "publishing",
    "review",
    "steps",
    "template_versions",
    "workbooks",
    "years",
]
