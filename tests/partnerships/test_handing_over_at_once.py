"""Two people hand the same partnership over at the same moment, and the database holds that nobody leads beside another."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from accounts.models import User
from animators.people.moves import Reassignment
from animators.people.services.reassigning import preview, reassign
from core.database import db
from core.mail import OutboxMail
from partnerships import services
from partnerships.handovers.models import LeaderHandover
from partnerships.handovers.queries import handover_by_id
from partnerships.handovers.workflow import HandoverStatus
from partnerships.models import LeaderTerm, Partnership, TermKind
from tests.partnerships.handing_over import accepted, confirmed, requested
from tests.support.at_once import at_once

TODAY = date(2026, 4, 15)
LATER = date(2026, 5, 10)
ROUNDS = 5


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day, in every thread."""


def person(user_id: int) -> User:
    return db.session.get_one(User, user_id)


def led_by(partnership_id: int) -> Partnership:
    """As a page reads it before anything is held: with everybody who leads it."""
    partnership = db.session.get_one(Partnership, partnership_id)
    list(partnership.terms)
    return partnership


def found(handover_id: int) -> LeaderHandover:
    handover = handover_by_id(handover_id)
    assert handover is not None
    return handover


def leaders(partnership_id: int) -> list[tuple[date, date | None]]:
    db.session.rollback()
    rows = db.session.execute(
        select(LeaderTerm.starts_on, LeaderTerm.ends_on)
        .where(LeaderTerm.partnership_id == partnership_id, LeaderTerm.kind == TermKind.LEADER)
        .order_by(LeaderTerm.starts_on)
    )
    return [(row[0], row[1]) for row in rows]


def test_of_two_handovers_asked_for_at_once_one_is_refused(app, make):
    office_id = make.office().id
    for _ in range(ROUNDS):
        partnership_id = make.partnership().id
        people = [make.user().id, make.user().id]

        def ask(user_id: int, partnership_id: int = partnership_id) -> None:
            services.request_handover(
                db.session.get_one(Partnership, partnership_id),
                person(user_id),
                effective_on=LATER,
                actor=person(office_id),
            )

        outcome = at_once(app, partial(ask, people[0]), partial(ask, people[1]))

        assert outcome == ["HandoverUnderWay", "done"]


def test_of_two_confirmations_at_once_one_counts_and_each_gets_one_mail(app, make):
    for _ in range(ROUNDS):
        handover = accepted(make, effective_on=TODAY)
        handover_id, partnership_id = handover.id, handover.partnership_id
        animator_id = handover.partnership.animator(TODAY).id
        office_id = make.office().id
        mails = select(func.count()).where(
            OutboxMail.dedupe_key.like(f"partnership-handover_yours:handover-{handover_id}:%")
        )

        def confirm(actor_id: int, handover_id: int = handover_id) -> None:
            services.confirm_handover(found(handover_id), reason="It is time", actor=person(actor_id))

        outcome = at_once(app, partial(confirm, animator_id), partial(confirm, office_id))

        assert outcome == ["NotNow", "done"]
        assert [ends_on for _, ends_on in leaders(partnership_id)] == [date(2026, 4, 14), None]
        assert db.session.scalar(mails) == 1


def test_accepted_and_called_off_at_once_it_is_one_or_the_other(app, make):
    for _ in range(ROUNDS):
        handover = requested(make)
        handover_id, successor_id = handover.id, handover.to_user_id
        leader_id = handover.requested_by_id

        def accept(handover_id: int = handover_id, actor_id: int = successor_id) -> None:
            services.accept_handover(found(handover_id), actor=person(actor_id))

        def cancel(handover_id: int = handover_id, actor_id: int = leader_id) -> None:
            services.cancel_handover(found(handover_id), reason="", actor=person(actor_id))

        outcome = at_once(app, accept, cancel)

        db.session.rollback()
        assert outcome in (["NotNow", "done"], ["done", "done"])
        assert db.session.get_one(LeaderHandover, handover_id).status is HandoverStatus.CANCELLED


