"""A copy of one's own data, at any time and without asking anybody."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, current_person
from accounts.policy import Permission
from core import audit, clock
from core.database import aside
from core.downloads import to_keep
from office.erasures.events import ErasureEvent
from office.own_data.copies import copy_of

bp = Blueprint("own_data", __name__, url_prefix="/account/data")


@bp.get("")
@allowed(Permission.OWN_ACCOUNT)
def index() -> ResponseReturnValue:
    return render_template("office/own_data.html")


@bp.get("/my-data.zip")
@allowed(Permission.OWN_ACCOUNT)
def archive() -> ResponseReturnValue:
    person = current_person()
    data = copy_of(person)
    with aside() as transaction:
        audit.record(ErasureEvent.COPIED, person, actor=person, session=transaction)
    return to_keep(data, name=f"my-data-{clock.today().isoformat()}.zip", content_type="application/zip")
