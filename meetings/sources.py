"""How views find meetings, and who may know that they exist."""

from accounts.guards import Source
from accounts.policy import Permission
from meetings.queries import meeting_by_id

MEETING = Source(load=meeting_by_id, read=Permission.PARTNERSHIP_READ)
