"""Pages for developers: the mails of the outbox and every component of the look. Only in a demonstration."""

from flask import Blueprint, Flask, abort, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from core import gallery
from core.database import db
from core.mail import OutboxMail
from core.paging import page_number, paged

bp = Blueprint("dev", __name__, url_prefix="/dev")


def init_dev(app: Flask) -> None:
    """An installation for real work does not have these pages at all."""
    if app.config["GROMADA"].is_demo:
        app.register_blueprint(bp)
        app.register_blueprint(gallery.bp)


@bp.get("/outbox")
def outbox() -> ResponseReturnValue:
    page = paged(select(OutboxMail).order_by(OutboxMail.id.desc()), number=page_number())
    return render_template("dev/outbox.html", page=page)


@bp.get("/outbox/<int:mail_id>")
def outbox_mail(mail_id: int) -> ResponseReturnValue:
    mail = db.session.get(OutboxMail, mail_id)
    if mail is None:
        abort(404)
    return render_template("dev/outbox_mail.html", mail=mail)
