"""The blueprint and the way back to the partnership's page."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from partnerships.models import Partnership

bp = Blueprint("partnerships", __name__, url_prefix="/partnerships")

ID = "int(max=2147483647)"
"""Larger than the database counts is no id of ours."""


def page_of(partnership: Partnership) -> str:
    return url_for("progress.partnership", partnership_id=partnership.id)


def to_partnership(partnership: Partnership, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(page_of(partnership), 303)
