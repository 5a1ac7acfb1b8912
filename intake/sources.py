"""How views find files with records, and who may know that they exist."""

from accounts.guards import Source
from accounts.policy import Permission
from intake.queries import import_by_id

IMPORT = Source(load=import_by_id, read=Permission.IMPORT_EDIT)
