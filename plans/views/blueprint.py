"""The blueprint and what several views share."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from core.i18n import LazyString
from plans.models import PlanVersion

bp = Blueprint("plans", __name__)


def to_plan(
    version: PlanVersion, message: str | LazyString | None = None, *, anchor: str | None = None
) -> ResponseReturnValue:
    """Back to the plan's page, or to a place on it, with a word on what was done."""
    if message:
        flash(str(message), "success")
    return redirect(url_for("plans.show", version_id=version.id, _anchor=anchor), 303)


Verb = Callable[..., object]
