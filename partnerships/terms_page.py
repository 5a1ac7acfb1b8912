"""The people of a partnership in time: who leads it, helps and advises now, who will, and who did."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from core import clock
from core.formatting import day
from core.i18n import LazyString, _, _l
from partnerships.models import AnimatorAssignment, LeaderTerm, Partnership, TermKind


@dataclass(frozen=True)
class Period:
    """A term or an assignment as a line; without a name it is a time in which nobody led."""

    first: date
    last: date | None
    label: LazyString
    name: str = ""
    more: str = ""
    term: LeaderTerm | None = None
    record: tuple[str, int] | None = None
    """Whose history there is: kind and id."""
    is_gap: bool = False

    @property
    def days(self) -> str:
        if self.last is None:
            return _("since %(day)s", day=day(self.first))
        return f"{day(self.first)} – {day(self.last)}"

    @property
    def days_to_come(self) -> str:
        return _("from %(day)s", day=day(self.first)) if self.last is None else self.days


@dataclass(frozen=True)
class Terms:
    now: list[Period]
    to_come: list[Period]
    past: list[Period]


def terms_of(partnership: Partnership) -> Terms:
    """Present ones by rank, those to come by their first day, past ones by their last, the latest first."""
    today = clock.today()
    found = [*_leading(partnership), *_advising(partnership)]
    periods = [*_gaps(partnership, today), *found]
    now = [one for one in periods if one.first <= today and (one.last is None or one.last >= today)]
    to_come = [one for one in periods if one.first > today]
    past = [one for one in periods if one.last is not None and one.last < today]
    return Terms(
        now,
        sorted(to_come, key=lambda one: one.first),
        sorted(past, key=lambda one: (one.last or today, one.first), reverse=True),
    )


def _leading(partnership: Partnership) -> list[Period]:
    """The leader before the deputies."""
    in_order = sorted(partnership.terms, key=lambda term: (term.kind is not TermKind.LEADER, term.starts_on))
    return [
        Period(
            term.starts_on,
            term.ends_on,
            term.kind.label,
            term.user.name,
            _about(term),
            term,
            ("leader_term", term.id),
        )
        for term in in_order
    ]


def _about(term: LeaderTerm) -> str:
    words = [term.rights if term.kind is TermKind.DEPUTY else "", term.end_reason or ""]
    return "; ".join(word for word in words if word)


def _advising(partnership: Partnership) -> list[Period]:
    return [_as_period(one) for one in partnership.assignments]


def _as_period(one: AnimatorAssignment) -> Period:
    return Period(
        one.starts_on,
        one.ends_on,
        one.kind.label,
        one.animator.name,
        one.reason or "",
        record=("animator_assignment", one.id),
    )


NOBODY_LED, NOBODY_LEADS = _l("Nobody led the partnership"), _l("Nobody leads the partnership")


def _gaps(partnership: Partnership, today: date) -> Iterable[Period]:
    """Between two leaders, and after the last one."""
    led = sorted(
        (term for term in partnership.terms if term.kind is TermKind.LEADER), key=lambda term: term.starts_on
    )
    for before, after in pairwise(led):
        first = (before.ends_on or after.starts_on) + timedelta(days=1)
        if first < after.starts_on and first <= today:
            yield Period(first, after.starts_on - timedelta(days=1), NOBODY_LED, is_gap=True)
    if led and led[-1].ends_on is not None and led[-1].ends_on < today and partnership.is_open:
        yield Period(led[-1].ends_on + timedelta(days=1), None, NOBODY_LEADS, is_gap=True)
