"""How views find files with records, and who may know that they exist."""

from accounts.guards import Source
from accounts.policy import Permission
from intake.earlier_page import earlier_plan_by_id
from intake.queries import import_by_id

IMPORT = Source(load=import_by_id, read=Permission.IMPORT_EDIT)
EARLIER_PLAN = Source(load=earlier_plan_by_id, read=Permission.PARTNERSHIP_READ)
