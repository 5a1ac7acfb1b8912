"""Pages of the self-assessment, as a leader, a deputy, the animator and the office use them."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from assessments.services import begin
from core.database import db
from tests.assessments.answering import AREAS, assessed, fresh, leader_of, the_assessment
from tests.plan_content import general_content


def first_page(visitor, partnership):
    return visitor.open(f"/partnerships/{partnership.id}").follow("Self-assessment")


def test_a_leader_begins_stops_goes_on_and_sees_the_result(partnership, visit):
    visitor = visit(as_=leader_of(partnership))
    page = first_page(visitor, partnership)
    assert "“I do not know” is an answer too" in page.text

    page = page.submit("Begin the self-assessment")
    assert page.title.startswith("Information and data")
    page = page.submit("Save and go on", says_find="1", says_judge="0", says_municipal_site="unknown")
    assert page.title.startswith("Communication and collaboration")
    page = page.submit("Save and stop", says_talk="2")
    assert "Saved. Go on whenever you like: nothing is lost." in page.text
    assert "1 of 11 areas are answered" in page.text

    page = (
        first_page(visitor, partnership)
        .follow("Go on with it")
        .follow("Answer: communication and collaboration")
    )
    assert page.form("Save and go on").values["says_talk"] == "2"
    page = page.submit("Save and go on", says_groups="2", says_take_part="2")
    for code in AREAS[2:]:
        assert page.url.endswith(f"/areas/{code}")
        names = sorted(name for name in page.tree.xpath("//input/@name") if name.startswith("says_"))
        page = page.submit("Save and go on", **dict.fromkeys(names, "3"))
    page = page.submit("Finish and see the result")

    assert "The self-assessment is finished. Here is what it says." in page.text
    assert page.title.startswith("Self-assessment of 15 Apr 2026")
    assert page.tables[0][:3] == [
        ["Area", "Result of 100"],
        ["information and data weak", "13"],
        ["communication and collaboration", "50"],
    ]
    assert "1 area is weak: it offers needs for the plan." in page.text


def test_whoever_saves_second_sees_the_others_answers_beside_their_own(make, partnership, visit):
    deputy = make.user("Ola Mak")
    make.term(partnership, deputy)
    begun = begin(partnership, actor=leader_of(partnership))
    db.session.commit()
    path = f"/self-assessments/{begun.id}/areas/safety"
    hers, his = visit(as_=leader_of(partnership)).open(path), visit(as_=deputy).open(path)
    every = dict.fromkeys(("says_fraud", "says_passwords", "says_help"), "4")
    hers.submit("Save and go on", **every, says_children="0", note="Z ankiety")

    page = his.submit("Save and go on", **every, says_children="3", note="Ze spotkania", expect=422)

    assert "Somebody else saved this area while you were at it." in page.text
    assert page.text.count("Somebody else answered:") == 1
    assert "Somebody else answered: not at all" in page.text
    assert "Somebody else noted: Z ankiety" in page.text
    assert fresh(begun.id).area("safety").answers["children"] == "0"

    page.submit("Save and go on")

    row = fresh(begun.id).area("safety")
    assert (row.answers["children"], row.note) == ("3", "Ze spotkania")


def test_a_note_about_a_person_is_refused_beside_its_field_and_the_answers_stay_typed(partnership, visit):
    begun = begin(partnership, actor=leader_of(partnership))
    db.session.commit()
    page = visit(as_=leader_of(partnership)).open(f"/self-assessments/{begun.id}/areas/safety")

    page = page.submit("Save and go on", says_fraud="2", note="tel. 601 234 567", expect=422)

    assert "This names somebody: a number, an address or a list of names." in page.text
    assert page.form("Save and go on").values["says_fraud"] == "2"
    assert fresh(begun.id).area("safety").answers == {}


def test_ticked_needs_go_from_the_result_into_the_plan(make, partnership, visit):
    assessment = assessed(partnership, safety="1")
    version = make.general_plan(partnership=partnership, content=general_content(2026, needs=()))
    path = f"/self-assessments/{assessment.id}"

    page = (
        visit(as_=leader_of(partnership))
        .open(path)
        .submit("Add what is ticked to the plan", take=["safety.fraud"])
    )

    assert "One need is in the plan now." in page.text
    assert page.url == f"/plans/{version.id}/edit/needs"
    again = visit(as_=leader_of(partnership)).open(path)
    assert [one.get("value") for one in again.tree.xpath("//input[@name='take']")] == ["safety.children"]
    assert "in the plan" in again.text
    nothing = again.submit("Add what is ticked to the plan")
    assert "Nothing new was ticked, so nothing was added." in nothing.text


def test_without_a_plan_to_write_in_the_needs_are_shown_and_cannot_be_ticked(partnership, visit):
    assessment = assessed(partnership, safety="1")

    page = visit(as_=leader_of(partnership)).open(f"/self-assessments/{assessment.id}")

    assert "Residents do not recognise fraud online and by phone" in page.text
    assert page.tree.xpath("//input[@name='take']") == []
    assert "They are offered again where you write the needs of your general plan." in page.text


def test_an_earlier_result_shows_its_needs_and_only_the_latest_puts_them_into_the_plan(
    make, partnership, visit, clock
):
    earlier = assessed(partnership, safety="1").id
    clock.tick(days=365)
    assessed(partnership, usual="4")
    make.general_plan(partnership=partnership, content=general_content(2026, needs=()))

    page = visit(as_=leader_of(partnership)).open(f"/self-assessments/{earlier}")

    assert "safety: 25 of 100, priority 1" in page.text
    assert "Add what is ticked to the plan" not in page.buttons
    assert ("offers needs for the plan" in page.text, "They are offered again" in page.text) == (False, False)


@pytest.mark.parametrize("who", ["animator", "office"])
def test_the_own_animator_and_the_office_read_and_do_not_answer(make, visit, who):
    animator, office = make.animator(), make.office()
    partnership = make.partnership(animator=animator)
    assessment = assessed(partnership, safety="1")
    version = make.general_plan(partnership=partnership, content=general_content(2026, needs=()))
    begun = begin(partnership, actor=leader_of(partnership))
    db.session.commit()
    visitor = visit(as_={"animator": animator, "office": office}[who])

    page = visitor.open(f"/self-assessments/{assessment.id}")

    assert "safety weak" in page.tables[0][1]
    assert page.tree.xpath("//input[@name='take']") == []
    assert f"/plans/{version.id}" not in page.html
    assert visitor.open(f"/self-assessments/{begun.id}").buttons == [] or "Finish and see the result" not in (
        visitor.open(f"/self-assessments/{begun.id}").buttons
    )
    visitor.open(f"/self-assessments/{begun.id}/areas/safety", expect=403)
    assert "Begin a new one" not in visitor.open(f"/partnerships/{partnership.id}/self-assessments").buttons


def test_another_animator_finds_nothing(make, partnership, visit):
    assessment = assessed(partnership)

    elsewhere = make.animator()
    make.partnership(animator=elsewhere)
    visit(as_=elsewhere).open(f"/self-assessments/{assessment.id}", expect=404)
    visit(as_=elsewhere).open(f"/self-assessments/{assessment.id}/result.pdf", expect=404)


def test_the_result_goes_along_as_a_workbook_and_a_document(partnership, visit):
    visitor = visit(as_=leader_of(partnership))
    assessment = assessed(partnership, safety="1")
    page = visitor.open(f"/self-assessments/{assessment.id}")

    book = load_workbook(BytesIO(page.follow("Spreadsheet (XLSX)").data))
    document = page.follow("PDF")

    assert book.sheetnames == ["Areas", "Answers"]
    assert [cell.value for cell in book["Areas"][2]][:2] == ["safety", 25]
    assert book["Answers"].max_row == 36
    assert document.data.startswith(b"%PDF-")
    assert the_assessment(partnership).id == assessment.id
    taken = visitor.open(f"/partnerships/{partnership.id}/history").text
    assert "Took away the result of a self-assessment" in taken


def test_one_that_is_not_finished_is_not_taken_along(partnership, visit):
    begun = begin(partnership, actor=leader_of(partnership))
    db.session.commit()
    visitor = visit(as_=leader_of(partnership))

    visitor.open(f"/self-assessments/{begun.id}/result.pdf", expect=404)
    visitor.open(f"/self-assessments/{begun.id}/answers.xlsx", expect=404)


def test_pages_take_the_same_queries_however_many_there_are(make, partnership, visit, count_queries, clock):
    counts: list[list[int]] = []
    visitor = visit(as_=leader_of(partnership))
    for _turn in range(3):
        assessment = assessed(partnership, safety="1")
        assessed(make.partnership())
        clock.tick(days=40)
        counts.append([])
        for path in (
            f"/partnerships/{partnership.id}/self-assessments",
            f"/self-assessments/{assessment.id}",
        ):
            visitor.open(path)
            with count_queries() as queries:
                visitor.open(path)
            counts[-1].append(queries.count)

    assert counts[1] == counts[2]
