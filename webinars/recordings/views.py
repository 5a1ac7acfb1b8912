"""Addresses about recordings: the office's, and the page on which one watches and answers."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import Source, allowed, allowed_on, current_person, public
from accounts.policy import Permission
from core import storage
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _
from core.paging import page_number
from core.uploads import takes_files
from webinars.recordings import captions, queries, services
from webinars.recordings.errors import NothingIsAsked
from webinars.recordings.forms import AnswerForm, NoneForm, QuestionForm, RecordingForm
from webinars.recordings.models import Recording
from webinars.recordings.watching import confirm_watched, watching
from webinars.services.materials import most_bytes
from webinars.views.blueprint import ID

bp = Blueprint("recordings", __name__)

RECORDING = Source(load=queries.recording_of, read=Permission.WEBINAR_READ)
ADDRESS = f"/webinars/<{ID}:webinar_id>/recording"


@bp.get("/webinars/recordings")
@allowed(Permission.WEBINAR_MANAGE)
def index() -> ResponseReturnValue:
    return render_template("webinars/recordings/index.html", page=queries.office_list(number=page_number()))


@bp.get(ADDRESS)
@allowed_on(Permission.WEBINAR_READ, RECORDING)
def watch(recording: Recording) -> ResponseReturnValue:
    return _page(recording, None)


@bp.post(f"{ADDRESS}/answer")
@allowed_on(Permission.WEBINAR_READ, RECORDING)
def answer(recording: Recording) -> ResponseReturnValue:
    question = queries.question_of(recording)
    if question is None:
        raise NothingIsAsked
    form = AnswerForm.to(question)
    if not form.validate_on_submit():
        return _page(recording, form)
    try:
        is_right = confirm_watched(recording, int(form.answer.data), actor=current_person())
    except DomainError as refusal:
        form.reject(refusal)
        return _page(recording, form)
    if is_right:
        flash(_("That is right. Watching counts as taking part in this webinar."), "success")
    else:
        flash(_("That is not it. Look at the recording or its text once more, and try again."), "warning")
    return redirect(url_for(".watch", webinar_id=recording.webinar_id), 303)


def _page(recording: Recording, form: AnswerForm | None) -> ResponseReturnValue:
    standing = watching(recording, current_person())
    if form is None and standing.question is not None:
        form = AnswerForm.to(standing.question)
    page = render_template(
        "webinars/recordings/watch.html",
        recording=queries.shown(recording),
        webinar=recording.webinar,
        standing=standing,
        form=form,
    )
    return page, form.status if form else 200


@bp.route(f"{ADDRESS}/edit", methods=["GET", "POST"])
@allowed_on(Permission.WEBINAR_MANAGE, RECORDING)
@takes_files(lambda: most_bytes() + captions.MOST_BYTES, each=most_bytes)
def edit(recording: Recording) -> ResponseReturnValue:
    form = RecordingForm.of(recording)
    if form.validate_on_submit():
        try:
            services.publish(recording, form.content(), actor=current_person())
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(recording, _("The recording is published."))
    page = render_template(
        "webinars/recordings/edit.html", recording=recording, webinar=recording.webinar, form=form
    )
    return page, form.status


@bp.route(f"{ADDRESS}/none", methods=["GET", "POST"])
@allowed_on(Permission.WEBINAR_MANAGE, RECORDING)
def none(recording: Recording) -> ResponseReturnValue:
    form = NoneForm(obj=recording)
    if form.validate_on_submit():
        try:
            services.give_up(
                recording,
                reason=form.none_reason.data or "",
                substitute=form.substitute.data or "",
                link=form.substitute_link.data or None,
                actor=current_person(),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(
                recording, _("Everybody reads now why there is no recording, and what there is instead.")
            )
    page = render_template(
        "webinars/recordings/none.html", recording=recording, webinar=recording.webinar, form=form
    )
    return page, form.status


@bp.route(f"{ADDRESS}/question", methods=["GET", "POST"])
@allowed_on(Permission.WEBINAR_MANAGE, RECORDING)
def question(recording: Recording) -> ResponseReturnValue:
    known = queries.question_of(recording)
    form = QuestionForm.of(known)
    if form.validate_on_submit():
        try:
            services.ask(
                recording,
                text=form.text.data or "",
                answers=form.answers(),
                right_answer=int(form.right_answer.data),
                actor=current_person(),
            )
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return _to(recording, _("The question is saved."))
    page = render_template(
        "webinars/recordings/question.html",
        recording=recording,
        webinar=recording.webinar,
        question=known,
        form=form,
        confirm=ConfirmForm(),
    )
    return page, form.status


@bp.post(f"{ADDRESS}/question/remove")
@allowed_on(Permission.WEBINAR_MANAGE, RECORDING)
def remove_question(recording: Recording) -> ResponseReturnValue:
    form = ConfirmForm()
    form.validate_on_submit()
    services.ask_nothing(recording, actor=current_person())
    return _to(recording, _("The question is removed. What was confirmed until now stays."))


@bp.get(f"{ADDRESS}/<any(captions, transcript):what>")
@public
def file(webinar_id: int, what: str) -> ResponseReturnValue:
    """A file is only ever saved, never shown by the browser."""
    recording = queries.recording_of(webinar_id)
    if recording is None or not recording.is_published:
        abort(404)
    kept = recording.captions_file if what == "captions" else recording.transcript_file
    if kept is None:
        abort(404)
    answer = Response(storage.read(kept), mimetype=kept.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=kept.name)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _to(recording: Recording, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("webinars.show", webinar_id=recording.webinar_id), 303)
