"""Bring your Excel: whatever the office kept is named column by column, checked, looked at, taken over."""

from datetime import date, datetime, time
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from animators.consultations.models import Channel, Consultation, ConsultationStatus
from animators.hours.balances import Balance, balances_of
from animators.hours.models import Pot
from core import clock as core_clock
from core import jobs
from core.database import db
from intake.models import ColumnMapping, ImportState, RecordImport
from tests.intake.bringing import bring, figures, problems
from tests.intake.workbooks import saved, workbook
from tests.support.spreadsheets import saved_by_libreoffice


@pytest.fixture(autouse=True)
def _time(clock):
    """Every test is on one day."""


@pytest.fixture
def wola(make):
    return make.partnership(municipality=make.municipality("Wola", code="1601022"))


def day_of(one: Consultation) -> date:
    assert one.actual_start is not None
    return core_clock.local(one.actual_start).date()


def messy() -> Workbook:
    """As an office keeps it: a title over merged cells, days as text in three ways, hours in words, totals, a second sheet."""
    book = Workbook()
    notes = book.worksheets[0]
    notes.title = "Uwagi"
    notes["A1"] = "Proszę nie zmieniać kolumn!"
    sheet = book.create_sheet("Konsultacje 2025")
    sheet.merge_cells("A1:H1")
    sheet["A1"] = "Rejestr konsultacji animatorów, stan na 31.12.2025 r."
    sheet["A2"] = "opracowała: E. K."
    head = (
        "Lp.",
        "Gmina",
        "TERYT",
        "Kiedy",
        "Sposób kontaktu",
        "Ile trwało",
        "O czym rozmawiano",
        "Tel. do gminy",
    )
    for column, heading in enumerate(head, start=1):
        sheet.cell(4, column, heading)
    rows: list[tuple[object, ...]] = [
        (
            1,
            "gm. Dobra",
            1601012,
            "12.03.2025 r.",
            "telefon",
            "1,5 godz.",
            "Diagnoza potrzeb",
            "77 123 45 67",
        ),
        (2, "DOBRA", "1601012", datetime(2025, 4, 2), "Teams", time(0, 45), "Plan", None),
        (3, "Wola", "1601022", "3 maja 2025", "telefon", "90 min", None, None),
        (4, "Wola", "1601022", "31.02.2025", "telefon", "1 h", None, None),
        (5, "Wolaa", None, "4.06.2025", "gołąb", "2", None, None),
        ("Razem", None, None, None, None, "6,75", None, None),
    ]
    for number, row in enumerate(rows, start=5):
        for column, value in enumerate(row, start=1):
            cell: Any = sheet.cell(number, column)
            cell.value = value
    return book


def name(page, **columns: str):
    """Say what columns mean, by their heading on the page."""
    form = page.form("Check the rows")
    fields = {}
    for line in page.tree.get_element_by_id("main").iter("tr"):
        heads = line.findall("th")
        choice = line.find(".//select")
        if heads and choice is not None:
            for heading, key in columns.items():
                if heads[0].text_content().strip() == heading.replace("_", " "):
                    fields[choice.get("name")] = key
    assert form
    return fields


