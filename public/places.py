"""What a public address names: a municipality, and the plan of its partnership."""

from flask import abort, current_app

from municipalities.models import Municipality
from municipalities.queries import by_address
from partnerships.models import Partnership
from plans.models import PlanVersion
from public.queries import partnership_of, public_version


def municipality_at(place: str) -> tuple[Municipality, bool]:
    """By code and slug, today's or earlier ones; the second part tells that the address has moved."""
    found = by_address(place)
    if found is None:
        abort(404)
    municipality, is_current = found
    return municipality, not is_current


def version_of(municipality: Municipality, number: int | None = None) -> PlanVersion:
    partnership: Partnership | None = partnership_of(municipality)
    version = public_version(partnership, number=number) if partnership else None
    if version is None:
        abort(404)
    return version


def from_outside(path: str) -> str:
    """The whole address, as it stands on paper and in other people's pages."""
    return f"{current_app.config['PUBLIC_URL']}{path}"
