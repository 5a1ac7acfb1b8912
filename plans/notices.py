"""Who is told what about a plan. Every mail says what to do next; each is promised once."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import timedelta
from functools import cache
from typing import Any

from accounts.mail_links import mail_links
from accounts.models import User
from accounts.policy import Permission, can
from accounts.queries import office_people
from core import clock, mail
from plans.deadlines import changes_due_on, publish_by, review_due_on
from plans.models import PlanVersion, ReviewComment
from plans.page import places_of
from programme.queries import the_programme

PUBLISH = "plan-publish"
"""What the link in the mails about an approval does: see ``plans/mail_deeds.py``."""
TIME_TO_PUBLISH = timedelta(days=30)


def authors(version: PlanVersion) -> list[User]:
    """The leader and the deputies of today."""
    today = clock.today()
    leader = version.partnership.leader(today)
    return [*([leader] if leader else []), *version.partnership.deputies(today)]


def reviewers(version: PlanVersion) -> list[User]:
    """Whose decision it is today: the animator's, the cover's while there is one, or a former one's with whom it stays."""
    reviewer = version.reviewer(clock.today())
    return [reviewer] if reviewer else []


def tell_submitted(version: PlanVersion, *, actor: User) -> None:
    consented = version.publish_on_approval_at is not None
    _tell(reviewers(version), "submitted", version, actor, due_on=review_due_on(version), consented=consented)


def tell_review_moved(version: PlanVersion, keeper: User) -> None:
    """It came to them after all. Nobody did it: the other one may not decide about it any more."""
    for person in reviewers(version):
        mail.queue(
            person,
            "plans/mail/review_moved",
            dedupe_key=f"plan-review-moved:{version.id}:{version.round}:{person.id}",
            about=version.plan,
            plan=version.plan,
            version=version,
            keeper=keeper,
            due_on=review_due_on(version),
        )


def tell_withdrawn(version: PlanVersion, *, actor: User, keeper: User | None = None) -> None:
    """``keeper``: with whom the review had stayed. It is over for them, and they read the plan no more."""
    _tell(reviewers(version), "withdrawn", version, actor, is_over=False)
    _tell([keeper] if keeper else [], "withdrawn", version, actor, is_over=True)


def tell_returned(version: PlanVersion, remarks: Sequence[ReviewComment], *, actor: User) -> None:
    """With the second return a talk is suggested, and the way to ask for it."""
    talks = version.returns >= the_programme().settings.return_talk_after
    _tell_decision(version, "returned", remarks, actor, due_on=changes_due_on(version), talks=talks)


def tell_office_of_returns(version: PlanVersion, *, actor: User) -> None:
    _tell(office_people(), "returned_often", version, actor)


def tell_approved(
    version: PlanVersion, remarks: Sequence[ReviewComment], *, actor: User, lapsed: bool = False
) -> None:
    """``lapsed``: who had agreed to publication on approval may no longer publish, so that did not happen."""
    goes_on = _who_goes_on(version)
    _tell_decision(
        version, "approved", remarks, actor, lapsed=lapsed, goes_on=goes_on, due_on=publish_by(version),
        publish_link=publish_link(version, goes_on),
    )  # fmt: skip


def _who_goes_on(version: PlanVersion) -> Collection[int]:
    """A general plan is published next, an annual one put in use."""
    if version.plan.is_general:
        return version.leader_ids(clock.today()) | version.deputies_who_publish(clock.today())
    return {person.id for person in authors(version) if can(person, Permission.PLAN_SUBMIT, version)}


def publish_link(version: PlanVersion, publishers: Collection[int]) -> Callable[[User], str]:
    """Asked while a mail is written. Who asks first has the links of all who may publish made, by one statement."""

    @cache
    def links() -> dict[int, str]:
        people = [person for person in authors(version) if person.id in publishers]
        return mail_links(PUBLISH, version, people, valid_for=TIME_TO_PUBLISH)

    return lambda person: links()[person.id]


def tell_approved_and_published(
    version: PlanVersion, remarks: Sequence[ReviewComment], *, actor: User, publisher: User
) -> None:
    """One mail to the authors for both."""
    _tell_decision(version, "approved_and_published", remarks, actor, publisher=publisher)


def tell_published(version: PlanVersion, *, actor: User) -> None:
    _tell([*reviewers(version), *authors(version)], "published", version, actor)


def tell_reopened(version: PlanVersion, reason: str, *, actor: User) -> None:
    _tell([*reviewers(version), *authors(version)], "reopened", version, actor, reason=reason)


def tell_corrected(version: PlanVersion, reason: str, *, actor: User, keeper: User | None = None) -> None:
    """``keeper``: with whom the review of the version before had stayed."""
    people = [*reviewers(version), *authors(version)]
    _tell(people, "corrected", version, actor, reason=reason, is_over=False)
    _tell([keeper] if keeper else [], "corrected", version, actor, reason=reason, is_over=True)


def tell_feedback_wanted(version: PlanVersion, *, actor: User) -> None:
    _tell(reviewers(version), "feedback_wanted", version, actor)


def tell_feedback_given(version: PlanVersion, *, actor: User) -> None:
    _tell(authors(version), "feedback_given", version, actor, feedback=version.feedback)


def _tell_decision(
    version: PlanVersion, what: str, remarks: Sequence[ReviewComment], actor: User, **context: Any
) -> None:
    """The decision and the remarks stand in the mail itself, each remark with its place.

    An animator in whose place the office decided hears of it too; a former one with whom it had stayed reads it no more.
    """
    _tell(
        authors(version), what, version, actor, remarks=remarks, note=version.decision_note,
        where=places_of(version, remarks), **context,
    )  # fmt: skip
    keeper = version.stays_with(clock.today())
    decided = {keeper.id} if keeper else version.reviewer_ids(clock.today())
    others = [] if actor.id in decided else [keeper] if keeper else reviewers(version)
    _tell(others, "decided_for_you", version, actor, note=version.decision_note, is_over=keeper is not None)


def _tell(people: Iterable[User], what: str, version: PlanVersion, actor: User, **context: Any) -> None:
    """One mail to each person but the one who did it. The version's own counter keeps two rounds apart, and its beginning
    a draft that was deleted, whose number was given again until ids were given once.
    """
    begun = version.created_at.isoformat()
    for person in people:
        if person.id == actor.id:
            continue
        mail.queue(
            person,
            f"plans/mail/{what}",
            dedupe_key=f"plan-{what}:{version.id}:{begun}:{version.row_version}:{person.id}",
            reply_to=actor.mail_address,
            about=version.plan,
            plan=version.plan,
            version=version,
            actor=actor,
            **context,
        )