def test_a_messy_workbook_is_named_checked_and_taken_over(make, office, dobra, wola):
    page = bring(office, saved(messy()), "consultations")
    assert page.title.startswith("Which column is what?")
    # Guessed from the headings; what nobody could know is left to the office
    chosen = {
        line.find("th").text_content().strip(): line.find(".//option[@selected]")
        for line in page.tree.iter("tr")
        if line.find(".//select") is not None
    }
    assert {head: option.get("value") if option is not None else "" for head, option in chosen.items()} == {
        "Lp.": "", "Gmina": "municipality", "TERYT": "code", "Kiedy": "day", "Sposób kontaktu": "", "Ile trwało": "",
        "O czym rozmawiano": "", "Tel. do gminy": "",
    }  # fmt: skip

    fields = name(page, Sposób_kontaktu="channel", Ile_trwało="minutes", O_czym_rozmawiano="topics")
    checked = page.submit("Check the rows", **fields)

    assert problems(checked) == [
        "D8 Day: “31.02.2025” cannot be read.",
        "E9 Channel: “gołąb” is not on the list.",
        "B9 Municipality: No municipality is called “Wolaa”.",
        "A10 This looks like a row of totals. It is left out.",
        "These columns are not read: Lp., Tel. do gminy.",
    ]
    assert figures(checked) == {
        "To correct": 3,
        "New rows": 3,
        "Changed rows": 0,
        "Unchanged rows": 0,
        "Not in the file": 0,
    }
    assert "taken over from earlier records" in checked.text
    (upload_kept,) = db.session.scalars(select(RecordImport)).all()
    assert upload_kept.file_id is None, "a column nobody reads holds telephone numbers"
    assert "123 45 67" not in str(upload_kept.rows) + str(upload_kept.findings) + str(upload_kept.grid)

    checked.submit("Apply the rest")

    entered = db.session.scalars(select(Consultation).order_by(Consultation.actual_start)).all()
    assert [
        (one.municipality.name, one.channel, day_of(one), one.actual_minutes, one.topics, one.status, one.taken_over)
        for one in entered
    ] == [
        ("Dobra", Channel.PHONE, date(2025, 3, 12), 90, ["Diagnoza potrzeb"], ConsultationStatus.CONFIRMED, True),
        ("Dobra", Channel.ONLINE, date(2025, 4, 2), 45, ["Plan"], ConsultationStatus.CONFIRMED, True),
        ("Wola", Channel.PHONE, date(2025, 5, 3), 90, [], ConsultationStatus.CONFIRMED, True),
    ]  # fmt: skip
    assert balances_of([dobra.municipality_id]) == {(dobra.municipality_id, Pot.REMOTE): Balance(480, 135)}
    shown = office.open(f"/partnerships/{dobra.id}/earlier-records")
    assert shown.text.count("taken over from earlier records") == 2
    assert "2 h 15 min of 8 h used" in shown.text


def test_the_naming_is_remembered_for_the_next_workbook_with_these_headings(make, office, dobra, wola):
    page = bring(office, saved(messy()), "consultations")
    page.submit(
        "Check the rows",
        **name(page, Sposób_kontaktu="channel", Ile_trwało="minutes", O_czym_rozmawiano="topics"),
    ).submit("Apply the rest")

    again = bring(office, saved(messy()), "consultations")

    assert figures(again) == {
        "To correct": 3,
        "New rows": 0,
        "Changed rows": 0,
        "Unchanged rows": 3,
        "Not in the file": 0,
    }
    assert db.session.scalar(select(func.count()).select_from(ColumnMapping)) == 1


def test_libreoffice_and_excel_files_of_the_same_content_say_the_same(make, office, dobra, wola, tmp_path):
    path = tmp_path / "rejestr.xlsx"
    path.write_bytes(saved(messy()))
    data = saved_by_libreoffice(path, tmp_path)
    if data is None:
        pytest.skip("LibreOffice is not installed here")
    page = bring(office, data, "consultations")

    checked = page.submit("Check the rows", **name(page, Sposób_kontaktu="channel", Ile_trwało="minutes"))

    assert figures(checked)["New rows"] == 3
    assert [found for found in problems(checked) if "read." in found or "list." in found] == [
        "D8 Day: “31.02.2025” cannot be read.",
        "E9 Channel: “gołąb” is not on the list.",
    ]


def test_another_sheet_and_another_row_of_headings_can_be_chosen(make, office, dobra):
    book = messy()
    other = book.create_sheet("Rok 2024")
    for row in (("Gmina", "Dnia", "Forma", "Czas"), ("Dobra", "01.02.2024", "telefon", "1")):
        other.append(row)
    page = bring(office, saved(book), "consultations")

    page = office.open(page.url, sheet="Rok 2024", header="1")
    checked = page.submit("Check the rows", **name(page, Dnia="day"))

    assert (problems(checked), figures(checked)["New rows"]) == ([], 1)


