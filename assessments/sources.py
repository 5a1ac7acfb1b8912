"""How views find self-assessments, and who may know that they exist."""

from accounts.guards import Source
from accounts.policy import Permission
from assessments.queries import assessment_by_id

ASSESSMENT = Source(load=assessment_by_id, read=Permission.PARTNERSHIP_READ)
