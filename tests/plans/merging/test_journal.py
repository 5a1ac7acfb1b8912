"""Every state a plan went through can be found again."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import clock
from core.database import db
from plans.content import fingerprint
from plans.definitions import PlanContent, PlanRow
from plans.merging.journal import KEPT, forget_steps, state_at, tidy_steps
from plans.merging.models import PlanStep
from plans.models import PlanVersion
from plans.services import flow, writing
from plans.workflow import PlanStatus
from tests.plans.test_flow import leader_of
from tests.plans.test_uploads import change_need

NEEDS = st.lists(
    st.builds(
        PlanRow,
        st.sampled_from([f"row-{letter}" for letter in "abcdef"]),
        st.fixed_dictionaries({"need_text": st.sampled_from(["Łódź", "one", "two"])}),
    ),
    unique_by=lambda row: row.row_uid,
    max_size=5,
)


@pytest.fixture
def draft(make) -> PlanVersion:
    version: PlanVersion = make.general_plan()
    return version


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(states=st.lists(NEEDS, min_size=1, max_size=6))
def test_any_of_them_comes_back_as_it_was(draft, states):
    """Each example goes on from the last one: the journal only grows longer."""
    version = draft
    seen = [version.rows]
    for needs in states:
        sheets = {**version.rows.sheets, "needs": tuple(needs)}
        writing.replace_rows(version, PlanContent({key: rows for key, rows in sheets.items() if rows}))
        db.session.expire(version)
        seen.append(version.rows)

    assert [state_at(version, fingerprint(one)) for one in seen] == seen


def test_a_next_version_knows_the_states_of_the_one_before(make):
    version = make.general_plan(PlanStatus.PUBLISHED)
    before = version.rows
    draft = flow.start_new_round(version, actor=leader_of(version))
    change_need(draft, "Changed in the next round")

    assert state_at(draft, fingerprint(before)) == before


def test_a_state_that_never_was_is_not_made_up(make):
    assert state_at(make.general_plan(), "0" * 64) is None


def test_states_are_kept_no_longer_than_they_serve(make):
    version = make.general_plan()
    before = fingerprint(version.rows)
    change_need(version, "Changed")
    step = db.session.query(PlanStep).order_by(PlanStep.id.desc()).first()
    step.made_at = clock.now() - KEPT - timedelta(days=1)
    db.session.commit()

    assert tidy_steps() == 1
    assert state_at(version, before) is None


def test_with_a_deleted_draft_its_states_go(make):
    version = make.general_plan()
    change_need(version, "Changed")

    forget_steps(version)

    assert db.session.query(PlanStep).filter_by(version_id=version.id).count() == 0
