"""The list of contacts, one card, and all of a selection to take along."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, current_person
from accounts.policy import Permission, can
from contacts import files
from contacts.events import ContactEvent
from contacts.forms import ContactFilter
from contacts.kinds import ContactKind
from contacts.queries import Wanted, contact, contact_rows
from core import audit
from core.database import aside, db
from core.downloads import to_keep
from core.i18n import _
from core.paging import page_number, paged
from core.text import slug
from core.vcards import MEDIA_TYPE
from municipalities.queries import voivodeships
from programme.queries import the_programme

bp = Blueprint("contacts", __name__, url_prefix="/contacts")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ID = "int(max=2147483647)"
NARROWING = ("q", "kind", "region", "org_type")


@bp.get("")
@allowed(Permission.PARTNERSHIP_READ)
def index() -> ResponseReturnValue:
    form, wanted = ContactFilter(formdata=request.args), _wanted()
    form.offer(voivodeships())
    page = paged(contact_rows(current_person(), wanted), number=page_number())
    asked: dict[str, Any] = {name: request.args.get(name) or None for name in NARROWING}
    return render_template(
        "contacts/index.html",
        form=form,
        page=page,
        is_narrowed=wanted != Wanted(),
        sees_marks=can(current_person(), Permission.BOARD_READ),
        role_of=files.role_of,
        function_of=files.function_of,
        exports={ending: url_for(f".as_{ending}", **asked) for ending in ("vcf", "xlsx")},
    )


@bp.get("/contacts.vcf")
@allowed(Permission.PARTNERSHIP_READ)
def as_vcf() -> ResponseReturnValue:
    return to_keep(files.cards(_exported("vcf")), name=_("contacts") + ".vcf", content_type=MEDIA_TYPE)


@bp.get("/contacts.xlsx")
@allowed(Permission.PARTNERSHIP_READ)
def as_xlsx() -> ResponseReturnValue:
    return to_keep(files.workbook(_exported("xlsx")), name=_("contacts") + ".xlsx", content_type=XLSX)


@bp.get(f"/<kind>/<{ID}:record_id>.vcf")
@allowed(Permission.PARTNERSHIP_READ)
def card(kind: str, record_id: int) -> ResponseReturnValue:
    """What is not there and what this person may not see get the same answer."""
    found = contact(current_person(), ContactKind(kind), record_id) if kind in set(ContactKind) else None
    if found is None:
        abort(404)
    return to_keep(files.cards([found]), name=f"{slug(found.name) or 'contact'}.vcf", content_type=MEDIA_TYPE)


def _wanted() -> Wanted:
    """Anything that is no choice narrows nothing."""
    asked = request.args
    return Wanted(
        text=asked.get("q", "")[:100],
        kind=ContactKind(asked["kind"]) if asked.get("kind") in set(ContactKind) else None,
        region=asked.get("region", "")[:80],
        org_type=asked.get("org_type", "")[:40],
    )


def _exported(form: str) -> list[Any]:
    """Exactly what the filters show, all pages of it. Who took it and how many is remembered."""
    rows = list(db.session.execute(contact_rows(current_person(), _wanted())))
    programme, actor = the_programme().row, current_person()
    with aside() as transaction:
        audit.record(
            ContactEvent.EXPORTED, programme, actor=actor, session=transaction, form=form, rows=len(rows)
        )
    return rows
