"""One next step for each side, in every state a partnership and its plans can be in."""

from dataclasses import replace
from datetime import date

import pytest

from partnerships.workflow import PartnershipStatus
from plans.workflow import PlanStatus
from progress.matters import LEADERS_OWN, Topic, Turn, matter_of
from progress.next_steps import Link, next_step
from progress.queries import situation_of
from progress.situations import PlanState, Situation

TODAY = date(2026, 4, 15)
SINCE = date(2026, 4, 1)
FOUNDED = date(2026, 1, 10)
ENTERED = date(2025, 12, 1)
DUE = date(2026, 4, 29)


@pytest.fixture(autouse=True)
def _words(app):
    """Sentences need a language."""


SITUATION = Situation(
    partnership_id=7,
    status=PartnershipStatus.ACTIVE,
    today=TODAY,
    entered_on=ENTERED,
    founded_on=FOUNDED,
    leader="Ewa Lis",
    leaderless_since=None,
    reviewer="Ola Maj",
    members=3,
    min_members=3,
    publish_reminder_days=14,
)


def general(status: PlanStatus, **facts) -> PlanState:
    handed_over = status in (PlanStatus.SUBMITTED, PlanStatus.IN_REVIEW)
    known = {"due_on": DUE if handed_over else None, "was_published": status is PlanStatus.PUBLISHED}
    return PlanState(
        version_id=41,
        title="General plan 2026–2028",
        year_from=2026,
        year_to=2028,
        is_general=True,
        status=status,
        since=SINCE,
        **{**known, **facts},
    )


def annual(status: PlanStatus, year: int = 2026, **facts) -> PlanState:
    return PlanState(
        version_id=50 + year % 10,
        title=f"Annual plan {year}",
        year_from=year,
        year_to=year,
        is_general=False,
        status=status,
        since=SINCE,
        **facts,
    )


PUBLIC = general(PlanStatus.PUBLISHED)
PLAN_PAGE = {"version_id": 41}

SITUATIONS: dict[Topic, Situation] = {
    Topic.CLOSED: replace(SITUATION, status=PartnershipStatus.CLOSED),
    Topic.NO_LEADER: replace(SITUATION, leader=None, leaderless_since=SINCE),
    Topic.NO_REVIEWER: replace(SITUATION, reviewer=None, plans=(general(PlanStatus.SUBMITTED),)),
    Topic.FOUNDING: replace(SITUATION, status=PartnershipStatus.PLANNED, founded_on=None),
    Topic.MEMBERS: replace(SITUATION, status=PartnershipStatus.FORMING, members=1),
    Topic.START: SITUATION,
    Topic.UPLOAD: replace(SITUATION, plans=(general(PlanStatus.DRAFT, upload_id=9),)),
    Topic.REMARKS: replace(SITUATION, plans=(general(PlanStatus.DRAFT, number=2, open_remarks=2),)),
    Topic.WRITING: replace(SITUATION, plans=(general(PlanStatus.DRAFT),)),
    Topic.SUBMITTED: replace(SITUATION, plans=(general(PlanStatus.SUBMITTED),)),
    Topic.IN_REVIEW: replace(SITUATION, plans=(general(PlanStatus.IN_REVIEW),)),
    Topic.RETURNED: replace(SITUATION, plans=(general(PlanStatus.RETURNED),)),
    Topic.APPROVED: replace(SITUATION, plans=(general(PlanStatus.APPROVED),)),
    Topic.START_YEAR: replace(SITUATION, plans=(PUBLIC,)),
    Topic.WRITE_YEAR: replace(SITUATION, plans=(PUBLIC, annual(PlanStatus.DRAFT))),
    Topic.USE_YEAR: replace(SITUATION, plans=(PUBLIC, annual(PlanStatus.APPROVED))),
    Topic.CLOSE_YEAR: replace(SITUATION, plans=(PUBLIC, annual(PlanStatus.IN_USE, 2025))),
    Topic.DONE: replace(SITUATION, plans=(PUBLIC, annual(PlanStatus.IN_USE))),
}

