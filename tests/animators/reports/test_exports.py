"""The ledger as the accounts take it: every entry with its confirmation, sums that the spreadsheet works out, and both right."""

import csv
import re
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select

from animators.consultations.models import Consultation
from animators.hours.models import BudgetAdjustment, LedgerEntry
from core.audit import AuditEvent
from core.database import db
from core.workbooks.limits import Limits
from core.workbooks.reader import read_workbook
from tests.animators.reports.world import World
from tests.support.spreadsheets import saved_by_libreoffice
from tests.visit import Visits

Sheets = dict[str, list[dict[str, Any]]]


def sheets_of(data: bytes) -> Sheets:
    """Each sheet as rows by their headings, read by the reader of uploads."""
    return {sheet.name: list(_rows(sheet)) for sheet in read_workbook(data, limits=Limits()).sheets}


def _rows(sheet):
    head, *rows = [row for row in sheet.rows if row.cells]
    for row in rows:
        yield {str(head.value(column)): row.value(column) for column in head.cells if column in row.cells}


def taken_out(visit: Visits, world: World, asked: str = "", ending: str = "xlsx") -> bytes:
    return visit(as_=world.office).open(f"/office/hours/ledger.{ending}?{asked}").data


def test_every_entry_is_in_the_ledger_with_what_is_known_of_it(visit, world: World):
    ledger = sheets_of(taken_out(visit, world))["Ledger"]
    entries = [row for row in ledger if "Entry number" in row]
    ids = sorted(db.session.scalars(select(LedgerEntry.id)))

    assert sorted(int(row["Entry number"]) for row in entries) == ids
    assert sum(int(row["Number of minutes"]) for row in entries) == db.session.scalar(
        select(func.sum(LedgerEntry.minutes))
    )
    night, corrected = [row for row in entries if row["Day"] in (date(2026, 3, 29), date(2026, 4, 15))][:2]
    assert night == {
        "Entry number": Decimal(2), "Day": date(2026, 3, 29), "Territorial code": "1601012", "Municipality": "Brody",
        "Type": "rural municipality", "County": "opolski", "Voivodeship": "opolskie", "Animator": "Ewa Doradna",
        "Pot number": Decimal(2), "Pot": "Remote advice", "Kind of entry": "Consultation", "Channel": "Phone",
        "Number of minutes": Decimal(120), "In the pot or over it": "in the pot", "Used of the pot after it": Decimal(120),
        "Status": "Confirmed", "Confirmed by": "By itself, nobody disputed it in time",
        "Confirmed on": datetime(2026, 4, 5, 12, 0),
        "Taken over": "no", "Consultation number": Decimal(2),
    }  # fmt: skip
    assert {key: corrected[key] for key in ("Day", "Kind of entry", "Number of minutes", "Corrects entry", "Used of the pot after it")} == {
        "Day": date(2026, 4, 15), "Kind of entry": "Correction", "Number of minutes": Decimal(-30), "Corrects entry": Decimal(2),
        "Used of the pot after it": Decimal(135),
    }  # fmt: skip


def test_minutes_over_the_pot_stand_apart_and_are_part_of_no_balance(visit, world: World):
    ledger = sheets_of(taken_out(visit, world))["Ledger"]

    assert [
        (row["Municipality"], int(row["Number of minutes"]), row["In the pot or over it"], row["Day"])
        for row in ledger
        if "Entry number" not in row
    ] == [
        ("Łąki", 20, "over the pot, waits", date(2026, 2, 10)),
        ("Łąki", 60, "over the pot, refused", date(2026, 3, 5)),
    ]


def test_the_running_balance_counts_earlier_entries_that_are_not_selected(visit, world: World):
    ledger = sheets_of(taken_out(visit, world, "since=2026-03&until=2026-03"))["Ledger"]

    assert [
        (row["Municipality"], int(row["Number of minutes"]), int(row.get("Used of the pot after it", 0)))
        for row in ledger
    ] == [("Brody", 250, 250), ("Brody", 120, 120), ("Łąki", 30, 510), ("Łąki", 60, 0), ("Żary", 50, 50)]


def test_balances_and_sums_fit_the_database(visit, world: World):
    sheets = sheets_of(taken_out(visit, world))

    assert [
        (row["Municipality"], row["Pot"], *(int(row[name]) for name in ("Granted", "Used", "Free")))
        for row in sheets["Balances"]
    ] == [
        ("Brody", "Visits", 480, 250, 230), ("Brody", "Remote advice", 480, 135, 345),
        ("Łąki", "Visits", 480, 0, 480), ("Łąki", "Remote advice", 510, 510, 0),
        ("Żary", "Visits", 460, 0, 460), ("Żary", "Remote advice", 500, 500, 0),
    ]  # fmt: skip
    assert {row["Difference (must be 0)"] for row in sheets["Balances"] + sheets["Sums"]} == {Decimal(0)}
    assert {row["What"]: int(row["Minutes, by formula"]) for row in sheets["Sums"]} == {
        "Taken from the pots: visits": 250, "Taken from the pots: remote advice": 1145, "Over the pot: waits": 20,
        "Over the pot: refused": 60, "Free: visits": 1170, "Free: remote advice": 345,
    }  # fmt: skip


