"""Whether the installation can work, for whoever watches it."""

from flask import Blueprint, Response, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from core.database import db

bp = Blueprint("health", __name__, url_prefix="/health")


@bp.get("/live")
def live() -> Response:
    return jsonify(status="ok")


@bp.get("/ready")
def ready() -> tuple[Response, int]:
    """200 when the database answers and holds the tables this version needs, else 503."""
    try:
        db.session.execute(text("select 1 from programme limit 1"))
    except SQLAlchemyError:
        db.session.rollback()
        return jsonify(status="unavailable", reason="database"), 503
    return jsonify(status="ok"), 200
