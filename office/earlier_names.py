"""The board with the names of another day: a report of that day keeps calling municipalities as they were called then."""

from collections.abc import Sequence
from datetime import date

from flask import request
from sqlalchemy import select

from core.database import db
from municipalities.in_time import places_on
from municipalities.models import Municipality
from office.board.rows import BoardRow


def day_asked() -> date | None:
    """From the address; what is no day asks for nothing."""
    try:
        return date.fromisoformat(request.args.get("as_of", ""))
    except ValueError:
        return None


def as_called_on(day: date, rows: Sequence[BoardRow]) -> list[BoardRow]:
    """Name, type, code, county and voivodeship of that day; everything else is as it stands today."""
    found = db.session.execute(
        select(Municipality.code, Municipality.id).where(Municipality.valid_to.is_(None))
    )
    ids = {row.code: row.id for row in found}
    places = places_on(day)
    renamed = []
    for row in rows:
        place = places.get(ids.get(row.code, 0))
        renamed.append(
            row
            if place is None
            else row._replace(
                municipality=place.name,
                kind=place.kind,
                code=place.code,
                county=place.county,
                voivodeship=place.voivodeship,
            )
        )
    return renamed
