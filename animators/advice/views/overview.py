"""What waits for an animator, whom to call, and what a partnership was advised."""

from flask import render_template
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, allowed_on, current_person
from accounts.policy import Permission
from animators.advice import queries
from animators.advice.age import with_age
from animators.advice.views.blueprint import bp
from animators.hours.bars import bars_of
from animators.hours.models import Pot
from core import clock
from partnerships.models import Partnership, TermKind
from partnerships.sources import PARTNERSHIP
from partnerships.views.blueprint import ID

SHOWN = 10


@bp.get("/advice")
@allowed(Permission.ADVICE_LOG)
def index() -> ResponseReturnValue:
    person = current_person()
    return render_template(
        "advice/index.html",
        waiting=with_age(queries.open_requests_for(person)),
        entries=queries.latest_entries(person, limit=SHOWN),
    )


@bp.get(f"/advice/call/<{ID}:partnership_id>")
@allowed_on(Permission.ADVICE_CALL, PARTNERSHIP)
def call(partnership: Partnership) -> ResponseReturnValue:
    today = clock.today()
    leader = partnership.leader(today)
    people = [(leader, TermKind.LEADER)] if leader else []
    people += [(one, TermKind.DEPUTY) for one in partnership.deputies(today)]
    return render_template("advice/call.html", partnership=partnership, people=people)


@bp.get(f"/partnerships/<{ID}:partnership_id>/advice")
@allowed_on(Permission.PARTNERSHIP_READ, PARTNERSHIP)
def of_partnership(partnership: Partnership) -> ResponseReturnValue:
    return render_template(
        "advice/of_partnership.html",
        partnership=partnership,
        entries=queries.remote_advice_of(partnership.municipality_id),
        requests=with_age(queries.requests_of(partnership)),
        bars=[bar for bar in bars_of(partnership.municipality_id) if bar.pot is Pot.REMOTE],
        animator=partnership.animator(clock.today()),
    )
