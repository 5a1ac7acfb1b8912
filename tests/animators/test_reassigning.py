"""Municipalities go over from one animator to others, exactly as the preview said."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import User
from accounts.roles import Role
from animators.consultations.models import ConsultationStatus
from animators.errors import CannotStay, ChangedSincePreview, NothingMoves, StartsInThePast, TakesOverOwn
from animators.people.moves import Reassignment
from animators.people.services.reassigning import preview, reassign
from core.audit import story_of
from core.database import db
from partnerships.errors import AdvisesOwn, NotAnAnimator, PersonSuspended
from partnerships.models import AssignmentKind, TermKind
from partnerships.services import request_handover
from plans.services import review
from plans.workflow import PlanStatus
from tests.animators.moving import a_region, days_of, done, wish
from tests.make import LONG_AGO
from tests.progress.advising import asked as advice_asked
from tests.progress.advising import visit_at

TODAY = date(2026, 4, 15)
YESTERDAY = date(2026, 4, 14)
IN_MAY = date(2026, 5, 10)
DAY_BEFORE = date(2026, 5, 9)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


# --- What moves ------------------------------------------------------------------------------------------


def test_each_municipality_goes_to_its_successor_without_a_gap(make):
    leaver, first, second = make.animator("Ewa Lis"), make.animator("Ola Maj"), make.animator("Jan Wrona")
    here, there = make.partnership(animator=leaver), make.partnership(animator=leaver)

    done(wish(leaver, (here, first), (there, second), starts_on=IN_MAY), make)

    assert days_of(here.municipality) == [
        ("Ewa Lis", "main", LONG_AGO, DAY_BEFORE),
        ("Ola Maj", "main", IN_MAY, None),
    ]
    assert days_of(there.municipality) == [
        ("Ewa Lis", "main", LONG_AGO, DAY_BEFORE),
        ("Jan Wrona", "main", IN_MAY, None),
    ]


def test_what_was_not_chosen_stays(make):
    leaver = make.animator("Ewa Lis")
    moving, staying = make.partnership(animator=leaver), make.partnership(animator=leaver)

    done(wish(leaver, (moving, make.animator())), make)

    assert days_of(staying.municipality) == [("Ewa Lis", "main", LONG_AGO, None)]


def test_a_last_day_and_a_first_day_to_come_are_kept(make):
    leaver, successor = make.animator("Ewa Lis"), make.animator("Ola Maj")
    partnership = make.partnership(advised=False)
    make.assignment(partnership.municipality, leaver, starts_on=IN_MAY, ends_on=date(2026, 12, 31))

    done(wish(leaver, (partnership, successor)), make)

    assert days_of(partnership.municipality) == [("Ola Maj", "main", IN_MAY, date(2026, 12, 31))]


def test_somebody_else_covers_instead_of_who_leaves(make):
    main, leaver, successor = make.animator("Main"), make.animator("Ewa Lis"), make.animator("Ola Maj")
    partnership = make.partnership(animator=main)
    make.assignment(
        partnership.municipality, leaver, kind=AssignmentKind.COVER, starts_on=YESTERDAY, ends_on=IN_MAY
    )

    done(wish(leaver, (partnership, successor)), make)

    assert days_of(partnership.municipality) == [
        ("Main", "main", LONG_AGO, None),
        ("Ewa Lis", "cover", YESTERDAY, YESTERDAY),
        ("Ola Maj", "cover", TODAY, IN_MAY),
    ]


def test_a_cover_handed_to_the_animator_who_is_covered_for_ends(make):
    main, leaver = make.animator("Main"), make.animator("Ewa Lis")
    partnership = make.partnership(animator=main)
    make.assignment(
        partnership.municipality, leaver, kind=AssignmentKind.COVER, starts_on=YESTERDAY, ends_on=IN_MAY
    )

    found = done(wish(leaver, (partnership, main)), make)

    assert [span.is_pointless for span in found.moves[0].spans] == [True]
    assert days_of(partnership.municipality) == [
        ("Main", "main", LONG_AGO, None),
        ("Ewa Lis", "cover", YESTERDAY, YESTERDAY),
    ]


def test_who_covered_and_becomes_the_animator_covers_no_longer(make):
    leaver, successor = make.animator("Ewa Lis"), make.animator("Ola Maj")
    partnership = make.partnership(animator=leaver)
    make.assignment(
        partnership.municipality, successor, kind=AssignmentKind.COVER, starts_on=YESTERDAY, ends_on=IN_MAY
    )

    done(wish(leaver, (partnership, successor)), make)

    assert days_of(partnership.municipality) == [
        ("Ewa Lis", "main", LONG_AGO, YESTERDAY),
        ("Ola Maj", "cover", YESTERDAY, YESTERDAY),
        ("Ola Maj", "main", TODAY, None),
    ]


def test_the_preview_names_open_reviews_covers_hand_overs_and_days_left(make):
    leaver, successor, cover = make.animator(), make.animator(), make.animator("Jan Wrona")
    reviewed, covered = make.partnership(animator=leaver), make.partnership(animator=leaver)
    waiting = make.general_plan(PlanStatus.SUBMITTED, partnership=reviewed)
    under_cover = make.general_plan(PlanStatus.IN_REVIEW, partnership=covered)
    make.assignment(
        covered.municipality, cover, kind=AssignmentKind.COVER, starts_on=YESTERDAY, ends_on=IN_MAY
    )

    found = preview(wish(leaver, (reviewed, successor), (covered, successor)))

    assert [(one.version, one.may_stay, one.stays_with, one.days_left) for one in found.reviews] == [
        (waiting, True, None, 10),
        (under_cover, False, cover, 10),
    ]
    assert ([one.version for one in found.choices], found.covers, found.handovers) == ([waiting], 1, 0)


def test_agreed_visits_and_open_requests_for_advice_that_move_are_shown_and_told(make, visit, outbox):
    leaver, successor = make.animator(), make.animator("Ola Maj")
    partnership = make.partnership(municipality=make.municipality("Skała"), animator=leaver)
    before, after = (datetime(2026, month, 10, 9, tzinfo=UTC) for month in (5, 6))
    visit_at(partnership, ConsultationStatus.AGREED, before)
    visit_at(partnership, ConsultationStatus.AGREED, after, number=2)
    advice_asked(partnership)
    wanted = wish(leaver, (partnership, successor), starts_on=date(2026, 6, 1))

    [move] = preview(wanted).moves
    page = visit(as_=make.office()).open(
        f"/animators/{leaver.id}/reassign?area=all&to={successor.id}&starts_on=2026-06-01"
    )
    done(wanted, make)

    assert (move.visits, move.requests) == ([after], 1)
    assert "A visit is agreed for 10 Jun 2026, 11:00 1 request for advice is open" in page.text
    mail = next(one for one in outbox() if one.to_address == successor.email)
    assert "- Skała: visit on 10 Jun 2026, 11:00\n- Skała: 1 request for advice\n" in mail.body


def test_a_hand_over_of_leaders_under_way_is_shown_and_changing_it_makes_the_preview_old(make):
    leaver, successor, next_leader = make.animator(), make.animator(), make.user()
    partnership = make.partnership(animator=leaver)
    wanted = wish(leaver, (partnership, successor))
    before = preview(wanted).token

    handover = request_handover(
        partnership, next_leader, effective_on=IN_MAY, actor=partnership.leader(TODAY)
    )

    found = preview(wanted)
    assert ([move.handover for move in found.moves], found.handovers) == ([handover], 1)
    assert found.token != before


def test_an_approved_plan_that_is_not_public_is_shown_and_has_no_choice(make):
    leaver, successor = make.animator(), make.animator()
    version = make.general_plan(PlanStatus.APPROVED, partnership=make.partnership(animator=leaver))

    found = preview(wish(leaver, (version.partnership, successor)))

    assert [(one.is_decided, one.may_stay) for one in found.reviews] == [(True, False)]


@pytest.mark.parametrize("kind", TermKind)
def test_nobody_takes_over_a_partnership_that_they_lead_or_help_to(make, kind):
    leaver, successor = make.animator(), make.animator("Ola Maj")
    own, other = make.partnership(animator=leaver, led=False), make.partnership(animator=leaver)
    make.term(own, successor, kind=kind, starts_on=IN_MAY)
    own.municipality.name = "Dobra"

    with pytest.raises(AdvisesOwn) as refused:
        preview(wish(leaver, (own, successor), (other, successor)))

    assert str(refused.value) == (
        "Ola Maj leads the partnership in Dobra or helps to, and nobody reviews their own plan. Choose somebody else."
    )
    assert len(preview(wish(leaver, (other, successor))).moves) == 1


def test_a_preview_of_a_whole_region_asks_no_more_than_one_of_a_few(make, count_queries):
    leaver, successor = make.animator(), make.animator()
    few = [make.partnership(animator=leaver) for _ in range(3)]
    version = make.general_plan(PlanStatus.SUBMITTED, partnership=few[0])
    assert version.status is PlanStatus.SUBMITTED

    leaver_id, successor_id = leaver.id, successor.id

    def asked(partnerships):
        places = [one.municipality_id for one in partnerships]
        db.session.expunge_all()
        animator, to = db.session.get_one(User, leaver_id), db.session.get_one(User, successor_id)
        with count_queries() as queries:
            found = preview(Reassignment(animator, TODAY, dict.fromkeys(places, to)))
            assert (len(found.moves), len(found.token)) == (len(places), 64)
            assert all(move.municipality.label for move in found.moves)
        return queries.count

    of_few = asked(few)
    many = a_region(make, db.session.get_one(User, leaver_id), 125)

    assert asked(many) == of_few == 9


# --- What is remembered and told -------------------------------------------------------------------------


def test_everybody_gets_one_mail_with_their_whole_list(make, outbox):
    leaver, successor = make.animator("Ewa Lis"), make.animator("Ola Maj")
    leader, other_leader, cover = make.user(), make.user(), make.animator()
    first = make.partnership(municipality=make.municipality("Skała"), animator=leaver, leader=leader)
    second = make.partnership(
        municipality=make.municipality("Żółta Gęś"), animator=leaver, leader=other_leader
    )
    make.assignment(second.municipality, cover, kind=AssignmentKind.COVER, starts_on=TODAY, ends_on=IN_MAY)
    version = make.general_plan(PlanStatus.SUBMITTED, partnership=first)
    before = len(outbox())

    done(wish(leaver, (first, successor), (second, successor), reason="She moves"), make, stays=[version.id])

    mails = outbox()[before:]
    assert {mail.to_address: mail.subject for mail in mails} == {
        leaver.email: "2 municipalities of yours go over on 15 Apr 2026",
        successor.email: "You advise 2 more municipalities from 15 Apr 2026",
        leader.email: "You have a new animator from 15 Apr 2026",
        other_leader.email: "You have a new animator from 15 Apr 2026",
        cover.email: "You cover for somebody else from 15 Apr 2026",
    }
    body = {mail.to_address: mail.body for mail in mails}
    assert len(mails) == 5
    assert "Skała (rural municipality, opolski county): Ola Maj" in body[leaver.email]
    assert "These reviews stay with you until you have decided:" in body[leaver.email]
    assert f"led by {leader.name}, {leader.email}" in body[successor.email]
    assert "stays with Ewa Lis until it is decided" in body[successor.email]
    assert all("Reason: She moves" in text for text in body.values())


def test_it_is_told_in_the_story_of_each_municipality_and_of_who_leaves(make):
    leaver, successor, office = make.animator("Ewa Lis"), make.animator("Ola Maj"), make.office()
    partnership = make.partnership(animator=leaver)

    done(wish(leaver, (partnership, successor), reason="She moves"), make, actor=office)

    told = [(event.event, event.actor_id, personal) for event, personal in story_of(partnership)]
    assert told == [
        (
            "partnership.animator_assigned",
            office.id,
            {
                "note": "Ola Maj: She moves",
                "before": {"animator": "Ewa Lis"},
                "after": {"animator": "Ola Maj"},
            },
        ),
        ("partnership.assignment_ended", office.id, {"note": "Ewa Lis: She moves"}),
    ]
    [(event, personal)] = story_of(leaver)
    assert (event.event, event.data["moved"], personal) == (
        "animator.reassigned",
        {str(partnership.municipality_id): successor.id},
        {"note": "Ola Maj: She moves"},
    )


# --- What is refused -------------------------------------------------------------------------------------


def test_nobody_takes_over_from_themselves(make):
    leaver = make.animator("Ewa Lis")

    with pytest.raises(TakesOverOwn, match="Ewa Lis has these municipalities already"):
        preview(wish(leaver, (make.partnership(animator=leaver), leaver)))


def test_nobody_suspended_or_without_the_role_takes_over(make):
    leaver, suspended = make.animator(), make.animator("Jan Wrona")
    former = make.holder(Role.ANIMATOR, "Ola Maj", ends_on=TODAY)
    partnership = make.partnership(animator=leaver)
    suspended.is_active = False

    with pytest.raises(PersonSuspended, match="The account of Jan Wrona is suspended"):
        preview(wish(leaver, (partnership, suspended)))
    with pytest.raises(NotAnAnimator, match="Ola Maj does not have the animator's role on 10 May 2026"):
        preview(wish(leaver, (partnership, former), starts_on=IN_MAY))
    assert preview(wish(leaver, (partnership, former))).moves


def test_nothing_moves_in_the_past(make):
    leaver = make.animator()

    with pytest.raises(StartsInThePast, match="That day is over"):
        preview(wish(leaver, (make.partnership(animator=leaver), make.animator()), starts_on=YESTERDAY))


def test_where_nothing_would_move_it_says_so(make):
    leaver = make.animator("Ewa Lis")

    with pytest.raises(NothingMoves, match="Ewa Lis advises none of these"):
        preview(wish(leaver, (make.partnership(), make.animator())))


def test_what_changed_since_the_preview_is_refused_and_nothing_moves(make):
    leaver, successor = make.animator("Ewa Lis"), make.animator()
    version = make.general_plan(PlanStatus.SUBMITTED, partnership=make.partnership(animator=leaver))
    wanted = wish(leaver, (version.partnership, successor))
    token = preview(wanted).token
    review.start_review(version, actor=leaver)
    db.session.commit()

    with pytest.raises(ChangedSincePreview):
        reassign(wanted, token=token, stays=[], actor=make.office())

    assert days_of(version.partnership.municipality) == [("Ewa Lis", "main", LONG_AGO, None)]


def test_a_review_that_somebody_else_decides_cannot_stay(make):
    leaver, successor, cover = make.animator(), make.animator(), make.animator()
    version = make.general_plan(PlanStatus.SUBMITTED, partnership=make.partnership(animator=leaver))
    make.assignment(
        version.partnership.municipality, cover, kind=AssignmentKind.COVER, starts_on=TODAY, ends_on=IN_MAY
    )

    with pytest.raises(CannotStay):
        done(wish(leaver, (version.partnership, successor)), make, stays=[version.id])
