"""Members of one partnership as a workbook: take the list, change it, bring it back."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on
from accounts.policy import Permission
from core.i18n import _, _l
from core.uploads import sent_file, takes_files
from intake.columns import PLACE_KEYS, sheet_of
from intake.forms import FileForm
from intake.models import RecordKind
from intake.queries import imports_of, member_rows
from intake.targets import target_of
from intake.views.blueprint import ID, bp, exported, most_bytes, received
from partnerships.errors import PartnershipClosed
from partnerships.models import Partnership
from partnerships.sources import PARTNERSHIP


@bp.route(f"/partnerships/<{ID}:partnership_id>/members/file", methods=["GET", "POST"])
@allowed_on(Permission.PARTNERSHIP_EDIT, PARTNERSHIP)
@takes_files(most_bytes)
def members(partnership: Partnership) -> ResponseReturnValue:
    if not partnership.is_open:
        raise PartnershipClosed
    form = FileForm()
    file = sent_file(form.file)
    if form.validate_on_submit() and file:
        return received(RecordKind.MEMBERS, file, partnership)
    return render_template(
        "intake/members.html", partnership=partnership, form=form, imports=imports_of(partnership)
    ), form.status


@bp.get(f"/partnerships/<{ID}:partnership_id>/members.xlsx")
@allowed_on(Permission.PARTNERSHIP_READ, PARTNERSHIP)
def members_export(partnership: Partnership) -> Response:
    """The present members, to fill in and bring back; ``?former=1`` with those who have left."""
    rows = member_rows(partnership, former="former" in request.args)
    columns = [one for one in target_of(RecordKind.MEMBERS).columns if one.key not in PLACE_KEYS]
    data = sheet_of(_l("Members"), columns).workbook(rows)
    name = "-".join((_("members"), f"{partnership.municipality.slug}.xlsx"))
    return exported(data, name, partnership, {"kind": "members", "rows": len(rows)})
