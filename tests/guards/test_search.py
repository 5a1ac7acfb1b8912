"""The search finds what somebody may open and nothing else, not even that there is something."""

from collections.abc import Iterator

import pytest

from accounts.models import User
from core.database import db
from core.i18n import in_language
from search.kinds import Kind
from search.queries import Question, found
from search.reach import reach_of
from tests.guards.matrix.knowledge import may_know
from tests.guards.matrix.markers import marked, secrets_in
from tests.guards.matrix.people import IDENTITIES
from tests.guards.matrix.stage import Stage

WHO_GET_IN = [name for name, identity in IDENTITIES.items() if identity.gets_in]
AS_IT_IS_TYPED = "zsecret"
"""With it every secret begins."""


def all_secrets(stage: Stage) -> set[str]:
    return set().union(*(secrets_in(repr(rows).encode()) for rows in stage.contents().values()))


def found_as(stage: Stage, who: str, text: str) -> dict[Kind, int]:
    with stage.app.test_request_context(), in_language("en"):
        person = db.session.get_one(User, stage.world.ids[who])
        groups = found(reach_of(person), Question(text), kinds=list(Kind), size=1)
        db.session.rollback()
    return {group.kind: group.total for group in groups}


@pytest.mark.parametrize("who", WHO_GET_IN)
def test_nobody_finds_a_word_that_they_may_not_know(stage, who):
    """Asked for word by word: a count alone would tell that it stands somewhere."""
    hidden = sorted(secret for secret in all_secrets(stage) if not may_know(who, secret))

    told = {secret: kinds for secret in hidden if (kinds := found_as(stage, who, marked(secret)))}

    assert len(hidden) > 0 or who == "manyhats"
    assert told == {}


@pytest.mark.parametrize("who", WHO_GET_IN)
def test_pages_of_results_tell_only_what_their_reader_may_know(stage, who):
    faults = [
        f"{path}: {sorted(leaked)} {answer.flaws}"
        for path in pages_of_results(stage, who)
        for answer in [stage.ask(who, "GET", path)]
        if (leaked := {secret for secret in answer.secrets if not may_know(who, secret)})
        or answer.flaws
        or answer.status != 200
    ]

    assert faults == []


def pages_of_results(stage: Stage, who: str) -> Iterator[str]:
    yield f"/search?q={AS_IT_IS_TYPED}"
    for kind, total in found_as(stage, who, AS_IT_IS_TYPED).items():
        yield from (
            f"/search?q={AS_IT_IS_TYPED}&kind={kind.value}&page={page + 1}" for page in range(-(-total // 25))
        )


@pytest.mark.parametrize(
    ("who", "secret"),
    [
        ("leader", "areviewplan"), ("leader", "apublishedprivate"), ("leader", "areviewsent"),
        ("leader", "areviewmember"), ("leader", "animator"), ("leader", "bdraftname"),
        ("deputy", "areviewplan"), ("deputy", "apublishedprivate"),
        ("animator", "areviewplan"), ("animator", "apublishedshared"), ("animator", "areviewsent"),
        ("animator", "areviewmember"), ("animator", "leader"),
        ("cover", "creviewplan"), ("cover", "cleader"),
        ("office", "areviewplan"), ("office", "bdraftnext"), ("office", "breviewsent"), ("office", "otherleader"),
        ("office", "newcomer"), ("admin", "otherleader"), ("funder", "areviewname"), ("formerleader", "areviewname"),
    ],
)  # fmt: skip
def test_everybody_finds_what_is_theirs(stage, who, secret):
    assert may_know(who, secret)
    assert found_as(stage, who, marked(secret))
