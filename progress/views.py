"""A person's home, and the page of a partnership: where it stands and what is next."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed, allowed_on, current_person
from accounts.history import story
from accounts.models import User
from accounts.policy import Permission, can
from core import clock
from core.forms import ConfirmForm
from core.i18n import _, language
from core.paging import address_with, page_number
from partnerships.models import Partnership
from partnerships.pages import pages_of
from partnerships.queries import members_of
from partnerships.sources import PARTNERSHIP
from partnerships.views.blueprint import ID
from plans.earlier_queries import earlier_plans_of
from progress import queries
from progress.first_week import first_things
from progress.glance import glance_at
from progress.history_page import About, asked_record, history_of
from progress.home import home_of
from progress.home_former import formerly_led
from progress.home_leader import within_reach
from progress.matters import Topic, Turn, matter_of
from progress.next_steps import NextStep, next_step
from progress.queries import PlanRow
from progress.queries.waiting import advised_places
from progress.situations import Situation
from progress.stages import stage_steps
from progress.waiting.animator import waiting_for_animator
from progress.waiting.order import counts_by_kind

bp = Blueprint("progress", __name__)


@bp.get("/home")
@allowed(Permission.OWN_ACCOUNT)
def home() -> ResponseReturnValue:
    sections = home_of(current_person())
    former = [] if sections.sections else formerly_led(current_person())
    return render_template("progress/home.html", sections=sections, former=former, form=ConfirmForm())


@bp.get("/waiting")
@allowed(Permission.REVIEW_LIST)
def waiting() -> ResponseReturnValue:
    """All of it, by kind: the home shows the most urgent."""
    person = current_person()
    found = waiting_for_animator(person, advised_places(person))
    kinds = {kind: [one for one in found if one.kind is kind] for kind in counts_by_kind(found)}
    return render_template("progress/waiting.html", groups=kinds.items())


@bp.get(f"/partnerships/<{ID}:partnership_id>")
@allowed_on(Permission.PARTNERSHIP_READ, PARTNERSHIP)
def partnership(partnership: Partnership) -> ResponseReturnValue:
    person, today = current_person(), clock.today()
    plans = queries.plans_of([partnership.id])[partnership.id]
    members = [member for member in members_of(partnership) if member.left_on is None]
    situation = queries.situation_of(partnership, plans, members=len(members))
    pages, seldom = pages_of(partnership, person)
    return render_template(
        "progress/partnership.html",
        partnership=partnership,
        municipality=partnership.municipality,
        stages=stage_steps(situation),
        next_step=within_reach(_step_for(person, partnership, situation, plans), plans, person),
        glance=glance_at(partnership, person) if partnership.is_open else None,
        plans=[row for row in plans if can(person, Permission.PLAN_READ, row.version)],
        earlier_plans=earlier_plans_of(partnership),
        years_to_plan=_years_to_plan(person, partnership, situation),
        may_start=_may_start(person, partnership, situation),
        pages=pages,
        more=_more(seldom, partnership, plans),
        members=members,
        leader_term=partnership.leader_term(today),
        deputy_terms=partnership.deputy_terms(today),
        animator=partnership.animator(today),
        assignment=partnership.assignment(today),
        to_come=partnership.to_come(today),
        history=story(partnership, most=5),
        form=ConfirmForm(),
        today=today,
    )


@bp.get(f"/partnerships/<{ID}:partnership_id>/history")
@allowed_on(Permission.PARTNERSHIP_READ, PARTNERSHIP)
def history(partnership: Partnership) -> ResponseReturnValue:
    written = request.args.get("about", "")
    about = About(written) if written in set(About) else None
    record = asked_record(request.args.get("record", ""))
    plans = queries.plans_of([partnership.id])[partnership.id]
    page = history_of(
        partnership,
        plans,
        current_person(),
        about=about,
        record=record,
        number=page_number(),
    )
    return render_template(
        "progress/history.html",
        partnership=partnership,
        page=page,
        about=about,
        choices=[(one, address_with(about=one.value, record=None, page=None)) for one in About],
        everything=address_with(about=None, record=None, page=None),
        is_narrowed=bool(about or record),
        is_of_one=record is not None,
    )


@bp.get(f"/partnerships/<{ID}:partnership_id>/first-week")
@allowed_on(Permission.PARTNERSHIP_EDIT, PARTNERSHIP)
def first_week(partnership: Partnership) -> ResponseReturnValue:
    """For whoever is new; it can be read again at any time."""
    things = first_things(partnership, current_person())
    animator = partnership.animator(clock.today())
    return render_template(
        "progress/first_week.html", partnership=partnership, things=things, animator=animator
    )


def _step_for(
    person: User, partnership: Partnership, situation: Situation, plans: Sequence[PlanRow]
) -> NextStep:
    """Of several sides that a person stands on, the one whose turn it is."""
    steps = [next_step(situation, side) for side in _sides(person, partnership, plans)]
    return next((step for step in steps if step.is_mine), steps[0])


def _sides(person: User, partnership: Partnership, plans: Sequence[PlanRow]) -> list[Turn]:
    """An animator to whom a review did not come over looks on: it is nobody's turn on this side of the page."""
    today = clock.today()
    advises = person.id in partnership.animator_ids(today)
    heirs = partnership.heir_ids(today)
    looks_on = advises and queries.is_kept_from(person, plans)
    sides = {
        Turn.LEADER: person.id in partnership.leader_ids(today) | partnership.deputy_ids(today) | heirs,
        Turn.ANIMATOR: advises and not looks_on,
        Turn.OFFICE: can(person, Permission.PARTNERSHIP_MANAGE, partnership),
        Turn.NOBODY: looks_on,
    }
    return [side for side, is_theirs in sides.items() if is_theirs]


def _may_start(person: User, partnership: Partnership, situation: Situation) -> bool:
    """The general plan may be begun before everything else is in place; at the top of the page it comes in its turn."""
    is_next = matter_of(situation).topic is Topic.START
    may = partnership.is_open and can(person, Permission.PLAN_START, partnership)
    return may and situation.general is None and not is_next


def _years_to_plan(person: User, partnership: Partnership, situation: Situation) -> list[int]:
    """Years of the general plan and of the programme, from this one on, that have no plan of their own yet."""
    general = situation.general
    if general is None or not can(person, Permission.PLAN_START_YEAR, partnership) or not partnership.is_open:
        return []
    last = min(general.year_to, situation.last_year)
    years = range(max(general.year_from, situation.today.year), last + 1)
    is_next = matter_of(situation).topic is Topic.START_YEAR  # offered at the top of the page already
    return [
        year
        for year in years
        if situation.plan_of_year(year) is None and not (is_next and year == situation.today.year)
    ]


def _more(
    seldom: list[tuple[str, str]], partnership: Partnership, plans: Sequence[PlanRow]
) -> list[tuple[str, str]]:
    """What is seldom done: labels and addresses."""
    if not any(row.state.is_general and row.state.was_published for row in plans):
        return seldom
    place = partnership.municipality.address_name
    return [(_("Public page"), url_for("public.plan", lang=language(), place=place)), *seldom]
