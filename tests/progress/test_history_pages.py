"""The whole story of a partnership: who, when, what, on whose behalf, old and new."""

from datetime import date

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from animators.advice.services.requests import Question, ask
from animators.consultations.models import Channel
from core.audit import AuditEvent
from core.database import Base, db
from meetings.services import Outcome, When, change_meeting, record_meeting
from partnerships import services
from partnerships.files.models import FileClass
from partnerships.files.services import attach
from partnerships.models import OfPartnership
from partnerships.services import record_founding
from plans.definitions import PlanKind
from plans.models import AnswerKind
from plans.services import writing
from plans.services.flow import revise_plan
from plans.services.review import answer_comment, return_plan
from plans.workflow import PlanStatus
from progress.history_page import RECORDS, whole_history
from tests.support import documents

TODAY = date(2026, 4, 15)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def leader(make):
    return make.user("Anna Lis")


@pytest.fixture
def partnership(make, leader):
    return make.partnership("Together", leader=leader)


def entries(page) -> list[str]:
    return [
        " ".join(" ".join(item.itertext()).split())
        for item in page.tree.xpath("//li[@class='timeline-event']")
    ]


def test_old_and_new_values_stand_with_who_changed_them(partnership, leader, visit):
    record_founding(partnership, name="Digital together", founded_on=partnership.founded_on, actor=leader)
    db.session.commit()

    page = visit(as_=leader).open(f"/partnerships/{partnership.id}/history")

    (line,) = entries(page)
    assert "Changed the name or the day of founding" in line
    assert "Anna Lis" in line
    assert "before: Together now: Digital together" in line


def test_what_the_office_does_for_the_leader_says_so(make, partnership, leader, visit):
    office = make.office("Ola Biuro")
    record_meeting(partnership, When(TODAY, None, None, "Library"), Outcome(5), actor=office)
    db.session.commit()

    (line,) = entries(visit(as_=leader).open(f"/partnerships/{partnership.id}/history"))

    assert "Ola Biuro · on behalf of Anna Lis" in line


def test_the_history_narrows_to_a_kind_and_to_one_record(partnership, leader, visit):
    record_founding(partnership, name="Digital together", founded_on=partnership.founded_on, actor=leader)
    first = record_meeting(partnership, When(TODAY, None, None, "Library"), Outcome(5), actor=leader)
    second = record_meeting(
        partnership, When(date(2026, 4, 1), None, None, "School"), Outcome(6), actor=leader
    )
    change_meeting(second, When(date(2026, 4, 2), None, None, "School"), actor=leader)
    db.session.commit()
    visitor, address = visit(as_=leader), f"/partnerships/{partnership.id}/history"

    assert len(entries(visitor.open(address))) == 5
    assert len(entries(visitor.open(address, about="meetings"))) == 4
    assert len(entries(visitor.open(address, record=f"partnership_meeting-{first.id}"))) == 1
    assert len(entries(visitor.open(address, about="nonsense", record="user-1"))) == 5


def test_whatever_is_told_there_is_found_by_narrowing(make, partnership, leader, visit):
    mapped = [one for one in Base.registry.mappers if issubclass(one.class_, OfPartnership)]
    parts = {one.class_.__tablename__ for one in mapped} - {"task_waiver"}
    of_municipality = {"consultation", "follow_up", "hour_budget", "budget_adjustment", "handbook_issue"}
    kinds = [kind for found in RECORDS.values() for kind in found]
    asked = Question(topic="annual_plan", question="How many?", channel=Channel.PHONE)
    ask(partnership, asked, key="k", actor=leader)
    db.session.commit()

    (line,) = entries(visit(as_=leader).open(f"/partnerships/{partnership.id}/history?about=advice"))

    assert "Anna Lis" in line
    assert parts | of_municipality <= set(kinds)
    assert len(kinds) == len(set(kinds))


def test_an_annual_plan_kept_to_oneself_is_no_story_for_the_animator(make, partnership, leader, visit):
    make.general_plan(PlanStatus.PUBLISHED, partnership=partnership)
    make.annual_plan(partnership=partnership)
    animator = partnership.animator(TODAY)
    address = f"/partnerships/{partnership.id}/history?about=plans"

    own, others = (len(entries(visit(as_=person).open(address))) for person in (leader, animator))

    assert own == others + 1


def test_history_is_only_added_to(partnership, leader):
    record_founding(partnership, name="Digital together", founded_on=partnership.founded_on, actor=leader)
    db.session.commit()

    for tampering in (update(AuditEvent).values(event="nothing"), delete(AuditEvent)):
        with pytest.raises(IntegrityError):
            db.session.execute(tampering)
        db.session.rollback()


