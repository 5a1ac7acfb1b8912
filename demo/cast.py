"""Who lives through what: one part for each municipality, so that every stage and every status occurs."""

from dataclasses import dataclass, replace
from enum import StrEnum

from demo.chance import Chance

REGIONS = 10
DEPUTIES = 35

HOME = "0201043"
"""Nowogrodziec: where ``leader@`` and ``deputy@`` work."""

BEGINNING = "idle"
"""The script of a partnership that is complete and has no plan yet: one of them is ``beginner@``'s."""
HOME_MEMBERS = ("library", "school", "culture_centre", "fire_brigade", "rural_women_circle", "senior_club")
HOME_THEMES = ("farmers", "seniors", "volunteers")
"""Chosen, as this is the plan that visitors read first."""


class Stage(StrEnum):
    PLANNED = "planned"
    FORMING = "forming"
    ACTIVE = "active"


@dataclass(frozen=True)
class Script:
    """What happens to a general plan, step by step, and how many working days ago the last step was, one for each."""

    name: str
    steps: tuple[str, ...]
    ended: tuple[int, ...]
    stage: Stage = Stage.ACTIVE


def _script(name: str, steps: str, *ended: int, stage: Stage = Stage.ACTIVE) -> Script:
    return Script(name, tuple(steps.split()), ended, stage)


_SUBMITTED = "start fill submit"
_RETURNED = f"{_SUBMITTED} review remark return"
_RETURNED_TWICE = f"{_RETURNED} revise answer submit review settle remark return"
_APPROVED = f"{_SUBMITTED} review approve"
_AFTER_RETURN = f"{_RETURNED} revise answer submit review settle approve"

SCRIPTS = (
    _script("planned", "", *([0] * 8), stage=Stage.PLANNED),
    _script("forming", "", *([0] * 5), stage=Stage.FORMING),
    _script("forming_begun", "start begin", 1, 3, 6, 9, stage=Stage.FORMING),
    _script("idle", "", 30, 44),
    _script("begun", "start begin", 2, 14, 41),
    _script("half", "start half", 1, 4, 8, 12, 19, 27, 36, 55),
    _script("nearly", "start nearly", 0, 2, 3, 7, 11, 16),
    _script("ready", "start fill", 1, 2, 5, 9),
    _script("withdrawn", "start fill submit withdraw", 3),
    _script("submitted", _SUBMITTED, 1, 1, 2, 3, 5, 6, 8, 13),
    _script("resubmitted", f"{_RETURNED} revise answer submit", 1, 2, 4, 12),
    _script("in_review", f"{_SUBMITTED} review remark", 0, 2, 4, 6, 11),
    _script("reviewed_again", f"{_RETURNED} revise answer submit review settle", 1, 3),
    _script("returned", _RETURNED, 1, 3, 5, 9, 17),
    _script("returned_twice", _RETURNED_TWICE, 2, 7),
    _script("returned_often", f"{_RETURNED_TWICE} revise answer submit review settle remark return", 4),
    _script("revising", f"{_RETURNED} revise answer_some", 2, 5, 8, 13),
    _script("home", "start upload submit review remark return revise answer_some", 1),
    _script("approved", _APPROVED, 1, 3, 6, 19),
    _script("approved_after_return", _AFTER_RETURN, 2, 4),
    _script("reopened", f"{_APPROVED} reopen", 4),
    _script("published", f"{_APPROVED} publish", *range(5, 125, 6)),
    _script("published_after_return", f"{_AFTER_RETURN} publish", *range(3, 93, 9)),
    _script(
        "published_after_two",
        f"{_RETURNED_TWICE} revise answer submit review settle approve publish",
        *(11, 33, 52, 70),
    ),
    _script("new_round", f"{_APPROVED} publish new_round renew", 1, 6, 10),
    _script("new_round_submitted", f"{_APPROVED} publish new_round renew submit", 3),
    _script("new_round_in_review", f"{_APPROVED} publish new_round renew submit review remark", 2),
    _script(
        "superseding",
        f"{_AFTER_RETURN} publish new_round renew submit review approve publish",
        *(2, 9, 20, 31),
    ),
    _script("correcting", f"{_APPROVED} publish correct", 1),
    _script(
        "corrected",
        f"{_APPROVED} publish correct amend submit_for_leader review approve publish",
        14,
    ),
)

FIRST_REGION = (
    *(("submitted", 1), ("submitted", 6), ("submitted", 13), ("resubmitted", 2), ("in_review", 4)),
    *(("reviewed_again", 3), ("returned", 5), ("approved", 3), ("published_after_return", 30)),
    *(("published", 59), ("half", 8)),
)
"""Beside ``HOME``: what ``animator@`` finds on signing in, waiting for one day to too long."""

LEADERLESS = ("idle", "half", "returned", "submitted")
"""Scripts of which one partnership each has lost its leader since."""


@dataclass(frozen=True)
class Part:
    script: Script
    ended: int
    """Working days since the last step."""
    deputies: int = 0
    has_lost_leader: bool = False


def cast(codes: list[str]) -> dict[str, Part]:
    """A part for every municipality. The first region's are chosen, the others' fall by chance, always the same way."""
    slots = [(script, ended) for script in SCRIPTS for ended in script.ended]
    by_name = {(script.name, ended): (script, ended) for script, ended in slots}
    first = codes[: len(codes) // REGIONS]
    chosen = [by_name[slot] for slot in FIRST_REGION]
    parts = {HOME: Part(*by_name["home", 1])}
    others = [code for code in first if code != HOME]
    parts |= {code: Part(*slot) for code, slot in zip(others, chosen, strict=True)}
    for slot in [*chosen, by_name["home", 1]]:
        slots.remove(slot)
    rest = Chance("cast").shuffled(codes[len(first) :])
    parts |= {code: Part(*slot) for code, slot in zip(rest, slots, strict=True)}
    return _with_deputies(_without_leaders(parts, rest))


def _without_leaders(parts: dict[str, Part], codes: list[str]) -> dict[str, Part]:
    for name in LEADERLESS:
        code = next(one for one in codes if parts[one].script.name == name and parts[one].ended >= 3)
        parts[code] = replace(parts[code], has_lost_leader=True)
    return parts


def _with_deputies(parts: dict[str, Part]) -> dict[str, Part]:
    """One at home, and one more in every partnership they fall on; two that lost their leader have one to go on."""
    possible = [
        code
        for code, part in parts.items()
        if code != HOME and part.script.stage is Stage.ACTIVE and not part.has_lost_leader
    ]
    bereft = [code for code, part in parts.items() if part.has_lost_leader]
    chosen = [HOME, *bereft[:2], *Chance("deputies").some(possible, DEPUTIES - 3)]
    return {code: replace(part, deputies=int(code in chosen)) for code, part in parts.items()}
