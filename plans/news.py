"""Published plans as news of their voivodeship."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from core import mail
from core.database import db
from core.i18n import _, language
from partnerships.models import Partnership
from partnerships.queries import with_place
from partnerships.workflow import PartnershipStatus
from plans.definitions import PlanKind
from plans.models import Plan, PlanVersion
from plans.workflow import PlanStatus
from subscriptions.news import NewsItem

TOPIC = "plans"


def news_of_plans(since: datetime, until: datetime) -> Iterator[NewsItem]:
    for version in _published(since, until):
        place = version.partnership.municipality
        title = _("%(place)s: plan for %(years)s", place=place.name, years=version.plan.years)
        if version.number > 1:
            title = _(
                "%(place)s: new version of the plan for %(years)s", place=place.name, years=version.plan.years
            )
        yield NewsItem(
            key=f"plan-published:{version.id}",
            title=title,
            text=_(
                "%(partnership)s, %(region)s voivodeship.",
                partnership=version.partnership.name,
                region=place.voivodeship.name,
            ),
            url=mail.link_to("public.plan", lang=language(), place=place.address_name),
            at=version.published_at or until,
            topic=TOPIC,
            region=place.voivodeship_id,
        )


def _published(since: datetime, until: datetime) -> list[PlanVersion]:
    """What was withdrawn or replaced meanwhile is no news any more."""
    return list(
        db.session.scalars(
            select(PlanVersion)
            .join(PlanVersion.plan)
            .join(Plan.partnership)
            .options(contains_eager(PlanVersion.plan).contains_eager(Plan.partnership).options(*with_place()))
            .where(
                PlanVersion.status == PlanStatus.PUBLISHED,
                PlanVersion.published_at > since,
                PlanVersion.published_at <= until,
                Plan.kind == PlanKind.GENERAL,
                Partnership.status != PartnershipStatus.CLOSED,
            )
            .order_by(PlanVersion.published_at, PlanVersion.id)
        )
    )
