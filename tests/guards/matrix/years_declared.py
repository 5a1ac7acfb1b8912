"""In some towns the leader keeps the year's plan elsewhere, and said so."""

from accounts.models import User
from partnerships.models import Partnership
from plans.services.years import declare_own_year


def a_declared_year(name: str, partnership: Partnership, *, actor: User) -> None:
    """Where the year is not planned here."""
    if name.endswith("draft"):
        declare_own_year(partnership, year=2026, actor=actor)
