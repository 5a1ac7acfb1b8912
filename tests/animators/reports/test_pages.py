"""The office's pages of hours, against tables counted by hand."""

from datetime import date

import pytest

from animators.advice.models import OutsideAdvice
from animators.advice.services.logging import Talk, log_advice
from animators.consultations.models import Channel, Consultation, ConsultationStatus
from core.database import db
from partnerships.models import AssignmentKind
from plans.workflow import PlanStatus
from tests.animators.reports.world import World, there
from tests.support.forms import spoken
from tests.visit import Page

HEAD = ["Month", "Visits planned", "Visits held", "Visits cancelled", "Cancelled late", "Remote advice given",
        "Taken from the pots", "Over the pot: waits", "Over the pot: refused"]  # fmt: skip


def rows_of(page: Page) -> list[list[str]]:
    return page.tables[0]


def sums_on(page: Page) -> dict[str, tuple[str, ...]]:
    """What all rows are together: label -> value and note."""
    found: dict[str, tuple[str, ...]] = {}
    for figure in page.tree.xpath("//div[@id='hours-sums']/div"):
        said = {line.get("class"): spoken(line) for line in figure}
        found[said["figure-label"]] = (said["figure-value"], said.get("figure-note", ""))
    return found


def test_by_month_every_row_is_in_the_month_it_was_by_the_clock_in_warsaw(visit, world: World):
    page = visit(as_=world.office).open("/office/hours?since=2026-01&until=2026-05")

    assert rows_of(page) == [
        HEAD,
        ["Jan 2026", "–", "–", "–", "–", "–", "1 h 40 min", "–", "–"],
        ["Feb 2026", "–", "–", "1", "–", "15 h", "14 h 40 min", "20 min", "–"],
        ["Mar 2026", "1 4 h", "1 4 h 10 min", "1", "1", "3 h", "7 h 30 min", "–", "1 h"],
        ["Apr 2026", "1 4 h", "–", "–", "–", "45 min", "−35 min", "–", "–"],
        ["May 2026", "1 3 h", "–", "–", "–", "–", "–", "–", "–"],
        ["Together", "3 11 h", "1 4 h 10 min", "2", "1", "18 h 45 min", "23 h 15 min", "20 min", "1 h"],
    ]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (
            "since=2026-Q1&until=2026-Q1&by=quarter",
            [["Q1 2026", "1 4 h", "1 4 h 10 min", "2", "1", "18 h", "23 h 50 min", "20 min", "1 h"]],
        ),
        (
            "by=year&since=2026-01&until=2026-12&voivodeship=LUBUSKIE",
            [["2026", "–", "–", "2", "1", "8 h 20 min", "8 h 20 min", "–", "–"]],
        ),
        (
            "by=quarter&since=2026-03&until=2026-04&animator=EWA",
            [
                ["Mar 2026", "1 4 h", "1 4 h 10 min", "1", "1", "1 h 30 min", "7 h", "–", "–"],
                ["Apr 2026", "–", "–", "–", "–", "45 min", "−35 min", "–", "–"],
            ],
        ),
        (
            "since=2026-04&until=2026-03",
            [
                ["Mar 2026", "1 4 h", "1 4 h 10 min", "1", "1", "3 h", "7 h 30 min", "–", "1 h"],
                ["Apr 2026", "1 4 h", "–", "–", "–", "45 min", "−35 min", "–", "–"],
            ],
        ),
    ],
)
def test_filters_combine_and_live_in_the_address(visit, world: World, asked: str, expected):
    asked = asked.replace("LUBUSKIE", str(world.zary.voivodeship_id)).replace("EWA", str(world.ewa.id))

    page = visit(as_=world.office).open(f"/office/hours?{asked}")

    assert rows_of(page)[1:-1] == expected


def test_what_lies_outside_the_months_shown_has_rows_of_its_own(visit, world: World):
    """The programme began this year, and shows two months ahead: nothing is left out of the sum."""
    world.make.programme.starts_on = date(2026, 3, 1)
    late = Consultation(
        municipality_id=world.laki.id, animator_id=world.adam.id, channel=Channel.VISIT, visit_no=2,
        planned_start=there(11, 3), planned_minutes=60, status=ConsultationStatus.AGREED,
    )  # fmt: skip
    db.session.add(late)
    db.session.commit()

    rows = rows_of(visit(as_=world.office).open("/office/hours"))

    assert [row[0] for row in rows[1:]] == [
        "Before that", "Mar 2026", "Apr 2026", "May 2026", "Jun 2026", "After that", "Together",
    ]  # fmt: skip
    assert rows[1] == ["Before that", "–", "–", "1", "–", "15 h", "16 h 20 min", "20 min", "–"]
    assert rows[6] == ["After that", "1 1 h", "–", "–", "–", "–", "–", "–", "–"]
    assert rows[7][:2] == ["Together", "4 12 h"]


