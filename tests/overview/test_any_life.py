"""The database and somebody with the files on a desk find the same partnerships at risk, whatever happened to them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from animators.consultations.models import Channel, ConsultationStatus
from core import clock as core_clock
from core.database import db
from overview.risks import Risk, at_risk
from partnerships.models import LeaderTerm, Partnership, TermKind
from partnerships.workflow import PartnershipStatus
from plans.workflow import PlanStatus
from tasks.models import TaskWaiver
from tasks.rules import TaskCode
from tests.overview.plain_risks import plain_risks
from tests.overview.records import advised, met, planned

FIRST, LAST = date(2026, 1, 1), date(2029, 2, 1)
DAYS = st.dates(FIRST, LAST)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2029, 2, 1), timezones=st.just(UTC))
TODAYS = st.sampled_from(
    [
        datetime(2026, 4, 15, 10, 0, tzinfo=UTC),
        datetime(2027, 1, 6, 23, 30, tzinfo=UTC),
        datetime(2028, 11, 4, 22, 59, tzinfo=UTC),
        datetime(2028, 11, 4, 23, 0, tzinfo=UTC),
        datetime(2029, 1, 20, 12, 0, tzinfo=UTC),
    ]
)
"""An ordinary day, one that is tomorrow in Warsaw, both sides of the day from which visits count, and after the end."""
AGO = st.integers(0, 75).map(timedelta)
TERMS = st.lists(DAYS, max_size=4, unique=True).map(sorted)
VERSION = st.tuples(
    st.sampled_from([one for one in PlanStatus if one not in (PlanStatus.IN_USE, PlanStatus.CLOSED)]),
    AGO,
    AGO,
)
ADVICE = st.tuples(
    st.just(Channel.VISIT) | st.sampled_from(list(Channel)),
    st.just(ConsultationStatus.CONFIRMED) | st.sampled_from(list(ConsultationStatus)),
    st.integers(1, 3),
    AGO | st.none(),
    st.booleans(),
)
LIVES = st.fixed_dictionaries(
    {
        "today": TODAYS,
        "is_closed": st.sampled_from([False, False, False, True]),
        "founded_on": st.none() | DAYS,
        "created_at": MOMENTS,
        "terms": TERMS,
        "deputy": st.booleans(),
        "meetings": st.lists(st.tuples(AGO, st.none() | st.just(7), st.booleans()), max_size=2),
        "advice": st.lists(ADVICE, max_size=3),
        "plans": st.dictionaries(st.integers(2025, 2027), VERSION, max_size=2),
        "waived": st.booleans(),
    }
)

Cast = tuple[Partnership, User, User]


@pytest.fixture
def cast(make):
    """A partnership, who leads it at times, and who may deputise."""
    return make.partnership(led=False, advised=False), make.user(), make.user()


def live(cast: Cast, life: dict[str, Any]) -> None:
    """In the open transaction: it is taken back afterwards."""
    (partnership, leader, deputy), now = cast, life["today"]
    partnership.founded_on, partnership.created_at = life["founded_on"], life["created_at"]
    if life["is_closed"]:
        partnership.status, partnership.closed_on = PartnershipStatus.CLOSED, FIRST
    for begins, ends in zip(life["terms"][::2], [*life["terms"][1::2], None], strict=False):
        _serve(partnership, leader, TermKind.LEADER, begins, ends)
    if life["deputy"]:
        _serve(partnership, deputy, TermKind.DEPUTY, FIRST, None)
    for ago, people, called_off in life["meetings"]:
        met(partnership, (now - ago).date(), people, called_off_at=now if called_off else None)
    for channel, status, number, ago, only_planned in life["advice"]:
        at = now - ago if ago is not None else datetime(2026, 1, 5, tzinfo=UTC)
        advised(partnership, at, channel, status, number=number, only_planned=only_planned)
    for year, (status, since, sent) in life["plans"].items():
        submitted_at = None if status is PlanStatus.DRAFT else now - sent
        planned(partnership, status, now - since, submitted_at=submitted_at, year=year)
    if life["waived"]:
        waiver = TaskWaiver(
            partnership_id=partnership.id, task=TaskCode.VISITS, reason="Agreed", waived_on=FIRST
        )
        db.session.add(waiver)
    db.session.flush()
    db.session.expire_all()


def _serve(partnership: Partnership, person: User, kind: TermKind, begins: date, ends: date | None) -> None:
    term = LeaderTerm(
        partnership_id=partnership.id, user_id=person.id, kind=kind, starts_on=begins, ends_on=ends
    )
    db.session.add(term)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(life=LIVES)
def test_any_life_puts_the_same_at_risk(cast, life):
    with core_clock.at(life["today"]):
        live(cast, life)
        found = {(str(one.risk), one.since) for one in at_risk()}

        assert found == plain_risks(cast[0])
    db.session.rollback()


def test_every_risk_occurs_in_these_lives(cast):
    """Else the test above could pass without having seen it."""
    seen: set[Risk] = set()

    @settings(max_examples=120, database=None, derandomize=True, deadline=None)
    @given(life=LIVES)
    def look(life):
        with core_clock.at(life["today"]):
            live(cast, life)
            seen.update(one.risk for one in at_risk())
        db.session.rollback()

    look()
    assert seen == set(Risk)
