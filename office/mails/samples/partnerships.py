"""Who leads, who advises, and hand-overs."""

from collections.abc import Callable
from typing import Any

from core.mail_samples import Samples
from municipalities.workflow import ChangeKind
from office.mails.samples.people import (
    ANIMATOR,
    LEADER,
    MUNICIPALITY,
    OFFICE,
    OTHER,
    PARTNERSHIP,
    Thing,
    in_days,
)
from partnerships.handovers.workflow import HandoverStatus
from partnerships.models import AssignmentKind, TermKind

MERGED = Thing(id=2, name="Nad Strugą", municipality=MUNICIPALITY)


def _context(**more: Any) -> Callable[[], dict[str, Any]]:
    def made() -> dict[str, Any]:
        term = Thing(
            id=1, user=LEADER, kind=TermKind.LEADER, starts_on=in_days(1), ends_on=in_days(30), end_reason="Zmiana stanowiska",
            can_submit=True, can_publish=False,
        )  # fmt: skip
        assignment = Thing(
            id=1, animator=ANIMATOR, kind=AssignmentKind.MAIN, starts_on=in_days(1), ends_on=None, reason="Zmiana województwa"
        )  # fmt: skip
        return {
            "partnership": PARTNERSHIP, "municipality": MUNICIPALITY, "actor": OFFICE, "term": term, "assignment": assignment,
            "is_taken_back": False, "ends_on": in_days(30), "follows": Thing(animator=OTHER, ends_on=None), "reason": "Zmiana stanowiska", "instead": OTHER,
            "since": in_days(-20), "deputises": True, "unreachable": None, "handover": _handover(), "former": OTHER, "leader": LEADER, "last_day": None,
            "is_dropped": False, "is_accepted": False, "until": in_days(3), "work": [Thing(text="Plan ogólny: zwrócony do poprawy")], **more,
        }  # fmt: skip

    return made


def _handover() -> Thing:
    return Thing(
        id=1, to_user=LEADER, to_user_id=LEADER.id, from_user=OTHER, requested_by=OTHER, effective_on=in_days(14), answer_until=in_days(7),
        note="Od września pracuję w starostwie.", status=HandoverStatus.CANCELLED, ended_how="decline", ended_by=LEADER,
        end_reason="", partnership=PARTNERSHIP,
    )  # fmt: skip


def _change() -> Thing:
    return Thing(
        effective_on=in_days(30), kind=next(iter(ChangeKind)), sources=[MUNICIPALITY, Thing(name="Struga")]
    )


def _followed() -> dict[str, Any]:
    return _context(change=_change(), successor=PARTNERSHIP, merged=[MERGED])()


def _change_undone() -> dict[str, Any]:
    return _context(change=_change(), partnerships=[PARTNERSHIP])()


SAMPLES: Samples = {
    **{
        f"partnerships/mail/{name}": _context()
        for name in (
            "assignment_ends", "assignment_taken_back", "closed", "deputy_changed", "handover_accepted", "handover_asked",
            "handover_asked_for_you", "handover_confirmed", "handover_ended", "handover_over", "handover_to_confirm", "handover_waits",
            "handover_yours", "leaderless", "new_animator", "new_deputy", "new_leader", "term_ends", "you_advise",
            "you_are_covered", "you_deputise", "you_lead", "you_no_longer_advise", "your_assignment_ends", "your_term_ends",
        )
    },
    "partnerships/mail/followed": _followed,
    "partnerships/mail/change_undone": _change_undone,
}  # fmt: skip
