"""The day on which pages for everybody last changed, as they say it themselves and as search engines are told."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import func, select

from animators.people.models import AnimatorProfile
from core import clock
from core.database import db
from handbooks.models import HandbookEdition
from initiatives.queries import last_change as last_change_of_initiatives
from knowledge.queries import last_change_of_offers
from partnerships.models import Partnership
from plans.models import PlanVersion
from public.queries import published
from webinars.models import Webinar, WebinarSeries, WebinarStatus

_PLANS = published().with_only_columns(func.max(PlanVersion.published_at)).scalar_subquery()
_WEBINARS = (
    select(func.max(Webinar.updated_at)).where(Webinar.status != WebinarStatus.DRAFT).scalar_subquery()
)


def last_change() -> date | None:
    """Of the programme's own page: a plan became public, a partnership was founded, a webinar changed, a handbook came."""
    today = clock.today()
    plan_at, webinar_at, founded_on, handbook_on = db.session.execute(
        select(
            _PLANS,
            _WEBINARS,
            select(func.max(Partnership.founded_on)).where(Partnership.founded_on <= today).scalar_subquery(),
            select(func.max(HandbookEdition.published_on))
            .where(HandbookEdition.is_current, HandbookEdition.published_on <= today)
            .scalar_subquery(),
        )
    ).one()
    return _latest((plan_at, webinar_at), (founded_on, handbook_on))


def last_publication() -> date | None:
    return _latest([db.session.scalar(select(_PLANS))])


def webinars_changed() -> date | None:
    series = select(func.max(WebinarSeries.updated_at)).scalar_subquery()
    return _latest(db.session.execute(select(_WEBINARS, series)).one())


def animators_changed() -> date | None:
    """A profile that everybody sees; who advises where follows from day to day."""
    changed = select(func.max(AnimatorProfile.updated_at)).where(AnimatorProfile.visible)
    return _latest([db.session.scalar(changed)])


def offers_changed() -> date | None:
    return _latest([last_change_of_offers()])


def initiatives_changed() -> date | None:
    return _latest([last_change_of_initiatives()])


def _latest(moments: Iterable[datetime | None], days: Iterable[date | None] = ()) -> date | None:
    known = [clock.local(at).date() for at in moments if at] + [on for on in days if on]
    return max(known, default=None)
