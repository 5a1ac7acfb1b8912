"""What a change of municipalities must fulfil, when it is entered and once more when it is applied."""

import re
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from core.database import db
from core.i18n import _l
from municipalities.change_errors import (
    BeforeTheRegister,
    EarlierThanApplied,
    HasEnded,
    InACircle,
    IntoItself,
    NamedTwice,
    NoSuchCode,
    NothingChanges,
    TooFew,
)
from municipalities.change_queries import changes_of, ways_on
from municipalities.models import Municipality, MunicipalityChange, MunicipalityChangeUnit
from municipalities.official_file import FIRST_DAY
from municipalities.workflow import ChangeKind, ChangeStatus

ONE_THAT_GOES_ON = frozenset({ChangeKind.RENAME, ChangeKind.CODE})


def check(change: MunicipalityChange) -> None:
    """Every rule about the change itself. What others make of it, their followers check."""
    if change.effective_on <= FIRST_DAY:
        raise BeforeTheRegister(FIRST_DAY)
    _check_shape(change)
    _check_new(change)
    _check_alive(change)
    _check_circles(change)
    _check_order(change)


def _check_shape(change: MunicipalityChange) -> None:
    sources, targets = change.sources, change.targets
    if not sources:
        raise TooFew(_l("Name the municipality that changes."), "sources")
    if change.kind is ChangeKind.MERGE and len(targets) != 1:
        raise TooFew(_l("A merger has one result: a municipality that goes on, or a new one."), "target")
    if change.kind is ChangeKind.MERGE and len(sources) == 1 and targets[0].begins:
        raise TooFew(
            _l("At least two municipalities merge. For one alone enter a new name or code."), "sources"
        )
    if change.kind is ChangeKind.SPLIT:
        _check_division(change)
    _check_once(sources, "sources")
    _check_once(targets, "target" if change.kind is ChangeKind.MERGE else "targets")


def _check_division(change: MunicipalityChange) -> None:
    [source] = change.sources
    needed = 1 if source.goes_on else 2
    if len(change.targets) < needed or not all(unit.begins for unit in change.targets):
        raise TooFew(
            _l(
                "A division makes new municipalities: at least one, or two where nothing is left of the old one."
            ),
            "targets",
        )


def _check_once(units: Sequence[MunicipalityChangeUnit], field: str) -> None:
    """Of a code the first six digits are one municipality's own; the last only says of what type it is."""
    met: set[int | str] = set()
    for unit in units:
        identity = unit.municipality_id or (unit.new_code or "")[:6]
        if identity in met:
            raise NamedTwice(unit.name, field)
        met.add(identity)


def _check_new(change: MunicipalityChange) -> None:
    for unit in change.units:
        if unit.new_code is not None and not re.fullmatch(r"[0-9]{6}[123]", unit.new_code):
            raise NoSuchCode(unit.new_code)
    if change.kind not in ONE_THAT_GOES_ON:
        return
    [unit] = change.sources
    known = unit.municipality
    if known is None or change.status is not ChangeStatus.DRAFT:
        return
    same_name = unit.new_name in (None, "", known.name)
    same_code = unit.new_code in (None, "", known.code)
    if same_name and same_code and known.valid_to is None:
        raise NothingChanges("new_name" if change.kind is ChangeKind.RENAME else "new_code")


def _check_alive(change: MunicipalityChange) -> None:
    """Only one that comes back may have ended before."""
    for unit in change.units:
        known = unit.municipality
        if known is None or change.kind is ChangeKind.CODE:
            continue
        if known.valid_to is not None and not _circle_of(change, [known.id]):
            raise HasEnded(known.name, known.valid_to)


def _check_circles(change: MunicipalityChange) -> None:
    sources = {unit.municipality_id: unit for unit in change.sources}
    for unit in change.targets:
        if unit.municipality_id in sources and unit.municipality_id is not None:
            raise IntoItself(unit.name)
    targets = [unit.municipality_id for unit in change.targets if unit.municipality_id]
    met = _circle_of(change, targets)
    if met is not None:
        raise InACircle(db.session.get_one(Municipality, met).name)


def _circle_of(change: MunicipalityChange, targets: Sequence[int]) -> int | None:
    """A target that, through other changes, becomes part of what ends here."""
    ending = {unit.municipality_id for unit in change.ending if unit.municipality_id}
    if not ending:
        return None
    ways = ways_on(ChangeStatus.DRAFT, ChangeStatus.APPLIED, without=change.id)
    return next((target for target in targets if _leads_to(target, ending, ways)), None)


def _leads_to(start: int, ending: Collection[int], ways: Mapping[int, set[int]]) -> bool:
    reached, latest = {start}, {start}
    while latest:
        latest = set().union(*(ways.get(one, set()) for one in latest)) - reached
        reached |= latest
    return bool((reached - {start}) & set(ending))


def _check_order(change: MunicipalityChange) -> None:
    for other in changes_of(change.municipality_ids, ChangeStatus.APPLIED):
        if other.id != change.id and other.effective_on > change.effective_on:
            shared = set(other.municipality_ids) & set(change.municipality_ids)
            raise EarlierThanApplied(_name_of(shared), other.effective_on)


def _name_of(ids: Collection[int]) -> str:
    found: str | None = db.session.scalar(
        select(Municipality.name).where(Municipality.id.in_(ids)).order_by(Municipality.sort_key).limit(1)
    )
    return found or ""
