"""How the table of who may open what is read: to whom a record exists, and who may do something with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.guards.matrix.people import (
    ADMIN,
    ANIMATOR,
    DEPUTY,
    FUNDER,
    LEADER,
    OFFICE,
    PUBLISHING,
    SUBMITTING,
    SUCCESSOR,
    Identity,
    Standing,
)
from tests.guards.matrix.world import Record

Standings = frozenset[Standing]

EVERYBODY = "everybody"
"""With or without an account."""
SIGNED_IN = "whoever is signed in"

ALLOWED, SIGN_IN, NOT_FOR_ROLE, NOT_FOUND = "allowed", "sign in", "403", "404"

PEOPLE_AROUND: Standings = frozenset({LEADER, DEPUTY, ANIMATOR, OFFICE})
AUTHORS: Standings = frozenset({LEADER, DEPUTY})

SEEN_BY: Mapping[str, Mapping[str, Standings]] = {
    "partnership": {"": PEOPLE_AROUND, "leaderless": PEOPLE_AROUND},
    "change": {"": frozenset({OFFICE})},
    "member": {"": PEOPLE_AROUND},
    "organisation": {"": PEOPLE_AROUND},
    "contact": {"": PEOPLE_AROUND},
    "file": dict.fromkeys(("partnership", "evidence", "public"), PEOPLE_AROUND),
    "term": {"leader's": PEOPLE_AROUND, "deputy's": PEOPLE_AROUND},
    "person": {"": frozenset({OFFICE, ADMIN})},
    "grant": {"": frozenset({OFFICE, ADMIN})},
    "version": {
        "draft": AUTHORS | {OFFICE},
        "correction": AUTHORS | {OFFICE},
        "handed over": PEOPLE_AROUND,
        "private": AUTHORS,
        "shared": AUTHORS | {ANIMATOR},
    },
    "remark": {"draft": AUTHORS | {OFFICE}, "handed over": PEOPLE_AROUND, "not sent": frozenset()},
    "reviewed remark": dict.fromkeys(("draft", "handed over", "not sent"), frozenset({ANIMATOR, OFFICE})),
    "import": {"": AUTHORS | {OFFICE}},
    "earlier plan": {"": PEOPLE_AROUND},
    "upload": {"draft": AUTHORS, "correction": AUTHORS | {OFFICE}},
    "final file": {"": PEOPLE_AROUND},
    "animator": {"": frozenset({OFFICE})},
    "assignment": {"": frozenset({OFFICE})},
    "leave": {"": frozenset({ANIMATOR, OFFICE})},
    "handover": {"": PEOPLE_AROUND | {SUCCESSOR}},
    "meeting": {"": PEOPLE_AROUND},
    "assessment": {"": PEOPLE_AROUND},
    "finished assessment": {"": PEOPLE_AROUND},
    "handbook": {"": PEOPLE_AROUND},
    "paper": {"": PEOPLE_AROUND, "animator's": PEOPLE_AROUND},
    "new paper": {"": PEOPLE_AROUND, "animator's": PEOPLE_AROUND},
    "code": {"": PEOPLE_AROUND, "animator's": PEOPLE_AROUND},
    "edition": {"": frozenset({OFFICE})},
    "template": {"": frozenset({OFFICE, ADMIN})},
    "request": {"": PEOPLE_AROUND},
    "entry": {"": frozenset({ANIMATOR})},
    "outside": {"": frozenset({ANIMATOR})},
    "consultation": {"": PEOPLE_AROUND},
    "visit": {"": PEOPLE_AROUND},
    "follow up": {"": PEOPLE_AROUND},
    "overrun": {"": frozenset({OFFICE})},
    "phrase": {"own": frozenset({ANIMATOR}), "shared": frozenset({OFFICE})},
    "card": {"": frozenset({ANIMATOR, OFFICE})},
    "period": {"closing": frozenset({OFFICE}), "frozen": frozenset({OFFICE, FUNDER})},
    "figure": {"closing": frozenset({OFFICE}), "frozen": frozenset({OFFICE, FUNDER})},
    "indicator": {"": frozenset({OFFICE})},
    **{kind: {"": frozenset({OFFICE})} for kind in ("board view", "letter", "letter file")},
    "sent letter's file": {"": PEOPLE_AROUND},
    "webinar draft": {"": frozenset({OFFICE})},
    "office's webinar": {"": frozenset({OFFICE})},
    "webinar seat": {"": frozenset({OFFICE})},
    "webinar series": {"": frozenset({OFFICE})},
    "webinar in series": {"": frozenset({OFFICE})},
    **{
        kind: {"": frozenset({OFFICE})}
        for kind in ("attended webinar", "attendance", "attendance report", "attendance line")
    },
    "certificate": {"": frozenset({LEADER, OFFICE})},
    **{
        kind: {"": frozenset({OFFICE, ADMIN})}
        for kind in ("numbers", "logo", "list", "list entry", "retired entry", "erasure")
    },
    **{kind: {"": frozenset({OFFICE})} for kind in ("mail", "bounced", "mail template", "mail view")},
    **{
        kind: {"": frozenset({OFFICE})}
        for kind in ("digest", "digest item", "news of the office", "offer", "initiative")
    },
    "card line": {"": frozenset({ANIMATOR, OFFICE})},
    **{f"{state} work": {"": frozenset({OFFICE})} for state in ("waiting", "failed", "ready")},
}
"""Kind of record and its state: to whom it exists at all. To anybody else it is like one that does not."""

KNOWN_TO_ALL = {
    "municipality",
    "mayor",
    "handover",
    "card",
    "card line",
    "webinar",
    "waiting work",
    "failed work",
    "ready work",
    "webinar draft",
    "webinar material",
    "certificate",
    "recording",
}
"""Or anybody could be one whom they concern: whoever is asked to take over has no role yet, a former animator none any more."""


@dataclass(frozen=True)
class Access:
    """``kind``: the record that the address names, if any. ``only``: where somebody may do it in some states alone."""

    who: Standings | str
    kind: str | None = None
    only: Mapping[Standing, frozenset[str]] = field(default_factory=dict)
    never_own: bool = False

    def expected(self, identity: Identity, record: Record | None) -> str:
        if self.who == EVERYBODY:
            return ALLOWED
        if not identity.gets_in:
            return SIGN_IN
        if self.who == SIGNED_IN:
            return ALLOWED if record or not self.kind else NOT_FOUND
        if not self.could_ever(identity):
            return NOT_FOR_ROLE
        return self._on_record(identity, record) if self.kind else ALLOWED

    def could_ever(self, identity: Identity) -> bool:
        if self.kind in KNOWN_TO_ALL:
            return True
        seers = frozenset().union(*SEEN_BY[self.kind].values()) if self.kind else frozenset()
        return bool(identity.roles & (frozenset(self.who) | seers))

    def _on_record(self, identity: Identity, record: Record | None) -> str:
        standing = identity.standing(record.family) if record else frozenset()
        seers = SEEN_BY.get(self.kind or "")
        if record is None or (seers and not standing & seers[record.state]):
            return NOT_FOUND
        if self.never_own and standing & AUTHORS:
            return NOT_FOR_ROLE if self.kind == "version" else NOT_FOUND
        mine = {
            one
            for one in standing & frozenset(self.who)
            if record.state in self.only.get(one, {record.state})
        }
        return ALLOWED if mine else NOT_FOR_ROLE


def on(kind: str, *who: Standing, never_own: bool = False, **only: frozenset[str]) -> Access:
    restricted = {Standing[name]: states for name, states in only.items()}
    return Access(frozenset(who), kind, restricted, never_own)


def page(*who: Standing) -> Access:
    return Access(frozenset(who))


ANYBODY, ANY_PERSON = Access(EVERYBODY), Access(SIGNED_IN)

READ_PLAN = on("version", LEADER, DEPUTY, ANIMATOR, OFFICE)
WRITE_PLAN = on("version", LEADER, DEPUTY, OFFICE, OFFICE=frozenset({"correction"}))
HAND_OVER = on("version", LEADER, SUBMITTING, OFFICE)
PUBLISH = on("version", LEADER, PUBLISHING, OFFICE)
DECIDE = on("version", ANIMATOR, OFFICE, never_own=True)
REMARK = on("reviewed remark", ANIMATOR, OFFICE, never_own=True)
UPLOAD = on("upload", LEADER, DEPUTY, OFFICE)
FINAL_FILE = on("final file", LEADER, PUBLISHING, OFFICE)
READ_PARTNERSHIP = on("partnership", LEADER, DEPUTY, ANIMATOR, OFFICE)
WRITE_PARTNERSHIP = on("partnership", LEADER, DEPUTY, OFFICE)
WRITE_MEMBER = on("member", LEADER, DEPUTY, OFFICE)
READ_MEETING = on("meeting", LEADER, DEPUTY, ANIMATOR, OFFICE)
WRITE_MEETING = on("meeting", LEADER, DEPUTY, OFFICE)
BEGIN_ASSESSMENT = on("partnership", LEADER, DEPUTY)
READ_ASSESSMENT = on("assessment", LEADER, DEPUTY, ANIMATOR, OFFICE)
WRITE_ASSESSMENT = on("assessment", LEADER, DEPUTY)
READ_FINISHED = on("finished assessment", LEADER, DEPUTY, ANIMATOR, OFFICE)
NO_EVIDENCE = frozenset({"partnership", "public"})
WRITE_FILE = on("file", LEADER, DEPUTY, OFFICE, DEPUTY=NO_EVIDENCE)
MANAGE = on("partnership", OFFICE)
START_PLAN = on("partnership", LEADER, DEPUTY, OFFICE, OFFICE=frozenset({"leaderless"}))
PERSON, GRANT = on("person", OFFICE, ADMIN), on("grant", OFFICE, ADMIN)

CHANGE = on("change", OFFICE)

READ_CONSULTATION = on("consultation", LEADER, DEPUTY, ANIMATOR, OFFICE)
ANSWER_CONSULTATION = on("consultation", LEADER, DEPUTY, OFFICE)
VISIT = on("visit", LEADER, DEPUTY, ANIMATOR, OFFICE)
