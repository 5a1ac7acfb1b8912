"""What moves when an animator's municipalities go over to others: worked out in full before anything changes."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import User
from accounts.roles import Role
from core import clock
from core.formatting import day as day_text
from core.i18n import _
from municipalities.models import Municipality
from partnerships.handovers.models import LeaderHandover
from partnerships.models import AnimatorAssignment, AssignmentKind, Partnership
from plans.deadlines import publish_by, review_due_on, working_days_left
from plans.models import PlanVersion
from plans.workflow import AWAITING_REVIEW


@dataclass(frozen=True)
class Reassignment:
    """What the office wants: from that day each of these municipalities has somebody else."""

    animator: User
    starts_on: date
    successors: Mapping[int, User]
    """By the id of the municipality."""
    reason: str = ""


@dataclass(frozen=True)
class OpenReview:
    """A plan that waits for a decision, or was approved and is not public yet."""

    version: PlanVersion
    may_stay: bool
    """The animator who leaves could still decide about it."""
    stays_with: User | None
    """Whoever decides about it before and after, as a cover or a former animator does; None: it moves."""

    @property
    def is_decided(self) -> bool:
        return self.version.status not in AWAITING_REVIEW

    @property
    def due_on(self) -> date | None:
        return publish_by(self.version) if self.is_decided else review_due_on(self.version)

    @property
    def days_left(self) -> int:
        return working_days_left(self.due_on) if self.due_on else 0


@dataclass(frozen=True)
class Span:
    """Days that go over from one assignment to the successor's own."""

    of: AnimatorAssignment
    first: date
    last: date | None
    is_pointless: bool
    """A cover that the successor would hold for themselves: it ends, and they decide as the animator."""

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def shares_days_with(self, other: AnimatorAssignment) -> bool:
        return self.first <= (other.ends_on or date.max) and other.starts_on <= (self.last or date.max)

    def duty(self, since: date) -> str:
        """As what and on which days: nothing for the animator from that day on."""
        as_what = [_("as a cover")] if self.of.kind is AssignmentKind.COVER else []
        return " ".join([*as_what, *self._days(since)])

    def _days(self, since: date) -> Iterator[str]:
        if self.last is not None:
            yield _("from %(first)s until %(last)s", first=day_text(self.first), last=day_text(self.last))
        elif self.first != since:
            yield _("from %(day)s", day=day_text(self.first))

    @property
    def leaves_nothing(self) -> bool:
        """It had not begun: nothing of it is left."""
        return self.of.starts_on >= self.first


@dataclass(frozen=True)
class Around:
    """What is under way in a municipality and its partnership beside who is assigned."""

    versions: Sequence[PlanVersion]
    handover: LeaderHandover | None
    visits: Sequence[datetime]
    requests: int


@dataclass(frozen=True)
class Move:
    """What happens in one municipality."""

    municipality: Municipality
    partnership: Partnership | None
    successor: User
    spans: Sequence[Span]
    released: Sequence[Span]
    """Covers of the successor here: who becomes the animator covers no longer."""
    others: Sequence[AnimatorAssignment]
    """Everybody else assigned here from that day on."""
    reviews: Sequence[OpenReview]
    handover: LeaderHandover | None
    leader: User | None
    visits: Sequence[datetime]
    """Agreed on, from that day on: they go over as they stand."""
    requests: int
    """For advice, that nobody has answered."""

    @property
    def covers(self) -> list[AnimatorAssignment]:
        """Who goes on covering, for somebody else from then on."""
        released = {span.of.id for span in self.released}
        mains = [span for span in self.spans if span.of.kind is AssignmentKind.MAIN]
        return [
            one
            for one in self.others
            if one.kind is AssignmentKind.COVER
            and one.id not in released
            and any(main.shares_days_with(one) for main in mains)
        ]

    def duties(self, since: date) -> str:
        """As what and on which days the successor advises, where that is not simply from that day on."""
        said = (span.duty(since) for span in self.spans if not span.is_pointless)
        return ", ".join(filter(None, said))

    @property
    def is_own(self) -> bool:
        """Nobody decides about a partnership that they lead or help to."""
        if self.partnership is None:
            return False
        return any(
            self.partnership.is_led_by(self.successor, span.first, span.last)
            for span in self.spans
            if not span.is_pointless
        )


