"""How views find phrases, and who may know that they exist."""

from accounts.guards import Source
from accounts.policy import Permission
from phrases.queries import phrase_by_id

PHRASE = Source(load=phrase_by_id, read=Permission.PHRASE_EDIT)