def test_confirmed_while_the_office_appoints_somebody_else_only_one_leads(app, make):
    for _ in range(ROUNDS):
        handover = accepted(make, effective_on=LATER)
        handover_id, partnership_id = handover.id, handover.partnership_id
        animator_id, office_id, other_id = (
            handover.partnership.animator(TODAY).id,
            make.office().id,
            make.user().id,
        )
        services.end_term(handover.partnership.terms[0], ends_on=TODAY, reason="", actor=person(office_id))

        def confirm(handover_id: int = handover_id, actor_id: int = animator_id) -> None:
            services.confirm_handover(found(handover_id), actor=person(actor_id))

        def appoint(
            partnership_id: int = partnership_id, other_id: int = other_id, actor_id: int = office_id
        ) -> None:
            services.appoint_leader(
                db.session.get_one(Partnership, partnership_id),
                person(other_id),
                starts_on=LATER,
                actor=person(actor_id),
            )

        outcome = at_once(app, confirm, appoint)

        assert outcome in (["SecondLeader", "done"], ["NotNow", "done"])
        assert [starts_on for starts_on, _ in leaders(partnership_id)] == [date(2024, 1, 1), LATER]


def test_of_two_partnerships_handed_to_one_person_at_once_they_lead_one(app, make):
    for _ in range(ROUNDS):
        successor = make.user(password="a long enough password")
        wanted = []
        for _ in range(2):
            partnership = make.partnership()
            handover = services.request_handover(
                partnership, successor, effective_on=LATER, actor=partnership.leader(TODAY)
            )
            services.accept_handover(handover, actor=successor)
            wanted.append((handover.id, partnership.animator(TODAY).id))

        def confirm(handover_id: int, animator_id: int) -> None:
            services.confirm_handover(found(handover_id), actor=person(animator_id))

        outcome = at_once(app, *(partial(confirm, *one) for one in wanted))

        assert outcome == ["LeadsElsewhere", "done"]


def test_appointed_by_two_offices_at_once_a_person_leads_one_partnership(app, make):
    office_id = make.office().id
    for _ in range(ROUNDS):
        user_id = make.user().id
        places = [make.partnership(led=False).id for _ in range(2)]

        def appoint(partnership_id: int, user_id: int = user_id) -> None:
            services.appoint_leader(
                db.session.get_one(Partnership, partnership_id),
                person(user_id),
                starts_on=LATER,
                actor=person(office_id),
            )

        outcome = at_once(app, *(partial(appoint, one) for one in places))

        assert outcome == ["LeadsElsewhere", "done"]


@pytest.mark.parametrize("kind", list(TermKind))
def test_appointed_and_assigned_at_once_nobody_advises_what_they_lead(app, make, kind):
    office_id = make.office().id
    for _ in range(ROUNDS):
        person_id, partnership_id = make.animator().id, make.partnership(led=False, advised=False).id

        def appoint(person_id: int = person_id, partnership_id: int = partnership_id) -> None:
            partnership, who, office = led_by(partnership_id), person(person_id), person(office_id)
            if kind is TermKind.LEADER:
                services.appoint_leader(partnership, who, starts_on=LATER, actor=office)
            else:
                services.appoint_deputy(
                    partnership, who, starts_on=LATER, can_submit=False, can_publish=False, actor=office
                )

        def assign(person_id: int = person_id, partnership_id: int = partnership_id) -> None:
            place = led_by(partnership_id).municipality
            services.assign_animator(place, person(person_id), starts_on=LATER, actor=person(office_id))

        outcome = at_once(app, appoint, assign)

        assert outcome in (["AdvisesHere", "done"], ["AdvisesOwn", "done"])


def test_appointed_while_many_go_over_to_them_nobody_advises_what_they_lead(app, make):
    office_id = make.office().id
    for _ in range(ROUNDS):
        former, person_id = make.animator(), make.animator().id
        partnership = make.partnership(led=False, animator=former)
        former_id, partnership_id, place_id = former.id, partnership.id, partnership.municipality_id

        def wish(former_id: int = former_id, place_id: int = place_id, to: int = person_id) -> Reassignment:
            return Reassignment(person(former_id), LATER, {place_id: person(to)})

        token = preview(wish()).token

        def appoint(person_id: int = person_id, partnership_id: int = partnership_id) -> None:
            services.appoint_leader(
                led_by(partnership_id), person(person_id), starts_on=LATER, actor=person(office_id)
            )

        def move(wish: Callable[[], Reassignment] = wish, token: str = token) -> None:
            reassign(wish(), token=token, stays=(), actor=person(office_id))

        outcome = at_once(app, appoint, move)

        assert outcome in (["AdvisesHere", "done"], ["AdvisesOwn", "done"])


