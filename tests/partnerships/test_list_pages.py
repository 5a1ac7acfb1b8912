"""The list of partnerships."""

from datetime import date

import pytest

from partnerships.models import AssignmentKind
from partnerships.workflow import PartnershipStatus

TODAY = date(2026, 4, 15)
YESTERDAY = date(2026, 4, 14)
TOMORROW = date(2026, 4, 16)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def first_column(page) -> list[str]:
    return [row[0] for row in page.tables[0][1:]]


def test_the_office_sees_all_others_their_own(make, visit):
    leader, animator = make.user(), make.animator()
    make.partnership("Led", municipality=make.municipality("Ćmielów"), leader=leader)
    make.partnership("Advised", municipality=make.municipality("Łask"), animator=animator)

    lists = {
        who: [cell.split(" ")[0] for cell in first_column(visit(as_=person).open("/partnerships"))]
        for who, person in {"office": make.office(), "leader": leader, "animator": animator}.items()
    }

    assert lists == {"office": ["Ćmielów", "Łask"], "leader": ["Ćmielów"], "animator": ["Łask"]}


def test_a_row_tells_who_leads_who_advises_and_how_many_belong(make, visit):
    partnership = make.partnership(
        "Cyfrowa Gęś",
        municipality=make.municipality("Żółta Gęś"),
        leader=make.user("Ewa Lis"),
        animator=make.animator("Ola Maj"),
    )
    make.member(partnership)
    make.member(partnership, left_on=YESTERDAY)

    [table] = visit(as_=make.office()).open("/partnerships").tables

    assert table[1] == [
        "Żółta Gęś rural municipality, opolski county Cyfrowa Gęś",
        "opolskie",
        "Active",
        "Ewa Lis",
        "Ola Maj",
        "1",
        "1 Jan 2024",
    ]


def test_a_cover_stands_in_the_list_while_it_lasts(make, visit):
    partnership = make.partnership(animator=make.animator("Ola Maj"))
    cover = make.animator("Iza Cień")
    make.assignment(
        partnership.municipality, cover, kind=AssignmentKind.COVER, starts_on=TODAY, ends_on=TODAY
    )

    [table] = visit(as_=make.office()).open("/partnerships").tables

    assert table[1][4] == "Iza Cień"


def test_the_list_is_narrowed_by_what_is_asked(make, visit):
    elsewhere = make.county("brzeski", voivodeship=make.voivodeship("małopolskie", code="12"))
    make.partnership("Razem", municipality=make.municipality("Łódź"), leader=make.user("Ewa Ćwiek"))
    make.partnership("Wspólnie", municipality=make.municipality("Żnin", county=elsewhere), advised=False)
    make.partnership(
        "Planowane", municipality=make.municipality("Lubań"), status=PartnershipStatus.PLANNED, led=False
    )
    visitor = visit(as_=make.office())

    def found(**asked) -> list[str]:
        page = visitor.open("/partnerships", **asked)
        return [cell.split(" ")[0] for cell in first_column(page)] if page.tables else []

    assert found(q="lodz") == ["Łódź"]
    assert found(q="cwiek") == ["Łódź"]
    assert found(q="razem") == ["Łódź"]
    assert found(voivodeship="12") == ["Żnin"]
    assert found(state="planned") == ["Lubań"]
    assert found(without="leader") == ["Lubań"]
    assert found(without="animator") == ["Żnin"]
    assert found(q="nothing like this") == []
    assert found(state="no such thing", without="anything", voivodeship="") == ["Lubań", "Łódź", "Żnin"]


def test_the_list_is_sorted_by_the_polish_alphabet_and_by_each_column(make, visit):
    for name, leader, members in (("Żnin", "Adam", 0), ("Ćmielów", "Żaneta", 2), ("Lubań", "Ćwiek", 1)):
        partnership = make.partnership(municipality=make.municipality(name), leader=make.user(leader))
        for _ in range(members):
            make.member(partnership)
    visitor = visit(as_=make.office())

    def order(**asked) -> list[str]:
        return [cell.split(" ")[0] for cell in first_column(visitor.open("/partnerships", **asked))]

    assert order() == ["Ćmielów", "Lubań", "Żnin"]
    assert order(sort="-municipality") == ["Żnin", "Lubań", "Ćmielów"]
    assert order(sort="leader") == ["Żnin", "Lubań", "Ćmielów"]
    assert order(sort="-members") == ["Ćmielów", "Lubań", "Żnin"]


def test_the_list_asks_the_same_number_of_questions_for_one_row_and_for_three(make, visit, count_queries):
    visitor = visit(as_=make.office())
    make.partnership()
    visitor.open("/partnerships")
    with count_queries() as one:
        visitor.open("/partnerships")

    make.partnership()
    make.partnership()
    with count_queries() as three:
        visitor.open("/partnerships")

    assert three.count == one.count, str(three)
    assert three.count <= 6, str(three)


def test_an_empty_list_teaches_the_office_to_found(make, visit):
    page = visit(as_=make.office()).open("/partnerships")

    assert "No partnership yet" in page.headings


def test_who_has_nothing_to_do_with_partnerships_is_told_so(make, visit):
    visit(as_=make.admin()).open("/partnerships", expect=403)
    assert visit().open("/partnerships").url.startswith("/sign-in")
