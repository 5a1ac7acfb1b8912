"""The blueprint, and how its addresses find their records."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import Source
from accounts.policy import Permission
from partnerships.views.blueprint import ID
from webinars.models import Webinar
from webinars.queries import series_by_id, webinar_by_id

__all__ = ["ID", "SERIES", "WEBINAR", "bp", "to_webinar"]

bp = Blueprint("webinars", __name__)

WEBINAR = Source(load=webinar_by_id, read=Permission.WEBINAR_READ)
SERIES = Source(load=series_by_id, read=Permission.WEBINAR_MANAGE)


def to_webinar(webinar: Webinar, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("webinars.show", webinar_id=webinar.id), 303)
