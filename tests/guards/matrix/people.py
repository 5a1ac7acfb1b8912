"""Who tries every door, and what each of them is to each family of partnerships.

Family ``a`` is complete, ``b`` is everybody else's, in ``c`` somebody covers for the animator, and in ``d`` one person
leads, advises and works for the office at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Standing(StrEnum):
    """What a person is to one partnership, or to the programme."""

    LEADER = "leader"
    DEPUTY = "deputy"
    SUBMITTING = "deputy who may submit"
    PUBLISHING = "deputy who may publish"
    ANIMATOR = "animator"
    OFFICE = "office"
    ADMIN = "administrator"
    FUNDER = "funder"
    SUCCESSOR = "asked to lead"
    ASKER = "asked for the long work"


LEADER, DEPUTY, ANIMATOR = Standing.LEADER, Standing.DEPUTY, Standing.ANIMATOR
SUBMITTING, PUBLISHING = Standing.SUBMITTING, Standing.PUBLISHING
OFFICE, ADMIN, FUNDER = Standing.OFFICE, Standing.ADMIN, Standing.FUNDER
SUCCESSOR, ASKER = Standing.SUCCESSOR, Standing.ASKER


@dataclass(frozen=True)
class Identity:
    in_family: Mapping[str, frozenset[Standing]] = field(default_factory=dict)
    everywhere: frozenset[Standing] = frozenset()
    gets_in: bool = True
    """False for a visitor, and for an account that was closed while its browser stayed open."""
    is_animator_by_role: bool = False
    """Assigned somewhere, without a say at the moment."""

    def standing(self, family: str) -> frozenset[Standing]:
        return self.everywhere | self.in_family.get(family, frozenset())

    @property
    def roles(self) -> frozenset[Standing]:
        """What they are to anything at all: it decides between "not for your role" and "there is no such page"."""
        found = self.everywhere.union(*self.in_family.values())
        return found | {ANIMATOR} if self.is_animator_by_role else found


def _in(family: str, *standings: Standing) -> Identity:
    return Identity({family: frozenset(standings)})


def _everywhere(standing: Standing) -> Identity:
    return Identity(everywhere=frozenset({standing}))


VISITOR = "visitor"

IDENTITIES: Mapping[str, Identity] = {
    VISITOR: Identity(gets_in=False),
    "leader": _in("a", LEADER),
    "deputy": _in("a", DEPUTY),
    "deputyfull": _in("a", DEPUTY, SUBMITTING, PUBLISHING),
    "animator": _in("a", ANIMATOR),
    "otherleader": _in("b", LEADER),
    "otheranimator": _in("b", ANIMATOR),
    "cover": _in("c", ANIMATOR),
    "onleave": Identity(is_animator_by_role=True),
    "manyhats": Identity({"d": frozenset({LEADER, ANIMATOR})}, frozenset({OFFICE})),
    "office": Identity(everywhere=frozenset({OFFICE, ASKER})),
    "admin": _everywhere(ADMIN),
    "funder": _everywhere(FUNDER),
    "formerleader": Identity(),
    "successor": _in("a", SUCCESSOR),
    "disabled": Identity(gets_in=False),
}
"""``successor`` is asked to take over from the leader; ``disabled`` was a deputy with every right in family ``a``; ``formerleader`` led it until years ago."""
