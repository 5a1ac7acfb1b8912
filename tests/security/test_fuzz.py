"""Anything at all, in every question of every page and in every field of every form: never an error of ours."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.guards.matrix.access import ACCESS
from tests.guards.matrix.attempts import methods_of
from tests.guards.matrix.deeds import DEEDS
from tests.guards.matrix.people import VISITOR
from tests.guards.matrix.stage import Stage
from tests.support.forms import Upload

ROLES = (VISITOR, "leader", "animator", "office", "admin")

bounded = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

ODD = (
    "", " ", "0", "-1", "1.5", "1e309", "NaN", "9" * 400, str(2**31), str(2**63), "0x10", "٣", "None", "null", "true",
    "[]", "{}", "%", "%00", "%s", "\\", "'", '"', "../..", "0001-01-01", "9999-12-31", "2026-02-30", "31.04.2026",
    "y", "on", "a@b", "a@b.example", "\x00", "\r\nX-Evil: 1", "\u202e", "\ufeff", "👩‍🌾", "ą" * 300, "x" * 5000,
)  # fmt: skip

QUESTIONS = (
    "q", "page", "sort", "order", "voivodeship", "county", "kind", "state", "status", "stage", "role", "animator",
    "without", "ended", "account", "next", "full", "sheet", "row", "column", "id", "year", "format", "lang", "size",
    "request", "municipality", "channel", "minutes", "quick", "other", "like", "removed", "life_area", "form",
)  # fmt: skip

values = st.one_of(st.sampled_from(ODD), st.text(max_size=60), st.integers().map(str))
questions = st.dictionaries(
    st.one_of(st.sampled_from(QUESTIONS), st.text(min_size=1, max_size=8)),
    st.one_of(values, st.lists(values, min_size=2, max_size=3)),
    max_size=5,
)
files = st.builds(Upload, st.binary(max_size=300), st.text(max_size=20), st.text('abc/;= "', max_size=12))


@st.composite
def forms(draw: st.DrawFn, fields: dict[str, Any]) -> dict[str, Any]:
    """A form that was right, with some fields bent, left out, sent twice or invented."""
    sent = dict(fields)
    for name in draw(st.lists(st.sampled_from(sorted(fields)), max_size=4)) if fields else ():
        way = draw(st.sampled_from(("bent", "bent", "left out", "twice", "file")))
        if way == "left out":
            sent.pop(name, None)
        elif way == "twice":
            sent[name] = [draw(values), draw(values)]
        else:
            sent[name] = draw(values) if way == "bent" else draw(files)
    return sent | draw(st.dictionaries(st.text(min_size=1, max_size=8), values, max_size=2))


@pytest.mark.parametrize("who", ROLES)
@bounded
@given(data=st.data())
def test_no_question_breaks_a_page(stage, who, data):
    endpoint = data.draw(
        st.sampled_from([name for name in sorted(ACCESS) if "GET" in methods_of(stage.app, name)])
    )
    address = data.draw(st.sampled_from(addresses(stage, endpoint)))

    answer = stage.ask(who, "GET", address, query_string=data.draw(questions))

    assert answer.flaws == []


def addresses(stage: Stage, endpoint: str) -> list[str]:
    """The endpoint's page for some records, and in every language it has."""
    kind = ACCESS[endpoint].kind
    named = [record.values for record in stage.world.records[kind]] if kind else [{}]
    usual = {
        "place": stage.world.places["apublished"],
        "number": 1,
        "kind": "general",
        "token": "x",
        "language": "pl",
        "source": "small-rural",
        "sheet_key": "needs",
        "row_uid": "row-n1-0001",
        "task": "T5_VISITS",
        "indicator": "members",
        "ending": "csv",
        "what": "captions",
        "name": "a.pdf",
        "lang": "pl",
        **stage.world.record("file", "adraft public").values,
        **stage.world.record("edition", "first").values,
        **stage.world.record("webinar material", "announced").values,
        **stage.world.record("offer", "published").values,
        **stage.world.record("initiative", "proposed").values,
        "slug": stage.world.seen["series"],
        "profile_id": 1,
        "logo_id": 1,
        "version": "x",
    }
    found = []
    for rule in stage.app.url_map.iter_rules(endpoint):
        for values_ in named[:6]:
            built = rule.build({**usual, **(rule.defaults or {}), **values_}, append_unknown=False)
            found += [built[1]] if built else []
    return found


@pytest.mark.parametrize("who", ROLES)
@bounded
@given(data=st.data())
def test_no_answer_breaks_a_form(stage, who, data):
    mine = [name for name in sorted(DEEDS) if DEEDS[name].by == who] or sorted(DEEDS)
    endpoint = data.draw(st.sampled_from(mine))
    deed = DEEDS[endpoint]
    path = stage.address(endpoint, **deed.address(stage.world))

    answer = stage.ask(who, "POST", path, data.draw(forms(deed.filled(stage.world))))
    if answer.status < 400:
        stage.restore()

    assert answer.flaws == []
