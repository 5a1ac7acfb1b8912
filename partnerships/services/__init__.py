"""The verbs on partnerships: founding, leading, advising, belonging."""

from partnerships.services.advising import assign_animator
from partnerships.services.founding import close_partnership, found_partnership, record_founding
from partnerships.services.leading import appoint_deputy, appoint_leader, end_term
from partnerships.services.members import add_member, change_member, member_left, organisation_in

__all__ = [
    "add_member",
    "appoint_deputy",
    "appoint_leader",
    "assign_animator",
    "change_member",
    "close_partnership",
    "end_term",
    "found_partnership",
    "member_left",
    "organisation_in",
    "record_founding",
]
