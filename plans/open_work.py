"""What of the plans is open when a partnership's leader changes. Drafts, remarks and reviews follow the rights by
themselves; the agreement to publish on approval was the former leader's own act, so it ends with them."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, defer

from accounts.models import User
from core import audit, clock
from core.database import db
from core.formatting import day
from core.i18n import LazyString, _, _l, lazy_ngettext
from partnerships.handovers.open_work import OpenWork
from partnerships.models import Partnership
from plans.events import PlanEvent
from plans.models import OPEN_COMMENTS, ImportStatus, Plan, PlanImport, PlanVersion, ReviewComment
from plans.services.consent import clear_consent
from plans.workflow import AWAITING_REVIEW, PlanStatus


def open_plans(partnership: Partnership, former: User | None) -> list[OpenWork]:
    """Each plan that somebody has to go on with, and what was agreed about it and holds no longer."""
    found = []
    for version, remarks, upload_id in _current_versions(partnership):
        texts = [_standing(version), _remarks(version, remarks)]
        if upload_id is not None:
            texts.append(_about(version, _l("an uploaded workbook waits to be applied")))
        if former is not None and version.publish_on_approval_by_id == former.id:
            _drop_consent(version)
            texts.append(_about(version, _l("nobody has agreed any more that it is published on approval")))
        found += [OpenWork(text) for text in texts if text is not None]
    return found


def _current_versions(partnership: Partnership) -> list[tuple[PlanVersion, int, int | None]]:
    """With its open remarks, and the checked upload that waits."""
    remarks = (
        select(func.count())
        .where(ReviewComment.version_id == PlanVersion.id, ReviewComment.state.in_(OPEN_COMMENTS))
        .scalar_subquery()
    )
    upload = (
        select(func.max(PlanImport.id))
        .where(PlanImport.version_id == PlanVersion.id, PlanImport.status == ImportStatus.CHECKED)
        .scalar_subquery()
    )
    found = db.session.execute(
        select(PlanVersion, remarks, upload)
        .join(PlanVersion.plan)
        .options(contains_eager(PlanVersion.plan), defer(PlanVersion.content))
        .where(Plan.partnership_id == partnership.id, PlanVersion.is_current)
        .order_by(Plan.kind.desc(), Plan.year_from)
    )
    return [(row[0], row[1], row[2]) for row in found]


def _standing(version: PlanVersion) -> LazyString | None:
    """Published plans and closed years are not open; a plan in use is what the year's trainings are entered in."""
    sentences = {
        PlanStatus.DRAFT: _l("a draft to go on with"),
        PlanStatus.RETURNED: _l("returned for changes"),
        PlanStatus.APPROVED: _l("approved, waits to be published"),
        PlanStatus.IN_USE: _l("in use: record the trainings that took place"),
    }
    if not version.plan.is_general:
        sentences[PlanStatus.APPROVED] = _l("approved, waits to be put in use")
    if version.status in AWAITING_REVIEW:
        since = clock.local(version.submitted_at or version.status_since).date()
        return _about(version, _waits_since(since))
    sentence = sentences.get(version.status)
    return _about(version, sentence) if sentence else None


def _waits_since(since: date) -> LazyString:
    return LazyString(lambda: _("with the animator since %(day)s", day=day(since)))


def _remarks(version: PlanVersion, count: int) -> LazyString | None:
    open_ones = lazy_ngettext("one open remark", "%(num)d open remarks", count)
    return _about(version, open_ones) if count and version.status is not PlanStatus.PUBLISHED else None


def _about(version: PlanVersion, sentence: LazyString) -> LazyString:
    """Put into words when it is read, in the reader's language: so is the title of the plan."""
    return LazyString(lambda: _("%(plan)s: %(what)s", plan=version.plan.title, what=sentence))


def _drop_consent(version: PlanVersion) -> None:
    clear_consent(version)
    audit.record(PlanEvent.CONSENT_ENDED, version, actor=None, number=version.number)
