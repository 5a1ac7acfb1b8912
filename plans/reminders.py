"""Who is reminded of a plan: the animator before and after an answer is due, the leader of what is approved and not public."""

from collections.abc import Iterator

from accounts.models import User
from core import clock
from core.reminders import Reminder, remind
from plans.deadlines import publish_by, review_due_on, working_days_left
from plans.models import PlanVersion
from plans.notices import publish_link, reviewers
from plans.queries import all_awaiting_review, all_to_publish

DAYS_BEFORE = 2
"""Working days: a submission answered by its ninth day is reminded of by nobody."""


def remind_of_reviews() -> str:
    return remind(one for version in all_awaiting_review() for one in _of_review(version))


def _of_review(version: PlanVersion) -> Iterator[Reminder]:
    """Once before the day, and once when it has passed; of a submission that was missed so long, only the second."""
    due_on = review_due_on(version)
    if due_on is None or working_days_left(due_on) > DAYS_BEFORE:
        return
    for person in reviewers(version):
        if clock.today() > due_on:
            yield _reminder(person, "review_overdue", version, due_day=due_on)
        else:
            yield _reminder(person, "review_due", version, due_on=due_on)


def remind_to_publish() -> str:
    return remind(one for version in all_to_publish() for one in _of_publication(version))


def _of_publication(version: PlanVersion) -> Iterator[Reminder]:
    """Once the days are over that a partnership usually takes."""
    today, due_on = clock.today(), publish_by(version)
    if due_on is None or today < due_on:
        return
    publishers = version.leader_ids(today) | version.deputies_who_publish(today)
    leader = version.partnership.leader(today)
    for person in [*([leader] if leader else []), *version.partnership.deputies(today)]:
        if person.id in publishers:
            link = publish_link(version, {person.id})
            yield _reminder(
                person, "publish_reminder", version, approved_on=version.decided_at, publish_link=link
            )


def _reminder(person: User, what: str, version: PlanVersion, **context: object) -> Reminder:
    """The round and the day of the decision keep two submissions and two approvals apart."""
    decided = version.decided_at.isoformat() if version.decided_at else ""
    key = f"plan-{what}:{version.id}:{version.round}:{decided}:{person.id}"
    return Reminder(
        person,
        f"plans/mail/{what}",
        key,
        {"about": version.plan, "plan": version.plan, "version": version, **context},
    )
