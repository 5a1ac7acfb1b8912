"""Addresses about plans. Importing this package attaches every view to the blueprint."""

from plans.views import (
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
    workbooks,
)
from plans.views.blueprint import bp

__all__ = [
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
    "workbooks",
]
