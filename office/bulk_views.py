"""Deeds for municipalities chosen on the board: remind their leaders, give them to other animators."""

from hashlib import sha256

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, current_person
from accounts.policy import Permission
from core.forms import ConfirmForm
from core.i18n import _, ngettext
from core.long_work import ask
from office.board.advising import advised
from office.board.selection import OF_A_VIEW, Selection, questions
from office.forms import RemindForm
from office.reminding import Lacking, lacking, remind
from office.reminding_many import AT_ONCE, remind_later

WHOLE_FILES = "dossier.whole_files"
"""The kind of long work that puts whole files together; the package of these files does it."""

bp = Blueprint("bulk", __name__, url_prefix="/office/board")

MOST_IN_AN_ADDRESS = 300
"""Municipalities that a link can name; who has more of them goes over as a whole, or is chosen on the next page."""
SHOWN = 20


def back_to_board() -> str:
    return url_for("office.board", **questions(*OF_A_VIEW))


def nothing_ticked() -> ResponseReturnValue:
    flash(_("Tick municipalities first, or choose all of the list."), "warning")
    return redirect(back_to_board(), 303)


@bp.route("/remind", methods=["GET", "POST"])
@allowed(Permission.LETTER_WRITE)
def remind_leaders() -> ResponseReturnValue:
    chosen = Selection.asked()
    if chosen.is_empty:
        return nothing_ticked()
    found = lacking([row.partnership_id for row in chosen.rows()])
    form = RemindForm()
    if form.validate_on_submit():
        note = form.note.data or ""
        if sum(one.gets_mail for one in found) > AT_ONCE:
            work = remind_later(found, note=note, actor=current_person())
            return redirect(url_for("long_work.show", work_id=work.id), 303)
        sent = remind(found, note=note, actor=current_person())
        said = ngettext("One leader gets a mail.", "%(num)d leaders get a mail.", sent)
        flash(said if sent else _("Nobody had to be reminded."), "success")
        return redirect(back_to_board(), 303)
    return render_template(
        "office/remind.html",
        form=form,
        here=url_for(".remind_leaders", **chosen.question),
        back=back_to_board(),
        told=(told := [one for one in found if one.gets_mail]),
        shown=told[:SHOWN],
        left_out=_left_out(found),
    ), form.status


@bp.route("/files", methods=["GET", "POST"])
@allowed(Permission.BOARD_READ)
def whole_files() -> ResponseReturnValue:
    """The whole file of each municipality chosen, in one archive: made by the process that runs jobs."""
    chosen = Selection.asked()
    if chosen.is_empty:
        return nothing_ticked()
    ids = sorted(row.partnership_id for row in chosen.rows())
    form = ConfirmForm()
    if form.validate_on_submit() and ids:
        actor = current_person()
        about = f"person:{actor.id}:{sha256(repr(ids).encode()).hexdigest()[:16]}"
        work = ask(WHOLE_FILES, about=about, actor=actor, total=len(ids), partnerships=ids)
        return redirect(url_for("long_work.show", work_id=work.id), 303)
    return render_template(
        "office/whole_files.html",
        form=form,
        count=len(ids),
        here=url_for(".whole_files", **chosen.question),
        back=back_to_board(),
    )


def _left_out(found: list[Lacking]) -> list[str]:
    leaderless = sum(one.leader is None and one.is_open for one in found)
    settled = sum(not one.is_open for one in found)
    today = sum(one.is_open and one.leader is not None and one.was_reminded for one in found)
    words = [
        (ngettext("%(num)d has no leader", "%(num)d have no leader", leaderless), leaderless),
        (ngettext("%(num)d has settled all tasks", "%(num)d have settled all tasks", settled), settled),
        (ngettext("%(num)d was reminded today", "%(num)d were reminded today", today), today),
    ]
    return [said for said, count in words if count]


@bp.get("/reassign")
@allowed(Permission.ANIMATOR_MANAGE)
def reassign() -> ResponseReturnValue:
    """The animators who have the municipalities now; from there each one's go over as always."""
    chosen = Selection.asked()
    if chosen.is_empty:
        return nothing_ticked()
    rows = chosen.rows()
    found = advised([row.partnership_id for row in rows])
    with_animator = sum(len(one.municipality_ids) for one in found)
    return render_template(
        "office/reassign.html",
        found=[
            (
                one,
                url_for(
                    "animators.reassign",
                    person_id=one.animator_id,
                    chosen=one.municipality_ids if len(one.municipality_ids) <= MOST_IN_AN_ADDRESS else None,
                ),
            )
            for one in found
        ],
        without=len(rows) - with_animator,
        back=back_to_board(),
    )
