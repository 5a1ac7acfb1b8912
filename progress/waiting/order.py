"""What waits on somebody, as one line with one thing to do about it; and what comes before what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core import clock
from core.i18n import _l
from core.labels import LabelledEnum, Tone
from progress.next_steps import Link


class Kind(LabelledEnum):
    """Of two that are equally urgent the earlier one comes first."""

    REVIEW = "review", _l("Plans to answer")
    VISIT = "visit", _l("Dates of visits")
    REQUEST = "request", _l("Requests for advice")
    REPORT = "report", _l("Reports of visits")
    CONFIRMATION = "confirmation", _l("Reports to confirm")
    NEXT_STEP = "next_step", _l("Next steps")
    DISPUTE = "dispute", _l("Disputed reports"), Tone.WARNING
    BUDGET = "budget", _l("Little is left of the hours"), Tone.WARNING
    NO_CONTACT = "no_contact", _l("Long without contact"), Tone.WARNING

    @property
    def rank(self) -> int:
        return list(Kind).index(self)


@dataclass(frozen=True)
class Waiting:
    kind: Kind
    place: str
    """The municipality."""
    place_key: str
    """What it is sorted by."""
    title: str
    """What to do."""
    link: Link
    since: date
    due_on: date | None = None
    text: str = ""
    somebody_waits: bool = True
    """Another person can do nothing before; otherwise it is only as it is."""
    municipality_id: int = 0

    @property
    def days_left(self) -> int | None:
        """In working days; negative once one has passed since."""
        return None if self.due_on is None else clock.working_days_between(clock.today(), self.due_on)

    @property
    def is_due_today(self) -> bool:
        return self.due_on == clock.today()

    @property
    def is_just_over(self) -> bool:
        """The day has passed, and no working day since."""
        return self.is_late(clock.today()) and self.days_left == 0

    def is_late(self, today: date) -> bool:
        return self.due_on is not None and self.due_on < today


def by_urgency(found: Iterable[Waiting], today: date) -> list[Waiting]:
    """Overdue first, the longest over before all; then what is due today; then whoever waits without a day, the longest
    waiting first; then what is due later, day by day; last what is only as it is.
    """
    return sorted(found, key=lambda one: _urgency(one, today))


def _urgency(one: Waiting, today: date) -> tuple[date, bool, date, int, str, str]:
    undated = today if one.somebody_waits else date.max
    day = one.due_on or undated
    since = one.since if one.due_on is None else day
    return day, one.due_on is None, since, one.kind.rank, one.place_key, one.title


def counts_by_kind(found: Iterable[Waiting]) -> dict[Kind, int]:
    """Of those kinds that there are, in their order."""
    counted = dict.fromkeys(Kind, 0)
    for one in found:
        counted[one.kind] += 1
    return {kind: count for kind, count in counted.items() if count}