@dataclass(frozen=True)
class Preview:
    wish: Reassignment
    moves: Sequence[Move]

    @property
    def reviews(self) -> Iterator[OpenReview]:
        for move in self.moves:
            yield from move.reviews

    @property
    def choices(self) -> list[OpenReview]:
        """Where the office says whether it stays or moves."""
        return [one for one in self.reviews if one.may_stay]

    @property
    def handovers(self) -> int:
        return sum(move.handover is not None for move in self.moves)

    @property
    def covers(self) -> int:
        return sum(len(move.covers) for move in self.moves)

    def to(self, successor: User) -> list[Move]:
        return [move for move in self.moves if move.successor.id == successor.id]

    @property
    def successors(self) -> list[User]:
        return list({move.successor.id: move.successor for move in self.moves}.values())

    @property
    def token(self) -> str:
        """Of all that is shown: whoever applies it has seen exactly this."""
        seen = [self.wish.animator.id, str(self.wish.starts_on), [_seen(move) for move in self.moves]]
        return hashlib.sha256(json.dumps(seen).encode()).hexdigest()


def _seen(move: Move) -> list[object]:
    assignments = [*(span.of for span in move.spans), *move.others]
    return [
        move.municipality.id,
        move.successor.id,
        [[one.id, one.animator_id, one.kind, str(one.starts_on), str(one.ends_on)] for one in assignments],
        [
            [one.version.id, one.version.status, one.version.kept_with_id, one.may_stay]
            for one in move.reviews
        ],
        [move.handover.id, move.handover.status] if move.handover else None,
        move.leader.id if move.leader else None,
        [[str(one) for one in move.visits], move.requests],
    ]


def move_of(
    wish: Reassignment,
    theirs: Sequence[AnimatorAssignment],
    others: Sequence[AnimatorAssignment],
    partnership: Partnership | None,
    *,
    around: Around,
) -> Move:
    """From records that are loaded already; asks nothing itself."""
    municipality = theirs[0].municipality
    successor = wish.successors[municipality.id]
    spans = [
        _span(one, wish.starts_on, _advises_then(one, successor, others, wish.starts_on)) for one in theirs
    ]
    return Move(
        municipality,
        partnership,
        successor,
        spans,
        list(_released(spans, successor, others)),
        others,
        [_review(wish, version) for version in around.versions],
        around.handover,
        partnership.leader(wish.starts_on) if partnership else None,
        [one for one in around.visits if any(span.holds(clock.local(one).date()) for span in spans)],
        around.requests,
    )


def _span(assignment: AnimatorAssignment, starts_on: date, is_pointless: bool) -> Span:
    return Span(assignment, max(starts_on, assignment.starts_on), assignment.ends_on, is_pointless)


def _released(spans: Sequence[Span], successor: User, others: Sequence[AnimatorAssignment]) -> Iterator[Span]:
    """Each from the first day on which the successor would cover for themselves."""
    mains = [span for span in spans if span.of.kind is AssignmentKind.MAIN]
    for one in others:
        if one.kind is AssignmentKind.COVER and one.animator_id == successor.id:
            both = [main.first for main in mains if main.shares_days_with(one)]
            if both:
                yield _span(one, min(both), True)


def _advises_then(
    cover: AnimatorAssignment, successor: User, others: Sequence[AnimatorAssignment], starts_on: date
) -> bool:
    """The successor is the very animator who is covered for."""
    if cover.kind is not AssignmentKind.COVER:
        return False
    first = max(starts_on, cover.starts_on)
    return any(
        one.kind is AssignmentKind.MAIN
        and one.animator_id == successor.id
        and (one.ends_on is None or one.ends_on >= first)
        and (cover.ends_on is None or one.starts_on <= cover.ends_on)
        for one in others
    )


def _review(wish: Reassignment, version: PlanVersion) -> OpenReview:
    leaver, day = wish.animator, wish.starts_on
    reviewer = version.reviewer(day)
    is_theirs = reviewer is not None and reviewer.id == leaver.id
    own = leaver.id in version.leader_ids(day) | version.deputy_ids(day)
    is_open = version.status in AWAITING_REVIEW
    may_stay = is_open and is_theirs and not own and leaver.is_active and leaver.holds(Role.ANIMATOR, day)
    return OpenReview(version, may_stay, None if is_theirs or not is_open else reviewer)
