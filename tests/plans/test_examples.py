"""Starting a plan from an example, as a leader does it: one page of ticks, and a draft that could be submitted."""

import pytest
from sqlalchemy import select

from core.audit import AuditEvent
from core.database import db
from plans.checking import draft_findings
from plans.models import Plan
from plans.queries import current_versions
from plans.workflow import PlanStatus
from tests.plans.filled_plans import opened
from tests.plans.started_plans import options_of, remembered, the_plan, values

TICKS = {
    "needs": ["health", "fraud"],
    "groups": ["seniors", "parents"],
    "lines": ["health", "finance"],
    "recommendations": ["connection"],
    "size-seniors": "240",
    "size-parents": "150",
    "figure-health": "64,5",
}


# --- From ready texts ------------------------------------------------------------------------------------


def test_ready_texts_that_suit_the_municipality_come_first(leader, partnership):
    page = leader.open(options_of(partnership))

    assert page.headings[1:4] == ["From ready texts", "Small rural municipality", "Town"]
    assert "Suits Żółta Gęś" in page.text


def test_ticks_and_sizes_make_a_draft_that_could_be_submitted(leader, partnership):
    page = leader.open(options_of(partnership)).follow("Small rural municipality")
    page = page.submit("Make the draft", **TICKS)

    assert "The draft is complete." in page.text
    assert "Started from the example “Small rural municipality”." in page.text
    assert "Submit for approval" in page.buttons
    version = the_plan(partnership)
    assert draft_findings(version).errors == []
    assert values(version.rows, "partners", "org_code", "org_name") == [
        ("P1", "Szkoła Podstawowa"),
        ("P2", "Biblioteka Publiczna"),
    ]
    assert values(version.rows, "groups", "group_name", "group_size") == [
        ("people over 60", 240),
        ("parents and grandparents who look after children", 150),
    ]
    assert values(version.rows, "lines", "life_area", "goal_code", "group_codes", "lead_org_code") == [
        ("health", "C1", ["T1", "T2"], "P2"),
        ("finance", "C2", ["T1", "T2"], "P2"),
    ]
    assert values(version.rows, "needs", "measure_value", "evidence_year") == [("64.5", 2026), (None, None)]
    assert remembered(version) == [
        ("plan.started", {"number": 1}),
        (
            "plan.filled_from_example",
            {"number": 1, "example": "small-rural", "note": "Small rural municipality"},
        ),
    ]


def test_the_draft_is_submitted_with_one_button(leader, partnership):
    page = leader.open(f"{options_of(partnership)}/town").submit("Make the draft")

    page = page.submit("Submit for approval")

    assert the_plan(partnership).status is PlanStatus.SUBMITTED


def test_the_short_workbook_of_the_draft_comes_filled(leader, partnership):
    page = leader.open(f"{options_of(partnership)}/small-rural").submit("Make the draft", **TICKS)

    book = opened(leader.open(page.links["Short workbook"]).data)

    texts = [cell for line in book["10_Rekomendacje"].iter_rows(values_only=True) for cell in line]
    assert any("permanent internet connection" in str(text) for text in texts)
    groups = [cell for line in book["4_Grupy_docelowe"].iter_rows(values_only=True) for cell in line]
    assert {240, 150} <= {cell for cell in groups if isinstance(cell, int)}


def test_a_polish_leader_gets_polish_texts(make, visit, partnership):
    partnership.terms[0].user.language = "pl"
    db.session.commit()
    page = visit(as_=partnership.terms[0].user).open(f"{options_of(partnership)}/small-rural")
    button = next(form.buttons[-1] for form in page.forms() if "needs" in dict(form.pairs()))

    page.submit(button)

    assert values(the_plan(partnership).rows, "groups", "group_name") == [("osoby po 60. roku życia",)]


# --- The summary -----------------------------------------------------------------------------------------

SUMMARY = (
    "In 2026–2028 we teach residents of Żółta Gęś what is useful online in everyday life."
    " We invite above all: people over 60, parents and grandparents who look after children."
    " Subjects of the trainings: health, finance. In three years we plan: trainings – 18, hours – 92."
    " There will be about 196 places for participants. The trainings are led by Biblioteka Publiczna."
    " The partners help: Szkoła Podstawowa."
)


def test_the_summary_is_put_together_from_what_was_ticked_in_the_end(leader, partnership):
    leader.open(f"{options_of(partnership)}/small-rural").submit("Make the draft", **TICKS)

    assert values(the_plan(partnership).rows, "metadata", "summary") == [(SUMMARY,)]


def test_it_can_be_read_before_the_draft_is_made(leader, partnership):
    page = leader.open(f"{options_of(partnership)}/small-rural")

    page = page.submit("Put it together anew from what is ticked", expect=200, **TICKS)

    assert SUMMARY in page.text
    assert current_versions([partnership.id]) == []


