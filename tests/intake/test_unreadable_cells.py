"""A cell that cannot be read is told, and nothing is entered in its place: what it says is not what an empty one means."""

import pytest
from sqlalchemy import func, select

from animators.consultations.models import Consultation
from animators.hours.models import LedgerEntry
from core.database import db
from handbooks.models import HandbookIssue
from plans.earlier import EarlierPlan
from tests.intake.bringing import bring, figures, problems
from tests.intake.workbooks import workbook
from webinars.models import Attendance


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


PLANS = ("Gmina", "Rodzaj planu", "Rok od", "Rok do", "Status planu")
VISITS = ("Gmina", "Data wizyty", "Czas", "Nr wizyty")
HOURS = ("Gmina", "Pula", "Wykorzystano", "Stan na")
HANDBOOKS = ("Gmina", "Wydanie", "Data wysyłki", "Liczba egzemplarzy", "Potwierdzono", "Data potwierdzenia")
WEBINARS = ("Gmina", "Tytuł webinaru", "Data webinaru", "E-mail uczestnika", "Liczba osób")


@pytest.mark.parametrize(
    ("kind", "model", "head", "row", "told"),
    [
        ("plans", EarlierPlan, PLANS, ("uszczegółowienie", 2025, 2025, "tak"), "B2 Kind of plan"),
        ("plans", EarlierPlan, PLANS, ("roczny", 2025, "2O26", "tak"), "D2 Last year"),
        ("visits", Consultation, VISITS, ("1.02.2025", "4 h", "druga"), "D2 Visit no."),
        ("hours", LedgerEntry, HOURS, ("zdalne", "2 h", "koniec roku"), "D2 As of"),
        ("handbooks", HandbookIssue, HANDBOOKS, ("1", "1.02.2025", 4, "trzy", "5.02.2025"), "E2 Copies confirmed"),
        ("handbooks", HandbookIssue, HANDBOOKS, ("1", "1.02.2025", 4, 3, "luty"), "F2 Confirmed on"),
        ("webinars", Attendance, WEBINARS, ("Hasła", "1.02.2025", "jan(at)dobra", 1), "D2 Person's e-mail"),
        ("webinars", Attendance, WEBINARS, ("Hasła", "1.02.2025", None, "kilka"), "E2 People"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_read_is_not_taken_for_an_empty_one(
    office, dobra, kind, model, head, row, told
):
    good = {"plans": ("ogólny", 2024, None, "tak"), "visits": ("1.03.2025", "4 h", 1)}.get(kind)
    rows = [("Dobra", *row), *([("Dobra", *good)] if good else [])]

    page = bring(office, workbook(head, *rows), kind)

    assert [found.split(":")[0] for found in problems(page) if "Edition" not in found] == [told]
    assert figures(page)["New rows"] == len(rows) - 1
    if good:
        page.submit("Apply the rest")
    assert db.session.scalar(select(func.count()).select_from(model)) == len(rows) - 1


def test_a_value_for_all_rows_that_cannot_be_read_is_not_taken_for_none(office, dobra):
    page = bring(
        office, workbook(("Gmina", "Pula", "Wykorzystano", "X"), ("Dobra", "zdalne", "2 h", 1)), "hours"
    )

    checked = page.submit("Check the rows", default_day="koniec roku")

    assert (problems(checked)[0], figures(checked)["New rows"]) == (
        "As of: “koniec roku” cannot be read.",
        0,
    )
