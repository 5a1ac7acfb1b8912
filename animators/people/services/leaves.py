"""Whoever comes back from a leave gets one mail about what happened meanwhile, and a page with the same."""

from collections.abc import Sequence
from itertools import groupby

from sqlalchemy.exc import IntegrityError

from accounts.models import User
from animators.events import AnimatorEvent
from animators.people import notices
from animators.people.models import LeaveSummary, SummarisedCover
from animators.people.queries.leaves import EndedCover, covers_to_tell
from core import audit
from core.database import db


def summarise_leaves() -> int:
    """Each cover once, whoever runs this and however often: the database takes a cover into one summary only."""
    made = 0
    for returning, ended in _leaves():
        try:
            with db.session.begin_nested():
                summarise(returning, ended)
        except IntegrityError:  # somebody else was quicker
            continue
        db.session.commit()
        made += 1
    return made


def summarise_ended() -> None:
    """The same within somebody else's transaction."""
    for returning, ended in _leaves():
        summarise(returning, ended)


def _leaves() -> list[tuple[User, list[EndedCover]]]:
    """All covers of one person together."""
    grouped = [list(ended) for _id, ended in groupby(covers_to_tell(), key=lambda one: one.returning.id)]
    return [(ended[0].returning, ended) for ended in grouped]


def summarise(returning: User, ended: Sequence[EndedCover]) -> LeaveSummary:
    covers = [one.assignment for one in ended]
    summary = LeaveSummary(
        animator=returning,
        starts_on=min(one.starts_on for one in covers),
        ends_on=max(one.ends_on or one.starts_on for one in covers),
        covers=[SummarisedCover(assignment_id=one.id) for one in covers],
    )
    db.session.add(summary)
    db.session.flush()
    audit.record(
        AnimatorEvent.LEAVE_SUMMARISED,
        summary,
        actor=None,
        user_id=returning.id,
        covers=[one.id for one in covers],
    )
    notices.tell_back(summary)
    return summary
