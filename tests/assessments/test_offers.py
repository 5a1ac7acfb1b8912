"""Needs that follow from the self-assessment, offered where the needs of a plan are written."""

import pytest

from accounts.models import User
from assessments.errors import NoDraftToFill
from assessments.offers import offered_needs
from assessments.results import result_of
from assessments.services import begin, take_needs
from core.audit import story_of
from core.database import db
from plans.corrections import Cell
from plans.editing.offers import Wanted, offers_for
from plans.models import PlanVersion
from plans.services import editing
from plans.workflow import PlanStatus
from tests.assessments.answering import assessed, fresh, leader_of
from tests.plan_content import general_content
from tests.support.at_once import at_once

FRAUD = "need.safety.fraud"
TEXT = "Residents do not recognise fraud online and by phone, and do not know where to get help."


def draft(make, partnership):
    return make.general_plan(partnership=partnership, content=general_content(2026, needs=()))


def needs(version):
    db.session.expire_all()
    return [dict(row.values) for row in version.rows.rows("needs")]


def keys(version):
    db.session.expire_all()
    return [one.key for group in offers_for(version, "needs") for one in group.offers]


def take(version, *wanted):
    count = editing.take_over_offers(version, "needs", set(wanted), actor=leader_of(version.partnership))
    db.session.commit()
    return count


def page_of(visit, version):
    return (
        visit(as_=leader_of(version.partnership))
        .open(f"/plans/{version.id}/edit/needs")
        .follow("Take rows over")
    )


def test_weak_areas_of_the_latest_offer_needs_the_weakest_first(make, partnership, clock):
    assessed(partnership, safety="0", content="0")
    clock.tick(days=30)
    assessed(partnership, safety="1", staff="0")
    version = draft(make, partnership)

    assert keys(version) == ["need.staff.trainers", "need.staff.public_staff", FRAUD, "need.safety.children"]


def test_a_need_that_is_ticked_becomes_a_row_with_its_source_and_figure(make, partnership, visit):
    assessment_id = assessed(partnership, safety="1").id
    version = draft(make, partnership)
    page = page_of(visit, version)
    assert f"{TEXT} safety: 25 of 100, priority 1" in page.text

    after = page.submit("Add what is ticked", take=[FRAUD])

    assert "One row is added. Open each and fill in what is still missing." in after.text
    assert needs(version) == [
        {
            "need_code": "N1",
            "need_text": TEXT,
            "need_area": "safety",
            "evidence": "Self-assessment 15.04.2026",
            "evidence_year": 2026,
            "measure": "result of the self-assessment in the area: safety",
            "measure_value": "25",
            "measure_unit": "points of 100",
            "priority": 1,
            "at_risk": "yes",
        }
    ]
    [row] = version.rows.rows("needs")
    assert fresh(assessment_id).accepted_need_rows == {
        "safety.fraud": {"plan": version.plan_id, "row": row.row_uid}
    }
    told = [
        event.data for event, _personal in story_of(partnership) if event.event == "assessment.needs_taken"
    ]
    assert told == [{"needs": ["safety.fraud"], "plan_id": version.plan_id}]


def test_what_is_in_the_plan_is_not_offered_again_even_in_other_words(make, partnership):
    assessed(partnership, safety="1")
    version = draft(make, partnership)
    take(version, FRAUD)
    assert keys(version) == ["need.safety.children"]

    [entry] = [one for one in version.entries if one.sheet == "needs"]
    entry.values = {**entry.values, "need_text": "Oszustwa przez telefon"}
    db.session.commit()

    assert keys(version) == ["need.safety.children"]


def test_what_an_earlier_self_assessment_put_into_the_plan_is_not_offered_again(make, partnership, clock):
    assessed(partnership, safety="1")
    version = draft(make, partnership)
    take(version, FRAUD)
    [entry] = [one for one in version.entries if one.sheet == "needs"]
    entry.values = {**entry.values, "need_text": "Oszustwa przez telefon"}
    db.session.commit()
    clock.tick(days=365)

    latest = assessed(partnership, safety="1")

    assert keys(version) == ["need.safety.children"]
    assert [one.key for one in result_of(latest, version).open_needs] == ["safety.children"]


def test_a_row_that_was_taken_out_is_offered_again(make, partnership):
    assessed(partnership, safety="1")
    version = draft(make, partnership)
    take(version, FRAUD)
    [row] = version.rows.rows("needs")

    editing.remove_row(version, "needs", row.row_uid, seen=None, actor=leader_of(partnership))
    db.session.commit()

    assert keys(version) == [FRAUD, "need.safety.children"]


def test_a_need_that_somebody_wrote_by_hand_in_either_language_is_not_doubled(make, partnership):
    assessed(partnership, safety="1")
    version = draft(make, partnership)
    own = {
        "need_text": "mieszkańcy nie rozpoznają oszustw w internecie i przez telefon  i nie wiedzą, gdzie szukać pomocy"
    }
    editing.add_rows(
        version,
        "needs",
        {Cell("needs", "+1", key): text for key, text in own.items()},
        actor=leader_of(partnership),
        language="pl",
    )
    db.session.commit()

    assert keys(version) == ["need.safety.children"]


def test_of_two_who_tick_the_same_need_at_once_one_adds_it(app, make, partnership):
    assessed(partnership, safety="1")
    version_id, leader_id = draft(make, partnership).id, leader_of(partnership).id

    def ticked():
        version = db.session.get_one(PlanVersion, version_id)
        actor = db.session.get_one(User, leader_id)
        return editing.take_over_offers(version, "needs", {FRAUD}, actor=actor)

    outcome = at_once(app, ticked, ticked)

    assert outcome == ["0", "1"]
    assert len(needs(db.session.get_one(PlanVersion, version_id))) == 1


def test_without_a_self_assessment_the_page_says_how_to_come_by_needs(make, partnership, visit):
    version = draft(make, partnership)

    page = page_of(visit, version)

    assert "Do the self-assessment in ten minutes" in page.text
    assert page.links["Begin the self-assessment"] == f"/partnerships/{partnership.id}/self-assessments"
    assert "Add what is ticked" not in page.buttons

    begin(partnership, actor=leader_of(partnership))
    db.session.commit()

    assert "Go on with the self-assessment" in page_of(visit, version).links


def test_where_nothing_is_weak_nothing_is_offered(make, partnership, visit):
    assessed(partnership, usual="4")
    version = draft(make, partnership)

    assert [group.offers for group in offered_needs(version, Wanted())] == [[]]
    assert "There is nothing to take over" in page_of(visit, version).text


def test_a_plan_that_is_under_review_takes_nothing(make, partnership):
    assessment = assessed(partnership, safety="1")
    version = make.general_plan(PlanStatus.SUBMITTED, partnership=partnership)

    with pytest.raises(NoDraftToFill):
        take_needs(assessment, {"safety.fraud"}, actor=leader_of(partnership))
    assert version.status is PlanStatus.SUBMITTED
