"""Which tables go into an archive, in an order in which they can be filled again, and how a row is written down."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Date, DateTime, Table, Time
from sqlalchemy.types import TypeEngine

from core.database import Base, UTCDateTime

OF_THIS_INSTALLATION = frozenset(
    {
        "job_lease",
        "job_process",
        "job_run",
        "long_work",
        "sign_in_attempt",
        "sign_in_session",
        "one_time_token",
        "mail_link",
        "second_factor",
        "recovery_code",
        "calendar_feed",
        "webinar_guest_link",
        "subscription_request",
    }
)
"""What lets somebody in, and what only this machine needs: it stays here."""

SECRET = frozenset({("user", "password_hash")})
"""Left empty: wherever the archive is opened, people choose a new password."""


def tables() -> Sequence[Table]:
    """Each after those it points to, as far as they do not point back."""
    return [one for one in Base.metadata.sorted_tables if one.name not in OF_THIS_INSTALLATION]


def pointing_ahead(table: Table) -> Sequence[str]:
    """Columns that name a row which comes later, in this table or another: filled in when all rows are there."""
    order = {one.name: number for number, one in enumerate(Base.metadata.sorted_tables)}
    return [
        key.parent.name for key in table.foreign_keys if order[key.column.table.name] >= order[table.name]
    ]


def written(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """As JSON holds it: moments and days in ISO 8601."""
    return {
        name: None if (table.name, name) in SECRET else _plain(value)
        for name, value in row.items()
        if value is not None
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date | time) else value


def read_back(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """Every column, the empty ones too, so that rows of one table can be written together."""
    return {column.name: _typed(column.type, row.get(column.name)) for column in table.columns}


def _typed(kind: TypeEngine[Any], value: Any) -> Any:
    if value is None or not isinstance(value, str):
        return value
    if isinstance(kind, UTCDateTime | DateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return time.fromisoformat(value) if isinstance(kind, Time) else value


def key_of(table: Table) -> Sequence[str]:
    return [column.name for column in table.primary_key.columns]


def unknown(names: Iterable[str]) -> set[str]:
    return set(names) - {table.name for table in tables()}
