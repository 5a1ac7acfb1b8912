"""The partnership's whole file, in one click."""

from flask import Blueprint, Response, send_file
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission
from core import audit, clock
from core.database import aside
from core.downloads import call_it
from core.text import slug
from dossier.archive import packed
from dossier.collecting import file_of
from dossier.events import DossierEvent
from partnerships.models import Partnership
from partnerships.queries import partnership_by_id
from partnerships.sources import PARTNERSHIP
from partnerships.views.blueprint import ID

bp = Blueprint("dossier", __name__)


@bp.get(f"/partnerships/<{ID}:partnership_id>/file.zip")
@allowed_on(Permission.PARTNERSHIP_READ, PARTNERSHIP)
def whole_file(partnership: Partnership) -> ResponseReturnValue:
    """Who took it away is written down before it is given out."""
    reader, wanted = current_person(), partnership.id
    with aside() as transaction:
        audit.record(DossierEvent.TAKEN, partnership, actor=reader, session=transaction)
    again = partnership_by_id(wanted)
    archive = packed(file_of(again or partnership, reader))
    answer: Response = send_file(archive, mimetype="application/zip", conditional=False, etag=False)
    answer.headers["Cache-Control"] = "no-store"
    name = slug(partnership.municipality.name) or "gmina"
    call_it(answer, f"gromada-{name}-{clock.today().isoformat()}.zip")
    return answer
