"""The office lets a partnership off a task, with its reason; evidence goes before it."""

import pytest

from accounts.models import User
from core.audit import story_of
from core.database import db
from partnerships.models import Partnership
from plans.workflow import PlanStatus
from tasks import services
from tasks.errors import DoneAlready, NotWaived, WaivedAlready
from tasks.events import TaskEvent
from tasks.queries import tasks_of, waivers_of
from tasks.rules import TaskCode, TaskStatus
from tests.support.at_once import at_once


def status_of(partnership, code) -> TaskStatus:
    return tasks_of([partnership.id])[partnership.id].statuses[code]


def test_a_waived_task_is_settled(make):
    partnership, office = make.partnership(), make.office()

    services.waive(partnership, TaskCode.VISITS, reason="Joined late", actor=office)

    found = tasks_of([partnership.id])[partnership.id]
    assert (found.statuses[TaskCode.VISITS], found.settled, found.done) == (TaskStatus.WAIVED, 1, 0)
    assert waivers_of(partnership)[TaskCode.VISITS].reason == "Joined late"


def test_what_is_done_needs_no_waiver(make):
    version = make.general_plan(PlanStatus.PUBLISHED)

    with pytest.raises(DoneAlready):
        services.waive(version.partnership, TaskCode.GENERAL_PLAN, reason="None", actor=make.office())


def test_evidence_that_comes_later_goes_before_the_waiver(make):
    partnership, office = make.partnership(), make.office()
    services.waive(partnership, TaskCode.GENERAL_PLAN, reason="Joined late", actor=office)
    assert status_of(partnership, TaskCode.GENERAL_PLAN) is TaskStatus.WAIVED

    make.general_plan(PlanStatus.PUBLISHED, partnership=partnership)

    assert status_of(partnership, TaskCode.GENERAL_PLAN) is TaskStatus.DONE


def test_a_task_is_waived_once(make):
    partnership, office = make.partnership(), make.office()
    services.waive(partnership, TaskCode.REMOTE, reason="Joined late", actor=office)

    with pytest.raises(WaivedAlready):
        services.waive(partnership, TaskCode.REMOTE, reason="Again", actor=office)


def test_what_is_asked_for_again_is_open(make):
    partnership, office = make.partnership(), make.office()
    services.waive(partnership, TaskCode.REMOTE, reason="Joined late", actor=office)

    services.ask_again(partnership, TaskCode.REMOTE, actor=office)

    assert status_of(partnership, TaskCode.REMOTE) is TaskStatus.NOT_STARTED
    with pytest.raises(NotWaived):
        services.ask_again(partnership, TaskCode.REMOTE, actor=office)


def test_losing_evidence_opens_a_task_again(make, clock):
    partnership = make.partnership()
    members = [make.member(partnership) for _ in range(3)]
    assert status_of(partnership, TaskCode.FOUND) is TaskStatus.DONE

    members[0].left_on = clock.now.date()
    db.session.commit()
    clock.tick(days=1)

    assert status_of(partnership, TaskCode.FOUND) is TaskStatus.IN_PROGRESS


def test_the_history_says_who_waived_what_and_why(make):
    partnership, office = make.partnership(), make.office("Ola Biuro")

    services.waive(partnership, TaskCode.REMOTE, reason="Joined late", actor=office)
    db.session.commit()

    event, personal = story_of(partnership)[0]
    assert (event.event, event.actor_id, event.data, personal) == (
        TaskEvent.WAIVED.value,
        office.id,
        {"after": {"task": "T6_REMOTE"}},
        {"note": "Joined late"},
    )


def test_two_who_waive_the_same_task_at_one_moment_waive_it_once(app, make):
    ids = make.partnership().id, make.office().id

    def waive():
        partnership, office = db.session.get_one(Partnership, ids[0]), db.session.get_one(User, ids[1])
        services.waive(partnership, TaskCode.REMOTE, reason="Joined late", actor=office)

    assert at_once(app, waive, waive) == ["WaivedAlready", "done"]
