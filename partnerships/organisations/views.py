"""An organisation: what is kept about it, and its end."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.history import story
from accounts.policy import Permission, can
from core import clock
from core.errors import DomainError
from core.i18n import _
from partnerships.models import Organisation
from partnerships.organisations import services
from partnerships.organisations.forms import EndOrganisationForm, OrganisationPageForm
from partnerships.organisations.queries import parts_of
from partnerships.queries import organisations_of
from partnerships.sources import ORGANISATION
from partnerships.views.blueprint import ID, bp


@bp.get(f"/organisations/<{ID}:organisation_id>")
@allowed_on(Permission.ORGANISATION_READ, ORGANISATION)
def organisation(organisation: Organisation) -> ResponseReturnValue:
    """Its phone stands in its history as well."""
    may_call = can(current_person(), Permission.ORGANISATION_CALL, organisation)
    return render_template(
        "partnerships/organisation.html",
        organisation=organisation,
        memberships=[member for member in organisation.memberships if member.left_on is None],
        parts=parts_of(organisation),
        may_call=may_call,
        history=story(organisation, most=20) if may_call else [],
    )


@bp.route(f"/organisations/<{ID}:organisation_id>/edit", methods=["GET", "POST"])
@allowed_on(Permission.ORGANISATION_EDIT, ORGANISATION)
def change_organisation(organisation: Organisation) -> ResponseReturnValue:
    form = OrganisationPageForm.of(organisation)
    form.offer()
    if form.validate_on_submit():
        try:
            above = services.parent_called(organisation, form.parent.data or "")
            services.change_organisation(organisation, form.facts(above), actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to_organisation(organisation, _("The organisation is saved."))
    known = [one.name for one in organisations_of(organisation.municipality) if one.id != organisation.id]
    page = render_template(
        "partnerships/change_organisation.html", organisation=organisation, form=form, known=known
    )
    return page, form.status


@bp.route(f"/organisations/<{ID}:organisation_id>/end", methods=["GET", "POST"])
@allowed_on(Permission.ORGANISATION_EDIT, ORGANISATION)
def end_organisation(organisation: Organisation) -> ResponseReturnValue:
    form = EndOrganisationForm(ended_on=clock.today())
    if form.validate_on_submit():
        try:
            services.end_organisation(
                organisation, ended_on=form.ended_on.data or clock.today(), actor=current_person()
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            flash(_("The end of %(name)s is recorded.", name=organisation.name), "success")
            return redirect(url_for(".index"), 303)
    memberships = [member for member in organisation.memberships if member.left_on is None]
    page = render_template(
        "partnerships/end_organisation.html", organisation=organisation, form=form, memberships=memberships
    )
    return page, form.status


def _to_organisation(organisation: Organisation, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for(".organisation", organisation_id=organisation.id), 303)
