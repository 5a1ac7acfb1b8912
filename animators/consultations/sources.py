"""How views find consultations and next steps, and who may know that they exist."""

from accounts.guards import Source
from accounts.policy import Permission
from animators.consultations.queries import consultation_by_id, follow_up_by_id

CONSULTATION = Source(load=consultation_by_id, read=Permission.CONSULTATION_READ)
FOLLOW_UP = Source(load=follow_up_by_id, read=Permission.CONSULTATION_READ)
