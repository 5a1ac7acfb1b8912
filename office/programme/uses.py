"""Where an entry of a list is used: said before it is retired, for it stays there."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Text, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute

from animators.advice.models import AdviceRequest, OutsideAdvice
from animators.consultations.models import Consultation
from core.database import db
from core.i18n import ngettext
from knowledge.models import CatalogueItem
from municipalities.models import Mayor
from partnerships.models import Organisation, PartnershipMember
from plans.models import PlanEntry, PlanVersion
from plans.templates import published_templates
from plans.workflow import PlanStatus

STAGES: Mapping[PlanStatus, str] = {
    PlanStatus.DRAFT: "drafts",
    PlanStatus.RETURNED: "drafts",
    PlanStatus.SUBMITTED: "reviews",
    PlanStatus.IN_REVIEW: "reviews",
    PlanStatus.APPROVED: "reviews",
    PlanStatus.PUBLISHED: "published",
    PlanStatus.IN_USE: "years",
    PlanStatus.CLOSED: "years",
}
"""What replaced nothing yet is counted once, as it stands; superseded versions are of the past."""

SAID: Mapping[str, Callable[[int], str]] = {
    "drafts": lambda count: ngettext("%(num)d draft of a plan", "%(num)d drafts of plans", count),
    "reviews": lambda count: ngettext("%(num)d plan under review", "%(num)d plans under review", count),
    "published": lambda count: ngettext("%(num)d published plan", "%(num)d published plans", count),
    "years": lambda count: ngettext("%(num)d plan of a year", "%(num)d plans of years", count),
    "organisations": lambda count: ngettext("%(num)d organisation", "%(num)d organisations", count),
    "members": lambda count: ngettext("%(num)d member organisation", "%(num)d member organisations", count),
    "mayors": lambda count: ngettext(
        "%(num)d head of a municipality", "%(num)d heads of municipalities", count
    ),
    "talks": lambda count: ngettext("%(num)d consultation", "%(num)d consultations", count),
    "requests": lambda count: ngettext("%(num)d request for advice", "%(num)d requests for advice", count),
    "offers": lambda count: ngettext("One offer", "%(num)d offers", count),
}


@dataclass(frozen=True)
class _Kept:
    """A column of a table that holds codes of a list: one, or several as JSON."""

    said: str
    column: InstrumentedAttribute[str] | InstrumentedAttribute[str | None] | InstrumentedAttribute[list[str]]
    several: bool = False

    def holds(self, code: str) -> ColumnElement[bool]:
        return _among(self.column, code) if self.several else self.column == code


KEPT: Mapping[str, tuple[_Kept, ...]] = {
    "organisation_type": (_Kept("organisations", Organisation.org_type),),
    "organisation_sector": (_Kept("organisations", Organisation.sector),),
    "registry_kind": (_Kept("organisations", Organisation.registry_kind),),
    "partner_role": (_Kept("members", PartnershipMember.role),),
    "contribution": (_Kept("members", PartnershipMember.contribution, several=True),),
    "mayor_title": (_Kept("mayors", Mayor.title),),
    "advice_topic": (
        _Kept("talks", Consultation.topics, several=True),
        _Kept("talks", OutsideAdvice.topics, several=True),
        _Kept("requests", AdviceRequest.topic),
    ),
    "digcomp_area": (_Kept("offers", CatalogueItem.digcomp_areas, several=True),),
    "life_area": (_Kept("offers", CatalogueItem.life_areas, several=True),),
}


def uses_of(list_key: str, code: str) -> list[str]:
    """Each kind of place with its number, as people read it; only where there are any."""
    counts = Counter(_in_plans(list_key, code))
    for name, count in _in_records(list_key, code):
        counts[name] += count
    return [SAID[name](counts[name]) for name in SAID if counts[name]]


def _in_records(list_key: str, code: str) -> Iterator[tuple[str, int]]:
    for kept in KEPT.get(list_key, ()):
        yield kept.said, db.session.scalar(select(func.count()).where(kept.holds(code))) or 0


def _in_plans(list_key: str, code: str) -> dict[str, int]:
    """Versions that say it anywhere. The text is looked for first: no plan is opened that cannot have it."""
    columns = _columns_of(list_key)
    if not columns:
        return {}
    rows = db.session.execute(
        select(PlanVersion.id, PlanVersion.status, PlanEntry.sheet, PlanEntry.values)
        .join(PlanEntry, PlanEntry.version_id == PlanVersion.id)
        .where(
            PlanEntry.sheet.in_({sheet for sheet, _column in columns}),
            PlanVersion.is_current | (PlanVersion.status == PlanStatus.PUBLISHED),
            _among(PlanEntry.values, code),
        )
    )
    found = {
        version_id: status
        for version_id, status, sheet, values in rows
        if any(_says(values.get(key), code) for on, key in columns if on == sheet)
    }
    stages = [STAGES[status] for status in found.values() if status in STAGES]
    return {name: stages.count(name) for name in stages}


def _columns_of(list_key: str) -> Collection[tuple[str, str]]:
    """Sheets and columns that take values of this list, in any version of the templates."""
    return {
        (sheet.key, column.key)
        for known in published_templates().values()
        for sheet in known.definition.content_sheets
        for column in sheet.columns
        if column.code_list == list_key
    }


def _says(value: object, code: str) -> bool:
    return code in value if isinstance(value, list) else value == code


def _among(column: InstrumentedAttribute[object], code: str) -> ColumnElement[bool]:
    return cast(column, Text).contains(f'"{code}"', autoescape=True)
