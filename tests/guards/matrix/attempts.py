"""Every address with every method, as one person, on records of their own, of others, and on one that is not there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask

from tests.guards.matrix.access import ACCESS
from tests.guards.matrix.access_rules import ALLOWED, EVERYBODY, NOT_FOR_ROLE, NOT_FOUND, SIGN_IN, Access
from tests.guards.matrix.deeds import DEEDS
from tests.guards.matrix.people import IDENTITIES
from tests.guards.matrix.stage import Answer, Stage
from tests.guards.matrix.world import Record

NO_SUCH = 987_654
THOROUGHLY = {"leader", "animator", "office"}
"""Each address on a record in every state. The others try two, at every address other ones: so all are tried anyway."""

LEADS_OUT = {"accounts.sessions"}
"""Signs one out when it works, which looks like not being let in."""


@dataclass(frozen=True)
class Attempt:
    who: str
    method: str
    endpoint: str
    path: str
    expected: str
    fields: Mapping[str, Any] | None = None
    record: Record | None = None

    def __str__(self) -> str:
        return f"{self.who}: {self.method} {self.path} ({self.record.name if self.record else 'nothing'})"

    def made(self, stage: Stage) -> Answer:
        return stage.ask(self.who, self.method, self.path, self.fields)


def outcome(attempt: Attempt, answer: Answer) -> str:
    """In the table's words. A page that says "not now" or "fill this in" has let the person in."""
    if answer.status == 303 and answer.location.startswith("/sign-in"):
        return attempt.expected if attempt.endpoint in LEADS_OUT else SIGN_IN
    by_status = {403: NOT_FOR_ROLE, 404: NOT_FOUND}
    return by_status.get(answer.status, ALLOWED if answer.status < 500 else str(answer.status))


def attempts_of(stage: Stage, who: str) -> Iterator[Attempt]:
    for turn, (endpoint, access) in enumerate(ACCESS.items()):
        if access.who == EVERYBODY:
            continue
        for record in _records(stage, who, access, turn):
            yield from _attempts_on(stage, who, endpoint, access, record)


def _attempts_on(
    stage: Stage, who: str, endpoint: str, access: Access, record: Record | None
) -> Iterator[Attempt]:
    deed = DEEDS.get(endpoint)
    extra = deed.address(stage.world) if deed else {}
    names = {**extra, **(_values(stage, record, access.kind) if access.kind else {})}
    path, expected = stage.address(endpoint, **names), access.expected(IDENTITIES[who], record)
    for method in sorted(methods_of(stage.app, endpoint) & {"GET", "POST"}):
        fields = None
        if method == "POST":
            assert deed, f"{endpoint} takes a POST: write down in deeds.py one that works"
            fields = deed.filled(stage.world)
        yield Attempt(who, method, endpoint, path, expected, fields, record)


def _values(stage: Stage, record: Record | None, kind: str) -> Mapping[str, object]:
    if record is not None:
        return record.values
    return dict.fromkeys(stage.world.records[kind][0].values, NO_SUCH)


def _records(stage: Stage, who: str, access: Access, turn: int) -> Iterator[Record | None]:
    """Some of each state that the person has to do with, some that are others', and one that is not there."""
    if access.kind is None:
        yield None
        return
    related: dict[tuple[object, str], list[Record]] = {}
    foreign: dict[str, list[Record]] = {}
    for record in stage.world.records[access.kind]:
        if standing := IDENTITIES[who].standing(record.family):
            related.setdefault((standing, record.state), []).append(record)
        else:
            foreign.setdefault(record.state, []).append(record)
    if access.expected(IDENTITIES[who], None) in (SIGN_IN, NOT_FOR_ROLE):
        yield from _some([*foreign.values(), *related.values()], 1, turn)
        return
    yield from _some(list(related.values()), len(related) if who in THOROUGHLY else 2, turn)
    yield from _some(list(foreign.values()), 1, turn)
    yield None


def _some(groups: Sequence[Sequence[Record]], most: int, turn: int) -> Iterator[Record]:
    """So many of the groups, one record of each; the next address begins one further on."""
    for number in range(turn, turn + min(most, len(groups))):
        group = groups[number % len(groups)]
        yield group[turn % len(group)]


def methods_of(app: Flask, endpoint: str) -> set[str]:
    rules = app.url_map.iter_rules(endpoint)
    return {method for rule in rules for method in rule.methods or set()}
