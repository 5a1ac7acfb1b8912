"""Pages that list partnerships and change them. Where one stands is shown by ``progress``."""

from partnerships.views import files, founding, handovers, listing, mayors, members, organisations, people
from partnerships.views.blueprint import bp

__all__ = ["bp", "files", "founding", "handovers", "listing", "mayors", "members", "organisations", "people"]
