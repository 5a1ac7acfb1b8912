"""Answering a self-assessment: area by area, by several people, and never twice over the same."""

from datetime import date

import pytest
from sqlalchemy import select

from assessments.errors import AlreadyFinished, NoteNamesPeople, SavedMeanwhile, StillToAnswer
from assessments.models import SelfAssessment, score_of
from assessments.services import Entry, areas_left, begin, finish, save_area, the_questionnaire
from core.audit import AuditEvent, story_of
from core.database import db
from partnerships.errors import PartnershipClosed
from partnerships.workflow import PartnershipStatus
from tests.assessments.answering import AREAS, answer_all, assessed, fresh, leader_of, scores
from tests.support.at_once import at_once

SAFETY = {"fraud": "1", "passwords": "0", "help": "unknown", "children": "2"}


def safety():
    found = the_questionnaire().area("safety")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("answers", "score"),
    [
        ({}, None),
        ({"a": "unknown", "b": "unknown"}, None),
        ({"a": "0", "b": "0"}, 0),
        ({"a": "4", "b": "4", "c": "4"}, 100),
        ({"a": "1", "b": "0", "c": "unknown", "d": "2"}, 25),
        ({"a": "1", "b": "1", "c": "2"}, 33),
        ({"a": "2", "b": "3"}, 63),
        ({"a": "1", "b": "unknown"}, 25),
    ],
)
def test_a_score_is_the_mean_of_what_is_known_of_a_hundred(answers, score):
    assert score_of(answers) == score


def test_what_was_saved_is_there_when_somebody_goes_on(partnership):
    leader = leader_of(partnership)
    assessment = begin(partnership, actor=leader)

    save_area(assessment, safety(), Entry(SAFETY, "64 osoby pytane"), seen=1, actor=leader)
    db.session.commit()

    again = begin(partnership, actor=leader)
    assert again.id == assessment.id
    row = fresh(assessment.id).area("safety")
    assert (row.answers, row.note, row.score) == (SAFETY, "64 osoby pytane", 25)
    assert [area.code for area in areas_left(again)] == [code for code in AREAS if code != "safety"]


def test_an_area_with_an_open_statement_is_not_answered_yet(partnership):
    leader = leader_of(partnership)
    assessment = begin(partnership, actor=leader)
    answer_all(assessment, leader)
    row = assessment.area("safety")

    save_area(assessment, safety(), Entry({"fraud": "1"}), seen=row.row_version, actor=leader)

    with pytest.raises(StillToAnswer) as refusal:
        finish(assessment, actor=leader)
    assert str(refusal.value) == "Still to be answered: safety."
    assert assessment.taken_on is None


def test_a_finished_one_stays_as_it_was(partnership):
    assessment = assessed(partnership, safety="0")
    row = assessment.area("safety")

    with pytest.raises(AlreadyFinished):
        save_area(assessment, safety(), Entry(SAFETY), seen=row.row_version, actor=leader_of(partnership))
    with pytest.raises(AlreadyFinished):
        finish(assessment, actor=leader_of(partnership))

    assert assessment.taken_on == date(2026, 4, 15)
    assert scores(assessment) == {**dict.fromkeys(AREAS, 75), "safety": 0}


def test_the_next_one_begins_with_the_old_answers_which_have_to_be_looked_through(partnership, clock):
    first = assessed(partnership, safety="0")
    clock.tick(days=365)
    leader = leader_of(partnership)

    second = begin(partnership, actor=leader)

    assert second.id != first.id
    assert scores(second) == scores(first)
    assert second.area("safety").answers == first.area("safety").answers
    assert [area.code for area in areas_left(second)] == list(AREAS)
    with pytest.raises(StillToAnswer):
        finish(second, actor=leader)
    answer_all(second, leader, safety="2")
    finish(second, actor=leader)
    assert (scores(first)["safety"], scores(second)["safety"]) == (0, 50)
    assert (first.taken_on, second.taken_on) == (date(2026, 4, 15), date(2027, 4, 15))


