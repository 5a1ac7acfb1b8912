"""The office retires an entry of a list: it sees first where it is used, and may take it back."""

from datetime import date

import pytest

from accounts.history import latest_where
from animators.advice.models import OutsideAdvice
from animators.consultations.models import Channel
from core.audit import AuditEvent
from core.database import db
from knowledge import services
from office.programme.uses import uses_of
from partnerships.words import all_choices, listed_choices
from plans.workflow import PlanStatus
from programme.queries import the_programme
from tests.knowledge.conftest import content
from tests.plan_content import annual_content, general_content

LIST = "/office/programme/lists/organisation_type"


@pytest.fixture
def admin(make, visit, clock):
    return visit(as_=make.admin("Ada Admin"))


def told() -> list[tuple[str, str | None, list[tuple[str, str, str]]]]:
    lines = latest_where(AuditEvent.event.startswith("programme.entry_"), most=20)
    return [
        (line.text, line.note, [(one.label, one.before, one.after) for one in line.changes]) for line in lines
    ]


def offered(key: str = "organisation_type") -> list[str]:
    return [one.value for one in listed_choices(key)]


def test_an_entry_is_retired_and_brought_back_and_both_are_remembered(admin):
    page = admin.open(f"{LIST}/library").follow("Retire this entry")
    assert "Where it is used now Nowhere." in page.text

    page = page.submit("Retire the entry", expect=303)
    assert ("Retired on" in page.text, "library" in offered()) == (True, False)

    page = admin.open(f"{LIST}/library").submit("Offer it again", expect=303)
    assert ("Retired on" in page.text, "library" in offered()) == (False, True)
    day = told()[1][2][0][2]
    assert told() == [
        ("Brought an entry of a list back", "organisation_type: library", [("Not offered from", day, "")]),
        ("Retired an entry of a list", "organisation_type: library", [("Not offered from", "", day)]),
    ]
    assert "Retired an entry of a list" in admin.open("/office/programme/history").text


def test_a_day_to_come_is_told_beside_the_entry_and_can_be_moved(admin, clock):
    later = date(clock.now.year + 1, 2, 3)
    admin.open(f"{LIST}/library/retire").submit("Retire the entry", expect=303, on=later.isoformat())

    assert f"Will be retired on 3 Feb {later.year}" in admin.open(LIST).text
    assert "library" in offered()
    clock.move_to(clock.now.replace(year=later.year, month=2, day=3))
    assert "library" not in offered()


def test_a_day_that_is_over_is_refused(admin):
    page = admin.open(f"{LIST}/library/retire").submit("Retire the entry", expect=422, on="2026-01-01")

    assert "Choose today or a day to come" in page.text
    assert (the_programme().row.list_changes, told()) == ({}, [])


def test_the_last_entry_that_is_offered_stays(admin):
    codes = the_programme().code_lists["certainty"].codes
    for code in codes[:-1]:
        admin.open(f"/office/programme/lists/certainty/{code}/retire").submit("Retire the entry", expect=303)

    admin.open(f"/office/programme/lists/certainty/{codes[-1]}/retire", expect=404)
    assert "Retire this entry" not in admin.open(f"/office/programme/lists/certainty/{codes[-1]}").links
    assert offered("certainty") == [codes[-1]]


def test_entries_that_the_rules_hang_on_are_not_retired(admin):
    admin.open("/office/programme/lists/training_status/planned/retire", expect=404)
    admin.open("/office/programme/lists/level/nothing_of_ours/retire", expect=404)


def test_an_entry_the_office_added_is_retired_too_and_keeps_its_words(admin):
    page = admin.open("/office/programme/lists/level").submit(
        "Add the entry", expect=303, pl="mistrzowski", en="master"
    )
    page.follow("mistrzowski").follow("Retire this entry").submit("Retire the entry", expect=303)

    level = the_programme().code_lists["level"]
    assert ("master" in offered("level"), level.find("Mistrzowski"), level.label("master", "en")) == (
        False,
        "master",
        "master",
    )


def test_before_it_is_retired_the_page_says_where_it_is_used(admin, make):
    make.general_plan()
    make.general_plan(PlanStatus.SUBMITTED)
    make.general_plan(PlanStatus.PUBLISHED)
    make.annual_plan(partnership=make.general_plan(PlanStatus.PUBLISHED).partnership, in_use=True)
    without = general_content(2026).rows("lines")[0]
    make.general_plan(
        content=general_content(
            2026, lines=(type(without)(without.row_uid, {**without.values, "form": "online"}),)
        )
    )
    db.session.commit()

    text = admin.open("/office/programme/lists/form/on_site/retire").text

    assert uses_of("form", "on_site") == [
        "1 draft of a plan",
        "1 plan under review",
        "2 published plans",
        "1 plan of a year",
    ]
    assert "1 draft of a plan 1 plan under review 2 published plans 1 plan of a year" in text
    assert uses_of("form", "individual") == []


def test_a_text_that_only_reads_like_the_code_is_no_use_of_it(make):
    about = general_content(2026).rows("needs")[0]
    values = {**about.values, "evidence": 'Napisali "online" w ankiecie'}
    make.general_plan(content=general_content(2026, needs=(type(about)(about.row_uid, values),)))

    assert uses_of("form", "online") == []


def test_records_outside_of_plans_are_counted_as_well(make):
    partnership = make.partnership()
    make.member(
        partnership,
        make.organisation("Straż", municipality=partnership.municipality, org_type="fire_brigade"),
    )
    make.annual_plan(content=annual_content(2026))

    assert uses_of("organisation_type", "fire_brigade") == ["1 organisation"]
    assert uses_of("partner_role", "organiser")[-1] == "1 member organisation"


def test_offers_of_the_catalogue_and_advice_outside_are_counted_as_well(make):
    office, animator = make.office(), make.animator()
    services.write(content("Zdrowie w sieci", digcomp_areas=["safety"], life_areas=["health"]), actor=office)
    services.write(content("Praca w sieci", digcomp_areas=["safety"], life_areas=["work"]), actor=office)
    outside = OutsideAdvice(
        animator_id=animator.id, organisation="OSP", channel=Channel.PHONE, minutes=30, topics=["tools"],
        day=date(2026, 4, 15), entry_key="k",
    )  # fmt: skip
    db.session.add(outside)
    db.session.commit()

    assert uses_of("digcomp_area", "safety") == ["2 offers"]
    assert uses_of("life_area", "work") == ["One offer"]
    assert uses_of("advice_topic", "tools") == ["1 consultation"]


def test_a_record_that_has_it_keeps_it_when_it_is_changed_and_filters_still_find_it(admin, make, visit):
    office = visit(as_=make.office())
    fire = make.organisation("Straż Pożarna", org_type="fire_brigade")
    school = make.organisation("Szkoła", org_type="school")
    db.session.commit()
    admin.open(f"{LIST}/fire_brigade/retire").submit("Retire the entry", expect=303)

    def options(organisation) -> list[str]:
        page = office.open(f"/partnerships/organisations/{organisation.id}/edit")
        return list(page.tree.xpath("//select[@name='org_type']/option/@value"))

    assert ("fire_brigade" in options(fire), "fire_brigade" in options(school)) == (True, False)
    page = office.open(f"/partnerships/organisations/{fire.id}/edit").submit("Save", name="OSP")
    db.session.refresh(fire)
    assert (page.status, fire.org_type, fire.name) == (200, "fire_brigade", "OSP")
    assert "fire_brigade" in [one.value for one in all_choices("organisation_type")]
    assert office.open("/contacts").tree.xpath("//select[@name='org_type']/option[@value='fire_brigade']")
