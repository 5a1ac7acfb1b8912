"""Who is told what about a reassignment or a leave: one mail to each person, with their whole list."""

from collections.abc import Collection
from dataclasses import dataclass, field

from accounts.models import User
from animators.people.models import LeaveSummary
from animators.people.moves import Move, OpenReview, Preview
from animators.people.queries.leaves import meanwhile
from core import mail


@dataclass
class Told:
    """What one person has to do with a reassignment."""

    gives: list[Move] = field(default_factory=list)
    takes: list[Move] = field(default_factory=list)
    covers: list[Move] = field(default_factory=list)
    leads: list[Move] = field(default_factory=list)
    keeps: list[OpenReview] = field(default_factory=list)

    @property
    def plans(self) -> list[tuple[Move, OpenReview]]:
        """Of the municipalities taken over."""
        return [(move, review) for move in self.takes for review in move.reviews]

    @property
    def advice(self) -> list[Move]:
        """Those taken over in which something is agreed on or asked."""
        return [move for move in self.takes if move.visits or move.requests]


def tell_reassigned(found: Preview, kept: Collection[int], *, actor: User) -> None:
    """Who leaves, who takes over, who goes on covering, and the leaders and deputies of each partnership."""
    people: dict[int, tuple[User, Told]] = {}

    def told(person: User) -> Told:
        return people.setdefault(person.id, (person, Told()))[1]

    for move in found.moves:
        told(found.wish.animator).gives.append(move)
        told(move.successor).takes.append(move)
        for cover in move.covers:
            told(cover.animator).covers.append(move)
        if move.partnership is not None:
            day = found.wish.starts_on
            for author in filter(None, (move.leader, *move.partnership.deputies(day))):
                told(author).leads.append(move)
        told(found.wish.animator).keeps.extend(one for one in move.reviews if one.version.id in kept)
    for person, theirs in people.values():
        _tell(person, found, theirs, kept=kept, actor=actor)


def _tell(person: User, found: Preview, theirs: Told, *, kept: Collection[int], actor: User) -> None:
    if person.id == actor.id or not person.is_active:
        return
    mail.queue(
        person,
        "animators/mail/reassigned",
        dedupe_key=f"reassigned:{found.token}:{person.id}",
        reply_to=actor.mail_address,
        wish=found.wish,
        told=theirs,
        kept=kept,
        actor=actor,
    )


MOST_LINES = 8
"""For each municipality in the mail; the page has them all."""


def tell_back(summary: LeaveSummary) -> None:
    """What happened while they were away, in the mail itself."""
    mail.queue(
        summary.animator,
        "animators/mail/back",
        dedupe_key=f"leave-summary:{summary.id}",
        summary=summary,
        found=meanwhile(summary, reader=summary.animator),
        most=MOST_LINES,
    )
