"""Pages that list partnerships and change them. Where one stands is shown by ``progress``."""

from partnerships.files import views as files
from partnerships.handovers import views as handovers
from partnerships.organisations import views as organisations
from partnerships.views import founding, listing, mayors, members, people
from partnerships.views.blueprint import bp

__all__ = ["bp", "files", "founding", "handovers", "listing", "mayors", "members", "organisations", "people"]
