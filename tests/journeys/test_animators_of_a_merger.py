"""Nobody reviews their own plan: a change of municipalities makes no animator lead or help what they advise."""

from datetime import date

import pytest
from sqlalchemy import select

from accounts.models import User
from core.audit import AuditEvent
from core.database import db
from municipalities import followers
from municipalities.models import Municipality, MunicipalityChange
from municipalities.services.changing import Part, apply_change, decide, draft_change, undo_change
from municipalities.workflow import ChangeKind
from partnerships.errors import WouldReviewOwn
from partnerships.events import PartnershipEvent
from partnerships.models import AnimatorAssignment, AssignmentKind, TermKind
from tests.journeys.test_what_goes_along import merging
from tests.municipalities.ostrowice import DRAWSKO, OSTROWICE, ZLOCIENIEC, Drawsko, unit

TODAY, YESTERDAY, IN_MAY = date(2026, 4, 15), date(2026, 4, 14), date(2026, 5, 1)
NEW = "3203072"


@pytest.fixture
def drawsko(make, clock) -> Drawsko:
    return Drawsko(make)


def lines(change: MunicipalityChange) -> list[str]:
    return [line.text for topic in followers.preview(change) for line in topic.lines]


def advising(code: str) -> list[User]:
    """Who advises it today or later."""
    found = select(AnimatorAssignment).where(AnimatorAssignment.municipality_id == unit(code).id)
    return [one.animator for one in db.session.scalars(found) if one.ends_on is None or one.ends_on >= TODAY]


def moving(drawsko: Drawsko, target: Part) -> MunicipalityChange:
    """The partnership of Ostrowice is to go on there."""
    change = draft_change(
        ChangeKind.ABOLISH, effective_on=TODAY, legal_basis=None, sources=[Part(unit(OSTROWICE))],
        targets=[target], actor=drawsko.office,
    )  # fmt: skip
    db.session.commit()
    decide(change, {"successor": f"move:{change.targets[0].id}"}, actor=drawsko.office)
    db.session.commit()
    return change


def refused(change: MunicipalityChange, drawsko: Drawsko) -> str:
    with pytest.raises(WouldReviewOwn) as refusal:
        apply_change(change, actor=drawsko.office)
    db.session.rollback()
    return str(refusal.value)


def covering(make, place: Municipality, person: User) -> None:
    make.assignment(place, person, kind=AssignmentKind.COVER, starts_on=IN_MAY, ends_on=date(2026, 5, 9))
    db.session.commit()


def test_whoever_advises_the_partnership_that_goes_on_is_not_made_its_leader(drawsko, make, visit):
    covering(make, unit(DRAWSKO), drawsko.leader)
    change = merging(drawsko)
    sentence = (
        "Ewa Ostrowska advises Drawsko Pomorskie and would lead the partnership there, or help to: nobody reviews their "
        "own plan. Decide on another leader, or end the term or the assignment first."
    )

    page = visit(as_=drawsko.office).open(f"/municipalities/changes/{change.id}")
    assert sentence in page.text
    assert "Apply the change" not in page.buttons
    assert refused(change, drawsko) == sentence

    decide(change, {"leader": str(drawsko.other_leader.id)}, actor=drawsko.office)
    apply_change(change, actor=drawsko.office)
    assert drawsko.drawsko.leader(TODAY) == drawsko.other_leader


@pytest.mark.parametrize("who", ["leader", "deputy"])
def test_a_partnership_does_not_move_to_where_its_own_people_advise(drawsko, make, who):
    make.assignment(unit(ZLOCIENIEC), getattr(drawsko, who))

    change = moving(drawsko, Part(unit(ZLOCIENIEC)))

    assert f"{getattr(drawsko, who).name} advises Złocieniec" in refused(change, drawsko)


@pytest.mark.parametrize("who", ["leader", "deputy"])
@pytest.mark.parametrize("until", [date(2026, 4, 30), IN_MAY])
def test_whoever_leaves_before_they_begin_to_advise_there_is_no_reason(drawsko, make, who, until):
    person = getattr(drawsko, who)
    [term] = [term for term in drawsko.ostrowice.terms if term.user == person]
    term.ends_on = until
    covering(make, unit(ZLOCIENIEC), person)
    change = moving(drawsko, Part(unit(ZLOCIENIEC)))

    if until == IN_MAY:
        assert f"{person.name} advises Złocieniec" in refused(change, drawsko)
    else:
        apply_change(change, actor=drawsko.office)
        assert drawsko.ostrowice.municipality == unit(ZLOCIENIEC)


def test_a_leader_who_goes_on_until_a_day_may_advise_there_from_the_next(drawsko, make):
    """Also where another partnership merges into theirs; whoever leads after them may not."""
    drawsko.ostrowice.leader_term(TODAY).ends_on = date(2026, 4, 30)
    covering(make, unit(ZLOCIENIEC), drawsko.leader)
    change = draft_change(
        ChangeKind.MERGE, effective_on=TODAY, legal_basis=None, actor=drawsko.office,
        sources=[Part(unit(OSTROWICE)), Part(unit(DRAWSKO))], targets=[Part(unit(ZLOCIENIEC))],
    )  # fmt: skip
    db.session.commit()
    decide(change, {"successor": f"partnership:{drawsko.ostrowice.id}"}, actor=drawsko.office)
    decide(change, {"leader": str(drawsko.leader.id)}, actor=drawsko.office)
    coming = make.user("Od Maja")
    make.term(drawsko.ostrowice, coming, kind=TermKind.LEADER, starts_on=IN_MAY)
    there = make.assignment(unit(ZLOCIENIEC), coming, kind=AssignmentKind.COVER, starts_on=date(2026, 5, 10))
    assert "Od Maja advises Złocieniec" in refused(change, drawsko)

    db.session.delete(there)
    apply_change(change, actor=drawsko.office)

    assert drawsko.ostrowice.leader(TODAY) == drawsko.leader


