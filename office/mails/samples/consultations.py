"""Visits, remote advice, and reports on both."""

from collections.abc import Callable
from typing import Any

from animators.consultations.models import Channel
from core.i18n import _
from core.local_times import said
from core.mail_samples import Samples
from office.mails.samples.people import (
    ANIMATOR,
    LEADER,
    MUNICIPALITY,
    OTHER,
    PARTNERSHIP,
    Thing,
    at,
    in_days,
    link,
)


def _slot(days: int) -> Thing:
    return Thing(id=days, starts_at=at(days), minutes=120, place="Urząd Gminy, sala 12", on=in_days(days))


def _visit(*, moves: bool = False) -> Callable[[], dict[str, Any]]:
    def made() -> dict[str, Any]:
        visit = Thing(
            id=1,
            visit_no=2,
            municipality=MUNICIPALITY,
            cancel_reason="Choroba",
            cancelled_late=False,
            animator=ANIMATOR,
        )
        return {
            "visit": visit, "partnership": PARTNERSHIP, "said": said, "is_own": False, "slot": _slot(9), "old": _slot(5) if moves else None,
            "slots": [_slot(9), _slot(10)], "acting": Thing(by_office=False, side="leader", person=LEADER), "answer_by": in_days(7),
            "instead": False, "reason": "Sesja rady", "note": "Wolimy po południu.", "stands_from": at(2), "takes": True,
            "not_right": link("do/xxxx"), "accept": {9: link("do/xxxx"), 10: link("do/yyyy")}, "times": 2, "stays_owed": True,
        }  # fmt: skip

    return made


def _request() -> dict[str, Any]:
    request = Thing(
        id=1, topic="plan", question="Jak opisać potrzeby seniorów, których nie znamy?", answer="Zacznijcie od ośrodka pomocy.",
        channel=next(iter(Channel)), wished_times="wtorki po 14", asked_by=LEADER,
    )  # fmt: skip
    return {"request": request, "partnership": PARTNERSHIP, "actor": ANIMATOR, "is_animator": True}


def _of_day() -> dict[str, Any]:
    entry = Thing(
        actual_start=at(0), actual_minutes=45, channel=next(iter(Channel)), topics=["plan"], animator=ANIMATOR
    )
    place = Thing(municipality=MUNICIPALITY, minutes=45, entries=[entry], partnership=PARTNERSHIP)
    return {"places": [place], "day": in_days(0)}


def _report(**more: Any) -> Callable[[], dict[str, Any]]:
    def made() -> dict[str, Any]:
        consultation = Thing(
            id=1,
            dispute_reason="Rozmowa trwała krócej.",
            actual_minutes=60,
            decision_note="Zgodnie z notatką",
        )
        return {
            "consultation": consultation, "partnership": PARTNERSHIP, "actor": LEADER, "decides": True, "outcome": "corrected",
            "before": 90, "until": at(7), "confirm_link": link("do/xxxx"), "dispute_link": link("do/yyyy"),
            "name_of": lambda one: f"{MUNICIPALITY.name}, 12.05.2026", "facts_of": lambda one: [(_("Length"), "1 h")], **more,
        }  # fmt: skip

    return made


def _step() -> dict[str, Any]:
    step = Thing(
        text="Umówić rozmowę z ośrodkiem pomocy",
        consultation_id=1,
        consultation=Thing(municipality=MUNICIPALITY),
    )
    return {"step": step, "is_overdue": False, "due_day": in_days(3)}


SAMPLES: Samples = {
    **{
        f"visits/mail/{name}": _visit()
        for name in ("agreed", "cancelled", "declined", "entered", "handed_over", "late_again", "not_right", "proposed", "report_owed", "tomorrow")
    },
    "visits/mail/move_asked": _visit(moves=True),
    "visits/mail/move_taken_back": _visit(moves=True),
    "advice/mail/asked": _request,
    "advice/mail/answered": _request,
    "advice/mail/closed": _request,
    "advice/mail/of_day": _of_day,
    "consultations/mail/step_due": _step,
    "consultations/mail/reported": _report(),
    "consultations/mail/disputed": _report(actor=OTHER),
    "consultations/mail/settled": _report(),
}  # fmt: skip
