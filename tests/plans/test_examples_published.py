"""Starting from the published plan of a similar municipality: what is public of it, in proportion."""

import pytest

from core.database import db
from municipalities.models import MunicipalityKind
from plans.checking import draft_findings
from plans.downloads import plan_workbook
from plans.models import PlanVersion
from plans.queries import current_versions
from plans.services import flow
from plans.workflow import PlanStatus
from tests.plan_content import general_content, row
from tests.plans.started_plans import options_of, remembered, the_plan, values


def published(make, name: str, population: int | None, **changes) -> PlanVersion:
    kind = changes.pop("kind", MunicipalityKind.RURAL)
    municipality = make.municipality(name, population=population, kind=kind)
    partnership = make.partnership(municipality=municipality, leader=make.user("Jan Tajny"))
    version: PlanVersion = make.general_plan(
        PlanStatus.PUBLISHED, partnership=partnership, content=general_content(2026, **changes)
    )
    return version


def test_plans_of_the_same_kind_are_offered_the_nearest_in_residents_first(leader, make, partnership):
    for name, population in (("Daleka", 50000), ("Bliska", 5100), ("Nieznana", None), ("Średnia", 9000)):
        published(make, name, population)
    published(make, "Miejska", 5000, kind=MunicipalityKind.URBAN)
    make.general_plan(PlanStatus.APPROVED)

    page = leader.open(options_of(partnership))

    assert page.headings[5:9] == ["Bliska", "Średnia", "Daleka", "Nieznana"]
    assert "rural municipality, opolski county" in page.text
    assert "Jan Tajny" not in page.html


def test_a_published_plan_becomes_a_draft_in_proportion(leader, make, partnership):
    source = published(make, "Bliska Wola", 2500)
    page = leader.open(options_of(partnership)).follow("Bliska Wola")
    assert "Started from the published plan of Bliska Wola." in page.text

    page = page.submit("Make the draft")

    assert "Started from the published plan of Bliska Wola." in page.text
    version = the_plan(partnership)
    assert draft_findings(version).errors == []
    assert values(version.rows, "needs", "need_text", "evidence")[0] == (
        "Seniorzy nie załatwiają spraw w internecie",
        "Conversations with residents and what the partners see, 2026",
    )
    assert values(version.rows, "groups", "group_name", "group_size") == [("Osoby 60+", 240)]
    assert values(version.rows, "goals", "need_codes", "target_y3") == [(["N1", "N2"], "200")]
    assert values(version.rows, "lines", "trainings_y2", "hours_y2", "lead_org_code") == [(3, "24", "P2")]
    assert remembered(version)[-1] == (
        "plan.filled_from_plan",
        {
            "number": 1,
            "note": "Bliska Wola",
            "source_version_id": source.id,
            "source_municipality": source.partnership.municipality.code,
        },
    )


def test_a_row_that_names_the_other_municipality_is_not_ticked_beforehand(leader, make, partnership):
    recommendations = (
        row("r1", rec_text="Otworzyć świetlicę w Bliskiej Woli", rec_addressee="mayor"),
        row("r2", rec_text="Otworzyć świetlicę", rec_addressee="mayor"),
    )
    source = published(make, "Bliska Wola", 2500, recommendations=recommendations)

    page = leader.open(f"{options_of(partnership)}/plan-{source.id}")

    ticked = [value for name, value in page.form("Make the draft").pairs() if name == "recommendations"]
    assert ticked == ["recommendations-2"]


def test_only_what_is_public_can_be_started_from(leader, make, partnership):
    approved = make.general_plan(PlanStatus.APPROVED)
    public = published(make, "Bliska", 5000)
    flow.start_new_round(public, actor=public.partnership.terms[0].user)
    draft = current_versions([public.partnership.id])[0]
    db.session.commit()

    for source in (
        f"plan-{approved.id}",
        f"plan-{draft.id}",
        "plan-0",
        "plan-x",
        f"plan-{9**30}",
        "nothing",
        "words",
    ):
        leader.open(f"{options_of(partnership)}/{source}", expect=404)
    leader.open(f"{options_of(partnership)}/plan-{public.id}")


def test_nothing_private_of_the_other_plan_comes_along(leader, make, partnership):
    partners = (
        row(
            "p1",
            org_code="P1",
            org_name="Biblioteka",
            contact_email="biuro@bliska.example",
            contact_function="Szefowa",
        ),
    )
    source = published(make, "Bliska", 5000, partners=partners)

    page = leader.open(f"{options_of(partnership)}/plan-{source.id}")
    page.submit("Make the draft")

    for secret in ("biuro@bliska.example", "Szefowa", "Jan Tajny"):
        assert secret not in page.html
        assert secret not in str(the_plan(partnership).rows)
    assert plan_workbook(the_plan(partnership), language="pl", short=True).name.startswith(
        "plan-ogolny-zolta-ges"
    )


@pytest.mark.parametrize("plans", [1, 3])
def test_the_choice_asks_the_database_no_more_often_for_more_plans(
    leader, make, partnership, count_queries, plans
):
    for number in range(plans):
        published(make, f"Bliska {number}", 5000 + number)
    db.session.expire_all()

    with count_queries() as queries:
        leader.open(options_of(partnership))

    assert queries.count <= 7, str(queries)


def test_who_may_not_start_a_plan_is_not_offered_examples(make, visit, partnership):
    for person in (make.office(), partnership.animator(partnership.terms[0].starts_on)):
        visit(as_=person).open(options_of(partnership), expect=403)
    visit(as_=make.user()).open(options_of(partnership), expect=403)
