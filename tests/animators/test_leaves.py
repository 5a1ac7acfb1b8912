"""Somebody covers for a while: notices and decisions are theirs, and whoever comes back is told what happened."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from animators.advice.services.logging import Talk, log_advice
from animators.consultations.models import Channel
from animators.hours.models import HourBudget, LedgerEntry, LedgerKind, Pot
from animators.people.models import LeaveSummary
from animators.people.queries.leaves import latest_summary, meanwhile, summary_by_id
from animators.people.services.leaves import summarise_leaves
from core import audit
from core.audit import story_of
from core.database import db
from handbooks.events import HandbookEvent
from partnerships import services
from partnerships.models import AssignmentKind
from plans.services import flow, review
from plans.workflow import PlanStatus

TODAY = date(2026, 4, 15)
BEFORE, DURING, AFTER = (datetime(2026, 4, day, 9, tzinfo=UTC) for day in (1, 8, 15))
FIRST, LAST = date(2026, 4, 6), date(2026, 4, 14)
ALL = set(review.ApprovalCheck)


@pytest.fixture(autouse=True)
def time(clock):
    """Every test begins before the leave."""
    clock.move_to(BEFORE)
    return clock


def the_summary() -> LeaveSummary:
    found = summary_by_id(1)
    assert found is not None
    return found


def a_leave(make, main, cover, **dates):
    partnership = make.partnership(animator=main)
    days = {"starts_on": FIRST, "ends_on": LAST, **dates}
    make.assignment(partnership.municipality, cover, kind=AssignmentKind.COVER, **days)
    db.session.expire_all()
    return partnership


def test_while_somebody_covers_notices_and_the_list_of_reviews_are_theirs(make, time, outbox, visit):
    main, cover = make.animator(), make.animator()
    partnership = a_leave(make, main, cover)
    leader = partnership.leader(TODAY)
    version = make.general_plan(partnership=partnership)
    db.session.commit()

    time.move_to(DURING)
    flow.submit_plan(version, actor=leader)
    db.session.commit()

    assert [mail.to_address for mail in outbox()] == [cover.email]
    place = partnership.municipality.name
    assert place in visit(as_=cover).open("/reviews").links
    assert place not in visit(as_=main).open("/reviews").links


def test_the_cover_sees_what_happened_before(make, time, visit):
    main, cover = make.animator("Ewa Lis"), make.animator()
    partnership = a_leave(make, main, cover)
    version = make.general_plan(PlanStatus.RETURNED, partnership=partnership)
    db.session.commit()

    time.move_to(DURING)
    page = visit(as_=cover).open(f"/plans/{version.id}")

    assert "Returned the plan for changes" in page.text
    assert "Ewa Lis" in page.text


def test_with_two_browsers_open_the_right_to_decide_changes_hands_at_midnight(make, time, visit):
    main, cover = make.animator(), make.animator()
    partnership = a_leave(make, main, cover)
    version = make.general_plan(PlanStatus.IN_REVIEW, partnership=partnership)
    db.session.commit()
    last_minute = datetime(2026, 4, 5, 21, 59, tzinfo=UTC)  # 23:59 in Warsaw
    time.move_to(last_minute)
    mains = visit(as_=main).open(f"/plans/{version.id}/decide")
    covers = visit(as_=cover)
    covers.open(f"/plans/{version.id}/decide", expect=404)

    time.move_to(last_minute + timedelta(minutes=1))

    mains.submit("Return the plan", expect=404, note="Too late")
    covers.open(f"/plans/{version.id}/decide").submit("Return the plan", note="See the goals")
    db.session.refresh(version)
    assert (version.decided_by, version.decision_note) == (cover, "See the goals")


def test_who_comes_back_gets_one_mail_about_all_municipalities_and_only_once(make, time, outbox):
    main, cover, other = make.animator("Ewa Lis"), make.animator("Ola Maj"), make.animator("Jan Wrona")
    reviewed, quiet = a_leave(make, main, cover), a_leave(make, main, other)
    version = make.general_plan(PlanStatus.IN_REVIEW, partnership=reviewed)
    time.move_to(DURING)
    review.add_comment(version, text="Add a source", actor=cover)
    review.return_plan(version, note="", actor=cover)
    db.session.commit()
    before = len(outbox())

    assert summarise_leaves() == 0
    time.move_to(AFTER)
    assert (summarise_leaves(), summarise_leaves()) == (1, 0)

    [mail] = outbox()[before:]
    assert (mail.to_address, mail.subject) == (
        main.email,
        "What happened while you were away, 6 Apr 2026 to 14 Apr 2026",
    )
    assert "these 2 municipalities again:" in mail.body
    assert f"Ola Maj covered for you, {cover.email}. One remark was sent." in mail.body
    assert "Returned the plan for changes: General plan 2026–2028 (Ola Maj)" in mail.body
    assert mail.body.index(quiet.municipality.name) < mail.body.index("Nothing happened.")
    [event] = [event for event, _ in story_of(main)]
    assert (event.event, event.actor_id) == ("animator.leave_summarised", None)


def test_the_summary_tells_what_was_submitted_decided_remarked_and_changed_in_those_days_alone(make, time):
    main, cover = make.animator(), make.animator("Ola Maj")
    partnership = a_leave(make, main, cover)
    leader = partnership.leader(TODAY)
    version = make.general_plan(partnership=partnership)
    time.move_to(DURING)
    flow.submit_plan(version, actor=leader)
    review.start_review(version, actor=cover)
    review.add_comment(version, text="Add a source", actor=cover)
    review.approve_plan(version, checks=ALL, note="", actor=cover)
    services.add_member(
        partnership,
        make.organisation(municipality=partnership.municipality),
        role="organiser",
        joined_on=DURING.date(),
        actor=leader,
    )
    db.session.commit()
    time.move_to(AFTER)
    flow.publish_plan(version, actor=leader)
    db.session.commit()
    summarise_leaves()

    [found] = meanwhile(the_summary(), reader=main)

    assert (found.covering, found.starts_on, found.ends_on, found.remarks) == (cover, FIRST, LAST, 1)
    assert [line.text for line in found.lines] == [
        "Submitted for approval: General plan 2026–2028",
        "Started the review: General plan 2026–2028",
        "Approved the plan: General plan 2026–2028",
        "Added a member",
    ]


def test_the_summary_tells_of_advice_hours_and_handbooks(make, time, visit, outbox):
    main, cover = make.animator(), make.animator("Ola Maj")
    partnership = a_leave(make, main, cover)
    talk = Talk(
        municipality_id=partnership.municipality_id, channel=Channel.PHONE, minutes=90, topics=["annual_plan"],
        day=DURING.date(), summary="How to begin",
    )  # fmt: skip
    time.move_to(DURING)
    log_advice(talk, key="during", actor=cover)
    audit.record(HandbookEvent.SENT, partnership.municipality, story=partnership.municipality, actor=cover)
    db.session.commit()
    time.move_to(AFTER)
    log_advice(replace(talk, minutes=60, day=AFTER.date()), key="after", actor=main)
    db.session.commit()
    summarise_leaves()

    [found] = meanwhile(the_summary(), reader=main)

    assert [line.text for line in found.lines] == ["Logged a consultation", "Sent copies of the handbook"]
    told = "Hours taken meanwhile (Remote advice): 1 h 30 min, left: 5 h 30 min."
    assert told in visit(as_=main).open("/animators/leaves/1").text
    assert told in next(mail.body for mail in outbox() if mail.to_address == main.email)


def test_hours_that_a_merger_handed_on_or_the_programme_began_with_were_taken_by_nobody(make, time, visit):
    main, cover = make.animator(), make.animator()
    partnership = a_leave(make, main, cover)
    budget = HourBudget(municipality=partnership.municipality, pot=Pot.REMOTE, granted_minutes=480)
    kinds = {
        LedgerKind.OPENING: 100, LedgerKind.TRANSFER: 90, LedgerKind.CONSULTATION: 60, LedgerKind.CORRECTION: -15,
    }  # fmt: skip
    for kind, minutes in kinds.items():
        db.session.add(LedgerEntry(budget=budget, minutes=minutes, kind=kind, day=DURING.date()))
    db.session.commit()
    time.move_to(AFTER)
    summarise_leaves()

    told = "Hours taken meanwhile (Remote advice): 45 min, left: 4 h 5 min."
    assert told in visit(as_=main).open("/animators/leaves/1").text


def test_a_leave_with_two_covers_in_turn_is_told_once_at_its_end(make, time, outbox):
    main, first, second = make.animator(), make.animator(), make.animator()
    partnership = a_leave(make, main, first, ends_on=date(2026, 4, 10))
    make.assignment(
        partnership.municipality,
        second,
        kind=AssignmentKind.COVER,
        starts_on=date(2026, 4, 11),
        ends_on=LAST,
    )
    before = len(outbox())
    time.move_to(datetime(2026, 4, 12, 9, tzinfo=UTC))
    assert summarise_leaves() == 0

    time.move_to(AFTER)
    assert summarise_leaves() == 1

    assert [mail.to_address for mail in outbox()[before:]] == [main.email]
    assert [one.covering for one in meanwhile(the_summary(), reader=main)] == [first, second]


def test_nobody_is_told_of_a_leave_from_which_they_did_not_come_back(make, time):
    main, cover = make.animator(), make.animator()
    partnership = a_leave(make, main, cover)
    [assignment] = [one for one in partnership.assignments if one.kind is AssignmentKind.MAIN]
    assignment.ends_on = date(2026, 4, 10)
    db.session.commit()

    time.move_to(AFTER)

    assert summarise_leaves() == 0


def test_nobody_is_told_of_days_on_which_they_covered_themselves(make, time):
    main, cover = make.animator(), make.animator()
    partnership = a_leave(make, main, cover)
    services.assign_animator(partnership.municipality, cover, starts_on=DURING.date(), actor=make.office())
    covered_by_main = make.partnership(animator=main)
    make.assignment(
        covered_by_main.municipality, main, kind=AssignmentKind.COVER, starts_on=FIRST, ends_on=LAST
    )
    db.session.commit()

    time.move_to(AFTER)

    assert summarise_leaves() == 0


def test_the_page_says_the_same_to_who_came_back_and_the_office_and_is_not_there_for_others(
    make, time, visit
):
    main, cover = make.animator("Ewa Lis"), make.animator("Ola Maj")
    partnership = a_leave(make, main, cover)
    time.move_to(DURING)
    make.general_plan(PlanStatus.SUBMITTED, partnership=partnership)
    time.move_to(AFTER)
    summarise_leaves()
    link = "What happened while you were away, until 14 Apr 2026"

    own = visit(as_=main).open("/home").follow(link)
    of_office = visit(as_=make.office()).open("/animators/leaves/1")

    assert (own.headings[0], of_office.headings[0]) == ("While you were away", "While Ewa Lis was away")
    for page in (own, of_office):
        assert "Ola Maj covered from 6 Apr 2026 until 14 Apr 2026." in page.text
        assert "Submitted for approval: General plan 2026–2028" in page.text
        assert f"Open the partnership ({partnership.municipality.name})" in page.links
    ways = [page.tree.xpath("//nav[@class='ds-breadcrumbs']//a/text()") for page in (own, of_office)]
    assert ways == [["Home"], ["Animators", "Ewa Lis"]]
    visit(as_=cover).open("/animators/leaves/1", expect=404)
    visit(as_=make.user()).open("/animators/leaves/1", expect=403)
    time.move_to(AFTER + timedelta(days=20))
    assert link not in visit(as_=main).open("/home").links


def test_of_municipalities_that_went_over_since_nothing_is_shown(make, time, visit):
    main, cover = make.animator(), make.animator()
    partnership = a_leave(make, main, cover)
    time.move_to(AFTER)
    summarise_leaves()
    [assignment] = [one for one in partnership.assignments if one.kind is AssignmentKind.MAIN]
    assignment.ends_on = TODAY
    db.session.commit()
    time.move_to(AFTER + timedelta(days=1))

    page = visit(as_=main).open("/animators/leaves/1")

    assert "None of these municipalities is yours any more." in page.text
    assert partnership.municipality.name not in page.text


def test_a_summary_of_many_asks_no_more_than_one_of_one(make, time, count_queries):
    def asked(count):
        main, cover = make.animator(), make.animator()
        time.move_to(BEFORE)
        for _ in range(count):
            a_leave(make, main, cover)
        time.move_to(AFTER)
        summarise_leaves()
        summary = latest_summary(main)
        assert summary is not None
        db.session.expire_all()
        assert (main.name, summary.id) != ("", 0)
        with count_queries() as queries:
            assert len(meanwhile(summary, reader=main)) == count
        return queries.count

    assert asked(1) == asked(4) <= 7
