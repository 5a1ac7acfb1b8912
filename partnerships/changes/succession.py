"""Which partnership goes on when municipalities end, where, under whom: what a person has decided, and may decide."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from accounts.models import User
from core import clock
from core.database import db
from core.i18n import _
from municipalities.followers import Question
from municipalities.models import MunicipalityChange, MunicipalityChangeUnit
from municipalities.workflow import ChangeKind
from partnerships.models import Partnership
from partnerships.queries import with_people, with_place
from partnerships.workflow import PartnershipStatus

SUCCESSOR, LEADER = "successor", "leader"
CLOSE, NOBODY = "close", "nobody"


@dataclass(frozen=True)
class Course:
    """What becomes of the partnerships of municipalities that end."""

    successor: Partnership | None = None
    moves_to: MunicipalityChangeUnit | None = None
    """Where the successor goes; None: it stays where it is."""
    merged: Sequence[Partnership] = ()
    closed: Sequence[Partnership] = ()

    @property
    def everyone(self) -> list[Partnership]:
        own = [self.successor] if self.successor else []
        return [*own, *self.merged, *self.closed]

    @property
    def municipality_id(self) -> int | None:
        """Of the municipality in which it goes on; None: one that is still to begin, or it does not."""
        if self.moves_to is not None:
            return self.moves_to.municipality_id
        return self.successor.municipality_id if self.successor else None

    def changes_leader(self, leader: User | None) -> bool:
        """Somebody else is to lead the successor. None: whoever leads it stays, or nobody does."""
        own = self.successor.leader(clock.today()) if self.successor else None
        return leader is not None and leader != own


@dataclass(frozen=True)
class Standing:
    """The open partnerships on both sides of a change, before it."""

    ending: Sequence[Partnership]
    at_targets: Sequence[Partnership]


def standing(change: MunicipalityChange) -> Standing:
    ending = {unit.municipality_id for unit in change.ending if unit.municipality_id}
    targets = {unit.municipality_id for unit in change.targets if unit.municipality_id}
    found = open_partnerships_at(ending | targets) if ending else []
    return Standing(
        [one for one in found if one.municipality_id in ending],
        [one for one in found if one.municipality_id in targets],
    )


def open_partnerships_at(municipality_ids: Iterable[int]) -> Sequence[Partnership]:
    found = (
        select(Partnership)
        .where(
            Partnership.municipality_id.in_(list(municipality_ids)),
            Partnership.status != PartnershipStatus.CLOSED,
        )
        .options(*with_place(), *with_people(), selectinload(Partnership.members))
        .order_by(Partnership.id)
    )
    return db.session.scalars(found).unique().all()


def course(change: MunicipalityChange, where: Standing) -> Course:
    """As decided; before anybody has, as it is offered first."""
    question = successor_question(change, where)
    if question is None:
        return Course()
    return _course(change, where, question.answer(change.decisions) or question.default)


def _course(change: MunicipalityChange, where: Standing, answer: str) -> Course:
    word, _colon, id_ = answer.partition(":")
    if word == "move":
        [partnership] = where.ending
        unit = next(unit for unit in change.targets if unit.id == int(id_))
        return Course(successor=partnership, moves_to=unit)
    if word != "partnership":
        return Course(closed=where.ending)
    everyone = [*where.ending, *where.at_targets] if change.kind is ChangeKind.MERGE else where.ending
    known = [*where.ending, *where.at_targets]
    successor = next(one for one in known if one.id == int(id_))
    moves_to = change.targets[0] if successor in where.ending else None
    return Course(successor, moves_to, [one for one in everyone if one is not successor])


# --- What is asked ---------------------------------------------------------------------------------------------


def questions(change: MunicipalityChange) -> list[Question]:
    where = standing(change)
    asked = [successor_question(change, where), _leader_question(course(change, where))]
    return [question for question in asked if question is not None]


def successor_question(change: MunicipalityChange, where: Standing) -> Question | None:
    """None: no municipality that ends has a partnership."""
    if not where.ending:
        return None
    merging = change.kind is ChangeKind.MERGE
    label = _("Which partnership goes on?") if merging else _("What becomes of the partnership?")
    choices = _merger(where) if merging else _elsewhere(change, where)
    return Question(SUCCESSOR, label, choices, default=choices[0][0])


def _merger(where: Standing) -> list[tuple[str, str]]:
    """That of the municipality that goes on comes first."""
    return [
        (f"partnership:{one.id}", f"{one.name}, {one.municipality.name}")
        for one in [*where.at_targets, *where.ending]
    ]


def _elsewhere(change: MunicipalityChange, where: Standing) -> list[tuple[str, str]]:
    taken = {one.municipality_id for one in where.at_targets}
    merges = [
        (
            f"partnership:{one.id}",
            str(_("It merges into %(name)s, %(place)s", name=one.name, place=one.municipality.name)),
        )
        for one in where.at_targets
    ]
    moves = [
        (f"move:{unit.id}", str(_("It goes on in %(place)s", place=unit.name)))
        for unit in change.targets
        if unit.municipality_id not in taken or unit.begins
    ]
    return [*merges, *moves, (CLOSE, str(_("It is closed, and nobody takes its place")))]


def _leader_question(decided: Course) -> Question | None:
    """Where one alone goes on, its leader does too."""
    if decided.successor is None or not decided.merged:
        return None
    today = clock.today()
    known: dict[int, tuple[User, Partnership]] = {}
    for partnership in [decided.successor, *decided.merged]:
        leader = partnership.leader(today)
        if leader is not None and leader.is_active:
            known.setdefault(leader.id, (leader, partnership))
    choices = [
        (str(id_), str(_("%(name)s, who leads %(partnership)s", name=leader.name, partnership=one.name)))
        for id_, (leader, one) in known.items()
    ] or [(NOBODY, str(_("Nobody yet: none of them has a leader")))]
    return Question(LEADER, _("Who leads the partnership that goes on?"), choices, default=choices[0][0])


def where_it_goes_on(change: MunicipalityChange) -> MunicipalityChangeUnit | None:
    """Where that goes on which hangs on a municipality that ends: with its partnership, or with the only one that has its land.

    None: several have the land, and no partnership goes on in any of them.
    """
    question = successor_question(change, standing(change))
    decided = str(change.decisions.get(SUCCESSOR, ""))  # once it is applied, nothing is asked any more
    answer = (question.answer(change.decisions) or question.default) if question else decided
    word, _colon, id_ = answer.partition(":")
    named = None
    if word == "move":
        named = next((unit for unit in change.targets if unit.id == int(id_)), None)
    elif word == "partnership":
        heir = db.session.get(Partnership, int(id_))
        place = heir.municipality_id if heir else None
        named = next((unit for unit in change.targets if place and unit.municipality_id == place), None)
    return named or (change.targets[0] if len(change.targets) == 1 else None)


def named_leader(change: MunicipalityChange, decided: Course) -> User | None:
    """Who leads the successor; None where that is not asked, or nobody can be named."""
    question = _leader_question(decided)
    answer = question.answer(change.decisions) if question else None
    return None if answer in (None, NOBODY) else db.session.get(User, int(answer or 0))
