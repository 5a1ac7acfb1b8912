"""What people read of days, numbers and years."""

from core.formatting import whole_address, whole_years


def test_years_of_a_plan_stay_on_one_line():
    assert whole_years("Plan 2026–2028: Łęg & Bór") == (
        'Plan <span class="nowrap">2026–2028</span>: Łęg &amp; Bór'
    )
    assert whole_years("Plan 2026") == "Plan 2026"


def test_a_mail_address_breaks_before_its_at_sign_and_behind_it_before_a_dot():
    assert whole_address("a.b&c@gmina.example") == "a.b&amp;c<wbr>@gmina<wbr>.example"
    assert whole_address("–") == "–"
