"""The working week: hours, cards, reassignments, leaves."""

from typing import Any

from animators.hours.models import Decision, Pot
from animators.people.queries.hours_taken import Taken
from core.mail_samples import Samples
from office.mails.samples.people import (
    ANIMATOR,
    LEADER,
    MUNICIPALITY,
    OFFICE,
    OTHER,
    PARTNERSHIP,
    Thing,
    at,
    in_days,
)

POT = next(iter(Pot))


def _hours() -> dict[str, Any]:
    adjustment = Thing(
        id=1, decision=Decision.GRANTED, minutes=90, budget=Thing(pot=POT), reason="Dodatkowe spotkanie",
        decision_note="Zgodnie z ustaleniem",
    )  # fmt: skip
    return {
        "partnership": PARTNERSHIP, "adjustment": adjustment, "consultation": Thing(actual_start=at(-3)),
        "bars": [Thing(pot=pot, left_text="4 h") for pot in Pot], "may_read": True,
    }  # fmt: skip


def _card() -> dict[str, Any]:
    month = in_days(-30).replace(day=1)
    return {
        "card": Thing(id=1, month=month),
        "month": month,
        "reason": "Brakuje dojazdu z 12. dnia miesiąca.",
    }


def _reassigned() -> dict[str, Any]:
    move = Thing(
        municipality=MUNICIPALITY,
        successor=OTHER,
        leader=LEADER,
        duties=lambda since: "",
        partnership=PARTNERSHIP,
        reviews=[],
        visits=[at(20)],
        requests=2,
    )
    told = Thing(gives=[], takes=[move], covers=[], leads=[], keeps=[], plans=[], advice=[move])
    wish = Thing(starts_on=in_days(14), animator=ANIMATOR, reason="Zmiana województwa")
    return {"wish": wish, "told": told, "kept": set(), "actor": OFFICE}


def _back() -> dict[str, Any]:
    line = Thing(at_text="12.05.2026, 10:15", text="Plan zatwierdzony", who=OTHER.name)
    taken = Taken(Pot.REMOTE, used=90, left=390)
    there = Thing(municipality=MUNICIPALITY, covering=OTHER, remarks=2, lines=[line], hours=[taken])
    summary = Thing(id=1, starts_on=in_days(-15), ends_on=in_days(-1), animator=ANIMATOR)
    return {"summary": summary, "found": [there], "most": 8}


SAMPLES: Samples = {
    "hours/mail/changed": _hours,
    "hours/mail/decided": _hours,
    "cards/mail/missing": _card,
    "cards/mail/returned": _card,
    "animators/mail/reassigned": _reassigned,
    "animators/mail/back": _back,
}
