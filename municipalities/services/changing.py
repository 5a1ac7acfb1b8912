"""The verbs on changes of municipalities: enter, decide, apply, undo."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError

from accounts.models import User
from core import audit, clock
from core.database import db, refusing
from core.errors import DomainError
from core.formatting import day
from core.i18n import _
from core.workflow import NotNow
from municipalities import followers
from municipalities.change_errors import NewerExists, NoChoice, NotYet, TooLateToUndo, Undecided
from municipalities.change_queries import begun_with, changes_of, drafts, units_undone
from municipalities.errors import ChangedMeanwhile
from municipalities.events import ChangeEvent
from municipalities.followers import Question
from municipalities.journal import Journal, as_before, changed_since, refers_to_added, undo
from municipalities.models import (
    GONE,
    ChangeSide,
    Municipality,
    MunicipalityChange,
    MunicipalityChangeUnit,
    MunicipalityCode,
    RegisterImport,
)
from municipalities.services.change_rules import check
from municipalities.services.territory import change_register, holder_of
from municipalities.workflow import CHANGE_WORKFLOW, ChangeAction, ChangeKind, ChangeStatus
from programme.queries import the_programme


@dataclass(frozen=True)
class Part:
    """A municipality on one side of a change: a known one, or code and name of one that begins."""

    municipality: Municipality | None = None
    new_code: str | None = None
    new_name: str | None = None
    goes_on: bool = False

    def unit(self, side: ChangeSide) -> MunicipalityChangeUnit:
        return MunicipalityChangeUnit(
            side=side,
            municipality=self.municipality,
            municipality_id=self.municipality.id if self.municipality else None,
            begins=self.municipality is None,
            goes_on=self.goes_on,
            new_code=self.new_code or None,
            new_name=self.new_name or None,
        )


def draft_change(
    kind: ChangeKind,
    *,
    effective_on: date,
    legal_basis: str | None,
    sources: Sequence[Part],
    targets: Sequence[Part] = (),
    proposed_by: RegisterImport | None = None,
    decisions: Mapping[str, str | None] | None = None,
    actor: User | None,
) -> MunicipalityChange:
    """Enter a change. Nothing in the register moves; its day may lie ahead."""
    change = MunicipalityChange(
        kind=kind,
        status=ChangeStatus.DRAFT,
        effective_on=effective_on,
        legal_basis=legal_basis or None,
        proposed_by=proposed_by,
        decisions=dict(decisions or {}),
        units=_units(sources, targets),
    )
    if proposed_by is None:
        check(change)
    db.session.add(change)
    event = ChangeEvent.PROPOSED if proposed_by else ChangeEvent.DRAFTED
    audit.record(event, change, actor=actor, after=_as_entered(change))
    return change


def edit_draft(
    change: MunicipalityChange,
    *,
    effective_on: date,
    legal_basis: str | None,
    sources: Sequence[Part],
    targets: Sequence[Part] = (),
    actor: User,
) -> None:
    """Enter it anew. What was decided about those it touches is asked again where it no longer fits."""
    hold(change)
    CHANGE_WORKFLOW.after(ChangeAction.EDIT, change.status)
    before = _as_entered(change)
    change.effective_on, change.legal_basis = effective_on, legal_basis or None
    change.units = _units(sources, targets)
    check(change)
    audit.record(ChangeEvent.EDITED, change, actor=actor, before=before, after=_as_entered(change))


def _units(sources: Sequence[Part], targets: Sequence[Part]) -> list[MunicipalityChangeUnit]:
    units = [part.unit(ChangeSide.SOURCE) for part in sources]
    return units + [part.unit(ChangeSide.TARGET) for part in targets]


def _as_entered(change: MunicipalityChange) -> dict[str, object]:
    """For the history: names of municipalities are no personal data."""
    return {
        "kind": str(change.kind),
        "effective_on": change.effective_on.isoformat(),
        "legal_basis": change.legal_basis,
        "sources": [_code_and_name(unit) for unit in change.sources],
        "targets": [_code_and_name(unit) for unit in change.targets],
        "new_name": [unit.new_name for unit in change.sources if unit.new_name],
        "new_code": [unit.new_code for unit in change.sources if unit.new_code],
    }


def _code_and_name(unit: MunicipalityChangeUnit) -> str:
    """The same in every language."""
    known = unit.municipality
    return f"{known.code} {known.name}" if known else f"{unit.new_code} {unit.new_name}"


def decide(change: MunicipalityChange, answers: Mapping[str, str], *, actor: User | None) -> None:
    """Keep what a person chose for those the change touches; an answer that is no choice refuses all of them."""
    hold(change)
    CHANGE_WORKFLOW.after(ChangeAction.EDIT, change.status)
    asked = {question.key: question for question in followers.questions(change)}
    known = {key: value for key, value in change.decisions.items() if key in asked}
    decided = {**known, **{key: value for key, value in answers.items() if key in asked}}
    if any(value and asked[key].answer(decided) is None for key, value in decided.items()):
        raise NoChoice
    before = dict(change.decisions)
    change.decisions = decided
    if decided.get(followers.SAME) == "no":
        _take_apart(change)
    if before != decided:
        said = [_said(asked[key], before, decided) for key in decided if before.get(key) != decided[key]]
        audit.record(
            ChangeEvent.DECIDED, change, actor=actor, personal={"note": "\n".join(said)}, decisions=decided
        )


def _said(question: Question, before: Mapping[str, str | None], after: Mapping[str, str | None]) -> str:
    """In words, as the answers name people: the question, what was chosen before, and what now."""
    words = dict(question.choices)
    chosen = [words[one] for one in (question.answer(before), question.answer(after)) if one is not None]
    return f"{question.label} {' → '.join(chosen)}"


def _take_apart(change: MunicipalityChange) -> None:
    """Not one under a new code: the old one ended, and another of its name began."""
    [unit] = change.sources
    begins = Part(new_code=unit.new_code, new_name=unit.new_name or unit.name)
    unit.new_code = unit.new_name = None
    change.kind, change.decisions = ChangeKind.ABOLISH, {}
    change.units.append(begins.unit(ChangeSide.TARGET))


def discard(change: MunicipalityChange, *, actor: User) -> None:
    """Delete a draft. The history keeps that there was one."""
    hold(change)
    CHANGE_WORKFLOW.after(ChangeAction.DISCARD, change.status)
    audit.record(ChangeEvent.DISCARDED, change, actor=actor, before=_as_entered(change))
    db.session.delete(change)


# --- Apply and undo --------------------------------------------------------------------------------------------


def apply_change(change: MunicipalityChange, *, actor: User | None) -> None:
    """Change the register and everything that hangs on it, at once and as a whole."""
    hold(change)
    target = CHANGE_WORKFLOW.after(ChangeAction.APPLY, change.status)
    if change.effective_on > clock.today():
        raise NotYet(change.effective_on)
    check(change)
    still_open = followers.still_open(change)
    if still_open:
        raise Undecided([question.label for question in still_open])
    journal = Journal()
    with refusing(ChangedMeanwhile, only_taken=True), audit.part_of(change_id=change.id):
        change_register(change, journal)
        for follower in followers.followers():
            follower.apply(change, journal, actor=actor)
        journal.settle()
    change.status, change.journal = target, {"rows": journal.rows}
    change.applied_at, change.applied_by = clock.now(), actor
    audit.record(
        ChangeEvent.APPLIED, change, actor=actor, after=_as_entered(change), decisions=change.decisions,
        municipalities=change.municipality_ids, rows=len(journal.rows),
    )  # fmt: skip


def apply_those_that_touch_nothing(*, actor: User | None) -> list[MunicipalityChange]:
    """Drafts whose day has come and whose municipalities nobody in the programme uses. Refused ones stay drafts.

    One may wait for another, as where a code becomes free: it goes round as long as anything can be applied.
    """
    applied: list[MunicipalityChange] = []
    while latest := [change for change in _untouching() if _applies(change, actor)]:
        applied += latest
    return applied


def _untouching() -> list[MunicipalityChange]:
    today = clock.today()
    due = [change for change in drafts() if change.effective_on <= today]
    return [
        change for change in due if not followers.still_open(change) and followers.touches_nothing(change)
    ]


def _applies(change: MunicipalityChange, actor: User | None) -> bool:
    try:
        with db.session.begin_nested():
            apply_change(change, actor=actor)
    except DomainError:
        return False
    return True


def undo_until(change: MunicipalityChange) -> date:
    """The last day on which it can be undone."""
    days = the_programme().settings.municipality_undo_days
    return clock.local(_applied_at(change)).date() + timedelta(days=days)


def _applied_at(change: MunicipalityChange) -> datetime:
    if change.applied_at is None:
        raise NotNow
    return change.applied_at


def undo_change(change: MunicipalityChange, *, actor: User) -> None:
    """Bring back exactly what was there before, as long as nothing newer was built on it."""
    hold(change)
    target = CHANGE_WORKFLOW.after(ChangeAction.UNDO, change.status)
    if clock.today() > undo_until(change):
        raise TooLateToUndo(undo_until(change))
    for follower in followers.followers():
        follower.wait_before_undoing(change)
    newer = what_is_newer(change)
    if newer is not None:
        raise NewerExists(newer)
    rows = change.journal["rows"]
    _keep_in_words(units_undone(begun_with(change)))
    undo(rows)
    change.status, change.undone_at, change.undone_by_id = target, clock.now(), actor.id
    audit.record(ChangeEvent.UNDONE, change, actor=actor, rows=len(rows))
    with audit.part_of(change_id=change.id):
        for follower in followers.followers():
            follower.undone(change, actor=actor)


def _keep_in_words(units: Iterable[MunicipalityChangeUnit]) -> None:
    """Of changes undone before: how they called a municipality that is about to leave the register."""
    for unit in units:
        if unit.municipality is not None:
            known = {"code": unit.municipality.code, "name": unit.municipality.name}
            gone = {**unit.change.journal.get(GONE, {}), str(unit.id): known}
            unit.change.journal = {**unit.change.journal, GONE: gone}
            unit.municipality = None


def what_is_newer(change: MunicipalityChange) -> str | None:
    """What was built on an applied change since, in a sentence."""
    for other in changes_of(change.municipality_ids, ChangeStatus.APPLIED):
        if other.id != change.id and _came_later(other, change):
            return str(
                _(
                    "A later change of the same municipality was applied: %(kind)s from %(day)s.",
                    kind=other.kind.label,
                    day=day(other.effective_on),
                )
            )
    draft = _draft_about(begun_with(change))
    if draft is not None:
        return draft
    said = (follower.newer_than(change) for follower in followers.followers())
    return next((sentence for sentence in said if sentence), None) or _code_taken(change) or _changed(change)


def _draft_about(begun: Collection[int]) -> str | None:
    """Nothing is built on it yet, but it would be about a municipality that never was."""
    for draft in changes_of(begun, ChangeStatus.DRAFT)[:1]:
        return str(
            _(
                "A draft is about a municipality that began with it: %(kind)s from %(day)s. Discard that draft, and "
                "it can be undone.",
                kind=draft.kind.label,
                day=day(draft.effective_on),
            )
        )
    return None


def _came_later(other: MunicipalityChange, change: MunicipalityChange) -> bool:
    return (_applied_at(other), other.id) > (_applied_at(change), change.id)


def _code_taken(change: MunicipalityChange) -> str | None:
    """A code that it set free, and that a change of others gave away since."""
    for row in as_before(change.journal["rows"], MunicipalityCode.__tablename__):
        holder = holder_of(row["code"]) if row["valid_to"] is None else None
        if holder is not None and holder.id not in change.municipality_ids:
            return str(
                _(
                    "The code %(code)s belongs to %(holder)s by now. Undo the change that gave it away first.",
                    code=row["code"],
                    holder=holder.label,
                )
            )
    return None


def _changed(change: MunicipalityChange) -> str | None:
    """The last net: whatever a row holds that is not as the change left it."""
    rows = change.journal["rows"]
    letting_go = [unit.id for unit in units_undone(begun_with(change))]
    found = changed_since(rows) or refers_to_added(
        rows, but={MunicipalityChangeUnit.__tablename__: letting_go}
    )
    if found is None:
        return None
    return str(_("Records that it touched have been changed or added to since."))


def hold(change: MunicipalityChange) -> None:
    """Wait for whoever else works on this change or its municipalities, and see it as they left it."""
    fresh = ["status", "decisions", "effective_on", "row_version", "applied_at"]
    db.session.flush()
    try:
        db.session.refresh(change, attribute_names=fresh, with_for_update=True)
    except InvalidRequestError as gone:
        raise NotNow from gone
    ids = sorted(change.municipality_ids)
    held = select(Municipality.id).where(Municipality.id.in_(ids)).order_by(Municipality.id)
    db.session.execute(held.with_for_update(key_share=True))
