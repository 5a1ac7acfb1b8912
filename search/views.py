"""One search over everything that its reader may open."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, current_person
from accounts.policy import Permission
from core.paging import Page, address_with, page_number
from search.forms import SearchForm
from search.hits import HitGroup, search
from search.kinds import Kind
from search.queries import Question

bp = Blueprint("search", __name__)

LONGEST = 100
FIRST, MORE = 5, 25
"""How many of each kind are shown at first, and on a page of one kind alone."""


@bp.get("/search")
@allowed(Permission.OWN_ACCOUNT)
def index() -> ResponseReturnValue:
    form = SearchForm(formdata=request.args)
    question = Question((form.q.data or "")[:LONGEST])
    kind = _kind_asked()
    groups, page = _of_one_kind(question, kind) if kind else (_of_all(question), None)
    return render_template(
        "search/index.html",
        form=form,
        question=question,
        kind=kind,
        groups=groups,
        page=page,
        total=sum(group.total for group in groups),
        everything=address_with(kind=None, page=None),
        more={group.kind: address_with(kind=group.kind.value, page=None) for group in groups},
    )


def _kind_asked() -> Kind | None:
    asked = request.args.get("kind", "")
    return Kind(asked) if asked in set(Kind) else None


def _of_all(question: Question) -> list[HitGroup]:
    return search(current_person(), question, kinds=list(Kind), size=FIRST)


def _of_one_kind(question: Question, kind: Kind) -> tuple[list[HitGroup], Page[None]]:
    """A page past the end is empty: then the first is shown."""
    number = min(page_number(), 10**6)
    groups = search(current_person(), question, kinds=[kind], size=MORE, start=(number - 1) * MORE)
    if not groups and number > 1:
        number = 1
        groups = search(current_person(), question, kinds=[kind], size=MORE)
    return groups, Page([], number, groups[0].total if groups else 0, MORE)
