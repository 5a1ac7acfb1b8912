"""The people of the programme, for those who manage them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts import queries, services
from accounts.forms import GIVEN_HERE, GrantForm, InviteForm, NoticeAddressForm, PeopleFilter
from accounts.guards import Source, allowed, allowed_on, current_person
from accounts.history import story
from accounts.models import RoleGrant, User
from accounts.policy import Permission
from accounts.role_sources import charges_of, roles_of
from accounts.roles import Role
from accounts.second_factor import services as second_factor
from accounts.services.access import ensure_may_decide
from accounts.sessions import is_alive
from accounts.states import PersonState, state_of
from core import clock
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import LANGUAGES, _, language
from core.mail_addresses import bounce_of
from core.paging import Page, Sorting, page_number, paged

bp = Blueprint("people", __name__, url_prefix="/people")

PERSON = Source(load=queries.person_by_id, read=Permission.PEOPLE_MANAGE)
GRANT = Source(load=queries.grant_by_id, read=Permission.PEOPLE_MANAGE)

Member = TypeVar("Member", bound=StrEnum)


@dataclass(frozen=True)
class PersonRow:
    person: User
    state: PersonState
    roles: Sequence[Role]


@bp.get("")
@allowed(Permission.PEOPLE_MANAGE)
def index() -> ResponseReturnValue:
    role, state = _asked(Role, "role"), _asked(PersonState, "state")
    words = request.args.get("q", "")[:100]
    sorting = Sorting(
        {"name": User.sort_key, "email": User.email, "seen": User.last_login_at}, default="name"
    )
    query = queries.people(words=words, role=role, state=state).order_by(sorting.order(), User.id)
    page = paged(query, number=page_number())
    return render_template(
        "accounts/people/index.html",
        page=page,
        rows=_rows(page),
        sorting=sorting,
        filters_form=_filters(),
        is_narrowed=bool(words or role or state),
    )


def _rows(page: Page[Any]) -> list[PersonRow]:
    elsewhere = queries.roles_of_many([person.id for person, _ in page.rows], clock.today())
    return [
        PersonRow(
            person,
            state_of(person, is_invited=is_invited),
            sorted(_granted_today(person) | elsewhere[person.id], key=list(Role).index),
        )
        for person, is_invited in page.rows
    ]


def _granted_today(person: User) -> set[Role]:
    return {grant.role for grant in person.grants if grant.covers(clock.today())}


def _filters() -> PeopleFilter:
    form = PeopleFilter(request.args)
    form.offer()
    return form


def _asked(kind: type[Member], name: str) -> Member | None:
    """A choice that does not exist is none."""
    written = request.args.get(name, "")
    return kind(written) if written in set(kind) else None


@bp.route("/invite", methods=["GET", "POST"])
@allowed(Permission.PEOPLE_MANAGE)
def invite() -> ResponseReturnValue:
    form = InviteForm(language=language() if request.method == "GET" else None)
    form.offer(_roles_to_give())
    if form.validate_on_submit():
        try:
            person = services.invite(
                form.email.data or "",
                form.name.data or "",
                role=Role(form.role.data),
                language=form.language.data,
                actor=current_person(),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            flash(_told_after_invitation(person), "success")
            return redirect(url_for(".show", person_id=person.id), 303)
    return render_template("accounts/people/invite.html", form=form), form.status


def _told_after_invitation(person: User) -> str:
    if person.password_hash is None:
        return _("The invitation for %(name)s is on its way.", name=person.name)
    return _("%(name)s has an account already and has now the role.", name=person.name)


def _roles_to_give() -> list[Role]:
    is_admin = current_person().holds(Role.ADMIN, clock.today())
    return [role for role in GIVEN_HERE if is_admin or role is not Role.ADMIN]


@bp.get("/<int:person_id>")
@allowed_on(Permission.PEOPLE_MANAGE, PERSON)
def show(person: User) -> ResponseReturnValue:
    return _person_page(person, _grant_form(person)), 200


@bp.post("/<int:person_id>/notices")
@allowed_on(Permission.PEOPLE_MANAGE, PERSON)
def correct_address(person: User) -> ResponseReturnValue:
    """Where mail came back: what waits for this person goes to the new address."""
    form = NoticeAddressForm()
    if form.validate_on_submit():
        try:
            services.correct_notice_address(person, form.notification_email.data, actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _back(person, _("The address is corrected. Mails that waited are on their way."))
    return _person_page(person, _grant_form(person), form), 422


def _grant_form(person: User) -> GrantForm:
    form = GrantForm()
    form.offer(role for role in _roles_to_give() if not person.holds_from_now(role))
    return form


def _person_page(person: User, form: GrantForm, address_form: NoticeAddressForm | None = None) -> str:
    is_invited = queries.is_invited(person)
    return render_template(
        "accounts/people/show.html",
        second_step=second_factor.factor_of(person),
        someone=person,
        state=state_of(person, is_invited=is_invited),
        roles=sorted(roles_of(person), key=list(Role).index),
        grants=sorted(person.grants, key=lambda grant: grant.starts_on, reverse=True),
        sessions=[row for row in queries.open_sessions_of(person) if is_alive(row)],
        language_name=LANGUAGES.get(person.language, person.language),
        grant_form=form,
        bounced=bounce_of(person.mail_address),
        address_form=address_form
        or NoticeAddressForm(formdata=None, notification_email=person.notification_email),
        confirm=ConfirmForm(),
        events=story(person),
        is_me=person.id == current_person().id,
        can_be_invited=person.is_active and person.password_hash is None,
        can_receive_role=person.is_active and bool(form.role.choices),
        to_end=_grants_to_end(person),
    )


def _grants_to_end(person: User) -> list[RoleGrant]:
    """Those that have not ended, as far as it is this reader's to end them."""
    mine_to_give = set(Role) - {Role.ADMIN} | set(_roles_to_give())
    return [grant for grant in person.grants if grant.ends_on is None and grant.role in mine_to_give]


