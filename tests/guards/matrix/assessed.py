"""Self-assessments of the towns: one that is finished and, in most, the next one begun with its answers."""

from accounts.models import User
from assessments.models import SelfAssessment
from assessments.services import Entry, begin, finish, save_area, the_questionnaire
from core.database import db
from partnerships.models import Partnership
from tests.guards.matrix.markers import hostile
from tests.guards.matrix.world import Record, World


def some_assessments(world: World, name: str, partnership: Partnership, *, actor: User) -> None:
    """In one town nothing is begun, in another everything is answered."""
    done = begin(partnership, actor=actor)
    _answer(done, f"Noted {hostile(f'{name}assessment')}", actor)
    finish(done, actor=actor)
    _keep(world, "finished assessment", name, done)
    if name == "aempty":
        return
    begun = begin(partnership, actor=actor)
    if name == "anew":
        _answer(begun, f"Noted again {hostile(f'{name}assessment')}", actor)
    _keep(world, "assessment", name, begun)


def _answer(assessment: SelfAssessment, note: str, actor: User) -> None:
    for area in the_questionnaire().areas:
        answers = {one.key: "1" for one in area.statements}
        save_area(assessment, area, Entry(answers, note), seen=1, actor=actor)


def _keep(world: World, kind: str, name: str, assessment: SelfAssessment) -> None:
    db.session.flush()
    world.records.setdefault(kind, []).append(Record(name, name[0], {"assessment_id": assessment.id}))
