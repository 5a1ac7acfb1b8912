"""The office's pages about animators: who has how much, reassigning step by step, ending an assignment."""

from datetime import date

import pytest

from core.database import db
from partnerships.models import AssignmentKind
from partnerships.queries import assignments_between
from plans.workflow import PlanStatus

TODAY = date(2026, 4, 15)
IN_MAY = date(2026, 5, 10)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def animators_of(municipality, on=TODAY):
    db.session.expire_all()
    return [one.animator.name for one in assignments_between(municipality, on)]


# --- The list --------------------------------------------------------------------------------------------


def test_the_list_counts_municipalities_waiting_plans_and_covers_of_each(make, visit):
    busy, cover, free = make.animator("Ewa Lis"), make.animator("Ola Maj"), make.animator("Jan Wrona")
    waiting, covered = make.partnership(animator=busy), make.partnership(animator=busy)
    make.general_plan(PlanStatus.SUBMITTED, partnership=waiting)
    make.general_plan(PlanStatus.IN_REVIEW, partnership=covered)
    make.assignment(covered.municipality, cover, kind=AssignmentKind.COVER, starts_on=TODAY, ends_on=IN_MAY)

    page = visit(as_=make.office()).open("/home").follow("Animators")

    assert page.tables == [
        [
            ["Animator", "Municipalities", "Plans that wait", "Covers for others", "Covered by others", "Profile", "What to do"],
            ["Ewa Lis", "2", "1", "0", "1", "No profile yet", "Reassign (Ewa Lis)"],
            ["Ola Maj", "0", "1", "1", "0", "No profile yet", "Reassign (Ola Maj)"],
            ["Jan Wrona", "0", "0", "0", "0", "No profile yet", "–"],
        ]
    ]  # fmt: skip
    assert free.name in page.links


def test_a_review_that_stays_counts_for_whom_it_stays_with(make, visit):
    former, successor = make.animator("Ewa Lis"), make.animator("Ola Maj")
    version = make.general_plan(PlanStatus.SUBMITTED, partnership=make.partnership(animator=successor))
    version.kept_with = former
    db.session.commit()

    [rows] = visit(as_=make.office()).open("/animators").tables

    assert [row[:3] for row in rows[1:]] == [["Ewa Lis", "0", "1"], ["Ola Maj", "1", "0"]]


def test_the_list_and_the_page_of_one_ask_no_more_for_many(make, visit, count_queries):
    office = visit(as_=make.office())

    def asked(address):
        with count_queries() as queries:
            office.open(address)
        return queries.count

    def another(animator):
        make.general_plan(PlanStatus.SUBMITTED, partnership=make.partnership(animator=animator))

    first = make.animator()
    another(first)
    office.open("/animators")  # what is read once is read
    before = asked("/animators"), asked(f"/animators/{first.id}"), asked(f"/animators/{first.id}/reassign")
    for _ in range(3):
        another(first)
        another(make.animator())

    assert (
        asked("/animators"), asked(f"/animators/{first.id}"), asked(f"/animators/{first.id}/reassign")
    ) == before  # fmt: skip


# --- Reassigning -----------------------------------------------------------------------------------------


def test_the_office_sees_what_moves_and_then_moves_it(make, visit):
    leaver, successor = make.animator("Ewa Lis"), make.animator("Ola Maj")
    first, second = make.partnership(animator=leaver), make.partnership(animator=leaver)
    version = make.general_plan(PlanStatus.SUBMITTED, partnership=first)
    page = visit(as_=make.office()).open(f"/animators/{leaver.id}").follow("Reassign municipalities")

    found = page.submit("See what moves", area="all", to=successor.id, starts_on=TODAY, expect=200)
    unchanged = animators_of(first.municipality)
    done = found.submit("Move all 2", **{f"review-{version.id}": "stay"})

    assert "From 15 Apr 2026, in the place of Ewa Lis. Nothing has changed yet." in found.text
    assert "10 working days left" in found.text
    assert "Stays with Ewa Lis until decided" in found.text
    assert unchanged == ["Ewa Lis"]
    assert "2 municipalities go over. Everybody concerned gets one mail." in done.text
    assert [animators_of(one.municipality) for one in (first, second)] == [["Ola Maj"], ["Ola Maj"]]
    db.session.refresh(version)
    assert version.kept_with.name == "Ewa Lis"


def test_a_region_is_split_by_county(make, visit):
    leaver, north, south = make.animator("Ewa Lis"), make.animator("Ola Maj"), make.animator("Jan Wrona")
    brzeski, nyski = make.county("brzeski"), make.county("nyski")
    here, there = make.municipality("Skała", county=brzeski), make.municipality("Gęś", county=nyski)
    for one in (here, there):
        make.partnership(municipality=one, animator=leaver)
    page = visit(as_=make.office()).open(f"/animators/{leaver.id}/reassign")

    asked = page.submit("See what moves", area="all", to="by-county", starts_on=TODAY, expect=200)
    incomplete = asked.submit("See what moves", **{f"to_{brzeski.code}": north.id}, expect=200)
    found = asked.submit(
        "See what moves", **{f"to_{brzeski.code}": north.id, f"to_{nyski.code}": south.id}, expect=200
    )
    found.submit("Move all 2")

    assert "brzeski county (1 municipality)" in asked.text
    assert "Choose who takes over" in incomplete.links
    assert (animators_of(here), animators_of(there)) == (["Ola Maj"], ["Jan Wrona"])


