"""Pages that list partnerships and change them. Where one stands is shown by ``progress``."""

from partnerships.views import founding, handovers, listing, members, people
from partnerships.views.blueprint import bp

__all__ = ["bp", "founding", "handovers", "listing", "members", "people"]
