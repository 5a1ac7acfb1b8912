"""Days by which something about a plan is due: the animator's answers, and publishing what was approved."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from flask import url_for

from accounts.models import User
from core.agenda import Appointment, Group
from core.calendars import Entry
from core.i18n import _, _l
from plans.deadlines import publish_by, review_due_on
from plans.models import PlanVersion
from plans.queries import all_awaiting_review, all_to_publish, plans_awaiting_review, plans_to_publish

REVIEW, PUBLICATION = _l("Review due"), _l("Publish by")


def days_due(person: User, first: date, last: date) -> Iterator[Appointment]:
    yield from _answers_due(plans_awaiting_review(animator=person), first, last)
    yield from _publications_due(plans_to_publish(person), first, last)


def all_days_due(_person: User, first: date, last: date) -> Iterator[Appointment]:
    """Of every plan that the office may open: annual ones are asked for by nobody but their authors."""
    awaited = [one for one in all_awaiting_review() if one.open_to_office]
    approved = [one for one in all_to_publish() if one.open_to_office]
    versions = {_path(one): one for one in (*awaited, *approved)}
    for due in (*_answers_due(awaited, first, last), *_publications_due(approved, first, last)):
        version = versions[due.path]
        reviewer = version.reviewer(due.day)
        yield replace(
            due,
            group=Group.DEADLINE,
            region=version.partnership.municipality.voivodeship.name,
            animators={reviewer.id: reviewer.name} if reviewer else {},
        )


def _answers_due(versions: Iterable[PlanVersion], first: date, last: date) -> Iterator[Appointment]:
    for version in versions:
        due_on = review_due_on(version)
        if due_on and first <= due_on <= last:
            title = _("Answer due: plan of %(place)s", place=_place(version))
            yield Appointment(
                _entry("review", version, due_on, title), REVIEW, _path(version), _place(version)
            )


def _publications_due(versions: Iterable[PlanVersion], first: date, last: date) -> Iterator[Appointment]:
    for version in versions:
        due_on = publish_by(version)
        if due_on and first <= due_on <= last:
            title = _("Publish the plan of %(place)s", place=_place(version))
            yield Appointment(
                _entry("publish", version, due_on, title), PUBLICATION, _path(version), _place(version)
            )


def _entry(what: str, version: PlanVersion, due_on: date, title: str) -> Entry:
    """No mail holds one of these: its number of changes is that of the record."""
    return Entry(
        uid=f"{what}-{version.id}",
        sequence=version.row_version,
        changed_at=version.updated_at,
        title=title,
        begins=due_on,
        text=version.plan.title,
    )


def _place(version: PlanVersion) -> str:
    return version.plan.partnership.municipality.name


def _path(version: PlanVersion) -> str:
    return url_for("plans.show", version_id=version.id)
