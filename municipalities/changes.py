"""What an official file would change in the register, worked out before anything is changed.

The first six digits name a unit from one file to the next. Where they change too, a unit that is gone and a new one of
the same name in the same voivodeship may be one and the same: that is only proposed, a person decides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from core.i18n import _
from core.text import fold
from municipalities.errors import NotTheSame
from municipalities.models import MunicipalityKind
from municipalities.naming import county_label, unit_label
from municipalities.official_file import KINDS, OfficialRegister, OfficialUnit

Pair = tuple[str, str]
"""Old code and new code."""


@dataclass(frozen=True)
class KnownUnit:
    """A municipality as the register has it now."""

    id: int
    code: str
    name: str
    county_name: str
    codes: frozenset[str] = frozenset()
    """Today's and all it had before."""
    ended_on: date | None = None

    @property
    def six_digits(self) -> str:
        return self.code[:6]

    @property
    def kind(self) -> MunicipalityKind:
        return KINDS[self.code[6]]

    @property
    def label(self) -> str:
        return unit_label(self.name, self.kind.label, county_label(self.code[:4], self.county_name))


@dataclass(frozen=True)
class KnownRegister:
    voivodeships: Mapping[str, str] = field(default_factory=dict)
    counties: Mapping[str, str] = field(default_factory=dict)
    units: tuple[KnownUnit, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.units

    @property
    def current(self) -> list[KnownUnit]:
        return [unit for unit in self.units if unit.ended_on is None]


@dataclass(frozen=True)
class Decisions:
    """What a person said about pairs of codes: one unit under a new code, or two different ones."""

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()


@dataclass(frozen=True)
class Match:
    """A unit of the register and what the file says about it. Also a proposal, as long as nobody has decided."""

    known: KnownUnit
    unit: OfficialUnit

    @property
    def is_renamed(self) -> bool:
        return self.known.name != self.unit.name

    @property
    def is_retyped(self) -> bool:
        return self.known.kind is not self.unit.kind

    @property
    def is_recoded(self) -> bool:
        return self.known.six_digits != self.unit.six_digits

    @property
    def is_back(self) -> bool:
        return self.known.ended_on is not None

    @property
    def is_change(self) -> bool:
        return self.is_renamed or self.is_retyped or self.is_recoded or self.is_back

    @property
    def codes(self) -> Pair:
        return self.known.code, self.unit.code


@dataclass(frozen=True)
class AreaChange:
    """A voivodeship (two digits) or county (four): new without ``before``, gone without ``after``."""

    code: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class RegisterChanges:
    register: OfficialRegister
    existing: int
    """Municipalities that the register has now, without ended ones."""
    areas: tuple[AreaChange, ...]
    new: tuple[OfficialUnit, ...]
    changed: tuple[Match, ...]
    ended: tuple[KnownUnit, ...]
    proposals: tuple[Match, ...]
    is_first: bool

    @property
    def is_empty(self) -> bool:
        return not (self.areas or self.new or self.changed or self.ended or self.proposals)

    @property
    def counts(self) -> dict[str, int]:
        touched = {match.known.id for match in (*self.changed, *self.proposals) if not match.is_back}
        return {
            "new": len(self.new),
            "renamed": sum(match.is_renamed for match in self.changed),
            "retyped": sum(match.is_retyped for match in self.changed),
            "recoded": sum(match.is_recoded for match in self.changed),
            "back": sum(match.is_back for match in self.changed),
            "ended": len(self.ended),
            "unchanged": self.existing - len(self.ended) - len(touched),
        }


def compare(known: KnownRegister, register: OfficialRegister, decisions: Decisions) -> RegisterChanges:
    in_force = {unit.six_digits: unit for unit in known.current}
    matches = [Match(in_force[six], unit) for six, unit in register.units.items() if six in in_force]
    gone = [unit for unit in known.units if unit.ended_on or unit.six_digits not in register.units]
    fresh = [unit for six, unit in register.units.items() if six not in in_force]

    decided = _decided(decisions.same, gone, fresh, known.current)
    taken = {match.known.id for match in decided}
    gone = [unit for unit in gone if unit.id not in taken]
    fresh = _without(fresh, decided)
    proposals = [match for match in _proposals(gone, fresh) if match.codes not in decisions.different]
    open_ids = {match.known.id for match in proposals}

    return RegisterChanges(
        register=register,
        existing=len(in_force),
        areas=_area_changes(known, register),
        new=tuple(_without(fresh, proposals)),
        changed=tuple(match for match in [*matches, *decided] if match.is_change),
        ended=tuple(unit for unit in gone if unit.ended_on is None and unit.id not in open_ids),
        proposals=tuple(proposals),
        is_first=known.is_empty,
    )


def _without(units: Iterable[OfficialUnit], matches: Iterable[Match]) -> list[OfficialUnit]:
    taken = {match.unit.code for match in matches}
    return [unit for unit in units if unit.code not in taken]


def _decided(
    pairs: Iterable[Pair], gone: list[KnownUnit], fresh: list[OfficialUnit], current: list[KnownUnit]
) -> list[Match]:
    """The pairs a person took as one unit. One that an earlier import has already joined is left alone."""
    done = {(code, unit.code) for unit in current for code in unit.codes}
    old_units = {unit.code: unit for unit in sorted(gone, key=lambda unit: unit.ended_on is None)}
    new_units = {unit.code: unit for unit in fresh}
    matches: list[Match] = []
    for old, new in sorted(set(pairs) - done):
        if old not in old_units:
            raise NotTheSame(old, new, _("no municipality with the first code ends with this file"))
        if new not in new_units:
            raise NotTheSame(old, new, _("no municipality with the second code is new in this file"))
        matches.append(Match(old_units.pop(old), new_units.pop(new)))
    return matches


def _proposals(gone: list[KnownUnit], fresh: list[OfficialUnit]) -> list[Match]:
    """Pairs of one name in one voivodeship; of twins only those of one type, if there are such."""
    by_name: dict[Pair, list[OfficialUnit]] = {}
    for unit in fresh:
        by_name.setdefault((unit.voivodeship_code, fold(unit.name)), []).append(unit)
    proposals: list[Match] = []
    for known in gone:
        candidates = by_name.get((known.code[:2], fold(known.name)), [])
        alike = [unit for unit in candidates if unit.kind is known.kind]
        proposals += [Match(known, unit) for unit in alike or candidates]
    return proposals


def _area_changes(known: KnownRegister, register: OfficialRegister) -> tuple[AreaChange, ...]:
    """A voivodeship that the file leaves out stays: its municipalities end, and that has a limit of its own."""
    before = {**known.voivodeships, **known.counties}
    after = {**known.voivodeships, **register.voivodeships, **register.counties}
    return tuple(
        AreaChange(code, before.get(code), after.get(code))
        for code in sorted(before.keys() | after.keys())
        if before.get(code) != after.get(code)
    )