def test_a_deputy_who_advises_where_it_goes_on_helps_no_longer_and_the_preview_says_so(drawsko, make):
    animator = drawsko.animators[DRAWSKO]
    make.term(drawsko.ostrowice, animator)
    change = merging(drawsko)
    said = "Animator 3203023 is a deputy no longer: they advise the municipality in which it goes on"
    assert [line for line in lines(change) if "deputy no longer" in line] == [said]

    apply_change(change, actor=drawsko.office)
    db.session.commit()

    assert [one.name for one in drawsko.drawsko.deputies(TODAY)] == ["Ala Zastępca"]
    assert drawsko.drawsko.deciding_animator(TODAY) == animator


def into_a_new_one(drawsko: Drawsko) -> MunicipalityChange:
    """Ostrowice and Drawsko Pomorskie become one, led from Ostrowice: decided, not applied."""
    change = draft_change(
        ChangeKind.MERGE, effective_on=TODAY, legal_basis=None, actor=drawsko.office,
        sources=[Part(unit(OSTROWICE)), Part(unit(DRAWSKO))], targets=[Part(new_code=NEW, new_name="Nowa")],
    )  # fmt: skip
    db.session.commit()
    decide(change, {"successor": f"partnership:{drawsko.ostrowice.id}"}, actor=drawsko.office)
    decide(change, {"leader": str(drawsko.leader.id)}, actor=drawsko.office)
    return change


def test_a_new_municipality_gets_the_first_animator_who_is_none_of_its_own_people(drawsko, make):
    make.term(drawsko.drawsko, drawsko.animators[OSTROWICE])
    change = into_a_new_one(drawsko)
    assert not [line for line in lines(change) if "Nobody advises" in line]

    apply_change(change, actor=drawsko.office)
    db.session.commit()

    assert advising(NEW) == [drawsko.animators[DRAWSKO]]
    assert drawsko.ostrowice.deciding_animator(TODAY) == drawsko.animators[DRAWSKO]


def test_where_only_its_own_people_advised_nobody_is_assigned_and_the_preview_says_so(drawsko, make):
    """They may lead one partnership and advise another, whose municipality now becomes theirs."""
    own = make.partnership(
        "Nowi", municipality=unit(ZLOCIENIEC), leader=drawsko.animators[OSTROWICE], advised=False
    )
    change = draft_change(
        ChangeKind.ABOLISH, effective_on=TODAY, legal_basis=None, sources=[Part(unit(OSTROWICE))],
        targets=[Part(unit(ZLOCIENIEC))], actor=drawsko.office,
    )  # fmt: skip
    db.session.commit()
    decide(change, {"successor": f"partnership:{own.id}"}, actor=drawsko.office)
    decide(change, {"leader": str(drawsko.animators[OSTROWICE].id)}, actor=drawsko.office)
    assert [line for line in lines(change) if "Nobody advises" in line] == [
        (
            "Nobody advises Złocieniec from then on: the animators of today will lead its partnership or help to, are "
            "suspended, or do not have the role"
        )
    ]

    apply_change(change, actor=drawsko.office)
    db.session.commit()

    assert advising(ZLOCIENIEC) == []


def test_an_assignment_to_come_that_ends_with_its_municipality_stays_in_the_history(drawsko, make):
    cover = make.animator("Zosia Zastępczyni")
    covering(make, unit(OSTROWICE), cover)
    change = merging(drawsko)

    apply_change(change, actor=drawsko.office)
    db.session.commit()

    told = select(AuditEvent).where(AuditEvent.event == PartnershipEvent.ASSIGNMENT_TAKEN_BACK)
    [event] = db.session.scalars(told)
    assert (event.story_kind, event.story_id) == ("municipality", unit(OSTROWICE).id)
    assert (event.data["before"]["user_id"], event.data["before"]["starts_on"]) == (cover.id, "2026-05-01")

    undo_change(change, actor=drawsko.office)
    assert advising(OSTROWICE) == [drawsko.animators[OSTROWICE], cover]


def test_a_new_municipality_gets_nobody_who_may_not_advise(drawsko, make):
    """As wherever the office assigns: no suspended account, nobody without the role."""
    drawsko.animators[OSTROWICE].is_active = False
    change = into_a_new_one(drawsko)

    apply_change(change, actor=drawsko.office)
    db.session.commit()

    assert advising(NEW) == [drawsko.animators[DRAWSKO]]


def test_where_none_of_the_former_animators_may_advise_nobody_is_assigned_and_the_preview_says_so(drawsko):
    drawsko.animators[OSTROWICE].is_active = False
    drawsko.animators[DRAWSKO].grants[0].ends_on = YESTERDAY
    change = into_a_new_one(drawsko)
    said = (
        "Nobody advises Nowa from then on: the animators of today will lead its partnership or help to, are suspended, or "
        "do not have the role"
    )
    assert [line for line in lines(change) if "Nobody advises" in line] == [said]

    apply_change(change, actor=drawsko.office)
    db.session.commit()

    assert advising(NEW) == []
