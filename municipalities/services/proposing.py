"""An official file proposes changes of known municipalities; a person looks at them before anything is changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.models import User
from core.database import db
from municipalities.change_queries import drafts
from municipalities.changes import KnownUnit, Match, RegisterChanges
from municipalities.followers import SAME
from municipalities.models import Municipality, MunicipalityChange, RegisterImport
from municipalities.official_file import OfficialUnit
from municipalities.services.changing import Part, draft_change
from municipalities.workflow import ChangeKind

CHUNK = 500
"""How many ids one query names: SQLite allows a limited number."""


@dataclass(frozen=True)
class Proposal:
    kind: ChangeKind
    known: tuple[KnownUnit, ...]
    new: tuple[OfficialUnit, ...] = ()
    """Units that begin; of one that goes on, how it is from then on."""
    decisions: dict[str, str | None] = field(default_factory=dict)

    @property
    def begins(self) -> tuple[OfficialUnit, ...]:
        return () if self.kind in (ChangeKind.RENAME, ChangeKind.CODE) else self.new


def proposals(changes: RegisterChanges) -> list[Proposal]:
    """Every change of a known municipality; one that ended together with new ones of its county."""
    found = [_going_on(match) for match in changes.changed]
    found += [_going_on(match, undecided=True) for match in _one_each(changes.proposals)]
    counties = sorted({unit.code[:4] for unit in changes.ended})
    for county in counties:
        ended = [unit for unit in changes.ended if unit.code[:4] == county]
        new = [unit for unit in changes.new if unit.county_code == county]
        found += _ending(ended, new)
    return found


def _going_on(match: Match, *, undecided: bool = False) -> Proposal:
    only_name = match.is_renamed and not (match.is_recoded or match.is_retyped or match.is_back)
    kind = ChangeKind.RENAME if only_name else ChangeKind.CODE
    return Proposal(kind, (match.known,), (match.unit,), {SAME: None} if undecided else {})


def _one_each(matches: Iterable[Match]) -> list[Match]:
    """Of several that one may be, the first; the others are named when a person says no."""
    taken: set[str] = set()
    chosen: list[Match] = []
    for match in matches:
        if not taken & {match.known.code, match.unit.code}:
            taken |= {match.known.code, match.unit.code}
            chosen.append(match)
    return chosen


def _ending(ended: Sequence[KnownUnit], new: Sequence[OfficialUnit]) -> list[Proposal]:
    """Where it is plain what became of what; else each end stands alone, and a person names who has the land."""
    if len(new) == 1 and len(ended) > 1:
        return [Proposal(ChangeKind.MERGE, tuple(ended), tuple(new))]
    if len(ended) == 1 and len(new) > 1:
        return [Proposal(ChangeKind.SPLIT, tuple(ended), tuple(new))]
    if len(ended) == 1 and len(new) == 1:
        return [Proposal(ChangeKind.ABOLISH, tuple(ended), tuple(new))]
    return [Proposal(ChangeKind.ABOLISH, (unit,)) for unit in ended]


def begin_with(found: Iterable[Proposal]) -> list[OfficialUnit]:
    """Units that begin with a proposed change, not by themselves."""
    return [unit for proposal in found for unit in proposal.begins]


def propose(
    found: Sequence[Proposal], taken: RegisterImport, *, actor: User | None
) -> list[MunicipalityChange]:
    """Keep each as a draft from the day of the file, unless the same waits already."""
    waiting = [_signature(change) for change in drafts()]
    known = _loaded([unit.id for proposal in found for unit in proposal.known])
    made = []
    for proposal in found:
        if any(_is_waiting(proposal, signature) for signature in waiting):
            continue
        made.append(_draft(proposal, known, taken, actor))
    return made


Signature = tuple[ChangeKind, frozenset[int], frozenset[tuple[str | None, str | None]]]


def _signature(change: MunicipalityChange) -> Signature:
    new = {(unit.new_code, unit.new_name) for unit in change.units if unit.new_code or unit.new_name}
    return change.kind, frozenset(unit.municipality_id or 0 for unit in change.sources), frozenset(new)


def _is_waiting(proposal: Proposal, signature: Signature) -> bool:
    """An end waits whatever a person has made of it meanwhile; a new name or code only if it is the same one."""
    kind, ids, new = signature
    mine = {unit.id for unit in proposal.known}
    if proposal.kind in (ChangeKind.RENAME, ChangeKind.CODE):
        taken_apart = mine <= ids and any(code == proposal.new[0].code for code, _name in new)
        return taken_apart or (ids == mine and new == {_new_of(proposal)})
    ends = kind not in (ChangeKind.RENAME, ChangeKind.CODE)
    return ends and mine <= ids


def _new_of(proposal: Proposal) -> tuple[str | None, str | None]:
    [known], [unit] = proposal.known, proposal.new
    name = unit.name if unit.name != known.name else None
    return (None if proposal.kind is ChangeKind.RENAME else unit.code), name


def _draft(
    proposal: Proposal, known: dict[int, Municipality], taken: RegisterImport, actor: User | None
) -> MunicipalityChange:
    if proposal.begins or proposal.kind not in (ChangeKind.RENAME, ChangeKind.CODE):
        sources = [Part(known[unit.id]) for unit in proposal.known]
    else:
        code, name = _new_of(proposal)
        sources = [Part(known[proposal.known[0].id], new_code=code, new_name=name)]
    return draft_change(
        proposal.kind,
        effective_on=taken.state_on,
        legal_basis=None,
        sources=sources,
        targets=[Part(new_code=unit.code, new_name=unit.name) for unit in proposal.begins],
        proposed_by=taken,
        decisions=proposal.decisions,
        actor=actor,
    )


def _loaded(ids: Sequence[int]) -> dict[int, Municipality]:
    found: dict[int, Municipality] = {}
    for start in range(0, len(ids), CHUNK):
        units = db.session.scalars(
            select(Municipality)
            .where(Municipality.id.in_(ids[start : start + CHUNK]))
            .options(joinedload(Municipality.county, innerjoin=True))
        )
        found |= {unit.id: unit for unit in units}
    return found