def test_one_pot_shows_only_what_belongs_to_it(visit, world: World):
    page = visit(as_=world.office).open("/office/hours?since=2026-03&until=2026-03&pot=remote")

    assert rows_of(page) == [
        ["Month", *HEAD[5:]],
        ["Mar 2026", "3 h", "3 h 20 min", "–", "1 h"],
        ["Together", "3 h", "3 h 20 min", "–", "1 h"],
    ]


def test_by_municipality_each_pot_says_what_it_was_granted_and_what_is_left(visit, world: World):
    page = visit(as_=world.office).open("/office/hours/municipalities")

    assert [row[0].split()[0:1] + row[1:] for row in rows_of(page)] == [
        ["Municipality", "Animator", "Visits: free", "Remote advice: free", "Over the pot", "Visits owed"],
        ["Brody", "Ewa Doradna", "3 h 50 min of 8 h 4 h 10 min used", "5 h 45 min of 8 h 2 h 15 min used", "–", "1"],
        ["Łąki", "Adam Inny", "8 h of 8 h nothing used", "0 h of 8 h 30 min 8 h 30 min used", "20 min waits 1 h refused", "2"],
        ["Żary", "Ewa Doradna", "7 h 40 min of 7 h 40 min nothing used", "0 h of 8 h 20 min 8 h 20 min used", "–", "2"],
    ]  # fmt: skip
    assert sums_on(page) == {
        "Municipalities": ("3", "5 visits owed"),
        "Visits: free": ("19 h 30 min", "4 h 10 min of 23 h 40 min used"),
        "Remote advice: free": ("5 h 45 min", "19 h 5 min of 24 h 50 min used"),
        "Over the pot: waits": ("20 min", "1 h refused"),
    }


def test_a_period_adds_what_was_taken_in_it_and_leaves_the_balance_as_it_is(visit, world: World):
    page = visit(as_=world.office).open("/office/hours/municipalities?since=2026-04&until=2026-04&pot=remote")

    assert [[row[0].split()[0], row[2]] for row in rows_of(page)] == [
        ["Municipality", "Remote advice: free"],
        ["Brody", "5 h 45 min of 8 h 2 h 15 min used 15 min in the period"],
        ["Łąki", "0 h of 8 h 30 min 8 h 30 min used"],
        ["Żary", "0 h of 8 h 20 min 8 h 20 min used −50 min in the period"],
    ]
    assert sums_on(page)["Remote advice: free"] == (
        "5 h 45 min", "19 h 5 min of 24 h 50 min used, −35 min in the period",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("sort=-municipality", ["Żary", "Łąki", "Brody"]),
        ("sort=remote", ["Łąki", "Żary", "Brody"]),
        ("sort=-visit", ["Łąki", "Żary", "Brody"]),
        ("sort=-over", ["Łąki", "Brody", "Żary"]),
        ("sort=animator", ["Brody", "Żary", "Łąki"]),
        ("sort=nonsense&pot=nonsense&since=2026-13&voivodeship=x", ["Brody", "Łąki", "Żary"]),
        ("advised=EWA&sort=owed", ["Brody", "Żary"]),
        ("voivodeship=LUBUSKIE", ["Żary"]),
        ("voivodeship=999", []),
        ("page=99", ["Brody", "Łąki", "Żary"]),
    ],
)
def test_municipalities_are_sorted_and_narrowed(visit, world: World, asked: str, expected: list[str]):
    asked = asked.replace("LUBUSKIE", str(world.zary.voivodeship_id)).replace("EWA", str(world.ewa.id))

    page = visit(as_=world.office).open(f"/office/hours/municipalities?{asked}")

    assert [link.text_content() for link in page.tree.xpath("//tbody//th/a")] == expected


def test_the_load_of_each_animator_is_what_they_took_on_what_they_owe_and_what_they_gave(visit, world: World):
    outside = OutsideAdvice(
        animator_id=world.ewa.id, organisation="Klub <b>Seniora</b>", channel=Channel.PHONE, minutes=40,
        day=date(2026, 3, 31), entry_key="a",
    )  # fmt: skip
    mistaken = OutsideAdvice(
        animator_id=world.ewa.id, organisation="Klub", channel=Channel.PHONE, minutes=500, day=date(2026, 3, 31),
        entry_key="b", taken_back_at=there(4, 1),
    )  # fmt: skip
    db.session.add_all([outside, mistaken])
    world.make.general_plan(PlanStatus.SUBMITTED, partnership=world.partnerships["Łąki"])
    nobody = world.make.partnership(municipality=world.make.municipality("Puste"), advised=False)
    db.session.commit()

    page = visit(as_=world.office).open("/office/hours/animators")

    assert nobody.municipality.name == "Puste"
    assert rows_of(page) == [
        ["Animator", "Municipalities", "Visits owed", "Visits ahead", "Reports owed", "Visits held", "Remote advice given",
         "Reviews open", "Outside the partnerships"],
        ["Ewa Doradna", "2", "3", "–", "–", "1 4 h 10 min", "10 h 35 min", "–", "40 min"],
        ["Adam Inny", "1", "2", "1", "1", "–", "8 h 10 min", "1", "–"],
        ["Nobody known", "1", "2", "–", "–", "–", "–", "–", "–"],
    ]  # fmt: skip
    assert "Klub <b>Seniora</b>" in page.follow("40 min").text


