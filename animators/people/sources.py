"""How views find animators and what belongs to them, and who may know that it exists."""

from accounts.guards import Source
from accounts.policy import Permission
from animators.people.queries.leaves import summary_by_id
from animators.people.queries.people import animator_by_id, assignment_by_id

ANIMATOR = Source(animator_by_id, Permission.ANIMATOR_MANAGE)
ASSIGNMENT = Source(assignment_by_id, Permission.ANIMATOR_MANAGE)
SUMMARY = Source(summary_by_id, Permission.LEAVE_READ)