def test_a_long_history_comes_in_pages_and_takes_as_many_queries(
    make, partnership, leader, visit, count_queries
):
    visitor, address = visit(as_=leader), f"/partnerships/{partnership.id}/history"
    record_founding(partnership, name="Name 0", founded_on=partnership.founded_on, actor=leader)
    db.session.commit()
    with count_queries() as few:
        visitor.open(address)
    for number in range(1, 61):
        record_founding(partnership, name=f"Name {number}", founded_on=partnership.founded_on, actor=leader)
    db.session.commit()
    with count_queries() as many:
        page = visitor.open(address)

    assert len(entries(page)) == 50
    assert len(entries(visitor.open(address, page="2"))) == 11
    assert many.count == few.count


# --- Days, rights and people ------------------------------------------------------------------------------


def history(visitor, partnership, **query):
    return entries(visitor.open(f"/partnerships/{partnership.id}/history", **query))


def test_the_days_and_rights_of_a_term_are_shown_from_its_first_day_to_its_end(
    make, partnership, leader, visit
):
    term = services.appoint_deputy(
        partnership, make.user("Jan Maj"), starts_on=TODAY, can_submit=True, can_publish=False, actor=leader
    )
    services.end_term(term, ends_on=date(2026, 5, 31), reason="", actor=leader)
    db.session.commit()

    ended, begun = history(visit(as_=leader), partnership, record=f"leader_term-{term.id}")

    assert "First day now: 15 Apr 2026" in begun
    assert "May submit plans for approval now: yes" in begun
    assert "May publish approved plans now: no" in begun
    assert "Last day now: 31 May 2026" in ended


def test_a_member_is_shown_with_its_role_and_the_days_it_joined_and_left(make, partnership, leader, visit):
    organisation = make.organisation("Szkoła", municipality=partnership.municipality)
    member = services.add_member(
        partnership, organisation, role="trainer", contact_function="dyrektor", joined_on=TODAY, actor=leader
    )
    services.member_left(member, left_on=TODAY, actor=leader)
    db.session.commit()

    left, joined = history(visit(as_=leader), partnership, record=f"partnership_member-{member.id}")

    assert "Joined on now: 15 Apr 2026" in joined
    assert "Role now:" in joined
    assert "Function of the contact now: dyrektor" in joined
    assert "before:" not in joined
    assert "Left on now: 15 Apr 2026" in left


def test_both_animators_of_a_change_stand_among_people_and_each_has_a_history(
    make, partnership, leader, visit
):
    former = partnership.assignments[0]
    new = services.assign_animator(
        partnership.municipality,
        make.animator("Ola Maj"),
        starts_on=date(2026, 5, 1),
        reason="She moves",
        actor=make.office(),
    )
    db.session.commit()
    visitor = visit(as_=leader)

    assert len(history(visitor, partnership, about="people")) == 2
    (of_former,) = history(visitor, partnership, record=f"animator_assignment-{former.id}")
    (of_new,) = history(visitor, partnership, record=f"animator_assignment-{new.id}")
    assert "Last day now: 30 Apr 2026" in of_former
    assert "First day now: 1 May 2026" in of_new
    assert "now: Ola Maj" in of_new
    assert "She moves" in of_new


def test_an_assignment_told_in_the_next_partnership_is_found_from_the_closed_one_too(
    make, partnership, visit
):
    office = make.office()
    services.close_partnership(partnership, closed_on=TODAY, reason="Nobody is left", actor=office)
    services.found_partnership(
        partnership.municipality, name="Once more", founded_on=TODAY, leader=make.user(), actor=office
    )
    later = services.assign_animator(
        partnership.municipality,
        make.animator("Ola Maj"),
        starts_on=date(2026, 5, 1),
        reason="Moves",
        actor=office,
    )
    foreign = make.partnership("Elsewhere").assignments[0]
    services.end_assignment(foreign, ends_on=date(2026, 4, 30), reason="Moves", actor=office)
    db.session.commit()
    visitor = visit(as_=office)

    (told,) = history(visitor, partnership, record=f"animator_assignment-{later.id}")

    assert "now: Ola Maj" in told
    assert history(visitor, partnership, record=f"animator_assignment-{foreign.id}") == []


def test_the_term_of_a_partnership_that_closes_says_when_it_ended(make, partnership, leader, visit):
    term, office = partnership.terms[0], make.office()
    services.close_partnership(partnership, closed_on=TODAY, reason="Nobody is left", actor=office)
    db.session.commit()

    (ended,) = history(visit(as_=office), partnership, record=f"leader_term-{term.id}")

    assert "Last day now: 15 Apr 2026" in ended
    assert "Nobody is left" in ended


def test_a_handover_stands_in_the_history_of_both_terms_it_wrote(make, partnership, leader, visit):
    animator, successor = partnership.animator(TODAY), make.user("Ewa Maj")
    handover = services.request_handover(partnership, successor, effective_on=TODAY, actor=leader)
    services.accept_handover(handover, actor=successor)
    services.confirm_handover(handover, actor=animator)
    db.session.commit()
    visitor = visit(as_=successor)

    told = [
        history(visitor, partnership, record=f"leader_term-{term}")
        for term in (handover.from_term_id, handover.to_term_id)
    ]

    assert [len(lines) for lines in told] == [5, 4]
    assert "Takes effect on now: 15 Apr 2026" in told[0][-1]
    assert [line for line in told[0] if "Last day now: 14 Apr 2026" in line] != []