def test_a_cover_has_the_municipality_while_they_cover(visit, world: World):
    kasia = world.make.animator("Kasia Zastępcza")
    world.make.assignment(
        world.zary, kasia, kind=AssignmentKind.COVER, starts_on=date(2026, 4, 1), ends_on=date(2026, 4, 20)
    )

    rows = rows_of(visit(as_=world.office).open("/office/hours/animators"))

    assert {row[0]: row[1:3] for row in rows[1:]} == {
        "Adam Inny": ["1", "2"], "Ewa Doradna": ["1", "1"], "Kasia Zastępcza": ["1", "2"],
    }  # fmt: skip


def test_only_the_office_reads_hours_of_everybody(visit, world: World):
    leader = world.partnerships["Brody"].terms[0].user

    for person in (world.ewa, leader, world.make.admin()):
        for address in (
            "",
            "/municipalities",
            "/animators",
            "/entries",
            "/consultations",
            "/outside",
            "/ledger.xlsx",
            "/ledger.csv",
        ):
            visit(as_=person).open(f"/office/hours{address}", expect=403)


def test_a_figure_that_is_none_has_no_rows(visit, world: World):
    visit(as_=world.office).open("/office/hours/consultations?what=nonsense", expect=404)


def test_every_figure_of_a_page_says_how_it_is_counted(visit, world: World):
    visitor = visit(as_=world.office)

    for address in (
        "",
        "/municipalities",
        "/animators",
        "/entries",
        "/consultations?what=refused",
        "/outside",
    ):
        page = visitor.open(f"/office/hours{address}")

        assert "How this is counted" in page.text
        assert page.tree.xpath("//details//dt"), address
    terms = visitor.open("/office/hours/outside").tree.xpath("//details//dt")
    assert [spoken(term) for term in terms] == ["Outside the partnerships whole minutes, shown as hours"]


def test_names_stay_text(visit, world: World):
    world.brody.name = "<script>alert(1)</script>"
    world.ewa.name = "<img src=x>"
    db.session.commit()
    visitor = visit(as_=world.office)

    for address in ("/municipalities", "/animators", "/entries", "/consultations?what=remote_given"):
        assert "<script>alert" not in visitor.open(f"/office/hours{address}").html
        assert "<img src=x" not in visitor.open(f"/office/hours{address}").html


def test_what_is_owed_is_owed_by_whoever_advises_today(visit, world: World):
    """As rights follow the assignment of the moment: the cover owes the report, and is shown its rows."""
    kasia = world.make.animator("Kasia Zastępcza")
    world.make.assignment(
        world.laki, kasia, kind=AssignmentKind.COVER, starts_on=date(2026, 4, 1), ends_on=date(2026, 4, 20)
    )
    visitor = visit(as_=world.office)

    rows = rows_of(visitor.open("/office/hours/animators"))
    owed = visitor.open(f"/office/hours/consultations?what=reports_owed&advised={kasia.id}")

    assert {row[0]: row[1:5] for row in rows[1:]} == {
        "Adam Inny": ["–", "–", "–", "–"], "Ewa Doradna": ["2", "3", "–", "–"], "Kasia Zastępcza": ["1", "2", "1", "1"],
    }  # fmt: skip
    assert [row[0].split()[0] for row in rows_of(owed)[1:]] == ["Łąki"]


def test_from_what_waits_the_office_goes_on_to_decide(visit, world: World):
    page = visit(as_=world.office).open("/office/hours/consultations?what=waiting")

    assert page.follow("Decide about what waits").url == "/office/hours/exceptions"


def test_of_a_talk_of_which_only_the_day_is_known_no_hour_is_told(visit, world: World):
    talk = Talk(world.brody.id, Channel.PHONE, 25, ["annual_plan"], date(2026, 4, 10))
    log_advice(talk, key="late", actor=world.ewa)
    db.session.commit()

    page = visit(as_=world.office).open("/office/hours/consultations?what=remote_given&since=2026-04")

    assert [row[1] for row in rows_of(page)[1:]] == ["10 Apr 2026", "1 Apr 2026"]
    visits = visit(as_=world.office).open("/office/hours/consultations?what=visits_held&until=2026-03")
    assert [row[1] for row in rows_of(visits)[1:]] == ["31 Mar 2026, 23:30"]