LEADER_DOES = {
    Topic.FOUNDING: (
        "Record the founding",
        Link("Enter the day", "partnerships.edit", {"partnership_id": 7}),
    ),
    Topic.MEMBERS: (
        "Add 2 more organisations",
        Link("Go to the members", "partnerships.members", {"partnership_id": 7}),
    ),
    Topic.START: (
        "Start the three-year plan",
        Link("Start the plan", "plans.start_options", {"partnership_id": 7}),
    ),
    Topic.UPLOAD: (
        "An uploaded workbook is waiting",
        Link("See what it would change", "plans.upload_outcome", {"upload_id": 9}),
    ),
    Topic.REMARKS: (
        "Answer 2 remarks",
        Link("Go to the remarks", "plans.show", {**PLAN_PAGE, "_anchor": "remarks"}),
    ),
    Topic.WRITING: (
        "Write the plan: General plan 2026–2028",
        Link("Open the plan", "plans.show", PLAN_PAGE),
    ),
    Topic.RETURNED: ("Go through the remarks", Link("Open the plan", "plans.show", PLAN_PAGE)),
    Topic.APPROVED: ("Publish the plan", Link("Go to publication", "plans.publish", PLAN_PAGE)),
    Topic.START_YEAR: (
        "Plan the trainings of 2026",
        Link(
            "Start the plan for 2026", "plans.start_annual", {"partnership_id": 7, "year": 2026}, is_post=True
        ),
    ),
    Topic.WRITE_YEAR: (
        "Write the plan: Annual plan 2026",
        Link("Open the plan", "plans.show", {"version_id": 56}),
    ),
    Topic.USE_YEAR: ("Put in use: Annual plan 2026", Link("Open the plan", "plans.show", {"version_id": 56})),
    Topic.CLOSE_YEAR: ("Close the year 2025", Link("Open the plan", "plans.show", {"version_id": 55})),
}

ANIMATOR_DOES = {
    Topic.SUBMITTED: (
        "Read the plan and start the review",
        Link("Open the plan", "plans.show", PLAN_PAGE),
    ),
    Topic.IN_REVIEW: ("Return or approve the plan", Link("Open the plan", "plans.show", PLAN_PAGE)),
}

OFFICE_DOES = {
    Topic.NO_LEADER: (
        "Appoint a leader",
        Link("Appoint a leader", "partnerships.appoint_leader", {"partnership_id": 7}),
    ),
    Topic.NO_REVIEWER: (
        "Assign an animator",
        Link("Assign an animator", "partnerships.assign_animator", {"partnership_id": 7}),
    ),
}


def test_every_topic_is_told_apart():
    assert {topic: matter_of(situation).topic for topic, situation in SITUATIONS.items()} == {
        topic: topic for topic in Topic
    }


@pytest.mark.parametrize(
    ("reader", "expected"),
    [(Turn.LEADER, LEADER_DOES), (Turn.ANIMATOR, ANIMATOR_DOES), (Turn.OFFICE, OFFICE_DOES)],
    ids=["leader", "animator", "office"],
)
def test_whoever_has_the_turn_is_told_what_to_do_and_where(reader, expected):
    steps = {topic: next_step(situation, reader) for topic, situation in SITUATIONS.items()}

    assert {topic: (step.title, step.link) for topic, step in steps.items() if step.is_mine} == expected


