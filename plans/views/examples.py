"""Starting a plan from an example: choose one, tick what fits, and the draft is there."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.guards import allowed_on, current_person
from accounts.policy import Permission
from core import clock
from core.errors import DomainError
from core.forms import ConfirmForm
from core.i18n import _, language
from partnerships import services as partnerships
from partnerships.models import Partnership
from partnerships.queries import members_of
from partnerships.sources import PARTNERSHIP
from plans.definitions import PlanKind
from plans.errors import NotEditable, NotFresh
from plans.examples.files import Examples, examples_of
from plans.examples.model import Example
from plans.examples.published import PREFIX, published_offers
from plans.examples.queries import published_example, similar_plans
from plans.examples.ready import ready_offers
from plans.examples.summary import composed
from plans.forms.examples import ExampleForm, form_for
from plans.models import PlanVersion
from plans.services import examples
from plans.sources import VERSION
from plans.templates import current_template_version, definition_of, template
from plans.views.blueprint import bp, to_plan
from programme.queries import the_programme

LARGEST_ID = 2_147_483_647


@dataclass(frozen=True)
class Start:
    """What is being filled: a plan still to be started, or a draft with nothing in it yet."""

    partnership: Partnership
    version: PlanVersion | None = None

    @property
    def year(self) -> int:
        return self.version.plan.year_from if self.version else examples.first_year()

    def url(self, source: str | None = None) -> str:
        """Where examples are offered, or the page of one of them."""
        endpoint, names = self._address
        names = names if source is None else {**names, "source": source}
        return url_for(f"plans.{endpoint}_{'from' if source else 'options'}", **names)

    @property
    def _address(self) -> tuple[str, dict[str, Any]]:
        if self.version is not None:
            return "fill", {"version_id": self.version.id}
        return "start", {"partnership_id": self.partnership.id}


def ready_examples() -> Examples:
    return examples_of(the_programme().row.profile)


@bp.get("/partnerships/<int:partnership_id>/plans/general/new")
@allowed_on(Permission.PLAN_START, PARTNERSHIP)
def start_options(partnership: Partnership) -> ResponseReturnValue:
    """Which example, or none. Who has a plan already is led to it."""
    version = examples.general_plan(partnership)
    if version is not None:
        return _to_existing(version)
    return _options(Start(partnership))


@bp.route("/partnerships/<int:partnership_id>/plans/general/new/<source>", methods=["GET", "POST"])
@allowed_on(Permission.PLAN_START, PARTNERSHIP)
def start_from(partnership: Partnership, source: str) -> ResponseReturnValue:
    if request.method != "POST":
        version = examples.general_plan(partnership)
        if version is not None:
            return _to_existing(version)
    return _ticks(Start(partnership), source)


@bp.get("/plans/<int:version_id>/examples")
@allowed_on(Permission.PLAN_EDIT, VERSION)
def fill_options(version: PlanVersion) -> ResponseReturnValue:
    _check_fresh(version)
    return _options(Start(version.partnership, version))


@bp.route("/plans/<int:version_id>/examples/<source>", methods=["GET", "POST"])
@allowed_on(Permission.PLAN_EDIT, VERSION)
def fill_from(version: PlanVersion, source: str) -> ResponseReturnValue:
    _check_fresh(version)
    return _ticks(Start(version.partnership, version), source)


def _check_fresh(version: PlanVersion) -> None:
    if not version.is_editable:
        raise NotEditable
    if not examples.is_fresh(version):
        raise NotFresh


def _to_existing(version: PlanVersion) -> ResponseReturnValue:
    """An empty draft can still be filled from an example."""
    if examples.is_fresh(version):
        return redirect(url_for(".fill_options", version_id=version.id))
    return redirect(url_for(".show", version_id=version.id))


def _options(start: Start) -> ResponseReturnValue:
    municipality = start.partnership.municipality
    ready = sorted(ready_examples().ready, key=lambda one: municipality.kind not in one.kinds)
    return render_template(
        "plans/examples/choose.html",
        start=start,
        municipality=municipality,
        ready=ready,
        plans=similar_plans(municipality) if ready else [],
        prefix=PREFIX,
        form=ConfirmForm(),
    )


def _ticks(start: Start, source: str) -> ResponseReturnValue:
    """One page: tick, type the sizes, read the summary. What was ticked and typed is kept when something is missing."""
    example = _example(start, source)
    members = [member for member in members_of(start.partnership) if member.left_on is None]
    definition = (
        definition_of(start.version)
        if start.version
        else template(PlanKind.GENERAL, current_template_version(PlanKind.GENERAL))
    )
    form = form_for(example, definition, first_year=start.year, asks_organisation=not members)
    status = form.status
    if request.method == "GET":
        form.put_summary(_summary(start, form))
    elif "compose" in request.form:
        form.validate()
        form.forget_errors()
        if request.form["compose"] == "anew" or not form.was_written:
            form.put_summary(_summary(start, form))
        status = 200
    elif form.validate_on_submit():
        try:
            version = _draft(start, form)
        except DomainError as refusal:
            form.reject(refusal)
        else:
            return to_plan(version, _("The draft is complete. Read it through; you can submit it as it is."))
    if status == HTTPStatus.UNPROCESSABLE_ENTITY and not form.was_written:
        form.put_summary(_summary(start, form))
    page = render_template(
        "plans/examples/ticks.html", start=start, example=example, form=form, definition=definition
    )
    return page, status


def _example(start: Start, source: str) -> Example:
    municipality, year, ready = start.partnership.municipality, start.year, ready_examples()
    found = ready.find(source)
    if found is not None:
        return ready_offers(found, municipality, year=year, language=language())
    number = source.removeprefix(PREFIX)
    if not ready.words or number == source or not (number.isascii() and number.isdigit()):
        abort(404)
    version = published_example(int(number), municipality) if int(number) <= LARGEST_ID else None
    if version is None:
        abort(404)
    return published_offers(version, municipality, year=year, words=ready.words, language=language())


def _draft(start: Start, form: ExampleForm) -> PlanVersion:
    """One transaction: an organisation that was named, the plan, its rows and what the history says, or none of it."""
    person = current_person()
    if form.organisation_name is not None:
        partnerships.add_member(
            start.partnership,
            partnerships.organisation_in(
                start.partnership.municipality,
                name=form.organisation_name.data or "",
                org_type=form.org_type.data,
            ),
            role="leader",
            joined_on=clock.today(),
            actor=person,
        )
    summary = form.summary.data or ""
    if not form.was_written:
        summary = _summary(start, form)
    chosen, example = form.chosen, form.example
    if start.version is None:
        return examples.start_from_example(start.partnership, example, chosen, summary=summary, actor=person)
    examples.fill_from_example(start.version, example, chosen, summary=summary, actor=person)
    return start.version


def _summary(start: Start, form: ExampleForm) -> str:
    words, programme = ready_examples().words, the_programme()
    if words is None:
        return ""
    last = start.version.plan.year_to if start.version else start.year + programme.settings.plan_years - 1
    today = clock.today()
    term = start.partnership.leader_term(today)
    names = [member.organisation.name for member in start.partnership.members_on(today)]
    own = term.organisation.name if term and term.organisation else None
    lead = own if own in names else next(iter(names), "")
    known = {
        "years": f"{start.year}–{last}",
        "municipality": start.partnership.municipality.name,
        "lead": lead or "",
        "partners": ", ".join(name for name in names if name != lead),
    }
    return composed(form.example, form.chosen, words, programme.code_lists, known=known)
