"""Who heads a municipality: entered, put right, removed where it was a mistake."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission
from core import clock
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _
from municipalities.models import Mayor
from municipalities.services import mayors
from partnerships.heads import Headed
from partnerships.models import Partnership
from partnerships.organisations.forms import MayorForm
from partnerships.sources import HEAD, HEADED, PARTNERSHIP
from partnerships.views.blueprint import ID, bp


@bp.get(f"/<{ID}:partnership_id>/head")
@allowed_on(Permission.PARTNERSHIP_READ, PARTNERSHIP)
def head(partnership: Partnership) -> ResponseReturnValue:
    """The way there from a partnership: who heads its municipality stands on the page of that."""
    address = url_for("municipalities.show", municipality_id=partnership.municipality_id, _anchor="mayors")
    return redirect(address, 303)


@bp.route(f"/mayors/of/<{ID}:municipality_id>/add", methods=["GET", "POST"])
@allowed_on(Permission.MAYOR_EDIT, HEADED)
def add_mayor(headed: Headed) -> ResponseReturnValue:
    form = MayorForm()
    form.offer()
    if form.validate_on_submit():
        try:
            mayors.enter_mayor(
                headed.municipality,
                title=form.title.data,
                name=form.name.data or "",
                valid_from=form.valid_from.data or clock.today(),
                valid_to=form.valid_to.data,
                actor=current_person(),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to_municipality(headed, _("The head of the municipality is entered."))
    return render_template("partnerships/mayor.html", headed=headed, form=form, confirm=None), form.status


@bp.route(f"/mayors/<{ID}:mayor_id>/edit", methods=["GET", "POST"])
@allowed_on(Permission.MAYOR_EDIT, HEAD)
def change_mayor(headed: Headed) -> ResponseReturnValue:
    mayor = _mayor(headed)
    form = MayorForm(obj=mayor)
    form.offer()
    if form.validate_on_submit():
        try:
            mayors.change_mayor(
                mayor,
                title=form.title.data,
                name=form.name.data or "",
                valid_from=form.valid_from.data or mayor.valid_from,
                valid_to=form.valid_to.data,
                actor=current_person(),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to_municipality(headed, _("The head of the municipality is saved."))
    page = render_template(
        "partnerships/mayor.html", headed=headed, form=form, confirm=ConfirmForm(formdata=None)
    )
    return page, form.status


@bp.post(f"/mayors/<{ID}:mayor_id>/remove")
@allowed_on(Permission.MAYOR_EDIT, HEAD)
def remove_mayor(headed: Headed) -> ResponseReturnValue:
    mayors.remove_mayor(_mayor(headed), actor=current_person())
    return _to_municipality(headed, _("The entry is removed."))


def _mayor(headed: Headed) -> Mayor:
    """The address names one, so there is one."""
    if headed.mayor is None:
        raise LookupError("a page about a mayor without one")
    return headed.mayor


def _to_municipality(headed: Headed, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("municipalities.show", municipality_id=headed.municipality.id), 303)