def test_two_columns_cannot_mean_the_same(make, office, dobra):
    page = bring(
        office,
        workbook(("Gmina", "Data", "Kiedyś", "Forma", "Czas"), ("Dobra", "1.2.2025", "x", "telefon", "1")),
        "consultations",
    )

    refused = page.submit("Check the rows", expect=422, **name(page, Kiedyś="day"))

    told = "Two columns have the same meaning. Choose each meaning once."
    assert told in refused.text
    assert refused.links[told] == "#column_3"
    assert refused.tree.get_element_by_id("column_3").get("aria-invalid") == "true"


def test_the_list_of_files_counts_what_was_found_once_a_file_is_applied(make, office, dobra):
    def counted() -> list[str]:
        page = office.open("/office/files")
        return [cell.text_content().strip() for cell in page.tree.xpath("//td[@data-label='Findings']")]

    rows = (("Gmina", "Data", "Liczba osób"), ("Dobra", "1.02.2025", 4), ("Wola", "1.02.2025", 4))
    page = bring(office, workbook(*rows), "meetings")
    assert counted() == ["–"]

    page.submit("Apply the rest")

    assert counted() == ["1"]


def test_days_with_the_month_first_and_bare_minutes_are_read_as_was_said(make, office, dobra):
    page = bring(
        office,
        workbook(("Gmina", "Data", "Forma", "Czas", "X"), ("Dobra", "03/04/2025", "telefon", 90, 1)),
        "consultations",
    )

    page.submit("Check the rows", day_order="mdy", unit="minutes").submit("Apply the file")

    (one,) = db.session.scalars(select(Consultation)).all()
    assert (day_of(one), one.actual_minutes) == (date(2025, 3, 4), 90)


def test_what_no_column_says_can_be_said_for_all_rows(make, office, dobra):
    page = bring(
        office, workbook(("Gmina", "Data", "Czas", "X"), ("Dobra", "03.04.2025", "1:30", 1)), "consultations"
    )

    page.submit("Check the rows", default_channel="online").submit("Apply the file")

    assert db.session.scalars(select(Consultation.channel)).all() == [Channel.ONLINE]


def test_a_needed_column_that_is_not_named_is_told_where_it_can_be_named(make, office, dobra):
    page = bring(office, workbook(("Gmina", "Data", "X"), ("Dobra", "03.04.2025", 1)), "consultations")

    refused = page.submit("Check the rows", expect=422)

    assert "Still to be named: Channel, Length. Choose the column that holds it." in refused.text
    checked = refused.submit("Check the rows", default_channel="online", **name(refused, X="minutes"))
    assert (problems(checked), figures(checked)["New rows"]) == ([], 1)


def test_a_wrong_naming_is_put_right_and_only_the_applied_one_is_remembered(make, office, dobra):
    data = workbook(
        ("Nazwa jst", "Zużyte godz.", "Rodzaj", "Uwaga"), ("Dobra", "1:30", "zdalne", "zdalne"),
    )  # fmt: skip
    page = bring(office, data, "hours")
    refused = page.submit("Check the rows", expect=422)
    assert "Still to be named: Pot, Hours used." in refused.text

    wrong = refused.submit(
        "Check the rows", **name(refused, **{"Rodzaj": "", "Zużyte_godz.": "minutes", "Uwaga": "pot"})
    )
    assert "Still to be named" not in wrong.text
    assert db.session.scalar(select(func.count()).select_from(ColumnMapping)) == 0
    assert bring(office, data, "hours").title.startswith("Which column is what?")

    again = office.open(wrong.links["Name the columns again"])
    right = again.submit("Check the rows", **name(again, Rodzaj="pot", Uwaga=""))
    right.submit("Apply the file")

    assert balances_of([dobra.municipality_id]) == {(dobra.municipality_id, Pot.REMOTE): Balance(480, 90)}
    (known,) = db.session.scalars(select(ColumnMapping)).all()
    assert known.mapping["columns"] == [[1, "municipality"], [2, "minutes"], [3, "pot"]]
    assert figures(bring(office, data, "hours"))["Unchanged rows"] == 1