def test_only_a_county_or_only_those_ticked_move(make, visit):
    leaver, successor = make.animator("Ewa Lis"), make.animator("Ola Maj")
    county = make.county("nyski")
    first, second, third = (
        make.municipality("Anin"), make.municipality("Bór"), make.municipality("Gęś", county=county),
    )  # fmt: skip
    for one in (first, second, third):
        make.assignment(one, leaver)
    office = visit(as_=make.office())
    page = office.open(f"/animators/{leaver.id}/reassign")

    none_ticked = page.submit("See what moves", area="chosen", to=successor.id, expect=422)
    page.submit("See what moves", area="chosen", chosen=[first.id], to=successor.id, expect=200).submit(
        "Move it"
    )
    office.open(f"/animators/{leaver.id}/reassign").submit(
        "See what moves", area=f"c{county.code}", to=successor.id, expect=200
    ).submit("Move it")

    assert "Tick at least one municipality" in none_ticked.text
    assert [animators_of(one) for one in (first, second, third)] == [["Ola Maj"], ["Ewa Lis"], ["Ola Maj"]]


def test_what_is_refused_is_said_on_the_form(make, visit):
    leaver, successor = make.animator("Ewa Lis"), make.animator("Ola Maj")
    make.partnership(animator=leaver)
    page = visit(as_=make.office()).open(f"/animators/{leaver.id}/reassign")

    past = page.submit("See what moves", area="all", to=successor.id, starts_on=date(2026, 4, 14), expect=422)
    nobody = page.submit("See what moves", area="all", to="", expect=422)
    own = visit(as_=make.office()).open(
        f"/animators/{leaver.id}/reassign", area="all", to=leaver.id, starts_on="2026-04-15", expect=422
    )

    assert "That day is over: what was decided then stays. Choose today or a later day." in past.text
    assert "Choose who takes over" in nobody.links
    assert "Not a valid choice" in own.text


def test_of_two_who_reassign_from_the_same_preview_the_second_sees_it_as_it_is_now(make, visit):
    leaver, successor, other = make.animator("Ewa Lis"), make.animator("Ola Maj"), make.animator("Jan Wrona")
    moved, staying = make.partnership(animator=leaver), make.partnership(animator=leaver)
    address = f"/animators/{leaver.id}/reassign?area=all&starts_on=2026-04-15&reason="
    first = visit(as_=make.office()).open(f"{address}&to={successor.id}")
    second = visit(as_=make.office()).open(f"{address}&to={other.id}")
    moved.assignments[0].ends_on = date(2026, 4, 14)
    db.session.commit()

    told = first.submit("Move all 2", expect=409)
    told.submit("Move it")
    again = second.submit("Move all 2", expect=422)

    assert "Something changed since this preview was made, so nothing was moved." in told.text
    assert "Nothing would move: Ewa Lis advises none of these municipalities" in again.text
    assert animators_of(staying.municipality) == ["Ola Maj"]


def test_somebody_without_municipalities_has_nothing_to_move(make, visit):
    page = visit(as_=make.office()).open(f"/animators/{make.animator().id}/reassign")

    assert "This animator advises no municipality, today or later." in page.text


# --- Ending ----------------------------------------------------------------------------------------------


def test_the_end_of_an_assignment_says_what_follows_before_it_is_done(make, visit):
    animator = make.animator("Ewa Lis")
    partnership = make.partnership(animator=animator)
    make.general_plan(PlanStatus.SUBMITTED, partnership=partnership)
    office = visit(as_=make.office())

    page = office.open(f"/partnerships/{partnership.id}").follow("End this assignment")
    past = page.submit("End the assignment", ends_on=date(2026, 4, 14), expect=422)
    done = page.submit("End the assignment", ends_on=TODAY, reason="She moves")

    assert "After that nobody advises the municipality." in page.text
    assert "One plan waits for a decision now." in page.text
    assert "That day is over. Choose today or a later day." in past.text
    assert "The assignment is ended. Those concerned get a mail." in done.text
    assert animators_of(partnership.municipality, date(2026, 4, 16)) == []


def test_the_end_of_a_cover_names_who_advises_afterwards(make, visit):
    main, cover = make.animator("Ewa Lis"), make.animator("Ola Maj")
    partnership = make.partnership(animator=main)
    assignment = make.assignment(
        partnership.municipality, cover, kind=AssignmentKind.COVER, starts_on=TODAY, ends_on=IN_MAY
    )

    page = visit(as_=make.office()).open(f"/animators/assignments/{assignment.id}/end")

    assert "After that Ewa Lis advises the municipality." in page.text


def test_one_that_has_not_begun_is_taken_back_without_a_day(make, visit):
    animator, municipality = make.animator("Ewa Lis"), make.municipality("Skała")
    make.assignment(municipality, animator, starts_on=IN_MAY)

    page = visit(as_=make.office()).open(f"/animators/{animator.id}")
    page.follow("Take back (Skała, Animator)").submit("Take the assignment back")

    assert animators_of(municipality) == []
