"""Municipalities go over from one animator to others, exactly as the preview said."""

from datetime import date

import pytest

from accounts.models import User
from accounts.roles import Role
from animators.errors import CannotStay, ChangedSincePreview, NothingMoves, StartsInThePast, TakesOverOwn
from animators.moves import Reassignment
from animators.services.reassigning import preview, reassign
from core import clock
from core.audit import story_of
from core.database import db
from municipalities.models import Municipality, MunicipalityKind
from partnerships.errors import NotAnAnimator, PersonSuspended
from partnerships.models import AnimatorAssignment, AssignmentKind, LeaderTerm, Partnership, TermKind
from partnerships.queries import assignments_between
from partnerships.workflow import PartnershipStatus
from plans.definitions import PlanKind
from plans.errors import OverrideNeedsReason
from plans.models import Plan, PlanVersion
from plans.queries import plans_awaiting_review
from plans.services import flow, review
from plans.services.keeping import move_lapsed_reviews
from plans.workflow import PlanStatus
from tests.make import LONG_AGO

TODAY = date(2026, 4, 15)
YESTERDAY = date(2026, 4, 14)
IN_MAY = date(2026, 5, 10)
DAY_BEFORE = date(2026, 5, 9)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def wish(animator, *moves, starts_on=TODAY, reason=""):
    """``moves``: pairs of partnership and successor."""
    return Reassignment(animator, starts_on, {one.municipality_id: who for one, who in moves}, reason)


def done(wanted, make, *, stays=(), actor=None):
    return reassign(wanted, token=preview(wanted).token, stays=stays, actor=actor or make.office())


def a_region(make, animator, count):
    """So many led partnerships at once: made one by one they would take a minute."""
    county, programme, leader = make.county(), make.programme, make.user()
    places = [
        Municipality(
            name=f"Place {number}", kind=MunicipalityKind.RURAL, code=f"17{number:04d}2", slug=f"place-{number}",
            county=county, voivodeship=county.voivodeship, search_text="", sort_key=f"place {number:03d}",
        )
        for number in range(count)
    ]  # fmt: skip
    found = [
        Partnership(
            programme=programme, municipality=one, name=one.name, status=PartnershipStatus.ACTIVE, founded_on=LONG_AGO
        )
        for one in places
    ]  # fmt: skip
    terms = [
        LeaderTerm(partnership=one, user=leader, kind=TermKind.LEADER, starts_on=LONG_AGO) for one in found
    ]
    assigned = [
        AnimatorAssignment(animator=animator, municipality=one, kind=AssignmentKind.MAIN, starts_on=LONG_AGO)
        for one in places
    ]
    plans = [
        Plan(
            uid=f"uid-{number}", partnership=one, kind=PlanKind.GENERAL, year_from=2026, year_to=2028, template_version=1
        )
        for number, one in enumerate(found)
    ]  # fmt: skip
    waiting = [
        PlanVersion(
            plan=one, number=1, round=1, status=PlanStatus.SUBMITTED, content_hash="0" * 64,
            status_since=clock.now(), submitted_at=clock.now(),
        )
        for one in plans
    ]  # fmt: skip
    db.session.add_all([*found, *terms, *assigned, *waiting])
    db.session.commit()
    return found


def days_of(municipality):
    return [
        (one.animator.name, one.kind.value, one.starts_on, one.ends_on)
        for one in assignments_between(municipality, LONG_AGO)
    ]


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


def test_an_approved_plan_that_is_not_public_is_shown_and_has_no_choice(make):
    leaver, successor = make.animator(), make.animator()
    version = make.general_plan(PlanStatus.APPROVED, partnership=make.partnership(animator=leaver))

    found = preview(wish(leaver, (version.partnership, successor)))

    assert [(one.is_decided, one.may_stay) for one in found.reviews] == [(True, False)]


def test_a_successor_who_leads_the_partnership_is_named_as_one_who_cannot_review_it(make):
    leaver, successor = make.animator(), make.animator()
    own, other = make.partnership(animator=leaver, leader=successor), make.partnership(animator=leaver)

    found = preview(wish(leaver, (own, successor), (other, successor)))

    assert [move.cannot_review for move in found.moves] == [True, False]


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

    assert asked(many) == of_few == 7


# --- Rights follow the assignment of that minute ---------------------------------------------------------


