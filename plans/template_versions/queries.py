"""What is asked of the template versions."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import contains_eager

from core import clock
from core.database import db
from partnerships.queries import with_people, with_place
from plans.definitions import PlanKind
from plans.models import Plan, PlanTemplate, PlanVersion, TemplateStatus
from plans.templates import current_template_version
from plans.workflow import EDITABLE


@dataclass(frozen=True)
class TemplateRow:
    """A version in the office's list."""

    template: PlanTemplate
    plans: int
    """Plans whose latest version follows it."""
    drafts: int
    """Those of them that are still written in."""

    @property
    def status(self) -> TemplateStatus:
        return self.template.status_on(clock.today())


def templates_of_kinds() -> dict[PlanKind, list[TemplateRow]]:
    """Every version of each kind, the newest first, with how many plans follow it, in one question."""
    drafts = func.sum(case((PlanVersion.status.in_(EDITABLE), 1), else_=0))
    counted = (
        select(Plan.kind, PlanVersion.template_version, func.count().label("plans"), drafts.label("drafts"))
        .join(PlanVersion.plan)
        .where(PlanVersion.is_current)
        .group_by(Plan.kind, PlanVersion.template_version)
        .subquery()
    )
    follow = (counted.c.kind == PlanTemplate.kind) & (counted.c.template_version == PlanTemplate.version)
    found = db.session.execute(
        select(PlanTemplate, func.coalesce(counted.c.plans, 0), func.coalesce(counted.c.drafts, 0))
        .outerjoin(counted, follow)
        .order_by(PlanTemplate.version.desc())
    )
    rows: dict[PlanKind, list[TemplateRow]] = {kind: [] for kind in PlanKind}
    for template, plans, count in found:
        rows[template.kind].append(TemplateRow(template, int(plans), int(count)))
    return rows


def template_by_id(template_id: int) -> PlanTemplate | None:
    return db.session.get(PlanTemplate, template_id)


def draft_of(kind: PlanKind) -> PlanTemplate | None:
    return db.session.scalar(
        select(PlanTemplate).where(PlanTemplate.kind == kind, PlanTemplate.status == TemplateStatus.DRAFT)
    )


def current_template(kind: PlanKind) -> PlanTemplate | None:
    return db.session.scalar(
        select(PlanTemplate).where(PlanTemplate.kind == kind, PlanTemplate.status == TemplateStatus.CURRENT)
    )


def drafts_behind(kind: PlanKind) -> Sequence[PlanVersion]:
    """Drafts that follow an older version than the one in force, with everybody who may be told."""
    return (
        db.session.scalars(
            select(PlanVersion)
            .join(PlanVersion.plan)
            .where(
                Plan.kind == kind,
                PlanVersion.is_current,
                PlanVersion.status.in_(EDITABLE),
                PlanVersion.template_version < current_template_version(kind),
            )
            .options(
                contains_eager(PlanVersion.plan)
                .joinedload(Plan.partnership, innerjoin=True)
                .options(*with_place(), *with_people())
            )
            .order_by(PlanVersion.id)
        )
        .unique()
        .all()
    )
