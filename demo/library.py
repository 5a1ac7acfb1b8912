"""The written content of the demonstration: themes with needs, goals and trainings that belong together."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from municipalities.models import MunicipalityKind

DATA = Path(__file__).with_name("data")

Amount = tuple[int, int]
"""From, to."""


class Surroundings(StrEnum):
    """What kind of place a municipality is: people there need other things."""

    RURAL = "rural"
    TOWN = "town"
    CITY = "city"


EVERYWHERE = tuple(Surroundings)

SURROUNDINGS = {
    MunicipalityKind.RURAL: Surroundings.RURAL,
    MunicipalityKind.URBAN_RURAL: Surroundings.TOWN,
    MunicipalityKind.URBAN: Surroundings.CITY,
}


@dataclass(frozen=True, kw_only=True)
class Local:
    """Something that is said only where it fits."""

    places: tuple[str, ...] = EVERYWHERE

    def fits(self, place: Surroundings) -> bool:
        return place in self.places


@dataclass(frozen=True, kw_only=True)
class Need(Local):
    id: str
    text: str
    area: str
    evidence: tuple[str, ...]
    measure: str
    value: Amount
    unit: str
    at_risk: bool = False


@dataclass(frozen=True, kw_only=True)
class Group(Local):
    id: str
    name: str
    description: str
    size: Amount
    current: str
    target: str
    barriers: str
    access: str
    recruitment: str


@dataclass(frozen=True, kw_only=True)
class Goal(Local):
    """Measured either by people (``reach`` in per cent of those trained) or by a figure of its own."""

    id: str
    text: str
    needs: tuple[str, ...]
    digcomp: tuple[str, ...]
    indicator: str
    unit: str
    verification: str
    reach: int | None = None
    baseline: Amount = (0, 0)
    target: Amount = (0, 0)


@dataclass(frozen=True, kw_only=True)
class Line(Local):
    id: str
    title: str
    goal: str
    groups: tuple[str, ...]
    form: str
    life_area: str
    hours: int
    """Of one training."""
    times: Amount
    """Trainings in a year."""
    lead: tuple[str, ...]
    help: tuple[str, ...]
    """Types of organisations, the most fitting first."""


@dataclass(frozen=True, kw_only=True)
class Recommendation(Local):
    text: str
    addressee: str
    reason: str
    horizon: str
    goals: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Training(Local):
    title: str
    line: str
    level: str
    digcomp: str
    equipment: str
    materials: str
    life_area: str = ""


@dataclass(frozen=True, kw_only=True)
class Theme(Local):
    key: str
    summary: tuple[str, ...]
    needs: tuple[Need, ...]
    groups: tuple[Group, ...]
    goals: tuple[Goal, ...]
    lines: tuple[Line, ...]
    recommendations: tuple[Recommendation, ...]
    trainings: tuple[Training, ...]


@dataclass(frozen=True, kw_only=True)
class Resource(Local):
    type: str
    org: tuple[str, ...]
    location: str
    quantity: Amount
    condition: str
    accessible: str
    gap: str = ""
    solution: str = ""


@dataclass(frozen=True, kw_only=True)
class Funding(Local):
    source: str
    detail: str
    certainty: str
    amount: Amount | None = None
    in_kind: str = ""


@dataclass(frozen=True, kw_only=True)
class Risk(Local):
    risk: str
    likelihood: int
    impact: int
    response: str


@dataclass(frozen=True, kw_only=True)
class Monitoring(Local):
    what: str
    how: str
    when: str
    who: str


@dataclass(frozen=True, kw_only=True)
class YearAction(Local):
    title: str
    type: str
    quarter: int
    org: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class YearTexts:
    summaries: tuple[str, ...]
    promotion: tuple[str, ...]
    done: tuple[str, ...]
    moved: tuple[str, ...]
    cancelled: tuple[str, ...]
    trainers: tuple[str, ...]
    actions: tuple[YearAction, ...]


@dataclass(frozen=True, kw_only=True)
class Extras:
    openings: tuple[str, ...]
    closings: tuple[str, ...]
    linked_documents: tuple[str, ...]
    resources: tuple[Resource, ...]
    funding: tuple[Funding, ...]
    risks: tuple[Risk, ...]
    monitoring: tuple[Monitoring, ...]
    year: YearTexts


@dataclass(frozen=True, kw_only=True)
class Library:
    themes: tuple[Theme, ...]
    extras: Extras

    def lines_by_title(self) -> Mapping[str, Line]:
        return {line.title: line for theme in self.themes for line in theme.lines}

    def trainings_by_line(self) -> Mapping[str, Sequence[Training]]:
        found: dict[str, list[Training]] = {}
        for theme in self.themes:
            for training in theme.trainings:
                found.setdefault(training.line, []).append(training)
        return found


Entry = TypeVar("Entry")

PARTS = {
    "needs": Need,
    "groups": Group,
    "goals": Goal,
    "lines": Line,
    "recommendations": Recommendation,
    "trainings": Training,
    "resources": Resource,
    "funding": Funding,
    "risks": Risk,
    "monitoring": Monitoring,
    "actions": YearAction,
}
"""Key of a list in the data files -> what stands in it. ``needs`` of a goal are names and stay so."""


@cache
def library() -> Library:
    themes = sorted((DATA / "themes").glob("*.toml"))
    return Library(
        themes=tuple(built(Theme, {"key": path.stem, **data_file(path)}) for path in themes),
        extras=built(Extras, data_file(DATA / "extras.toml")),
    )


def data_file(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def built(kind: type[Entry], table: Mapping[str, Any]) -> Entry:
    """The record of a table. A key it does not know is a slip of the pen, and raises."""
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # every kind here is a dataclass
    if unknown := table.keys() - known:
        raise ValueError(f"{kind.__name__}: unknown {', '.join(sorted(unknown))}")
    return kind(**{key: _part(key, value) for key, value in table.items()})


def _part(key: str, value: Any) -> Any:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return tuple(built(PARTS[key], entry) for entry in value)
    if key == "year" and isinstance(value, dict):
        return built(YearTexts, value)
    return tuple(value) if isinstance(value, list) else value
