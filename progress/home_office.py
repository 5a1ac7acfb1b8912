"""The home of the programme office: what is stuck, by reason, the longest waiting named with what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass

from animators.consultations.queries import count_disputes
from animators.hours.queries import count_pending
from core import clock
from core.i18n import _, _l, ngettext
from core.jobs.states import is_missed
from core.labels import LabelledEnum, Tone
from progress import queries
from progress.next_steps import Link, since_words
from progress.queries import Reason, StuckRow
from progress.stages import Stage

SHOWN_OF_EACH = 5


class ReasonWords(LabelledEnum):
    """Why partnerships do not go on by themselves, the first thing to be mended first."""

    NO_LEADER = Reason.NO_LEADER.value, _l("Nobody leads the partnership"), Tone.DANGER
    LEADER_INACTIVE = Reason.LEADER_INACTIVE.value, _l("The leader's account is inactive"), Tone.DANGER
    NO_ANIMATOR = Reason.NO_ANIMATOR.value, _l("Nobody can review the plan"), Tone.DANGER
    REVIEW_LATE = Reason.REVIEW_LATE.value, _l("The review is late"), Tone.WARNING
    UNPUBLISHED = Reason.UNPUBLISHED.value, _l("Approved and still not public"), Tone.WARNING
    SILENT = Reason.SILENT.value, _l("Returned, and no new version since"), Tone.WARNING


@dataclass(frozen=True)
class Stuck:
    row: StuckRow
    link: Link
    since_words: str


@dataclass(frozen=True)
class StuckGroup:
    reason: ReasonWords
    count: int
    shown: list[Stuck]
    """The longest waiting first."""

    @property
    def longest(self) -> Stuck | None:
        return self.shown[0] if self.shown else None


@dataclass(frozen=True)
class Decision:
    """Something that nobody but the office decides, and where."""

    text: str
    endpoint: str


@dataclass(frozen=True)
class Overview:
    counts: dict[Stage, int]
    groups: list[StuckGroup]
    decisions: list[Decision]
    """About advice: what is disputed, and what went over a pot."""
    jobs_stand_still: bool
    """Reminders and mail do not go out: the process that sees to them has gone."""

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def stuck_total(self) -> int:
        return sum(group.count for group in self.groups)

    @property
    def longest(self) -> StuckGroup | None:
        """The group whose first partnership has waited longest of all."""
        found = [group for group in self.groups if group.longest]
        return min(found, key=lambda group: group.shown[0].row.since, default=None)


def overview() -> Overview:
    rows = queries.stuck_partnerships(of_each=SHOWN_OF_EACH)
    return Overview(
        queries.stage_counts(), [_group(reason, rows) for reason in Reason], list(_decisions()), is_missed()
    )


def _decisions() -> Iterator[Decision]:
    if disputed := count_disputes():
        text = ngettext(
            "1 disputed report of a visit or call", "%(num)d disputed reports of visits or calls", disputed
        )
        yield Decision(text, "consultations.disputes")
    if over := count_pending():
        text = ngettext(
            "1 consultation over its pot of hours", "%(num)d consultations over their pots of hours", over
        )
        yield Decision(text, "hours.exceptions")


def _group(reason: Reason, rows: list[StuckRow]) -> StuckGroup:
    shown = [_stuck(row) for row in rows if row.reason is reason]
    return StuckGroup(ReasonWords(reason.value), shown[0].row.total if shown else 0, shown)


def _stuck(row: StuckRow) -> Stuck:
    since = clock.local(row.since).date()
    return Stuck(row, _link(row), since_words(since, clock.working_days_between(since, clock.today())))


def _link(row: StuckRow) -> Link:
    partnership = {"partnership_id": row.partnership_id}
    if row.reason is Reason.NO_LEADER:
        return Link(_("Appoint a leader"), "partnerships.appoint_leader", partnership)
    if row.reason is Reason.LEADER_INACTIVE:
        return Link(_("See who leads it"), "partnerships.terms", partnership)
    if row.reason is Reason.NO_ANIMATOR:
        return Link(_("Assign an animator"), "partnerships.assign_animator", partnership)
    if row.reason is Reason.REVIEW_LATE:
        return Link(_("Ask the animator"), "progress.partnership", {**partnership, "_anchor": "people"})
    return Link(_("Ask the leader"), "progress.partnership", {**partnership, "_anchor": "people"})
