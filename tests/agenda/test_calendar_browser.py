"""The month on screens of two sizes."""

from datetime import date

import pytest

from tests.support.browsers import axe_findings


@pytest.mark.browser
def test_on_a_phone_the_month_is_a_list_of_days_that_have_something(make, meeting, tabs):
    leader = make.user()
    meeting(make.partnership(municipality=make.municipality("Lubań"), leader=leader), date(2026, 4, 20))
    page = tabs(as_=leader, width=320)

    page.goto("/calendar?month=2026-04")

    assert page.locator(".month-day:visible").all_inner_texts() == [
        "Monday, 20 April\n\n17:00 Partnership meeting\nLubań\nLibrary",
    ]
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert axe_findings(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.locator(".month-day:visible").count() == 35
    assert axe_findings(page) == []
