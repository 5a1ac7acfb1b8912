"""Keeping, changing and removing views of the board. Each is its owner's; sharing only shows it to the office."""

from sqlalchemy import update

from accounts.models import User
from core import audit
from core.database import db, refusing
from office.board_views.errors import NameTaken, NothingToKeep
from office.board_views.events import ViewEvent
from office.board_views.models import LONGEST_QUESTION, BoardView


def keep_view(*, name: str, question: str, is_shared: bool, is_default: bool, actor: User) -> BoardView:
    """``question``: what the board understands of an address, see ``board/selection.py``."""
    if not question or len(question) > LONGEST_QUESTION:
        raise NothingToKeep
    if is_default:
        _no_default(actor.id)
    view = BoardView(
        owner_id=actor.id, name=name, question=question, is_shared=is_shared, is_default=is_default
    )
    with refusing(NameTaken):
        db.session.add(view)
    audit.record(ViewEvent.KEPT, view, actor=actor, after=_facts(view), personal={"after": {"name": name}})
    return view


def change_view(view: BoardView, *, name: str, is_shared: bool, is_default: bool, actor: User) -> None:
    before, former = _facts(view), view.name
    if is_default:
        _no_default(view.owner_id, but=view)
    with refusing(NameTaken):
        view.name, view.is_shared, view.is_default = name, is_shared, is_default
    audit.record(
        ViewEvent.CHANGED,
        view,
        actor=actor,
        before=before,
        after=_facts(view),
        personal={"before": {"name": former}, "after": {"name": name}},
    )


def remove_view(view: BoardView, *, actor: User) -> None:
    audit.record(
        ViewEvent.REMOVED, view, actor=actor, before=_facts(view), personal={"before": {"name": view.name}}
    )
    db.session.delete(view)


def _no_default(owner_id: int, but: BoardView | None = None) -> None:
    """Of one person's views one opens the board."""
    others = update(BoardView).where(BoardView.owner_id == owner_id, BoardView.is_default)
    if but is not None:
        others = others.where(BoardView.id != but.id)
    db.session.execute(others.values(is_default=False))


def _facts(view: BoardView) -> dict[str, bool]:
    return {"is_shared": view.is_shared, "is_default": view.is_default}
