"""Requests that no page of ours makes: other methods, ids that are none, addresses bent out of shape."""

from collections.abc import Iterator

import pytest

from tests.guards.matrix.access import ACCESS
from tests.guards.matrix.access_rules import EVERYBODY
from tests.guards.matrix.attempts import attempts_of, methods_of
from tests.guards.matrix.knowledge import PUBLISHED, may_know
from tests.guards.matrix.people import IDENTITIES, VISITOR
from tests.guards.matrix.stage import Answer, Stage

ODD = (
    "0", str(2**31 - 1), str(2**31), str(10**30), "9" * 5000, "-1", "1.5", "1e3", "abc", "%00", "1%00", "１", "٣",
    "'", "1'--", "1;x", "%2e%2e", "..%2f..%2fconfig.py", "%ff", "a%0d%0aX-Evil:1", "{{7*7}}", "x" * 3000,
)  # fmt: skip
"""In place of an id, a code, a token or a language."""


NO_RECORDS = {
    "<source>": "small-rural",
    "<sheet_key>": "metadata",
    "<row_uid>": "metadata",
    "<task>": "T5_VISITS",
    "<area_code>": "safety",
}
"""Placeholders behind a record of which not everybody who sees it may do this, and what fits there."""


def odd_addresses(stage: Stage) -> Iterator[tuple[str, str, str]]:
    """Endpoint, method and address, with each placeholder bent in turn: at each address every fourth way."""
    rules = [
        rule for rule in stage.app.url_map.iter_rules() if "<" in rule.rule and rule.endpoint != "static"
    ]
    for turn, rule in enumerate(rules):
        for number, odd in enumerate(ODD[turn % 4 :: 4]):
            method = min(methods_of(stage.app, rule.endpoint) & {"GET", "POST"})
            yield rule.endpoint, method, "/".join(_bent(rule.rule, odd, number))


def _bent(rule: str, odd: str, number: int) -> Iterator[str]:
    """Of several placeholders one takes its turn; the others look right."""
    parts = rule.split("/")
    places = [place for place, part in enumerate(parts) if "<" in part and part not in NO_RECORDS]
    for place, part in enumerate(parts):
        if place not in places:
            yield NO_RECORDS.get(part, part)
        else:
            yield (odd if place == places[number % len(places)] else "1") + part.rpartition(">")[2]


def test_what_is_no_record_is_not_found(stage):
    """Neither an error, nor a hint, nor anything else than the page that says so."""
    before = stage.fingerprint()

    faults = [
        f"{method} {address[:80]}: {answer.status} {answer.secrets} {answer.flaws}"
        for endpoint, method, address in odd_addresses(stage)
        for answer in [stage.ask("office", method, address, {} if method == "POST" else None)]
        if answer.status not in fitting(endpoint) or answer.secrets - {"office"} or answer.flaws
    ]

    assert not faults, "\n".join(faults)
    assert stage.fingerprint() == before


def fitting(endpoint: str) -> tuple[int, ...]:
    """What is not for the office at all says so, whether the record is there or not."""
    access = ACCESS.get(endpoint)  # pages for developers are in no table
    never = access and isinstance(access.who, frozenset) and not access.could_ever(IDENTITIES["office"])
    return (400, 403, 404) if never else (400, 404)


def test_a_role_is_found_only_under_the_person_who_has_it(stage):
    grant = stage.world.record("grant", "funder funder").values
    before = stage.fingerprint()

    answer = stage.ask(
        "office", "POST", f"/people/{stage.world.ids['leader']}/roles/{grant['grant_id']}/end", {}
    )

    assert answer.status == 404
    assert stage.fingerprint() == before


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "X" * 100])
def test_other_methods_do_nothing(stage, method):
    before = stage.fingerprint()
    path = stage.address("plans.delete_draft", **stage.world.record("version", "adraft draft").values)

    answers = [stage.ask("leader", method, address) for address in (path, "/", "/people", "/no/such/page")]

    assert {answer.status for answer in answers} <= {400, 403, 404, 405}
    assert stage.fingerprint() == before


def test_head_tells_no_more_than_get(stage):
    """Each address once for every way it is answered."""
    tried = set()
    for attempt in attempts_of(stage, "leader"):
        if attempt.method == "GET" and (attempt.endpoint, attempt.expected) not in tried:
            tried.add((attempt.endpoint, attempt.expected))
            asked, head = attempt.made(stage), stage.ask("leader", "HEAD", attempt.path)

            assert (head.status, head.body) == (asked.status, b""), attempt


