"""One piece of long work: how far it is, its file when it is ready, what went wrong when it is not."""

from flask import Blueprint, Response, abort, flash, jsonify, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import Source, allowed_on, current_person
from accounts.long_work.queries import who_asked, work_by_id
from accounts.long_work.words import how_far, why_failed
from accounts.policy import Permission, can
from core import audit, clock
from core.database import aside
from core.downloads import call_it
from core.forms import ConfirmForm
from core.i18n import _
from core.jobs.states import process_state
from core.long_work import LongState, LongWork, kind_of, stop, try_again
from core.long_work.events import LongWorkEvent
from core.long_work.results import path_of

bp = Blueprint("long_work", __name__)

WORK = Source(load=work_by_id, read=Permission.LONG_WORK_READ)
ID = "int(max=2147483647)"
ONE = f"/work/<{ID}:work_id>"
LOOK_AGAIN = 3
"""Seconds after which a browser without scripts asks for the page anew."""


@bp.get(ONE)
@allowed_on(Permission.LONG_WORK_READ, WORK)
def show(work: LongWork) -> ResponseReturnValue:
    kind, person = kind_of(work), current_person()
    is_mine = work.asked_by_id == person.id
    may_begin = kind.can_be_tried_again and kind.may(person)
    return render_template(
        "long_work/show.html",
        work=work,
        title=kind.words(work),
        asker=who_asked(work),
        is_mine=is_mine,
        can_fetch=is_mine and kind.may(person) and path_of(work) is not None,
        can_stop=work.is_open and kind.can_be_stopped and kind.may(person),
        can_try_again=work.state in (LongState.FAILED, LongState.GIVEN_UP) and may_begin,
        leads_to=kind.leads_to(work),
        how_far=how_far(work),
        why=why_failed(work),
        jobs_are_away=work.is_open and process_state().is_away,
        look_again=LOOK_AGAIN,
        sees_list=can(person, Permission.LONG_WORK_LIST),
        form=ConfirmForm(),
    )


@bp.get(f"{ONE}/state.json")
@allowed_on(Permission.LONG_WORK_READ, WORK)
def state(work: LongWork) -> ResponseReturnValue:
    """What the page asks every other second."""
    return jsonify(
        is_open=work.is_open,
        label=str(work.state.label),
        state=work.state.value,
        done=work.done,
        total=work.total,
        how_far=how_far(work),
        note=work.note,
    )


@bp.get(f"{ONE}/file")
@allowed_on(Permission.LONG_WORK_FETCH, WORK)
def result(work: LongWork) -> ResponseReturnValue:
    """To whoever asked for it alone, and only while they may still have what is in it."""
    person = current_person()
    if not kind_of(work).may(person):
        abort(403)
    path, name, media_type, work_id = path_of(work), work.result_name or "", work.result_type, work.id
    if path is None:
        abort(404)
    with aside() as transaction:
        audit.record(LongWorkEvent.FETCHED, work, actor=person, session=transaction, kind=work.kind)
        transaction.get_one(LongWork, work_id).fetched_at = clock.now()
    answer: Response = send_file(path.resolve(), mimetype=media_type, conditional=True, etag=False)
    answer.headers["Cache-Control"] = "no-store"
    call_it(answer, name)
    return answer


@bp.post(f"{ONE}/stop")
@allowed_on(Permission.LONG_WORK_CHANGE, WORK)
def stop_work(work: LongWork) -> ResponseReturnValue:
    _still_may(work)
    stop(work, actor=current_person())
    flash(_("It is stopped. Nothing of it is kept."), "success")
    return redirect(url_for(".show", work_id=work.id), 303)


@bp.post(f"{ONE}/again")
@allowed_on(Permission.LONG_WORK_CHANGE, WORK)
def again(work: LongWork) -> ResponseReturnValue:
    _still_may(work)
    try_again(work, actor=current_person())
    return redirect(url_for(".show", work_id=work.id), 303)


def _still_may(work: LongWork) -> None:
    if not kind_of(work).may(current_person()):
        abort(403)
