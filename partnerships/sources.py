"""How views find partnerships and their parts, and who may know that they exist."""

from accounts.guards import Source
from accounts.policy import Permission
from municipalities.queries import municipality_by_id
from partnerships.files.queries import attachment_by_id
from partnerships.handovers.queries import handover_by_id
from partnerships.heads import head, headed
from partnerships.organisations.queries import organisation_by_id
from partnerships.queries import member_by_id, partnership_by_id, term_by_id

PARTNERSHIP = Source(load=partnership_by_id, read=Permission.PARTNERSHIP_READ)
MEMBER = Source(load=member_by_id, read=Permission.PARTNERSHIP_READ)
TERM = Source(load=term_by_id, read=Permission.PARTNERSHIP_READ)
HEADED = Source(load=headed, read=Permission.MUNICIPALITY_READ)
HEAD = Source(load=head, read=Permission.MUNICIPALITY_READ)
ORGANISATION = Source(load=organisation_by_id, read=Permission.ORGANISATION_READ)
FILE = Source(load=attachment_by_id, read=Permission.PARTNERSHIP_READ)
HANDOVER = Source(load=handover_by_id, read=Permission.HANDOVER_READ)
MUNICIPALITY = Source(load=municipality_by_id, read=Permission.MUNICIPALITY_READ)
