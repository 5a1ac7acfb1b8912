"""Hours come as a whole or one by one: what might be counted twice, and what a pot does not hold, is told before."""

import pytest

from animators.hours.balances import Balance, balances_of
from animators.hours.models import Pot
from tests.intake.bringing import bring, problems
from tests.intake.workbooks import workbook

CALLS = ("Gmina", "Data", "Forma", "Czas")
HOURS = ("Gmina", "Pula", "Wykorzystano", "Stan na")


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


def calls(*days: str, length: str = "1 h") -> bytes:
    return workbook(CALLS, *(("Dobra", day, "telefon", length) for day in days))


def test_hours_beside_consultations_that_are_entered_are_told(office, dobra):
    bring(office, calls("1.05.2025", "2.05.2025", "1.02.2026"), "consultations").submit("Apply the file")
    whole = workbook(HOURS, ("Dobra", "zdalne", "2 h", "31.12.2025"))

    page = bring(office, whole, "hours")

    told = "120 minutes of consultations up to this day are entered one by one. These hours come beside them."
    assert problems(page) == [f"C2 Hours used: {told}"]
    page.submit("Apply the file")
    assert problems(bring(office, whole, "hours")) == [], "what is there already is no question any more"
    before = workbook(HOURS, ("Dobra", "zdalne", "3 h", "31.12.2024"))
    assert problems(bring(office, before, "hours")) == []


def test_a_consultation_of_a_time_whose_hours_are_entered_as_a_whole_is_told(office, dobra):
    whole = workbook(HOURS, ("Dobra", "zdalne", "2 h", "31.12.2025"))
    bring(office, whole, "hours").submit("Apply the file")

    page = bring(office, calls("1.05.2025", "1.02.2026"), "consultations")

    told = "The hours used up to 31.12.2025 are entered as a whole. This consultation comes beside them."
    assert problems(page) == [f"D2 Length: {told}"]
    page.submit("Apply the file")
    assert problems(bring(office, calls("1.05.2025", "1.02.2026"), "consultations")) == []


def test_consultations_beyond_the_pot_are_told_before_the_pot_is_made_bigger(office, dobra):
    page = bring(office, calls("1.05.2025", "2.05.2025", "3.05.2025", length="3 h"), "consultations")

    assert problems(page) == ["D4 Length: More than the pot holds: 60 minutes too many."]
    page.submit("Apply the file")
    place = dobra.municipality_id
    assert balances_of([place]) == {(place, Pot.REMOTE): Balance(540, 540)}