def test_a_page_left_open_by_the_former_animator_decides_nothing(make, visit):
    former, successor = make.animator(), make.animator()
    version = make.general_plan(PlanStatus.IN_REVIEW, partnership=make.partnership(animator=former))
    left_open = visit(as_=former).open(f"/plans/{version.id}/decide")
    of_successor = visit(as_=successor)
    of_successor.open(f"/plans/{version.id}", expect=404)

    done(wish(former, (version.partnership, successor)), make)
    db.session.commit()

    left_open.submit("Return the plan", expect=404, note="See the goals")
    of_successor.open(f"/plans/{version.id}/decide").submit("Return the plan", note="See the figures")
    db.session.refresh(version)
    assert (version.status, version.decision_note, version.decided_by) == (
        PlanStatus.RETURNED,
        "See the figures",
        successor,
    )


def test_a_review_that_stays_is_decided_by_the_former_animator_and_only_read_by_the_new_one(make, visit):
    former, successor = make.animator("Ewa Lis"), make.animator("Ola Maj")
    version = make.general_plan(PlanStatus.IN_REVIEW, partnership=make.partnership(animator=former))
    done(wish(former, (version.partnership, successor)), make, stays=[version.id])
    db.session.commit()

    reading = visit(as_=successor).open(f"/plans/{version.id}")
    visit(as_=successor).open(f"/plans/{version.id}/decide", expect=403)

    assert "Waiting for Ewa Lis" in reading.text
    assert "Ewa Lis advised this municipality before and keeps this review" in reading.text
    assert "Nothing waits for you" in visit(as_=successor).open("/reviews").text
    place = visit(as_=successor).open(f"/partnerships/{version.partnership.id}")
    assert "Ewa Lis is reading the plan" in place.text
    own = visit(as_=former).open("/reviews").follow(version.partnership.municipality.name)
    visit(as_=former).open(f"/partnerships/{version.partnership.id}", expect=404)
    own.follow("Decide").submit("Return the plan", note="See the goals")
    db.session.refresh(version)
    assert (version.status, version.decided_by) == (PlanStatus.RETURNED, former)
    visit(as_=former).open(f"/plans/{version.id}", expect=404)


def test_the_next_round_is_the_new_animators(make):
    former, successor = make.animator(), make.animator()
    version = make.general_plan(PlanStatus.SUBMITTED, partnership=make.partnership(animator=former))
    done(wish(former, (version.partnership, successor)), make, stays=[version.id])
    kept = (version.reviewer_ids(TODAY), version.animator_ids(TODAY))

    flow.withdraw_plan(version, actor=version.partnership.leader(TODAY))
    flow.submit_plan(version, actor=version.partnership.leader(TODAY))

    assert kept == ({former.id}, {former.id, successor.id})
    assert version.reviewer_ids(TODAY) == version.animator_ids(TODAY) == {successor.id}


def test_a_review_moves_after_all_once_its_keeper_is_suspended_or_loses_the_role(make, visit, outbox):
    former, successor = make.animator("Ewa Lis"), make.animator()
    version = make.general_plan(PlanStatus.SUBMITTED, partnership=make.partnership(animator=former))
    done(wish(former, (version.partnership, successor)), make, stays=[version.id])
    assert (
        list(plans_awaiting_review(animator=former)),
        list(plans_awaiting_review(animator=successor)),
    ) == (
        [version],
        [],
    )

    former.is_active = False
    suspended = (version.reviewer_ids(TODAY), list(plans_awaiting_review(animator=successor)))
    former.is_active = True
    former.grants[0].ends_on = YESTERDAY
    db.session.flush()
    without_role = (version.reviewer_ids(TODAY), list(plans_awaiting_review(animator=successor)))

    assert suspended == without_role == ({successor.id}, [version])
    before = len(outbox())
    assert (move_lapsed_reviews(), move_lapsed_reviews()) == (1, 0)
    [mail] = outbox()[before:]
    assert (mail.to_address, version.kept_with_id) == (successor.email, None)
    assert "had stayed with Ewa Lis, who no longer works as an animator" in mail.body


def test_a_decision_needs_no_reason_from_whom_the_review_stays_with_and_one_from_the_office(make):
    former, successor, office = make.animator(), make.animator(), make.office()
    version = make.general_plan(PlanStatus.IN_REVIEW, partnership=make.partnership(animator=former))
    done(wish(former, (version.partnership, successor)), make, stays=[version.id])

    with pytest.raises(OverrideNeedsReason):
        review.approve_plan(version, checks=set(review.ApprovalCheck), note="", actor=office)
    review.approve_plan(version, checks=set(review.ApprovalCheck), note="", actor=former)

    assert version.status is PlanStatus.APPROVED


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
        ("partnership.animator_assigned", office.id, {"note": "Ola Maj: She moves"}),
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
