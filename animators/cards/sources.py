"""How views find work cards, and who may know that they exist."""

from accounts.guards import Source
from accounts.policy import Permission
from animators.cards.queries import card_by_id

CARD = Source(load=card_by_id, read=Permission.CARD_READ)
