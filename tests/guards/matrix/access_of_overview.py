"""Who may open the office's overview of the whole programme."""

from collections.abc import Mapping

from tests.guards.matrix.access_rules import Access, page
from tests.guards.matrix.people import OFFICE

ACCESS_OF_OVERVIEW: Mapping[str, Access] = {
    "overview.index": page(OFFICE),
    "overview.risks": page(OFFICE),
}