# --- Plans ------------------------------------------------------------------------------------------------


def answered_remarks(make, partnership, leader, how_many):
    version = make.general_plan(PlanStatus.IN_REVIEW, partnership=partnership)
    animator = partnership.animator(TODAY)
    make.comment(version)
    row = version.rows.rows("needs")[0]
    for _ in range(how_many - 1):
        make.comment(version, sheet="needs", row_uid=row.row_uid, column_key="need_text")
    return_plan(version, note="Please", actor=animator)
    draft = revise_plan(version, actor=leader)
    for remark in draft.comments:
        answer_comment(remark, kind=AnswerKind.CHANGED, answer="Done", actor=leader)
    db.session.commit()


def test_what_happened_to_a_plan_says_which_plan_which_version_and_where(make, partnership, leader, visit):
    answered_remarks(make, partnership, leader, 2)
    make.annual_plan(partnership=partnership)

    told = history(visit(as_=leader), partnership, about="plans")

    assert told[0].startswith("Started the plan: Annual plan 2026, version 1")
    assert {line.split(")")[0] for line in told[1:3]} == {
        "Answered a remark: General plan 2026–2028, version 2 (The whole plan",
        "Answered a remark: General plan 2026–2028, version 2 (Needs, N1, Need",
    }


def test_more_remarks_take_no_more_queries(make, leader, visit, count_queries):
    counts = []
    for how_many in (1, 6):
        partnership = make.partnership(leader=leader)
        answered_remarks(make, partnership, leader, how_many)
        visitor = visit(as_=leader)
        with count_queries() as asked:
            assert len(history(visitor, partnership, about="plans")) > how_many
        counts.append(asked.count)

    assert counts[0] == counts[1]


# --- The way there ----------------------------------------------------------------------------------------


def test_people_members_meetings_and_files_lead_to_their_own_history(make, partnership, leader, visit):
    member = make.member(
        partnership, make.organisation("Szkoła", municipality=partnership.municipality), joined_on=TODAY
    )
    gone = make.member(
        partnership,
        make.organisation("Klub", municipality=partnership.municipality),
        left_on=date(2026, 1, 31),
    )
    meeting = record_meeting(partnership, When(TODAY, None, None, "Library"), Outcome(5), actor=leader)
    kept = attach(
        partnership,
        data=documents.pdf(),
        name="umowa.pdf",
        file_class=FileClass.PARTNERSHIP,
        title="Agreement",
        actor=leader,
    )
    term, assignment = partnership.terms[0], partnership.assignments[0]
    db.session.commit()
    visitor, base = visit(as_=leader), f"/partnerships/{partnership.id}"

    def offered(address) -> set[str]:
        page = visitor.open(address)
        links = page.tree.xpath("//main//a[contains(@href, 'record=')]/@href")
        return {link.partition("record=")[2] for link in links}

    assert offered(f"{base}/people") == {f"leader_term-{term.id}", f"animator_assignment-{assignment.id}"}
    assert offered(f"{base}/members") == {f"partnership_member-{one.id}" for one in (member, gone)}
    assert offered(f"/partnerships/organisations/{member.organisation_id}") == {
        f"partnership_member-{member.id}"
    }
    assert offered(f"/meetings/{meeting.id}") == {f"partnership_meeting-{meeting.id}"}
    assert offered(f"{base}/files") == {f"attachment-{kept.id}"}
    page = visitor.open(f"{base}/files").follow("What happened (Agreement)")
    assert "Only what happened to the one record you chose." in page.text
    assert len(entries(page)) == 1


def test_nothing_is_told_of_a_deleted_plan_of_others_that_had_the_same_number(
    make, partnership, leader, visit, clock
):
    other, jan = make.partnership(), make.user("Jan Kos")
    deleted = writing.start_plan(other, PlanKind.GENERAL, year_from=2026, actor=jan)
    clock.tick(minutes=5)
    writing.delete_draft(deleted, actor=jan)
    clock.tick(minutes=5)
    version = writing.start_plan(partnership, PlanKind.GENERAL, year_from=2026, actor=leader)
    db.session.commit()
    visitor = visit(as_=leader)

    (line,) = entries(visitor.open(f"/partnerships/{partnership.id}/history"))
    of_the_plan = entries(visitor.open(f"/plans/{version.id}"))
    told = whole_history(partnership, {version.plan_id}, most=10)

    assert "Anna Lis" in line
    assert [one.who for one in told] == ["Anna Lis"]
    assert len(of_the_plan) == 1
    assert "Jan Kos" not in of_the_plan[0]


def test_the_page_of_a_partnership_leads_to_its_whole_history(partnership, leader, visit):
    page = visit(as_=leader).open(f"/partnerships/{partnership.id}").follow("The whole history")

    assert page.url == f"/partnerships/{partnership.id}/history"
