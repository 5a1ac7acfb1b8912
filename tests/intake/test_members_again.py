"""Organisations that left and came back, in files of members: two memberships of one share no day, as on their page."""

from datetime import date

import pytest
from sqlalchemy import select

from core.database import db
from partnerships.models import PartnershipMember
from partnerships.organisations.errors import OrganisationOver
from tests.intake.bringing import bring, figures, problems
from tests.intake.workbooks import workbook

HEAD = ("Gmina", "Organisation", "Type", "Role", "Joined on", "Left on")
JUNE, MARCH, JUNE_AGAIN = date(2024, 6, 1), date(2025, 3, 1), date(2025, 6, 1)
BELONGED = "It belonged to the partnership from 1 Jun 2024 to 1 Mar 2025 already. Choose other days."


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def library(make, dobra):
    return make.organisation("Biblioteka", municipality=dobra.municipality, org_type="library")


def line(joined_on: str | None = None, left_on: str | None = None):
    return ("Dobra", "Biblioteka", "library", "organizator", joined_on, left_on)


def brought(office, *rows):
    return bring(office, workbook(HEAD, *rows), "members")


def memberships() -> list[tuple[date, date | None]]:
    days = select(PartnershipMember.joined_on, PartnershipMember.left_on).order_by(
        PartnershipMember.joined_on
    )
    return [(row[0], row[1]) for row in db.session.execute(days)]


def test_who_left_is_not_taken_for_a_member_since_the_founding(make, office, dobra, library):
    make.member(dobra, library, joined_on=JUNE, left_on=MARCH)

    page = brought(office, line())

    assert problems(page) == ["E2 Joined on: It left on 1 Mar 2025. Enter the day on which it joined again."]
    assert "Apply the file" not in page.buttons
    brought(office, line("1.06.2025")).submit("Apply the file")
    assert memberships() == [(JUNE, MARCH), (JUNE_AGAIN, None)]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            line("1.06.2024", "1.09.2025"),
            "F2 Left on: It has belonged to the partnership since 1 Jun 2025. Choose earlier days.",
        ),
        (line("1.02.2025"), f"E2 Joined on: {BELONGED}"),
    ],
)
def test_days_that_reach_into_another_membership_are_refused_as_on_the_page(
    make, office, dobra, library, row, told
):
    make.member(dobra, library, joined_on=JUNE, left_on=MARCH)
    make.member(dobra, library, joined_on=JUNE_AGAIN)

    page = brought(office, row)

    assert problems(page) == [told]
    assert memberships() == [(JUNE, MARCH), (JUNE_AGAIN, None)]


def test_an_organisation_that_is_over_belongs_nowhere_after_its_last_day(make, office, dobra, library):
    make.member(dobra, library, joined_on=JUNE, left_on=MARCH)
    library.ended_on = date(2025, 4, 1)
    db.session.commit()

    page = brought(office, line("1.06.2024", "1.05.2025"))

    assert problems(page) == [f"F2 Left on: {OrganisationOver('Biblioteka', date(2025, 4, 1))}"]


@pytest.mark.parametrize("is_turned", [False, True])
def test_who_left_and_came_back_is_entered_by_two_rows_of_one_file(make, office, dobra, library, is_turned):
    member = make.member(dobra, library, joined_on=JUNE)
    rows = [line("1.06.2024", "1.03.2025"), line("1.06.2025")]

    page = brought(office, *(reversed(rows) if is_turned else rows))

    assert problems(page) == []
    assert (figures(page)["New rows"], figures(page)["Changed rows"]) == (1, 1)
    page.submit("Apply the file")
    assert memberships() == [(JUNE, MARCH), (JUNE_AGAIN, None)]
    db.session.refresh(member)
    assert member.left_on == MARCH
    again = figures(brought(office, *rows))
    assert (again["Unchanged rows"], again["To correct"]) == (2, 0)


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (line(), "E3 Joined on: It left on 1 Mar 2025. Enter the day on which it joined again."),
        (line("1.02.2025"), f"E3 Joined on: {BELONGED}"),
        (line("1.06.2024", "1.03.2025"), "B3 Organisation: The same as in row 2. The row is left out."),
    ],
)
@pytest.mark.parametrize("is_known", [True, False])
def test_rows_of_one_file_share_no_day_either(make, office, dobra, second, told, is_known):
    if is_known:
        library = make.organisation("Biblioteka", municipality=dobra.municipality, org_type="library")
        make.member(dobra, library, joined_on=JUNE)

    page = brought(office, line("1.06.2024", "1.03.2025"), second)

    assert problems(page) == [told]
    page.submit("Apply the file" if "same" in told else "Apply the rest")
    assert memberships() == [(JUNE, MARCH)]


def test_two_memberships_of_years_ago_are_two(office, dobra):
    brought(office, line("1.06.2024", "1.03.2025"), line("1.06.2025", "1.09.2025")).submit("Apply the file")

    assert memberships() == [(JUNE, MARCH), (JUNE_AGAIN, date(2025, 9, 1))]
