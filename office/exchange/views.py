"""Imports and exports: what can be brought and taken away, and what was asked for that takes long."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, current_person
from accounts.long_work.queries import WorkLine, all_work
from accounts.long_work.words import how_far, why_failed
from accounts.policy import Permission
from core.jobs.states import process_state
from core.long_work import kind_of, offers
from core.paging import page_number

bp = Blueprint("exchange", __name__)

LOOK_AGAIN = 5
"""Seconds after which the list is asked for anew as long as something is under way."""


@bp.get("/office/exchange")
@allowed(Permission.LONG_WORK_LIST)
def index() -> ResponseReturnValue:
    page = all_work(number=page_number())
    is_busy = any(line.work.is_open for line in page.rows)
    return render_template(
        "office/exchange/index.html",
        page=page,
        offers=offers(current_person()),
        words=_words,
        how_far=how_far,
        why=why_failed,
        is_mine=_is_mine,
        is_busy=is_busy,
        look_again=LOOK_AGAIN,
        jobs_are_away=is_busy and process_state().is_away,
    )


def _words(line: WorkLine) -> str:
    return kind_of(line.work).words(line.work)


def _is_mine(line: WorkLine) -> bool:
    return line.work.asked_by_id == current_person().id and kind_of(line.work).may(current_person())
