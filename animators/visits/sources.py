"""How views find visits, and who may know that they exist."""

from accounts.guards import Source
from accounts.policy import Permission
from animators.visits.queries import visit_by_id

VISIT = Source(load=visit_by_id, read=Permission.VISIT_READ)
"""Addresses about visits."""
