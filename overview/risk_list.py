"""The list of partnerships at risk as people read it: what is so, since when, who can act, and where."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from accounts.models import User
from core import clock
from core.database import db
from core.i18n import LazyString
from municipalities.models import County, Municipality, MunicipalityKind, Voivodeship
from municipalities.naming import county_label
from overview.risks import RULE_OF, AtRisk, Risk, Turn
from partnerships.models import AnimatorAssignment, AssignmentKind, LeaderTerm, Partnership, TermKind
from partnerships.queries import covers


@dataclass(frozen=True)
class Whose:
    """A partnership's place, and its people of today."""

    name: str
    kind: MunicipalityKind
    code: str
    county: str
    voivodeship: str
    leader: str | None
    animator: str | None

    @property
    def label(self) -> str:
        return f"{self.kind.label}, {county_label(self.code[:4], self.county)}"


@dataclass(frozen=True)
class RiskLine:
    at_risk: AtRisk
    whose: Whose

    @property
    def risk(self) -> Risk:
        return self.at_risk.risk

    @property
    def since(self) -> date:
        return self.at_risk.since

    @property
    def days(self) -> int:
        return (clock.today() - self.at_risk.since).days

    @property
    def text(self) -> str:
        return RULE_OF[self.risk].said(self.since)

    @property
    def turn(self) -> Turn:
        """Where nobody leads or advises it, the office sees to that first."""
        turn = RULE_OF[self.risk].turn
        return turn if turn is Turn.OFFICE or self.person else Turn.OFFICE

    @property
    def person(self) -> str | None:
        return {Turn.LEADER: self.whose.leader, Turn.ANIMATOR: self.whose.animator}.get(
            RULE_OF[self.risk].turn
        )

    @property
    def step(self) -> LazyString:
        return RULE_OF[self.risk].step

    @property
    def url(self) -> str:
        endpoint = RULE_OF[self.risk].endpoint
        if endpoint == "plans.show":
            return url_for(endpoint, version_id=self.at_risk.version_id)
        return url_for(endpoint, partnership_id=self.at_risk.partnership_id)


def counts(found: Sequence[AtRisk]) -> Mapping[Risk, int]:
    """Of every rule, those that find nobody too."""
    known = Counter(one.risk for one in found)
    return {risk: known[risk] for risk in Risk}


def of_region(found: Sequence[AtRisk], voivodeship_id: int) -> list[AtRisk]:
    there = set(
        db.session.scalars(
            select(Partnership.id)
            .join(Partnership.municipality)
            .where(Municipality.voivodeship_id == voivodeship_id)
        )
    )
    return [one for one in found if one.partnership_id in there]


def lines_of(found: Sequence[AtRisk]) -> list[RiskLine]:
    """With places and people, in one query."""
    known = _whose({one.partnership_id for one in found})
    return [RiskLine(one, known[one.partnership_id]) for one in found]


def _whose(ids: set[int]) -> dict[int, Whose]:
    leader, animator, term = aliased(User), aliased(User), aliased(LeaderTerm)
    main, cover = aliased(AnimatorAssignment), aliased(AnimatorAssignment)
    today = clock.today()
    query = (
        select(
            Partnership.id, Municipality.name, Municipality.kind, Municipality.code, County.name, Voivodeship.name,
            leader.name, animator.name,
        )
        .join(Municipality, Municipality.id == Partnership.municipality_id)
        .join(County, County.id == Municipality.county_id)
        .join(Voivodeship, Voivodeship.id == Municipality.voivodeship_id)
        .outerjoin(
            term,
            and_(
                term.partnership_id == Partnership.id,
                term.kind == TermKind.LEADER,
                covers(term.starts_on, term.ends_on, today),
            ),
        )
        .outerjoin(leader, leader.id == term.user_id)
        .where(Partnership.id.in_(ids))
    )  # fmt: skip
    for assignment, kind in ((main, AssignmentKind.MAIN), (cover, AssignmentKind.COVER)):
        query = query.outerjoin(
            assignment,
            and_(
                assignment.municipality_id == Partnership.municipality_id,
                assignment.kind == kind,
                covers(assignment.starts_on, assignment.ends_on, today),
            ),
        )
    query = query.outerjoin(animator, animator.id == func.coalesce(cover.animator_id, main.animator_id))
    return {row[0]: Whose(*row[1:]) for row in db.session.execute(query)}
