"""The verbs on partnerships: founding, leading, advising, belonging."""

from partnerships.services.advising import assign_animator, end_assignment
from partnerships.services.founding import close_partnership, found_partnership, record_founding
from partnerships.services.handing_over import (
    accept_handover,
    cancel_handover,
    confirm_handover,
    decline_handover,
    refuse_handover,
    request_handover,
)
from partnerships.services.leading import appoint_deputy, appoint_leader, change_deputy, end_term
from partnerships.services.members import (
    add_member,
    change_member,
    correct_last_day,
    member_left,
    organisation_in,
)
from partnerships.services.taking_over import expire_handover, finish_handover

__all__ = [
    "accept_handover",
    "add_member",
    "appoint_deputy",
    "appoint_leader",
    "assign_animator",
    "cancel_handover",
    "change_deputy",
    "change_member",
    "close_partnership",
    "confirm_handover",
    "correct_last_day",
    "decline_handover",
    "end_assignment",
    "end_term",
    "expire_handover",
    "finish_handover",
    "found_partnership",
    "member_left",
    "organisation_in",
    "record_founding",
    "refuse_handover",
    "request_handover",
]
