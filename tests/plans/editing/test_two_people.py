"""Two people who write in one plan at the same time: what does not collide is kept, what does is chosen."""

from core.database import db
from plans.services import writing
from tests.plan_content import general_content, row
from tests.plans.editing.test_writing_rows import EVIDENCE, N1, N2, PRIORITY, needs, row_form
from tests.plans.test_flow import leader_of


def both(make, visit):
    """A leader and a deputy who opened the same row."""
    version = make.general_plan()
    deputy = make.user()
    make.term(version.partnership, deputy)
    address = f"/plans/{version.id}/edit/needs/{N1}"
    return version, visit(as_=leader_of(version)).open(address), visit(as_=deputy).open(address)


def test_two_people_in_different_rows_do_not_notice_each_other(make, visit):
    version, first, _same = both(make, visit)
    other = row_form(visit, version, N2)

    other.submit("Save", **{f"needs.{N2}.priority": "5"})
    page = first.submit("Save", **{PRIORITY: "4"})

    assert [need["priority"] for need in needs(version).values()] == [4, 5]
    assert "meanwhile" not in page.text


def test_two_people_in_different_cells_of_one_row_both_have_written(make, visit):
    version, first, second = both(make, visit)

    second.submit("Save", **{EVIDENCE: "Ankieta w szkole"})
    page = first.submit("Save", **{PRIORITY: "4"})

    found = needs(version)[N1]
    assert (found["priority"], found["evidence"]) == (4, "Ankieta w szkole")
    assert (
        "Saved. Somebody else changed other cells of this row meanwhile: both are in the plan." in page.text
    )


def test_of_two_people_in_one_cell_the_second_chooses_and_loses_nothing(make, visit):
    version, first, second = both(make, visit)
    was = needs(version)[N1]["evidence"]
    second.submit("Save", **{EVIDENCE: "Ankieta w szkole"})

    page = first.submit("Save", expect=422, **{EVIDENCE: "Rozmowy w klubie", PRIORITY: "4"})

    assert needs(version)[N1]["evidence"] == "Ankieta w szkole"
    dispute = " ".join(page.tree.xpath("//fieldset[contains(@class, 'conflict')]")[0].text_content().split())
    assert dispute == (
        f"Source Before: {was} In the plan now Ankieta w szkole What you typed Rozmowy w klubie Change what you typed"
    )

    undecided = page.submit("Save", expect=422)
    undecided.submit("Save", **{f"choice.{EVIDENCE}": "theirs"})

    found = needs(version)[N1]
    assert (found["evidence"], found["priority"]) == ("Rozmowy w klubie", 4)


def test_keeping_what_is_in_the_plan_still_saves_the_other_cells(make, visit):
    version, first, second = both(make, visit)
    second.submit("Save", **{EVIDENCE: "Ankieta w szkole"})
    page = first.submit("Save", expect=422, **{EVIDENCE: "Rozmowy w klubie", PRIORITY: "4"})

    page.submit("Save", **{f"choice.{EVIDENCE}": "ours"})

    found = needs(version)[N1]
    assert (found["evidence"], found["priority"]) == ("Ankieta w szkole", 4)


def test_a_third_change_while_somebody_chooses_is_a_new_thing_to_choose(make, visit):
    version, first, second = both(make, visit)
    second.submit("Save", **{EVIDENCE: "Ankieta w szkole"})
    page = first.submit("Save", expect=422, **{EVIDENCE: "Rozmowy w klubie"})
    row_form(visit, version).submit("Save", **{EVIDENCE: "Dane GUS"})

    again = page.submit("Save", expect=422, **{f"choice.{EVIDENCE}": "theirs"})

    assert "Dane GUS" in again.tree.xpath("//fieldset[contains(@class, 'conflict')]")[0].text_content()
    assert needs(version)[N1]["evidence"] == "Dane GUS"


def test_a_row_removed_meanwhile_is_put_back_with_what_was_typed(make, visit):
    version, first, second = both(make, visit)
    before = needs(version)
    second.submit("Remove this row")

    page = first.submit("Save", expect=422, **{PRIORITY: "4"})
    assert "Somebody removed this row meanwhile" in page.text
    assert list(needs(version)) == [N2]
    page.submit("Put the row back")

    assert needs(version) == {**before, N1: {**before[N1], "priority": 4}}
    assert list(needs(version)) == [N1, N2]


def test_a_row_changed_meanwhile_is_not_removed_unseen(make, visit):
    version, first, second = both(make, visit)
    second.submit("Save", **{EVIDENCE: "Ankieta w szkole"})

    page = first.submit("Remove this row")

    assert "Somebody changed this row meanwhile, so it was not removed." in page.text
    assert list(needs(version)) == [N1, N2]


def test_with_a_state_that_is_not_known_nothing_of_somebody_else_is_overwritten(make, visit):
    version, first, _second = both(make, visit)

    page = first.submit("Save", expect=422, seen="0" * 64, **{EVIDENCE: "Rozmowy w klubie"})

    assert "Ankieta biblioteki, 64 odpowiedzi" in page.text
    assert needs(version)[N1]["evidence"] == "Ankieta biblioteki, 64 odpowiedzi"
    page.submit("Save", **{f"choice.{EVIDENCE}": "theirs"})
    assert needs(version)[N1]["evidence"] == "Rozmowy w klubie"


def test_a_workbook_sent_while_somebody_writes_online_meets_the_same_rule(make, visit):
    """What an upload applied stays where the form changed other cells."""
    version, first, _second = both(make, visit)
    content = version.rows
    changed = row(N1, **{**content.rows("needs")[0].values, "evidence": "Z formatki"})
    writing.replace_rows(version, general_content(2026, needs=(changed, content.rows("needs")[1])))
    db.session.commit()

    first.submit("Save", **{PRIORITY: "4"})

    found = needs(version)[N1]
    assert (found["evidence"], found["priority"]) == ("Z formatki", 4)
