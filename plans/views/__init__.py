"""Addresses about plans. Importing this package attaches every view to the blueprint."""

from plans.views import corrections, examples, merging, own_plan, pages, publishing, review, steps, workbooks
from plans.views.blueprint import bp

__all__ = [
    "bp",
    "corrections",
    "examples",
    "merging",
    "own_plan",
    "pages",
    "publishing",
    "review",
    "steps",
    "workbooks",
]
