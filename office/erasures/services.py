"""From somebody's wish to be erased to a record that names nobody: what they did stays counted, who they were does not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select, update

from accounts.addresses import sign_in_name
from accounts.models import RoleGrant, User
from accounts.queries import person_by_email
from core import audit, clock
from core.audit import AuditEvent
from core.database import db
from core.i18n import _
from office.erasures.errors import (
    AskedAlready,
    NobodyFound,
    NotOneself,
    NotOpen,
    StillAtWork,
    WordsToSettle,
)
from office.erasures.events import ErasureEvent
from office.erasures.forgetting import Subject, empty_history, forget, going
from office.erasures.ledger import entry_of, keep_after_commit
from office.erasures.models import ErasurePlace, ErasureRequest, ErasureStatus, PlaceDecision
from office.erasures.places import Place, decisions_of, places_of, replace_words
from office.erasures.traces import Marks, traces
from partnerships.models import AnimatorAssignment, LeaderTerm

WORDS = "words"
"""Among the outcome: texts in which the surname alone was replaced."""


def enter(address: str, *, received_on: date, reason: str, actor: User) -> ErasureRequest:
    """For a person with an account, found by their e-mail, or for a guest by theirs."""
    address = sign_in_name(address)
    person = person_by_email(address)
    if person is not None and person.erased_at is not None:
        raise NobodyFound
    if person is None and not traces(Marks({address: ""})):
        raise NobodyFound
    if person is not None:  # whoever enters it at the same moment waits
        db.session.execute(select(User.id).where(User.id == person.id).with_for_update(key_share=True))
    same = ErasureRequest.user_id == person.id if person else ErasureRequest.address == address
    if db.session.scalar(select(ErasureRequest.id).where(same, ErasureRequest.status == ErasureStatus.OPEN)):
        raise AskedAlready
    request = ErasureRequest(
        user=person, address=None if person else address, received_on=received_on, reason=reason,
        status=ErasureStatus.OPEN, entered_by_id=actor.id,
    )  # fmt: skip
    db.session.add(request)
    db.session.flush()
    audit.record(ErasureEvent.ENTERED, request, actor=actor, personal={"note": reason})
    return request


def refuse(request: ErasureRequest, *, reason: str, actor: User) -> None:
    _hold_open(request)
    _close(request, ErasureStatus.REFUSED, actor)
    audit.record(ErasureEvent.REFUSED, request, actor=actor, personal={"note": reason})


# --- Before it is done -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Preview:
    first: Sequence[str]
    """What has to be done first."""
    named_in: dict[str, int]
    """Table -> rows that will name nobody."""
    has_namesake: bool
    places: Sequence[Place]
    """Where the surname alone may stand."""

    @property
    def left(self) -> int:
        """How many of them nobody has settled."""
        return sum(place.decision is None for place in self.places)

    @property
    def may_be_erased(self) -> bool:
        return not self.first and not self.left


def preview(request: ErasureRequest) -> Preview:
    person = request.user
    subject = Subject.of(request)
    marks = subject.marks
    places = places_of(request, subject.named, marks, going(subject))
    return Preview(what_is_first(person) if person else (), traces(marks), subject.has_namesake, places)


def what_is_first(person: User) -> list[str]:
    today = clock.today()
    said = []
    leads = select(LeaderTerm.id).where(
        LeaderTerm.user_id == person.id, or_(LeaderTerm.ends_on.is_(None), LeaderTerm.ends_on >= today)
    )
    if db.session.scalar(leads.limit(1)):
        said.append(_("They lead or deputise in a partnership. Hand it over or end the term first."))
    advises = select(AnimatorAssignment.id).where(
        AnimatorAssignment.animator_id == person.id,
        or_(AnimatorAssignment.ends_on.is_(None), AnimatorAssignment.ends_on >= today),
    )
    if db.session.scalar(advises.limit(1)):
        said.append(_("They advise a municipality. Give it to another animator first."))
    roles = select(RoleGrant.id).where(
        RoleGrant.user_id == person.id, or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today)
    )
    if db.session.scalar(roles.limit(1)):
        said.append(_("They hold a role for the whole programme. End it first."))
    return said


def settle(
    request: ErasureRequest, chosen: Mapping[tuple[str, str, int], PlaceDecision], *, actor: User
) -> int:
    """What becomes of each text where the surname alone may stand. Returns how many are left to settle."""
    _hold_open(request)
    subject = Subject.of(request)
    places = {one.where: one for one in places_of(request, subject.named, subject.marks, going(subject))}
    known = {one.where: one for one in decisions_of(request)}
    settled = places.keys() & chosen.keys()
    for where in settled:
        if where in known:
            known[where].decision = chosen[where]
        else:
            db.session.add(_settled(request, where, chosen[where]))
    db.session.flush()
    audit.record(ErasureEvent.SETTLED, request, actor=actor, records=len(settled))
    return sum(where not in known and where not in settled for where in places)


def _settled(request: ErasureRequest, where: tuple[str, str, int], decision: PlaceDecision) -> ErasurePlace:
    table, field, record_id = where
    return ErasurePlace(
        request_id=request.id, table=table, field=field, record_id=record_id, decision=decision
    )


# --- Doing it --------------------------------------------------------------------------------------------


def erase(request: ErasureRequest, *, actor: User) -> None:
    """All of it in one transaction, and never for somebody who still has work in their hands."""
    _hold_open(request)
    person = request.user
    if person is not None:
        db.session.execute(select(User.id).where(User.id == person.id).with_for_update())
        db.session.refresh(person)
        if person.id == actor.id:
            raise NotOneself
        first = what_is_first(person)
        if first:
            raise StillAtWork(first)
    subject = Subject.of(request)
    named, entry = subject.named, entry_of(subject, request)
    if any(place.decision is None for place in places_of(request, named, subject.marks, going(subject))):
        raise WordsToSettle
    done = forget(subject)
    replaced = [replace_words(where, named, subject.neutral) for where in entry.words]
    request.outcome = {**done, WORDS: sum(replaced)}
    forget_requests(subject)
    _close(request, ErasureStatus.DONE, actor)
    keep_after_commit(entry)
    audit.record(ErasureEvent.DONE, request, actor=actor, records=sum(request.outcome.values()))


def requests_of(subject: Subject) -> ColumnElement[bool]:
    if subject.person is not None:
        return ErasureRequest.user_id == subject.person.id
    return ErasureRequest.address == subject.address


def forget_requests(subject: Subject) -> None:
    """What was written on each of theirs, one that was refused once as well."""
    ids = db.session.scalars(select(ErasureRequest.id).where(requests_of(subject))).all()
    emptied = update(ErasureRequest).where(ErasureRequest.id.in_(ids)).values(address=None, reason=None)
    db.session.execute(emptied)
    empty_history(AuditEvent.record_kind == "erasure_request", AuditEvent.record_id.in_(ids))


def _hold_open(request: ErasureRequest) -> None:
    db.session.execute(select(ErasureRequest.id).where(ErasureRequest.id == request.id).with_for_update())
    db.session.refresh(request)
    if request.status is not ErasureStatus.OPEN:
        raise NotOpen


def _close(request: ErasureRequest, status: ErasureStatus, actor: User) -> None:
    request.status, request.closed_at, request.closed_by_id = status, clock.now(), actor.id
    db.session.flush()
