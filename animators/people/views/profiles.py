"""An animator's public profile: written by themselves, or by the office for them."""

from base64 import b64encode

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, allowed_on, current_person
from accounts.models import User
from accounts.policy import Permission
from animators.people.forms import ProfileForm
from animators.people.models import AnimatorProfile
from animators.people.queries.profiles import profile_of
from animators.people.services.profiles import save_profile
from animators.people.sources import ANIMATOR
from animators.people.views.blueprint import bp
from core import storage
from core.errors import DomainError
from core.i18n import _
from municipalities.queries import voivodeships


@bp.route("/profile", methods=["GET", "POST"])
@allowed(Permission.ANIMATOR_PROFILE)
def own_profile() -> ResponseReturnValue:
    return _edit(current_person(), url_for(".own_profile"))


@bp.route("/<int:person_id>/profile", methods=["GET", "POST"])
@allowed_on(Permission.ANIMATOR_MANAGE, ANIMATOR)
def profile(person: User) -> ResponseReturnValue:
    return _edit(person, url_for(".profile", person_id=person.id))


def _edit(person: User, address: str) -> ResponseReturnValue:
    known = profile_of(person)
    form = ProfileForm(obj=known) if known and request.method == "GET" else ProfileForm()
    form.offer(voivodeships())
    if form.validate_on_submit():
        try:
            _save(person, form)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            flash(_("The profile is saved."), "success")
            return redirect(address, 303)
    return render_template(
        "animators/profile.html",
        animator=person,
        profile=known,
        form=form,
        photo=_as_text(known),
        is_own=person.id == current_person().id,
    ), form.status


def _save(person: User, form: ProfileForm) -> None:
    save_profile(
        person,
        bio=form.bio.data or "",
        public_email=form.public_email.data or "",
        regions=form.regions.data or (),
        visible=form.visible.data,
        photo=form.sent_photo,
        without_photo=form.without_photo.data,
        actor=current_person(),
    )


def _as_text(profile: AnimatorProfile | None) -> str | None:
    """The photo within the page itself: nobody but its reader may see it yet."""
    if profile is None or profile.photo is None:
        return None
    return f"data:{profile.photo.media_type};base64,{b64encode(storage.read(profile.photo)).decode()}"


def photo_response(file: storage.StoredFile, keeping: str) -> Response:
    response = Response(storage.read(file), mimetype=file.media_type)
    response.set_etag(file.blob_hash)
    response.headers["Cache-Control"] = keeping
    response.make_conditional(request)
    return response