@bp.post("/<int:person_id>/roles")
@allowed_on(Permission.PEOPLE_MANAGE, PERSON)
def grant(person: User) -> ResponseReturnValue:
    form = _grant_form(person)
    if form.validate_on_submit():
        try:
            services.grant_role(person, Role(form.role.data), actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _back(person, _("The role is given."))
    return _person_page(person, form), 422


@bp.post("/<int:person_id>/roles/<int:grant_id>/end")
@allowed_on(Permission.PEOPLE_MANAGE, GRANT)
def end_grant(grant: RoleGrant) -> ResponseReturnValue:
    services.end_grant(grant, actor=current_person())
    return _back(grant.user, _("The role has ended."))


@bp.post("/<int:person_id>/invitation")
@allowed_on(Permission.PEOPLE_MANAGE, PERSON)
def resend_invitation(person: User) -> ResponseReturnValue:
    services.resend_invitation(person, actor=current_person())
    return _back(person, _("A new invitation is on its way; the old link no longer works."))


@bp.post("/<int:person_id>/sessions/end")
@allowed_on(Permission.PEOPLE_MANAGE, PERSON)
def end_sessions(person: User) -> ResponseReturnValue:
    services.sign_out_everywhere(person, actor=current_person())
    return _back(person, _("%(name)s is signed out everywhere.", name=person.name))


@bp.post("/<int:person_id>/second-step/off")
@allowed_on(Permission.PEOPLE_MANAGE, PERSON)
def second_step_off(person: User) -> ResponseReturnValue:
    """Their phone is lost, and the paper with the recovery codes as well."""
    ensure_may_decide(
        Role.ADMIN if person.holds(Role.ADMIN, clock.today()) else Role.OFFICE, current_person()
    )
    second_factor.take_away(person, actor=current_person())
    return _back(person, _("%(name)s signs in without a code until setting it up anew.", name=person.name))


@bp.route("/<int:person_id>/deactivate", methods=["GET", "POST"])
@allowed_on(Permission.PEOPLE_MANAGE, PERSON)
def deactivate(person: User) -> ResponseReturnValue:
    form = ConfirmForm()
    if form.validate_on_submit():
        services.deactivate(person, actor=current_person())
        return _back(person, _("The account is inactive."))
    page = render_template(
        "accounts/people/deactivate.html", someone=person, form=form, charges=charges_of(person)
    )
    return page, form.status


@bp.post("/<int:person_id>/activate")
@allowed_on(Permission.PEOPLE_MANAGE, PERSON)
def activate(person: User) -> ResponseReturnValue:
    services.activate(person, actor=current_person())
    return _back(person, _("The account is active again."))


def _back(person: User, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for(".show", person_id=person.id), 303)