def test_everybody_else_is_told_on_whom_it_waits():
    told = {
        topic: [next_step(situation, reader).title for reader in (Turn.LEADER, Turn.ANIMATOR, Turn.OFFICE)]
        for topic, situation in SITUATIONS.items()
    }

    waiting = "Waiting for the leader"
    office = "Waiting for the programme office"
    quiet = "Nothing is waiting"
    closed = "The partnership is closed"
    reading = "Ola Maj is reading the plan"
    assert told == {
        Topic.CLOSED: [closed, closed, closed],
        Topic.NO_LEADER: [office, office, "Appoint a leader"],
        Topic.NO_REVIEWER: [office, office, "Assign an animator"],
        Topic.FOUNDING: ["Record the founding", waiting, waiting],
        Topic.MEMBERS: ["Add 2 more organisations", waiting, waiting],
        Topic.START: ["Start the three-year plan", waiting, waiting],
        Topic.UPLOAD: ["An uploaded workbook is waiting", waiting, waiting],
        Topic.REMARKS: ["Answer 2 remarks", waiting, waiting],
        Topic.WRITING: ["Write the plan: General plan 2026–2028", waiting, waiting],
        Topic.SUBMITTED: ["Waiting for Ola Maj", "Read the plan and start the review", "Waiting for Ola Maj"],
        Topic.IN_REVIEW: [reading, "Return or approve the plan", reading],
        Topic.RETURNED: ["Go through the remarks", waiting, waiting],
        Topic.APPROVED: ["Publish the plan", waiting, waiting],
        Topic.START_YEAR: ["Plan the trainings of 2026", quiet, quiet],
        Topic.WRITE_YEAR: ["Write the plan: Annual plan 2026", quiet, quiet],
        Topic.USE_YEAR: ["Put in use: Annual plan 2026", quiet, quiet],
        Topic.CLOSE_YEAR: ["Close the year 2025", quiet, quiet],
        Topic.DONE: ["Nothing waits for you", quiet, quiet],
    }


def test_all_sides_agree_whose_turn_it_is_and_since_when():
    for topic, situation in SITUATIONS.items():
        steps = [next_step(situation, reader) for reader in (Turn.LEADER, Turn.ANIMATOR, Turn.OFFICE)]
        if topic in LEADERS_OWN:
            assert [step.waits_on for step in steps] == [Turn.LEADER, Turn.NOBODY, Turn.NOBODY]
        else:
            assert len({(step.waits_on, step.since, step.due_on) for step in steps}) == 1
        assert sum(step.is_mine for step in steps) <= 1


def test_every_sentence_is_filled_in_and_ends():
    for situation in SITUATIONS.values():
        for reader in (Turn.LEADER, Turn.ANIMATOR, Turn.OFFICE):
            step = next_step(situation, reader)
            assert step.text.endswith(".")
            assert "%(" not in step.text + step.title
            assert "None" not in step.text + step.title


def test_it_waits_since_the_day_the_matter_began():
    assert {topic: next_step(situation, Turn.LEADER).since for topic, situation in SITUATIONS.items()} == {
        Topic.CLOSED: ENTERED,
        Topic.NO_LEADER: SINCE,
        Topic.NO_REVIEWER: SINCE,
        Topic.FOUNDING: ENTERED,
        Topic.MEMBERS: FOUNDED,
        Topic.START: FOUNDED,
        Topic.UPLOAD: SINCE,
        Topic.REMARKS: SINCE,
        Topic.WRITING: SINCE,
        Topic.SUBMITTED: SINCE,
        Topic.IN_REVIEW: SINCE,
        Topic.RETURNED: SINCE,
        Topic.APPROVED: SINCE,
        Topic.START_YEAR: SINCE,
        Topic.WRITE_YEAR: SINCE,
        Topic.USE_YEAR: SINCE,
        Topic.CLOSE_YEAR: date(2026, 1, 1),
        Topic.DONE: SINCE,
    }


def test_nobody_else_waits_for_the_workbook_of_a_yearly_plan():
    situation = replace(SITUATION, plans=(PUBLIC, annual(PlanStatus.DRAFT, upload_id=9)))

    titles = [next_step(situation, reader).title for reader in (Turn.LEADER, Turn.ANIMATOR, Turn.OFFICE)]

    assert titles == ["An uploaded workbook is waiting", "Nothing is waiting", "Nothing is waiting"]


def test_drafts_are_not_linked_for_those_who_wait():
    linked = {
        topic
        for topic, situation in SITUATIONS.items()
        if next_step(situation, Turn.ANIMATOR).link and not next_step(situation, Turn.ANIMATOR).is_mine
    }

    assert linked == {Topic.RETURNED, Topic.APPROVED}


def test_a_late_review_is_named_late_to_the_office():
    in_may = replace(SITUATIONS[Topic.SUBMITTED], today=date(2026, 4, 30))

    on_the_day = next_step(replace(in_may, today=DUE), Turn.OFFICE)
    after = next_step(in_may, Turn.OFFICE)

    assert (on_the_day.title, on_the_day.is_late) == ("Waiting for Ola Maj", False)
    assert (after.title, after.is_late) == ("The review is late", True)
    assert after.text == "Ola Maj should have answered by 29 Apr 2026."