def test_a_note_that_names_people_is_refused_and_nothing_of_it_is_kept(partnership):
    leader = leader_of(partnership)
    assessment = begin(partnership, actor=leader)
    db.session.commit()

    for note in ("Zna to pani Ewa, tel. 601 234 567", "PESEL 44051401359", "jan.kowalski@wp.pl"):
        with pytest.raises(NoteNamesPeople):
            save_area(assessment, safety(), Entry(SAFETY, note), seen=1, actor=leader)
        db.session.rollback()

    row = fresh(assessment.id).area("safety")
    assert (row.answers, row.note, row.saved_at) == ({}, None, None)
    events = db.session.scalars(select(AuditEvent.event).where(AuditEvent.record_kind == "self_assessment"))
    assert list(events) == ["assessment.begun"]


def test_two_people_at_two_areas_are_in_nobodys_way(app, make, partnership):
    leader, deputy = leader_of(partnership), make.user("Ola Mak")
    make.term(partnership, deputy)
    assessment_id = begin(partnership, actor=leader).id

    def save(code, person_id):
        assessment = db.session.get_one(SelfAssessment, assessment_id)
        [area] = [one for one in the_questionnaire().areas if one.code == code]
        answers = {one.key: "2" for one in area.statements}
        save_area(assessment, area, Entry(answers), seen=1, actor=db.session.get_one(type(leader), person_id))

    leader_id, deputy_id = leader.id, deputy.id
    outcome = at_once(
        app,
        lambda: save("safety", leader_id),
        lambda: save("content", deputy_id),
        lambda: save("staff", leader_id),
    )

    assert outcome == ["done", "done", "done"]
    known = scores(fresh(assessment_id))
    assert {code for code, score in known.items() if score == 50} == {"safety", "content", "staff"}


def test_of_two_who_save_one_area_at_once_the_second_is_told_and_overwrites_nothing(app, partnership):
    leader = leader_of(partnership)
    assessment_id, leader_id = begin(partnership, actor=leader).id, leader.id

    def save(step):
        assessment = db.session.get_one(SelfAssessment, assessment_id)
        answers = {one.key: step for one in safety().statements}
        save_area(
            assessment, safety(), Entry(answers), seen=1, actor=db.session.get_one(type(leader), leader_id)
        )

    outcome = at_once(app, lambda: save("1"), lambda: save("4"))

    assert outcome == ["SavedMeanwhile", "done"]
    assert scores(fresh(assessment_id))["safety"] in (25, 100)


def test_of_two_who_begin_at_once_both_go_on_with_the_same(app, partnership):
    leader = leader_of(partnership)
    partnership_id, leader_id = partnership.id, leader.id

    def begun():
        found = db.session.get_one(type(partnership), partnership_id)
        return begin(found, actor=db.session.get_one(type(leader), leader_id)).id

    first, second = at_once(app, begun, begun)

    assert first == second


def test_the_same_answers_again_are_no_conflict_and_no_news(partnership):
    leader = leader_of(partnership)
    assessment = begin(partnership, actor=leader)
    save_area(assessment, safety(), Entry(SAFETY), seen=1, actor=leader)

    assert save_area(assessment, safety(), Entry(SAFETY), seen=1, actor=leader) is False
    with pytest.raises(SavedMeanwhile):
        save_area(assessment, safety(), Entry({**SAFETY, "fraud": "4"}), seen=1, actor=leader)


def test_the_history_tells_old_and_new_answers_and_keeps_notes_apart(partnership):
    leader = leader_of(partnership)
    assessment = begin(partnership, actor=leader)
    save_area(assessment, safety(), Entry(SAFETY, "Ankieta"), seen=1, actor=leader)

    event, personal = story_of(partnership)[0]

    assert (event.event, event.actor_id, event.record_id) == ("assessment.answered", leader.id, assessment.id)
    assert event.data == {
        "before": {"answers": "– · – · – · –", "score": None},
        "after": {"area": "safety", "answers": "1 · 0 · ? · 2", "score": 25},
    }
    assert personal == {"before": {"note": None}, "after": {"note": "Ankieta"}}


def test_a_closed_partnership_assesses_itself_no_more(make):
    partnership = make.partnership()
    partnership.status, partnership.closed_on = PartnershipStatus.CLOSED, date(2026, 4, 1)
    db.session.commit()

    with pytest.raises(PartnershipClosed):
        begin(partnership, actor=leader_of(partnership))
