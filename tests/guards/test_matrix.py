"""Every address, as everybody, on one's own records and on others': who gets in, and what nobody else may learn."""

from collections.abc import Iterable, Iterator

import pytest

from tests.guards.matrix.access import ACCESS
from tests.guards.matrix.access_rules import ALLOWED, NOT_FOUND
from tests.guards.matrix.attempts import Attempt, attempts_of, methods_of, outcome
from tests.guards.matrix.deeds import DEEDS
from tests.guards.matrix.knowledge import may_know
from tests.guards.matrix.people import IDENTITIES
from tests.guards.matrix.stage import Answer, Stage

OF_THE_INSTALLATION = ("/static/", "/health/", "/metrics", "/dev/")


def test_every_address_is_in_the_table(stage):
    routes = stage.app.url_map.iter_rules()
    known = {route.endpoint for route in routes if not route.rule.startswith(OF_THE_INSTALLATION)}

    assert known - set(ACCESS) == set(), "write down in access.py who may use these"
    assert set(ACCESS) - known == set(), "these are no longer there"


def test_every_form_has_a_deed(stage):
    posts = {name for name in ACCESS if "POST" in methods_of(stage.app, name)}

    assert posts - set(DEEDS) == set(), "write down in deeds.py one that works"
    assert set(DEEDS) - posts == set(), "these are no longer there"


@pytest.mark.timeout(400)
@pytest.mark.parametrize("who", IDENTITIES)
def test_nobody_gets_in_where_they_have_no_business(stage, who):
    refused = [attempt for attempt in attempts_of(stage, who) if attempt.expected != ALLOWED]
    before = stage.fingerprint()

    faults = list(faults_in_refusals(stage, refused))

    assert not faults, "\n".join(faults)
    assert stage.fingerprint() == before, culprits(stage, refused)


def faults_in_refusals(stage: Stage, attempts: Iterable[Attempt]) -> Iterator[str]:
    strangers: dict[tuple[str, str], list[tuple[Attempt, Answer]]] = {}
    for attempt in attempts:
        answer = attempt.made(stage)
        if outcome(attempt, answer) != attempt.expected:
            yield f"{attempt}: {answer.status}, not {attempt.expected}"
        if leaked := answer.secrets - {attempt.who}:
            yield f"{attempt}: tells {leaked}"
        yield from (f"{attempt}: {flaw}" for flaw in answer.flaws)
        if attempt.expected == NOT_FOUND:
            strangers.setdefault((attempt.endpoint, attempt.method), []).append((attempt, answer))
    for group in strangers.values():
        missing = next(answer for attempt, answer in group if attempt.record is None)
        yield from (
            f"{attempt}: differs from nothing" for attempt, answer in group if answer.gist != missing.gist
        )


def culprits(stage: Stage, attempts: Iterable[Attempt]) -> str:
    """Which of the refused requests changed something after all."""
    stage.restore()
    found, before = [], stage.fingerprint()
    for attempt in attempts:
        attempt.made(stage)
        after = stage.fingerprint()
        if after != before:
            found.append(f"{attempt} changed {[name for name in after if after[name] != before[name]]}")
        before = after
    return "\n".join(found)


@pytest.mark.timeout(400)
@pytest.mark.parametrize("who", [name for name, identity in IDENTITIES.items() if identity.gets_in])
def test_everybody_gets_in_where_they_belong_and_learns_nothing_of_others(stage, who):
    faults: list[str] = []
    for attempt in attempts_of(stage, who):
        if attempt.expected != ALLOWED:
            continue
        answer = attempt.made(stage)
        if outcome(attempt, answer) != ALLOWED:
            faults.append(f"{attempt}: {answer.status}")
        if leaked := {secret for secret in answer.secrets if not may_know(who, secret)}:
            faults.append(f"{attempt}: tells {leaked}")
        faults += [f"{attempt}: {flaw}" for flaw in answer.flaws]
        if attempt.method == "POST" and answer.status < 400:
            stage.restore()

    assert not faults, "\n".join(faults)
