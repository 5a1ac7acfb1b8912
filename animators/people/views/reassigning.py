"""Municipalities go over to others: choose, name who takes over, see what moves, do it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.models import User
from accounts.policy import Permission
from animators.errors import ChangedSincePreview
from animators.people.forms import (
    CHOSEN,
    Asked,
    Group,
    ReassignForm,
    Split,
    chosen_for,
    groups_of,
    successors_form,
)
from animators.people.moves import Preview, Reassignment
from animators.people.queries.moving import assignments_from
from animators.people.services import reassigning
from animators.people.sources import ANIMATOR
from animators.people.views.blueprint import bp
from core import clock
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import ngettext
from municipalities.models import Municipality
from partnerships.queries import animators_to_choose

STAY = "stay"


@dataclass
class Step:
    """How far the office has come; the whole of it stands in the address."""

    form: ReassignForm
    groups: Sequence[Group] = ()
    successors: Asked | None = None
    wish: Reassignment | None = None


@bp.route("/<int:person_id>/reassign", methods=["GET", "POST"])
@allowed_on(Permission.ANIMATOR_MANAGE, ANIMATOR)
def reassign(person: User) -> ResponseReturnValue:
    step = _step(person)
    if step.wish is None:
        return _asking(person, step)
    try:
        if request.method == "POST":
            return _done(_apply(step.wish))
        return _preview_page(reassigning.preview(step.wish))
    except ChangedSincePreview as overtaken:
        return _preview_page(reassigning.preview(step.wish), overtaken)
    except DomainError as refusal:
        step.form.reject(refusal)
        return _asking(person, Step(step.form))


def _step(animator: User) -> Step:
    places = _places(animator)
    others = [one for one in animators_to_choose() if one.id != animator.id]
    form = ReassignForm(
        formdata=request.args if "area" in request.args else None, starts_on=clock.today(), **_ticked(places)
    )
    form.offer(places, others)
    if "area" not in request.args or not form.validate():
        return Step(form)
    people, asked_to = {str(one.id): one for one in others}, form.to.data or ""
    selected = form.selected(places)
    if asked_to in people:
        successors = {one.id: people[asked_to] for one in selected}
        return Step(form, wish=_wish(animator, form, successors))
    groups = groups_of(selected, Split(asked_to))
    by_group = successors_form(groups, others, request.args)
    if not by_group.is_filled():
        return Step(form, groups, by_group)
    successors = {
        one.id: people[str(chosen_for(by_group, group))] for group in groups for one in group.municipalities
    }
    return Step(form, groups, by_group, _wish(animator, form, successors))


def _ticked(places: Sequence[Municipality]) -> dict[str, Any]:
    """A page that leads here may name municipalities: then they are ticked, unless they are all there are."""
    chosen = set(request.args.getlist("chosen"))
    here = [str(one.id) for one in places if str(one.id) in chosen]
    return {"area": CHOSEN, "chosen": here} if here and len(here) < len(places) else {}


def _places(animator: User) -> list[Municipality]:
    """What there is to move, each once."""
    found = assignments_from(animator, clock.today())
    return list({one.municipality_id: one.municipality for one in found}.values())


def _wish(animator: User, form: ReassignForm, successors: Mapping[int, User]) -> Reassignment:
    return Reassignment(animator, form.starts_on.data or clock.today(), successors, form.reason.data or "")


def _asking(animator: User, step: Step) -> ResponseReturnValue:
    page = render_template(
        "animators/reassign.html",
        animator=animator,
        form=step.form,
        groups=step.groups,
        successors=step.successors,
        asked=_asked_so_far(step.form),
    )
    return page, 422 if step.form.has_errors or request.method == "POST" else 200


def _asked_so_far(form: ReassignForm) -> list[tuple[str, str]]:
    """What the next page of the same form carries along."""
    names = [field.name for field in form]
    return [(name, value) for name, value in request.args.items(multi=True) if name in names]


def _apply(wish: Reassignment) -> Preview:
    stays = {
        int(name.removeprefix("review-"))
        for name, value in request.form.items()
        if name.removeprefix("review-").isdecimal() and value == STAY
    }
    token = request.form.get("token", "")
    return reassigning.reassign(wish, token=token, stays=stays, actor=current_person())


def _done(found: Preview) -> ResponseReturnValue:
    said = ngettext(
        "One municipality goes over. Everybody concerned gets a mail.",
        "%(num)d municipalities go over. Everybody concerned gets one mail.",
        len(found.moves),
    )
    flash(said, "success")
    return redirect(url_for(".show", person_id=found.wish.animator.id), 303)


def _preview_page(found: Preview, overtaken: DomainError | None = None) -> ResponseReturnValue:
    page = render_template(
        "animators/preview.html",
        preview=found,
        animator=found.wish.animator,
        form=ConfirmForm(),
        overtaken=overtaken,
    )
    return page, 409 if overtaken else 200
