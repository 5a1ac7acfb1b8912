"""What every verb on a webinar needs: to be alone with it, to check it, to remember what was different."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from core.database import db
from core.web_addresses import is_web_address
from core.workflow import NotNow
from webinars.errors import NotAWebAddress
from webinars.models import Webinar, WebinarSeries

FOR_CALENDARS = frozenset({"title", "starts_at", "minutes", "form", "place", "abstract"})
"""What stands in the entry of a calendar."""


def hold(webinar: Webinar) -> None:
    """Wait for whoever else changes this webinar, and see it as they left it; a draft may be gone by then."""
    if db.session.scalar(select(Webinar.id).where(Webinar.id == webinar.id).with_for_update()) is None:
        raise NotNow
    db.session.refresh(webinar)


def see(record: Any) -> None:
    """As others left it, once its webinar is held; it may be gone by then."""
    kind = type(record)
    if db.session.scalar(select(kind.id).where(kind.id == record.id)) is None:
        raise NotNow
    db.session.refresh(record)


def hold_series(series: WebinarSeries) -> None:
    db.session.execute(select(WebinarSeries.id).where(WebinarSeries.id == series.id).with_for_update())
    db.session.refresh(series)


def check_address(address: str | None, field: str) -> None:
    if address and not is_web_address(address):
        raise NotAWebAddress(field)


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """As the history keeps them."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return list(value)
    return value.value if isinstance(value, StrEnum) else value
