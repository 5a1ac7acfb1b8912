"""What can happen to a partnership, as its history names it."""

from core.audit import EventKind
from core.i18n import _l


class PartnershipEvent(EventKind):
    PLANNED = "partnership.planned", _l("Entered the partnership")
    FOUNDED = "partnership.founded", _l("Recorded the founding")
    RENAMED = "partnership.renamed", _l("Changed the name or the day of founding")
    ACTIVE = "partnership.active", _l("Enough members: the partnership is active")
    CLOSED = "partnership.closed", _l("Closed the partnership")
    LEADER_APPOINTED = "partnership.leader_appointed", _l("Appointed the leader")
    DEPUTY_APPOINTED = "partnership.deputy_appointed", _l("Appointed a deputy leader")
    TERM_ENDED = "partnership.term_ended", _l("Ended a term")
    TERM_TAKEN_BACK = "partnership.term_taken_back", _l("Took back a term that had not begun")
    TERM_RESTORED = "partnership.term_restored", _l("A term goes on, as the hand-over came to nothing")
    TERM_NOT_RESTORED = (
        "partnership.term_not_restored",
        _l(
            "A term stays ended though the hand-over came to nothing: this person leads elsewhere or advises here"
        ),
    )
    DEPUTY_CHANGED = "partnership.deputy_changed", _l("Changed the rights or days of a deputy leader")
    HANDOVER_REQUESTED = "partnership.handover_requested", _l("Asked somebody to take over as leader")
    HANDOVER_ACCEPTED = "partnership.handover_accepted", _l("Agreed to take over as leader")
    HANDOVER_CONFIRMED = "partnership.handover_confirmed", _l("Confirmed the hand-over")
    HANDOVER_DONE = "partnership.handover_done", _l("The leadership was handed over")
    HANDOVER_DECLINED = "partnership.handover_declined", _l("Declined to take over as leader")
    HANDOVER_REFUSED = "partnership.handover_refused", _l("Did not confirm the hand-over")
    HANDOVER_CANCELLED = "partnership.handover_cancelled", _l("Called the hand-over off")
    HANDOVER_EXPIRED = "partnership.handover_expired", _l("The hand-over expired")
    HANDOVER_FAILED = "partnership.handover_failed", _l("The hand-over could not take effect")
    MERGED = "partnership.merged", _l("Merged into another partnership, as municipalities changed")
    TOOK_IN = "partnership.took_in", _l("Took in a partnership, as municipalities changed")
    MOVED = "partnership.moved", _l("Goes on in another municipality, as municipalities changed")
    CHANGE_UNDONE = "partnership.change_undone", _l("The change of municipalities was undone: as before it")
    ANIMATOR_ASSIGNED = "partnership.animator_assigned", _l("Assigned the animator")
    COVER_ASSIGNED = "partnership.cover_assigned", _l("Assigned a covering animator")
    ASSIGNMENT_ENDED = "partnership.assignment_ended", _l("Ended the assignment of an animator")
    ASSIGNMENT_TAKEN_BACK = (
        "partnership.assignment_taken_back",
        _l("Took back the assignment of an animator"),
    )
    MEMBER_JOINED = "partnership.member_joined", _l("Added a member")
    MEMBER_CHANGED = "partnership.member_changed", _l("Changed what is kept about a member")
    MEMBER_LEFT = "partnership.member_left", _l("A member left")
