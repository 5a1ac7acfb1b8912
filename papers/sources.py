"""How views find papers, and who may know that they exist."""

from accounts.guards import Source
from accounts.policy import Permission
from papers.queries import new_paper, paper_by_id, paper_by_token

PAPER = Source(load=paper_by_id, read=Permission.PARTNERSHIP_READ)
NEW_PAPER = Source(load=new_paper, read=Permission.PARTNERSHIP_READ)
BY_CODE = Source(load=paper_by_token, read=Permission.PARTNERSHIP_READ)