def test_exceptions_stand_with_their_decisions(visit, world: World):
    rows = sheets_of(taken_out(visit, world))["Exceptions"]

    assert [
        (row["Municipality"], row["Pot"], int(row["Number of minutes"]), row["Decision"], row.get("Note of the office"), row["Part of the pot"])
        for row in rows
    ] == [
        ("Łąki", "Remote advice", 20, "Waits for the office", None, "no"),
        ("Łąki", "Remote advice", 60, "Not granted", "Next year", "no"),
        ("Łąki", "Remote advice", 30, "Granted", "=SUM(A1)", "yes"),
        ("Żary", "Visits", -20, "Moved from the other pot", None, "yes"),
        ("Żary", "Remote advice", 20, "Moved from the other pot", "From the visits", "yes"),
    ]  # fmt: skip
    assert len(rows) == db.session.scalar(select(func.count(BudgetAdjustment.id)))


def formulas(data: bytes) -> dict[str, list[str]]:
    with ZipFile(BytesIO(data)) as archive:
        return {
            name[-10:-4]: re.findall(r"<f>(.*?)</f>", archive.read(name).decode())
            for name in archive.namelist()
            if "sheets/" in name
        }


def test_formulas_are_ours_alone(visit, world: World):
    """What people typed is never one, whatever it begins with."""
    world.brody.name = "=HYPERLINK(1)"
    world.ewa.name = "+48 600"
    db.session.commit()

    found = formulas(taken_out(visit, world))

    assert (found["sheet1"], found["sheet3"]) == ([], [])
    assert found["sheet2"][:3] == [
        "G2-H2",
        "SUMIFS('Ledger'!$M$2:$M$14,'Ledger'!$I$2:$I$14,E2,'Ledger'!$N$2:$N$14,\"in the pot\")",
        "J2-K2",
    ]
    assert found["sheet4"][0] == (
        "SUMIFS('Ledger'!$M$2:$M$14,'Ledger'!$J$2:$J$14,\"Visits\",'Ledger'!$N$2:$N$14,\"in the pot\")"
    )
    line = next(
        csv.DictReader(StringIO(taken_out(visit, world, ending="csv").decode("utf-8-sig")), delimiter=";")
    )
    assert (line["Municipality"], line["Animator"]) == ("'=HYPERLINK(1)", "'+48 600")


@pytest.mark.parametrize("asked", ["", "since=2026-02&until=2026-03&pot=remote", "voivodeship=999"])
@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_spreadsheet_works_out_the_same(visit, world: World, tmp_path: Path, asked: str, language: str):
    """What the file says comes out of its formulas is what LibreOffice makes of them anew."""
    world.office.language = language
    db.session.commit()
    data = taken_out(visit, world, asked)
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(_without_values(data))

    saved = saved_by_libreoffice(path, tmp_path)

    if saved is None:
        pytest.skip("no LibreOffice on this machine")
    assert sheets_of(saved) == sheets_of(data)


def _without_values(data: bytes) -> bytes:
    """The same workbook in which every formula still has to be worked out."""
    target = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(target, "w") as copy:
        for name in source.namelist():
            copy.writestr(name, re.sub(rb"</f><v>[^<]*</v>", b"</f>", source.read(name)))
    return target.getvalue()


@pytest.mark.parametrize("asked", ["", "since=2026-03&until=2026-04", "animator=EWA&pot=remote"])
def test_the_csv_holds_the_same_rows_as_the_workbook(visit, world: World, asked: str):
    asked = asked.replace("EWA", str(world.ewa.id))
    ledger = sheets_of(taken_out(visit, world, asked))["Ledger"]
    data = taken_out(visit, world, asked, "csv")
    rows = list(csv.DictReader(StringIO(data.decode("utf-8-sig")), delimiter=";"))

    assert data.startswith(b"\xef\xbb\xbfEntry number;Day;")
    assert [(row["Entry number"], row["Municipality"], row["Number of minutes"]) for row in rows] == [
        (str(row.get("Entry number", "")), row["Municipality"], str(row["Number of minutes"]))
        for row in ledger
    ]
    assert len(rows) >= 3


def test_polish_readers_get_polish_headings_and_names_that_survive(visit, world: World):
    world.office.language = "pl"
    world.laki.name = "Żółta Gęś"
    db.session.commit()
    visitor = visit(as_=world.office)

    answer = visitor.open("/office/hours/ledger.xlsx").response
    sheet = next(iter(read_workbook(answer.get_data(), limits=Limits()).sheets))

    assert "Żółta Gęś" in {value for row in sheet.rows for value in row.cells.values()}
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")


def test_taking_it_out_is_remembered_with_what_was_selected(visit, world: World):
    taken_out(visit, world, "since=2026-03&pot=remote&page=2")

    event = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "hours.ledger_exported")).one()
    assert (event.actor_id, event.data) == (
        world.office.id, {"form": "xlsx", "rows": 7, "selection": "pot=remote since=2026-03"},
    )  # fmt: skip


def test_reading_changes_nothing(visit, world: World):
    before = (
        db.session.scalar(select(func.count(Consultation.id))),
        db.session.scalar(select(func.max(LedgerEntry.id))),
    )

    for address in ("", "/municipalities", "/animators", "/entries", "/ledger.csv"):
        visit(as_=world.office).open(f"/office/hours{address}")

    after = (
        db.session.scalar(select(func.count(Consultation.id))),
        db.session.scalar(select(func.max(LedgerEntry.id))),
    )
    assert after == before