def test_a_summary_somebody_wrote_stays_as_it_was_written(leader, partnership):
    mine = "Uczymy sąsiadów tego, czego sami się boimy."
    leader.open(f"{options_of(partnership)}/small-rural").submit("Make the draft", **TICKS, summary=mine)

    assert values(the_plan(partnership).rows, "metadata", "summary") == [(mine,)]


# --- What is missing or cannot be ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"needs": []}, "Tick at least one need"),
        ({"groups": []}, "Tick at least one group"),
        ({"lines": []}, "Tick at least one subject"),
        ({"recommendations": []}, "Tick at least one recommendation"),
        ({"size-seniors": ""}, "Fill in this field"),
        ({"size-seniors": "many"}, "Enter: a whole number from 1 to 1"),
        ({"size-seniors": "0"}, "a whole number from 1 to"),
        ({"evidence-health": "Zapytaj 600 123 456"}, "telephone number"),
        ({"summary": "Anna, 44051401359"}, "PESEL"),
        ({"summary": ""}, "Fill in this field"),
        (
            {"trainings-health-1": "0", "trainings-health-2": "0", "trainings-health-3": "0"},
            "Enter at least one training in the three years",
        ),
        ({"lines": ["health", "work"]}, "answers none of the needs you ticked"),
        (
            {"lines": ["health", "civic"], "needs": ["health", "places"]},
            "is for none of the groups you ticked",
        ),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_begun(leader, partnership, change, sentence):
    page = leader.open(f"{options_of(partnership)}/small-rural")

    page = page.submit("Make the draft", expect=422, **{**TICKS, **change})

    assert sentence in page.text
    db.session.rollback()
    assert db.session.scalars(select(Plan)).all() == []
    assert db.session.scalars(select(AuditEvent).where(AuditEvent.event.startswith("plan."))).all() == []


def test_what_was_ticked_and_typed_is_kept_when_something_is_missing(leader, partnership):
    page = leader.open(f"{options_of(partnership)}/small-rural")

    page = page.submit("Make the draft", expect=422, **{**TICKS, "size-seniors": "wielu"})

    again = dict(page.form("Make the draft").pairs())
    assert (again["size-seniors"], again["size-parents"], again["figure-health"]) == ("wielu", "150", "64,5")
    assert page.submit("Make the draft", **{"size-seniors": "240"}).url.startswith("/plans/")


def test_what_stands_beside_something_not_ticked_counts_for_nothing(leader, partnership):
    page = leader.open(f"{options_of(partnership)}/small-rural")

    page = page.submit("Make the draft", **TICKS, **{"size-farmers": "none", "evidence-farm": ""})

    assert page.url.startswith("/plans/")


def test_without_a_member_the_organisation_that_leads_is_asked_for(make, visit, clock):
    partnership = make.partnership(leader=make.user("Ewa Lis"))
    page = visit(as_=partnership.terms[0].user).open(f"{options_of(partnership)}/small-rural")
    sizes = {"size-seniors": "100"}

    refused = page.submit("Make the draft", expect=422, **sizes)
    assert "Choose what kind of organisation it is" in refused.text
    page.submit("Make the draft", **sizes, organisation_name="Biblioteka w Gęsi", org_type="library")

    version = the_plan(partnership)
    assert values(version.rows, "partners", "org_code", "org_name", "partner_role") == [
        ("P1", "Biblioteka w Gęsi", "leader")
    ]
    assert {one[0] for one in values(version.rows, "lines", "lead_org_code")} == {"P1"}
    assert draft_findings(version).errors == []
    assert [member.organisation.name for member in version.partnership.members] == ["Biblioteka w Gęsi"]


# --- One plan, and a draft that is empty still -----------------------------------------------------------


def test_an_empty_draft_can_be_filled_later(leader, partnership):
    page = leader.open(options_of(partnership)).submit("Start empty")
    version = the_plan(partnership)

    page = (
        page.follow("Choose an example").follow("Small rural municipality").submit("Make the draft", **TICKS)
    )

    assert page.url == f"/plans/{version.id}"
    assert draft_findings(the_plan(partnership)).errors == []
    assert leader.open(options_of(partnership)).url == page.url


def test_who_joined_since_the_draft_was_begun_is_in_the_plan(leader, make, partnership):
    leader.open(options_of(partnership)).submit("Start empty")
    before = the_plan(partnership).rows.rows("partners")
    make.member(partnership, make.organisation("OSP Gęś", municipality=partnership.municipality))

    leader.open(options_of(partnership)).follow("Town").submit("Make the draft")

    partners = the_plan(partnership).rows.rows("partners")
    assert [one.row_uid for one in partners[:2]] == [one.row_uid for one in before]
    assert [one.values["org_code"] for one in partners] == ["P1", "P2", "P3"]


def test_a_plan_with_something_in_it_is_not_overwritten(leader, make, partnership):
    page = leader.open(f"{options_of(partnership)}/town")
    version = make.general_plan(partnership=partnership)
    before = version.rows

    second = page.submit("Make the draft", expect=422)
    leader.open(f"/plans/{version.id}/examples/town", expect=409)

    assert "already has a plan for these years" in second.text
    assert the_plan(partnership).rows == before
