"""How views find minutes over a pot, and who may know that they exist."""

from accounts.guards import Source
from accounts.policy import Permission
from animators.hours.queries import overrun_by_id

OVERRUN = Source(load=overrun_by_id, read=Permission.BUDGET_DECIDE)
