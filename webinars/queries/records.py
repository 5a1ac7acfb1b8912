"""Single webinars, series and materials."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.database import db
from webinars.models import Webinar, WebinarMaterial, WebinarSeries, WebinarStatus

IN_ORDER = (WebinarSeries.ended_at.is_not(None), WebinarSeries.position, WebinarSeries.name)


def webinar_by_id(webinar_id: int) -> Webinar | None:
    """With its series; its materials are asked for where they are shown."""
    return db.session.scalar(
        select(Webinar).where(Webinar.id == webinar_id).options(joinedload(Webinar.series))
    )


def series_by_id(series_id: int) -> WebinarSeries | None:
    return db.session.get(WebinarSeries, series_id)


def series_by_slug(slug: str) -> WebinarSeries | None:
    return db.session.scalar(
        select(WebinarSeries)
        .where(WebinarSeries.slug == slug)
        .options(joinedload(WebinarSeries.introduction))
    )


def all_series() -> Sequence[WebinarSeries]:
    """Those that go on first, in the office's order; each with the webinar to begin with."""
    return db.session.scalars(
        select(WebinarSeries).options(joinedload(WebinarSeries.introduction)).order_by(*IN_ORDER)
    ).all()


def open_series() -> Sequence[WebinarSeries]:
    """Those that a new webinar can belong to."""
    return db.session.scalars(
        select(WebinarSeries).where(WebinarSeries.ended_at.is_(None)).order_by(*IN_ORDER)
    ).all()


def webinars_of(series: WebinarSeries, *, public: bool = False) -> Sequence[Webinar]:
    """In the order of the series."""
    found = select(Webinar).where(Webinar.series_id == series.id).order_by(Webinar.position, Webinar.id)
    return db.session.scalars(found.where(Webinar.status != WebinarStatus.DRAFT) if public else found).all()


def material_by_id(material_id: int) -> tuple[WebinarMaterial, Webinar] | None:
    """With the webinar it belongs to, which says who may have it."""
    row = db.session.execute(
        select(WebinarMaterial, Webinar)
        .join(Webinar, Webinar.id == WebinarMaterial.webinar_id)
        .where(WebinarMaterial.id == material_id)
        .options(joinedload(WebinarMaterial.file))
    ).one_or_none()
    return (row[0], row[1]) if row else None