def test_a_term_ended_by_two_at_once_never_gets_the_later_day(app, make):
    office_id = make.office().id
    for _ in range(ROUNDS):
        partnership = make.partnership()
        term_id = partnership.terms[0].id

        def end(day: date, term_id: int = term_id) -> None:
            term = db.session.get_one(LeaderTerm, term_id)
            services.end_term(term, ends_on=day, reason="", actor=person(office_id))

        outcome = at_once(app, partial(end, TODAY), partial(end, LATER))

        assert outcome in (["TermOver", "done"], ["done", "done"])
        assert leaders(partnership.id) == [(date(2024, 1, 1), TODAY)]


def test_finished_by_two_jobs_at_once_each_gets_one_mail(app, make, clock):
    for _ in range(ROUNDS):
        handover_id = confirmed(make, effective_on=LATER).id
        clock.move_to(clock.now.replace(month=5, day=10))

        def finish(handover_id: int = handover_id) -> None:
            services.finish_handover(found(handover_id))

        assert at_once(app, finish, finish) == ["done", "done"]
        kinds = select(func.count()).where(OutboxMail.dedupe_key.like(f"%handover-{handover_id}:%"))
        assert db.session.scalar(kinds.where(OutboxMail.dedupe_key.like("%yours%"))) == 1
        assert db.session.scalar(kinds.where(OutboxMail.dedupe_key.like("%_over:%"))) == 1
        clock.move_to(clock.now.replace(month=4, day=15))


# --- The database itself ---------------------------------------------------------------------------------


def refused_by_database(partnership: Partnership, starts_on: date, ends_on: date | None) -> bool:
    term = LeaderTerm(
        partnership_id=partnership.id,
        user_id=partnership.terms[0].user_id,
        kind=TermKind.LEADER,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    return _refused(lambda: db.session.add(term))


def _refused(change: Callable[[], None]) -> bool:
    nested = db.session.begin_nested()
    try:
        change()
        db.session.flush()
    except IntegrityError:
        nested.rollback()
        return True
    nested.rollback()
    return False


def test_the_database_itself_refuses_terms_of_leaders_that_share_a_day(make):
    partnership = make.partnership(led=False)
    make.term(
        partnership, make.user(), kind=TermKind.LEADER, starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 31)
    )
    db.session.refresh(partnership)

    shared = [
        (date(2026, 2, 1), date(2026, 3, 1)),
        (date(2026, 3, 31), None),
        (date(2026, 1, 1), None),
        (date(2026, 3, 10), date(2026, 3, 11)),
    ]
    beside = [(date(2026, 2, 1), date(2026, 2, 28)), (date(2026, 4, 1), None)]

    assert [refused_by_database(partnership, *days) for days in shared] == [True] * 4
    assert [refused_by_database(partnership, *days) for days in beside] == [False] * 2


def test_the_database_itself_refuses_to_make_a_term_longer_into_the_next(make):
    partnership = make.partnership(led=False)
    first = make.term(partnership, make.user(), kind=TermKind.LEADER, ends_on=TODAY)
    make.term(partnership, make.user(), kind=TermKind.LEADER, starts_on=LATER)

    def end_on(day: date | None) -> Callable[[], None]:
        return lambda: setattr(first, "ends_on", day)

    assert [_refused(end_on(day)) for day in (LATER, None, date(2026, 5, 9))] == [True, True, False]


def test_deputies_and_leaders_of_other_partnerships_may_share_days(make):
    partnership, other = make.partnership(), make.partnership(led=False)

    make.term(partnership, make.user())
    make.term(other, make.user(), kind=TermKind.LEADER)


def test_the_database_itself_knows_one_open_handover(make):
    handover = requested(make)

    again = LeaderHandover(
        partnership_id=handover.partnership_id,
        to_user_id=handover.to_user_id,
        requested_by_id=handover.requested_by_id,
        effective_on=LATER,
        answer_until=LATER,
    )

    assert _refused(lambda: db.session.add(again))
