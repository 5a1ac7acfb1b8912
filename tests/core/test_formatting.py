"""What people read of days, numbers and years."""

from core.formatting import whole_address, whole_years


def test_years_of_a_plan_stay_on_one_line():
    assert whole_years("Plan 2026–2028: Łęg & Bór") == (
        'Plan <span class="nowrap">2026–2028</span>: Łęg &amp; Bór'
    )
    assert whole_years("Plan 2026") == "Plan 2026"


def test_a_mail_address_breaks_before_its_at_sign_only():
    assert whole_address("a&b@gmina.example") == "a&amp;b<wbr>@gmina.example"
