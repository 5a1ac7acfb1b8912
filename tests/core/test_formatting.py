"""What people read of days, numbers and years."""

from core.formatting import whole_years


def test_years_of_a_plan_stay_on_one_line():
    assert whole_years("Plan 2026–2028: Łęg & Bór") == (
        'Plan <span class="nowrap">2026–2028</span>: Łęg &amp; Bór'
    )
    assert whole_years("Plan 2026") == "Plan 2026"
