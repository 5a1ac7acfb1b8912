"""We keep this year's plan ourselves: declared with its day, taken back, and evidence that a year has its plan."""

from datetime import date

import pytest
from sqlalchemy import select

from accounts.models import User
from core.database import db
from partnerships.models import Partnership
from plans.definitions import PlanKind
from plans.errors import AlreadyDeclared, WrongYear
from plans.models import YearDeclaration
from plans.queries import YearEvidence, evidence_of_years
from plans.services import flow, review, writing, years
from plans.workflow import PlanStatus
from plans.years.queries import plans_with_agreed_totals
from tests.plan_content import annual_content
from tests.plans.test_flow import animator_of, leader_of
from tests.plans.years.conftest import closed, training, year_of
from tests.support.at_once import at_once

TODAY = date(2026, 4, 15)


@pytest.fixture
def partnership(make, clock):
    return make.partnership(leader=make.user("Anna Wrona"), animator=make.animator("Piotr Lis"))


def of(partnership):
    return partnership.terms[0].user


def test_a_leader_declares_a_year_and_takes_it_back_and_both_stand_in_the_history(make, visit, partnership):
    leader = visit(as_=of(partnership))
    page = leader.open(f"/partnerships/{partnership.id}/plans/annual")

    declared = page.submit("Declare: we keep the plan for 2026 ourselves")

    assert "Declared on 15 Apr 2026: we keep this year's plan ourselves." in declared.text
    assert evidence_of_years([partnership.id]) == {(partnership.id, 2026): YearEvidence(declared_on=TODAY)}
    declared.submit("Take it back")
    assert evidence_of_years([partnership.id]) == {}
    history = leader.open(f"/partnerships/{partnership.id}/history").text
    assert "Declared: we keep this year's plan ourselves" in history
    assert "Took back: we keep this year's plan ourselves" in history


def test_a_year_can_be_declared_anew_after_it_was_taken_back(partnership):
    for _ in range(2):
        years.declare_own_year(partnership, year=2026, actor=of(partnership))
        years.withdraw_declaration(partnership, year=2026, actor=of(partnership))

    found = db.session.scalars(select(YearDeclaration)).all()
    assert [(one.year, one.declared_on, one.withdrawn_on) for one in found] == [(2026, TODAY, TODAY)] * 2


def test_a_year_is_declared_once(app, partnership):
    partnership_id, actor_id = partnership.id, of(partnership).id

    def declare() -> None:
        here = db.session.get_one(Partnership, partnership_id)
        years.declare_own_year(here, year=2026, actor=db.session.get_one(User, actor_id))

    assert at_once(app, declare, declare) == [AlreadyDeclared.__name__, "done"]


@pytest.mark.parametrize("year", [2020, 2027])
def test_only_a_year_of_the_programme_that_has_begun_is_declared(partnership, year):
    with pytest.raises(WrongYear):
        years.declare_own_year(partnership, year=year, actor=of(partnership))


def test_a_deputy_declares_only_where_they_may_submit(make, visit, partnership):
    without, with_it = make.user("Bez prawa"), make.user("Z prawem")
    make.term(partnership, without)
    make.term(partnership, with_it, can_submit=True)
    pages = [
        visit(as_=one).open(f"/partnerships/{partnership.id}/plans/annual") for one in (without, with_it)
    ]

    assert ["Declare: we keep the plan for 2026 ourselves" in page.buttons for page in pages] == [False, True]


def test_the_office_and_the_animator_have_no_say_in_it(make, visit, partnership):
    path = f"/partnerships/{partnership.id}/plans/annual"

    visit(as_=make.office()).open(path, expect=403)
    visit(as_=partnership.animator(TODAY)).open(path, expect=403)


def test_a_year_has_its_plan_once_it_is_in_use_with_a_training(make, clock):
    in_use = year_of(make, training("1"))
    over = closed(year_of(make, training("1", status="cancelled")))
    draft = make.annual_plan()
    bare = make.partnership()
    empty = writing.start_plan(bare, PlanKind.ANNUAL, year_from=2026, actor=leader_of(in_use))
    writing.replace_rows(empty, annual_content(2026, trainings=()))
    years.declare_own_year(draft.partnership, year=2026, actor=leader_of(draft))
    ids = [one.partnership.id for one in (in_use, over, draft, empty)]

    assert evidence_of_years(ids) == {
        (ids[0], 2026): YearEvidence(version_id=in_use.id),
        (ids[1], 2026): YearEvidence(version_id=over.id),
        (ids[2], 2026): YearEvidence(declared_on=TODAY),
    }


def test_a_published_plan_of_a_year_counts_while_the_next_version_is_written(make, clock):
    """Where the programme asks for approval, earlier versions of this system published it and wrote its results in the
    next version."""
    make.programme.settings = {"annual_plan_requires_approval": True}
    published = make.annual_plan(content=annual_content(2026, trainings=(training("1"),)))
    leader, animator = leader_of(published), animator_of(published)
    flow.submit_plan(published, actor=leader)
    review.start_review(published, actor=animator)
    review.approve_plan(published, checks=set(review.ApprovalCheck), note="", actor=animator)
    published.status = PlanStatus.PUBLISHED
    years.choose_shared(published, totals=True, animator=False, actor=leader)

    flow.draft_after(published)
    db.session.flush()

    place = published.partnership.id
    assert evidence_of_years([place]) == {(place, 2026): YearEvidence(version_id=published.id)}
    assert list(plans_with_agreed_totals(2026)) == [published]


def test_the_evidence_of_all_is_one_question(make, clock, count_queries):
    versions = [year_of(make, training("1")) for _ in range(3)]
    db.session.expire_all()
    ids = [one.plan.partnership_id for one in versions]

    with count_queries() as queries:
        found = evidence_of_years(ids)

    assert (len(found), queries.count) == (3, 1)
