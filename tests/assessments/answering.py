"""Self-assessments of tests, answered in one go."""

from collections.abc import Mapping

from sqlalchemy import select

from accounts.models import User
from assessments.models import SelfAssessment
from assessments.services import Entry, begin, finish, save_area, the_questionnaire
from core import clock
from core.database import db
from partnerships.models import Partnership

AREAS = (
    "information", "communication", "content", "safety", "problem_solving", "hardware_network", "software", "staff",
    "data_security", "it_management", "exclusion",
)  # fmt: skip


def leader_of(partnership: Partnership) -> User:
    leader = partnership.leader(clock.today())
    assert leader is not None
    return leader


def answer_all(assessment: SelfAssessment, actor: User, *, usual: str = "3", **steps: str) -> None:
    """Every statement of an area gets the same answer."""
    for area in the_questionnaire().areas:
        answers = dict.fromkeys((one.key for one in area.statements), steps.get(area.code, usual))
        row = assessment.area(area.code)
        assert row is not None
        save_area(assessment, area, Entry(answers, row.note), seen=row.row_version, actor=actor)


def assessed(partnership: Partnership, *, usual: str = "3", **steps: str) -> SelfAssessment:
    """One that is finished today."""
    leader = leader_of(partnership)
    assessment = begin(partnership, actor=leader)
    answer_all(assessment, leader, usual=usual, **steps)
    finish(assessment, actor=leader)
    db.session.commit()
    return assessment


def fresh(assessment_id: int) -> SelfAssessment:
    db.session.expire_all()
    return db.session.get_one(SelfAssessment, assessment_id)


def the_assessment(partnership: Partnership) -> SelfAssessment:
    db.session.expire_all()
    found = select(SelfAssessment).where(SelfAssessment.partnership_id == partnership.id)
    return db.session.scalars(found).one()


def scores(assessment: SelfAssessment) -> Mapping[str, int | None]:
    return dict(assessment.area_scores)