def test_an_approved_plan_is_to_be_public_within_two_weeks():
    approved = SITUATIONS[Topic.APPROVED]

    assert next_step(approved, Turn.LEADER).due_on == date(2026, 4, 15)
    assert not next_step(approved, Turn.LEADER).is_late
    assert next_step(replace(approved, today=date(2026, 4, 16)), Turn.LEADER).is_late


def test_a_plan_under_way_comes_before_missing_members():
    forming = replace(SITUATIONS[Topic.RETURNED], members=0, status=PartnershipStatus.FORMING)

    assert matter_of(forming).topic is Topic.RETURNED


def test_missing_members_come_back_once_the_plan_is_public():
    assert matter_of(replace(SITUATIONS[Topic.DONE], members=2)).topic is Topic.MEMBERS


def test_the_day_of_founding_comes_before_a_first_draft_but_not_before_a_review():
    def unfounded(situation: Situation) -> Situation:
        return replace(situation, status=PartnershipStatus.PLANNED, founded_on=None)

    assert matter_of(unfounded(SITUATIONS[Topic.WRITING])).topic is Topic.FOUNDING
    assert matter_of(unfounded(SITUATIONS[Topic.SUBMITTED])).topic is Topic.SUBMITTED


def test_a_review_goes_on_without_a_leader():
    assert matter_of(replace(SITUATIONS[Topic.IN_REVIEW], leader=None)).topic is Topic.IN_REVIEW
    assert matter_of(replace(SITUATIONS[Topic.APPROVED], leader=None)).topic is Topic.NO_LEADER


def test_where_there_never_was_a_leader_it_waits_since_the_beginning():
    assert matter_of(replace(SITUATION, leader=None)).since == ENTERED


def test_a_new_round_of_a_public_plan_is_written_first():
    new_round = general(PlanStatus.DRAFT, number=2, was_published=True)

    assert matter_of(replace(SITUATION, plans=(new_round,))).topic is Topic.WRITING


def test_the_plan_for_the_latest_years_counts():
    older = replace(PUBLIC, version_id=12, year_from=2023, year_to=2025)
    newer = general(PlanStatus.RETURNED)

    assert matter_of(replace(SITUATION, plans=(older, newer))).plan is newer


def test_years_before_and_after_the_general_plan_ask_for_no_yearly_plan():
    before = replace(SITUATIONS[Topic.START_YEAR], today=date(2025, 12, 31))
    after = replace(SITUATIONS[Topic.START_YEAR], today=date(2029, 1, 1))

    assert [matter_of(situation).topic for situation in (before, after)] == [Topic.DONE, Topic.DONE]


def test_a_yearly_plan_that_is_reviewed_waits_for_the_animator_like_any_other():
    submitted = annual(PlanStatus.SUBMITTED, due_on=DUE)
    situation = replace(SITUATION, plans=(PUBLIC, submitted))

    step = next_step(situation, Turn.ANIMATOR)

    assert (step.title, step.link) == (
        "Read the plan and start the review",
        Link("Open the plan", "plans.show", {"version_id": 56}),
    )


def test_a_closed_year_asks_for_nothing():
    closed = annual(PlanStatus.CLOSED, 2025)

    assert matter_of(
        replace(SITUATIONS[Topic.DONE], plans=(PUBLIC, closed, annual(PlanStatus.IN_USE)))
    ).topic is (Topic.DONE)


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        (Topic.START_YEAR, "Which trainings, where, for how many people. Your animator approves it."),
        (
            Topic.WRITE_YEAR,
            "Submit it once the trainings are there. When it is approved, you put it in use.",
        ),
    ],
)
def test_where_yearly_plans_are_approved_nobody_reads_that_they_are_not(topic, said):
    step = next_step(replace(SITUATIONS[topic], years_need_approval=True), Turn.LEADER)

    assert step.text == said


def test_the_setting_of_the_programme_is_asked(make):
    make.programme.settings = {"annual_plan_requires_approval": True}

    assert situation_of(make.partnership(), [], members=3).years_need_approval
