"""People and terms: who leads, helps and advises, before, now and later."""

from datetime import date

import pytest

from core.database import db
from partnerships import services
from partnerships.models import AssignmentKind
from tests.partnerships.test_handover_pages import people_page

TODAY = date(2026, 4, 15)


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def test_animators_past_present_and_to_come_stand_among_the_people_with_days_and_reason(make, visit):
    names = ("Jan Dawny", "Ola Obecna", "Ewa Zastępcza", "Adam Przyszły")
    municipality, leader = make.municipality(), make.user()
    before, now, cover, later = (make.animator(name) for name in names)
    partnership = make.partnership(municipality=municipality, leader=leader, advised=False)
    make.assignment(municipality, before, starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31))
    make.assignment(municipality, now, starts_on=date(2026, 1, 1))
    office = make.office()
    services.assign_animator(
        municipality, cover, starts_on=TODAY, ends_on=date(2026, 4, 30), kind=AssignmentKind.COVER,
        reason="A leave", actor=office,
    )  # fmt: skip
    services.assign_animator(municipality, later, starts_on=date(2026, 6, 1), actor=office)
    db.session.commit()

    page = visit(as_=leader).open(people_page(partnership))

    def rows(part: str) -> list[str]:
        found = page.tree.xpath(
            f"//section[@aria-labelledby='{part}']//li[.//a[contains(@href, 'animator_')]]"
        )
        return [" ".join(" ".join(row.itertext()).split()).split(" · ")[0] for row in found]

    assert rows("past") == ["Jan Dawny Animator 1 Jan 2025 – 31 Dec 2025"]
    assert rows("now") == [
        "Ola Obecna Animator 1 Jan 2026 – 31 May 2026",
        "Ewa Zastępcza Covering animator 15 Apr 2026 – 30 Apr 2026; A leave",
    ]
    assert rows("to-come") == ["Adam Przyszły Animator from 1 Jun 2026"]