def test_options_are_the_same_for_every_record(stage):
    """Answered before anybody looks whether there is such a record, and for whom."""
    told: dict[str, set[tuple[int, str, bytes]]] = {}
    for attempt in attempts_of(stage, "leader"):
        for who in ("leader", VISITOR):
            answer = stage.ask(who, "OPTIONS", attempt.path)
            told.setdefault(attempt.endpoint, set()).add(
                (answer.status, answer.headers.get("Allow", ""), answer.body)
            )

    assert {name for name, answers in told.items() if len(answers) != 1} == set()


# --- What everybody may open -----------------------------------------------------------------------------


def public_answers(stage: Stage) -> Iterator[tuple[str, str, Answer]]:
    """Endpoint, town and answer of every public page."""
    for rule in stage.app.url_map.iter_rules():
        if rule.endpoint not in ACCESS or ACCESS[rule.endpoint].who != EVERYBODY:
            continue
        if "GET" not in (rule.methods or set()):
            continue
        towns = stage.world.places if "place" in rule.arguments else {"": ""}
        for town, place in towns.items():
            names = {
                "place": place, "number": 1, "kind": "general", "token": "x" * 43, "language": "pl", "ending": "csv", "what": "captions",
                "name": "umowa.pdf", "profile_id": 1, "logo_id": 1, "version": "x", **stage.world.record("file", "adraft public").values,
                **stage.world.record("edition", "first").values,
                **stage.world.record("webinar material", "announced").values,
                **stage.world.record("offer", "published").values,
                **stage.world.record("initiative", "proposed").values,
                "slug": stage.world.seen["series"],
            }  # fmt: skip
            address = rule.build({**names, **(rule.defaults or {})}, append_unknown=False)
            assert address, rule
            yield rule.endpoint, town, stage.ask(VISITOR, "GET", address[1])


OWN_ADDRESS = {"accounts.second_step": {"deputyfull"}}
"""Whose password this browser has just given: every browser of the matrix holds the cookie that says so."""


def test_the_public_reads_published_plans_and_nothing_else(stage):
    statuses: dict[str, set[tuple[str, int]]] = {}
    leaked: set[tuple[str, str]] = set()
    for endpoint, town, answer in public_answers(stage):
        assert answer.flaws == [], answer.path
        statuses.setdefault(endpoint, set()).add((town, answer.status))
        unknown = {secret for secret in answer.secrets if not may_know(VISITOR, secret)}
        unknown -= OWN_ADDRESS.get(endpoint, set())
        leaked |= {(endpoint, secret) for secret in unknown}

    expected = {(town, 200 if town in PUBLISHED else 404) for town in stage.world.places}
    assert leaked == set()
    assert (
        statuses["public.plan"] == statuses["public.plan_file"] == statuses["public.plan_version"] == expected
    )
    assert statuses["public.municipality"] == {(town, 200) for town in stage.world.places}


def test_everybody_opens_files_that_are_public_and_others_are_like_none(stage):
    answers = [
        (record, stage.ask(VISITOR, "GET", stage.address("files.public_file", name="a.pdf", **record.values)))
        for record in stage.world.records["file"]
    ]
    none = stage.ask(VISITOR, "GET", stage.address("files.public_file", name="a.pdf", attachment_id=987_654))

    for record, answer in answers:
        assert answer.status == (200 if record.state == "public" else 404)
        assert {secret for secret in answer.secrets if not may_know(VISITOR, secret)} == set()
        assert record.state == "public" or answer.gist == none.gist


def test_a_plan_not_published_is_like_none(stage):
    drafted, none, unknown = stage.world.places["adraft"], stage.world.places["anew"], "0000000-nowhere"

    for page in ("plan", "plan.xlsx", "plan/versions/1", "plan/versions/2"):
        answers = [_public_page(stage, place, page) for place in (drafted, none, unknown)]

        assert [status for status, _ in answers] == [404, 404, 404]
        assert answers[0] == answers[1] == answers[2]


def _public_page(stage: Stage, place: str, page: str) -> tuple[int, str]:
    """Without the place itself, which stands in the links to the other language."""
    status, text = stage.ask(VISITOR, "GET", f"/en/municipalities/{place}/{page}").gist
    return status, text.replace(place, "PLACE")
