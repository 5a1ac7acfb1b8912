"""How views find remote advice, and who may know that it exists."""

from accounts.guards import Source
from accounts.policy import Permission
from animators.advice.queries import entry_by_id, outside_by_id, request_by_id

ENTRY = Source(load=entry_by_id, read=Permission.ADVICE_CORRECT)
REQUEST = Source(load=request_by_id, read=Permission.ADVICE_READ)
OUTSIDE = Source(load=outside_by_id, read=Permission.ADVICE_OUTSIDE)
