"""Which secret each person may come across anywhere at all."""

from collections.abc import Mapping

from tests.guards.matrix.access_rules import AUTHORS, PEOPLE_AROUND, Standings
from tests.guards.matrix.people import ADMIN, ANIMATOR, DEPUTY, IDENTITIES, LEADER, OFFICE, SUCCESSOR

PUBLIC_PARTS = {"name"}
PUBLISHED = {"apublished", "bpublished"}

READERS: Mapping[str, Standings] = {
    "phrase": frozenset({ANIMATOR}),
    "card": frozenset({ANIMATOR, OFFICE}),
    "webinar": frozenset({OFFICE}),
    "joinlink": frozenset({OFFICE}),
    "guest": frozenset({OFFICE}),
    "visitor": frozenset({OFFICE}),
    "need": frozenset({OFFICE}),
    "member": PEOPLE_AROUND,
    "paper": PEOPLE_AROUND,
    "list": frozenset({LEADER, ANIMATOR, OFFICE}),
    "meeting": PEOPLE_AROUND,
    "assessment": PEOPLE_AROUND,
    "talk": PEOPLE_AROUND,
    "question": PEOPLE_AROUND,
    "outside": frozenset({ANIMATOR, OFFICE}),
    "consultation": PEOPLE_AROUND,
    "visit": PEOPLE_AROUND,
    "waiver": PEOPLE_AROUND,
    "overrun": PEOPLE_AROUND,
    "handbook": PEOPLE_AROUND,
    "plan": PEOPLE_AROUND,
    "planprivate": PEOPLE_AROUND,
    "sent": PEOPLE_AROUND,
    "handover": PEOPLE_AROUND | {SUCCESSOR},
    "note": PEOPLE_AROUND,
    "reason": PEOPLE_AROUND,
    "next": AUTHORS | {OFFICE},
    "nextprivate": AUTHORS | {OFFICE},
    "answer": AUTHORS | {OFFICE},
    "remark": frozenset({ANIMATOR, OFFICE}),
    "file": AUTHORS,
    "private": AUTHORS,
    "privateprivate": AUTHORS,
    "shared": AUTHORS | {ANIMATOR},
    "sharedprivate": AUTHORS | {ANIMATOR},
    "advice": AUTHORS | {ANIMATOR},
}
"""What a text stands in: who among the people of its partnership may read it.

A remark not yet sent is the reviewers' (the office sees it when it decides in the animator's place); an annual plan and
every workbook are the leader's own.
"""

EXCEPTIONS: Mapping[str, Standings] = {
    "bcorrectedfile": AUTHORS | {OFFICE},  # a version that the office writes
    "aapprovedfile": AUTHORS | {OFFICE},  # a final file: the office may publish too
}

FAMILY_OF_PERSON: Mapping[str, str] = {
    "leader": "a", "deputy": "a", "deputyfull": "a", "animator": "a", "formerleader": "a", "disabled": "a",
    "otherleader": "b", "otheranimator": "b", "cleader": "c", "cover": "ac", "onleave": "c", "manyhats": "d",
    "office": "abcde", "admin": "", "funder": "", "newcomer": "", "successor": "a",
}  # fmt: skip
"""Whose partnerships name this person. The office is named where it corrected or reviewed, a cover where it was one."""

KNOWN_BESIDES = frozenset({("onleave", "cover"), ("cover", "animator")})
"""Whoever is away knows who covers for them, and whoever covered once learns who advises there."""


OF_THE_OFFICE = frozenset({"office", "manyhats"})
"""Whoever leads or advises a partnership finds them among their contacts."""


def may_know(identity: str, secret: str) -> bool:
    who = IDENTITIES[identity]
    if secret in FAMILY_OF_PERSON:
        return who.gets_in and _may_know_person(identity, secret)
    town, part = parts_of(secret)
    if part in PUBLIC_PARTS or (part == "plan" and town in PUBLISHED):
        return True
    if not who.gets_in:
        return False
    standing = who.standing(town[0])
    if part == "remark" and standing & AUTHORS:
        return False
    return bool(standing & EXCEPTIONS.get(secret, READERS[part]))


def _may_know_person(identity: str, person: str) -> bool:
    who = IDENTITIES[identity]
    together = any(
        who.standing(family) & (PEOPLE_AROUND | {SUCCESSOR}) for family in FAMILY_OF_PERSON[person]
    )
    is_told = (identity, person) in KNOWN_BESIDES or (
        person in OF_THE_OFFICE and bool(who.roles & {LEADER, DEPUTY, ANIMATOR})
    )
    return identity == person or is_told or bool({OFFICE, ADMIN} & who.roles) or together


def parts_of(secret: str) -> tuple[str, str]:
    """``areviewremark`` is the ``remark`` of ``areview``: the longest ending that fits."""
    endings = [part for part in (*READERS, *PUBLIC_PARTS) if secret.endswith(part)]
    assert endings, f"nobody wrote down who may know {secret}"
    part = max(endings, key=len)
    return secret.removesuffix(part), part
