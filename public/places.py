"""What a public address names: a municipality, and the plan of its partnership. Addresses are for ever.

A municipality that ended leads on to the one that has its land. Where several have it, its own page stays and names them;
what was published there is kept at its address.
"""

from collections.abc import Sequence

from flask import abort, current_app

from municipalities.change_queries import successors_of
from municipalities.models import Municipality
from municipalities.queries import by_address
from plans.models import PlanVersion
from public.queries import partnership_of, partnerships_once_in, public_version


def municipality_at(place: str) -> tuple[Municipality, bool]:
    """By code and slug, today's or earlier ones; the second part tells that the address has moved."""
    found = by_address(place)
    if found is None:
        abort(404)
    municipality, is_current = found
    return municipality, not is_current


def heirs_of(municipality: Municipality) -> Sequence[Municipality]:
    """Who has the land of one that ended; nobody, while it exists."""
    return successors_of(municipality) if municipality.valid_to is not None else []


def only_heir(municipality: Municipality) -> Municipality | None:
    heirs = heirs_of(municipality)
    return heirs[0] if len(heirs) == 1 else None


def version_in(municipality: Municipality, number: int | None = None) -> PlanVersion | None:
    """The published plan, or one version by its number: of the partnership at work, else what the last one left."""
    versions = (public_version(one, number=number) for one in partnerships_once_in(municipality))
    return next((version for version in versions if version is not None), None)


def plan_in_force(municipality: Municipality) -> PlanVersion | None:
    """Of the partnership that is at work there."""
    partnership = partnership_of(municipality)
    return public_version(partnership) if partnership else None


def version_of(municipality: Municipality, number: int | None = None) -> PlanVersion:
    return version_in(municipality, number) or abort(404)


def moved_to(municipality: Municipality, number: int | None = None) -> Municipality | None:
    """Where the plan of a municipality that ended is read today; None: here."""
    heir = only_heir(municipality)
    if heir is None:
        return None
    if number is None:
        return heir if plan_in_force(heir) is not None else None
    is_here = version_in(municipality, number) is not None
    return heir if not is_here and version_in(heir, number) is not None else None


def from_outside(path: str) -> str:
    """The whole address, as it stands on paper and in other people's pages."""
    return f"{current_app.config['PUBLIC_URL']}{path}"