def test_naming_again_keeps_nothing_personal_that_no_column_may_hold(make, office, dobra, wola):
    page = bring(office, saved(messy()), "consultations")
    columns = name(page, Sposób_kontaktu="channel", Ile_trwało="minutes")
    checked = page.submit("Check the rows", **columns)

    again = office.open(checked.links["Name the columns again"])

    assert "123 45 67" not in again.text
    once_more = again.submit("Check the rows", **name(again, O_czym_rozmawiano="topics"))
    assert figures(once_more)["New rows"] == 3
    once_more.submit("Put aside")
    (upload_kept,) = db.session.scalars(select(RecordImport)).all()
    assert (upload_kept.grid, upload_kept.rows) == (None, None)


def test_bare_numbers_of_time_are_asked_about_though_every_heading_is_known(make, office, dobra):
    data = workbook(("Gmina", "Data", "Czas trwania"), ("Dobra", "03.04.2025", 240))
    page = bring(office, data, "visits")
    assert page.title.startswith("Which column is what?")

    checked = page.submit("Check the rows", unit="minutes")
    checked.submit("Apply the file")

    assert db.session.scalars(select(Consultation.actual_minutes)).all() == [240]
    later = workbook(("Gmina", "Data", "Czas trwania"), ("Dobra", "04.05.2025", 200))
    bring(office, later, "visits").submit("Apply the file")  # remembered: asked once
    assert db.session.scalars(select(Consultation.actual_minutes).order_by(Consultation.id)).all() == [
        240,
        200,
    ]


def test_a_heading_that_says_the_unit_is_believed_and_can_be_corrected(make, office, dobra):
    data = workbook(("Gmina", "Data", "Liczba godzin"), ("Dobra", "03.04.2025", 2))
    checked = bring(office, data, "visits")
    assert figures(checked)["New rows"] == 1

    again = office.open(checked.links["Name the columns again"])
    again.submit("Check the rows", unit="minutes").submit("Apply the file")

    assert db.session.scalars(select(Consultation.actual_minutes)).all() == [2]


def test_everything_wrong_with_a_row_is_told_in_one_round(make, office, dobra):
    data = workbook(
        ("Gmina", "Data", "Czas trwania", "Animator"),
        ("Dobra", "01.02.2030", "długo", "Nikt Taki"),
        ("Dobraa", "03.04.2025", None, None),
    )

    checked = bring(office, data, "visits")

    assert problems(checked) == [
        "C2 Length: “długo” cannot be read.",
        "C3 Length: The cell is empty.",
        "A3 Municipality: No municipality is called “Dobraa”.",
        "B2 Day: The day lies in the future.",
        "D2 Animator: name: No animator has this name or address.",
    ]
    assert figures(checked)["New rows"] == 0


def test_a_file_nobody_went_on_with_is_not_kept(make, office, dobra, app, clock):
    data = workbook(("Kto", "Gmina", "Data"), ("x", "Dobra", "1.02.2025"))
    page = bring(office, data, "consultations")
    other = bring(office, data, "consultations")
    named = other.submit("Check the rows", default_channel="online", **name(other, Kto="minutes"))
    first = db.session.scalars(select(RecordImport).order_by(RecordImport.id)).first()
    assert (first.file is not None, first.grid is not None) == (True, True)

    clock.tick(days=15)
    db.session.commit()
    jobs.run_once(app, app.extensions["gromada_jobs"]["intake.forget"])

    db.session.rollback()
    kept = db.session.scalars(select(RecordImport).order_by(RecordImport.id)).all()
    assert [(one.status, one.grid, one.rows) for one in kept] == [(ImportState.DISCARDED, None, None)] * 2
    assert kept[0].file_id is None
    for one in (page, named):
        assert one.url
