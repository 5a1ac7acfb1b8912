"""The board of the twelve as the office reads it, cell by cell, and both of its files, value by value."""

import csv
from datetime import date, datetime
from io import BytesIO, StringIO

from openpyxl import load_workbook
from sqlalchemy import select

from core.database import db
from municipalities.models import Municipality
from tests.make import Make
from tests.support.forms import spoken
from tests.visit import Visits

EVERYTHING = "&".join(
    f"column={one}"
    for one in (
        "tasks", "voivodeship", "population", "leader", "animator", "stage", "since", "hours", "contact",
    )
)  # fmt: skip
OPOLSKI, ZARSKI, ELBLASKI = "opolski county", "żarski county", "elbląski county"

BOARD = [
    (
        "Anielin rural municipality, opolski county", "done done done done done done done", "7 of 7", "opolskie", "4,812",
        "Anna Wilk", "Ewa Bąk", "Draft an earlier version is public", "20 Jan 2027 21 days", "7 h 25 min", "2 Dec 2026",
    ),
    (
        "Borki rural municipality, opolski county", "todo todo todo todo todo todo todo", "0 of 7", "opolskie", "–",
        "No leader", "–", "No plan yet", "10 Feb 2027 today", "16 h", "none yet",
    ),
    (
        "Czarne urban-rural municipality, żarski county", "done current current todo todo todo todo", "1 of 7", "lubuskie", "12,600",
        "No leader", "Ewa Bąk", "In review", "4 Jan 2027 37 days", "16 h", "31 Dec 2026",
    ),
    (
        "Dobre rural municipality, żarski county", "done done current todo waived todo waived", "4 of 7", "lubuskie", "9,999",
        "Danuta Nowak", "Jan Łoś", "Submitted", "5 Feb 2027 5 days", "16 h", "5 Feb 2027",
    ),
    (
        "Elbląg urban municipality, elbląski county", "current todo current todo todo todo todo", "0 of 7", "warmińsko-mazurskie",
        "114,000", "Edward Żak", "–", "Returned for changes", "2 Oct 2026 131 days", "15 h 20 min", "28 Sep 2026",
    ),
    (
        "Frysztak rural municipality, opolski county", "done todo done todo todo todo todo", "2 of 7", "opolskie", "10,000",
        "No leader", "–", "No plan yet published before this system", "12 Jan 2026 394 days", "16 h", "none yet",
    ),
    (
        "Gać rural municipality, żarski county", "done todo current todo current current todo", "1 of 7", "lubuskie", "4,999",
        "Grażyna Ćwik", "Jan Łoś", "Approved", "20 Jan 2027 21 days", "15 h", "11 Jan 2027",
    ),
    (
        "Hrubieszów urban municipality, elbląski county", "done todo current todo current todo done", "2 of 7",
        "warmińsko-mazurskie", "17,000", "Helena Sroka", "Jan Łoś", "Draft", "3 Nov 2026 99 days", "16 h", "8 Feb 2027",
    ),
    (
        "Izbica urban-rural municipality, elbląski county", "done todo current todo todo todo current", "1 of 7",
        "warmińsko-mazurskie", "8,100", "Iga Pająk", "Jan Łoś", "Approved", "1 Feb 2027 9 days", "16 h", "25 Jan 2027",
    ),
    (
        "Janów urban-rural municipality, opolski county", "done current todo current todo todo todo", "1 of 7", "opolskie", "20,000",
        "Jerzy Lis", "Ewa Bąk", "No plan yet", "12 Jan 2026 394 days", "16 h", "none yet",
    ),
    (
        "Kazanów rural municipality, żarski county", "done todo done current current todo todo", "2 of 7", "lubuskie", "5,000",
        "Kamil Wróbel", "Ewa Bąk", "Published", "8 Jan 2027 33 days", "16 h", "21 Dec 2026",
    ),
]  # fmt: skip
"""Municipality, the seven marks, how many are settled, region, inhabitants, leader, animator, stage, since, hours, contact.

Anielin: 960 minutes less 480 of visits (ten more wait for the office) and 35. Elbląg: an hour was granted, 100 minutes used,
thirty more wait. Gać: what was void was given back, what is logged and disputed counts: 60. Hrubieszów: the visit on Monday is
a contact though nobody has told of it yet. Dobre: the cover stands there for the one on leave.
"""

HEAD = [
    "Code", "Municipality", "Type", "County",
    "Establish the partnership", "Hold partnership meetings, including the initiating one",
    "Write the general part with recommendations", "Write the detailed part: yearly plans",
    "Hold the first and second consultation visit", "Use remote advice", "Take part in the webinars",
    "Tasks settled", "Voivodeship", "Inhabitants", "Leader", "Animator", "Stage of the plan", "Waiting since", "Days",
    "Minutes left", "Last contact",
]  # fmt: skip
D, P, N, W = "Done", "In progress", "Not started", "Waived"
RURAL, URBAN, MIXED = "rural municipality", "urban municipality", "urban-rural municipality"
NOBODY = None
FILE = [
    ("Anielin", RURAL, "opolski", D, D, D, D, D, D, D, 7, "opolskie", 4812, "Anna Wilk", "Ewa Bąk", "Draft",
     datetime(2027, 1, 20, 9), 21, 445, date(2026, 12, 2)),
    ("Borki", RURAL, "opolski", N, N, N, N, N, N, N, 0, "opolskie", None, NOBODY, NOBODY, "No plan yet",
     datetime(2027, 2, 10, 12), 0, 960, None),
    ("Czarne", MIXED, "żarski", D, P, P, N, N, N, N, 1, "lubuskie", 12600, NOBODY, "Ewa Bąk", "In review",
     datetime(2027, 1, 4, 9), 37, 960, date(2026, 12, 31)),
    ("Dobre", RURAL, "żarski", D, D, P, N, W, N, W, 4, "lubuskie", 9999, "Danuta Nowak", "Jan Łoś", "Submitted",
     datetime(2027, 2, 5, 9), 5, 960, date(2027, 2, 5)),
    ("Elbląg", URBAN, "elbląski", P, N, P, N, N, N, N, 0, "warmińsko-mazurskie", 114000, "Edward Żak", NOBODY, "Returned for changes",
     datetime(2026, 10, 2, 10), 131, 920, date(2026, 9, 28)),
    ("Frysztak", RURAL, "opolski", D, N, D, N, N, N, N, 2, "opolskie", 10000, NOBODY, NOBODY, "No plan yet",
     datetime(2026, 1, 12, 10), 394, 960, None),
    ("Gać", RURAL, "żarski", D, N, P, N, P, P, N, 1, "lubuskie", 4999, "Grażyna Ćwik", "Jan Łoś", "Approved",
     datetime(2027, 1, 20, 9), 21, 900, date(2027, 1, 11)),
    ("Hrubieszów", URBAN, "elbląski", D, N, P, N, P, N, D, 2, "warmińsko-mazurskie", 17000, "Helena Sroka", "Jan Łoś", "Draft",
     datetime(2026, 11, 3, 9), 99, 960, date(2027, 2, 8)),
    ("Izbica", MIXED, "elbląski", D, N, P, N, N, N, P, 1, "warmińsko-mazurskie", 8100, "Iga Pająk", "Jan Łoś", "Approved",
     datetime(2027, 2, 1, 9), 9, 960, date(2027, 1, 25)),
    ("Janów", MIXED, "opolski", D, P, N, P, N, N, N, 1, "opolskie", 20000, "Jerzy Lis", "Ewa Bąk", "No plan yet",
     datetime(2026, 1, 12, 10), 394, 960, None),
    ("Kazanów", RURAL, "żarski", D, N, D, P, P, N, N, 2, "lubuskie", 5000, "Kamil Wróbel", "Ewa Bąk", "Published",
     datetime(2027, 1, 8, 9), 33, 960, date(2026, 12, 21)),
]  # fmt: skip


def test_the_board_as_a_person_reads_it(visit: Visits, make: Make, twelve):
    page = visit(as_=make.office()).open(f"/office/board?{EVERYTHING}")

    assert [spoken(cell) for cell in page.tree.xpath("//table[contains(@class, 'board')]/thead//th")][1:] == [
        "Municipality", "Tasks", "Voivodeship", "Inhabitants", "Leader", "Animator", "Stage of the plan", "Waiting since",
        "Hours left", "Last contact",
    ]  # fmt: skip
    rows = page.tree.xpath("//table[contains(@class, 'board')]/tbody/tr")
    read = []
    for row in rows:
        place, tasks, *others = row.xpath("./*")[1:]
        marks = " ".join(mark.get("data-state") for mark in tasks.xpath(".//i"))
        settled = tasks.xpath(".//*[@class='marks-count']")[0].text_content()
        read.append((spoken(place), marks, settled, *(spoken(cell) for cell in others)))
    assert read == BOARD


def test_the_workbook_of_the_board(visit: Visits, make: Make, twelve):
    data = visit(as_=make.office()).open(f"/office/board.xlsx?{EVERYTHING}").data
    sheet = load_workbook(BytesIO(data)).worksheets[0]

    head, *rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert head == HEAD
    assert [row[0] for row in rows] == [code_of(name) for name, *_rest in FILE]
    assert [tuple(_day(value) for value in row[1:]) for row in rows] == FILE


def _day(value: object) -> object:
    """A cell with a day alone comes back as its midnight."""
    if isinstance(value, datetime) and value.hour == 0:
        return value.date()
    return value


def test_the_csv_of_the_board(visit: Visits, make: Make, twelve):
    data = visit(as_=make.office()).open(f"/office/board.csv?{EVERYTHING}").data
    head, *rows = list(csv.reader(StringIO(data.decode("utf-8-sig")), delimiter=";"))

    assert head == HEAD
    assert [row[0] for row in rows] == [code_of(name) for name, *_rest in FILE]
    assert [tuple(row[1:]) for row in rows] == [tuple(_written(value) for value in row) for row in FILE]


def code_of(name: str) -> str:
    return db.session.scalars(select(Municipality.code).where(Municipality.name == name)).one()


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)


def test_what_narrows_the_board_leaves_the_ones_meant(visit: Visits, make: Make, twelve):
    """By the same facts: who is without a leader, silent since the turn of the year, short of hours, let off a task."""
    visitor = visit(as_=make.office())

    def names(asked: str) -> list[str]:
        page = visitor.open(f"/office/board?{asked}")
        return [link.text_content() for link in page.tree.xpath("//table//tbody//th/a")]

    assert names("leader=none") == ["Borki", "Czarne", "Frysztak"]
    assert names("no_contact=50") == ["Anielin", "Borki", "Elbląg", "Frysztak", "Janów", "Kazanów"]
    assert names("no_contact=51") == ["Anielin", "Borki", "Elbląg", "Frysztak", "Janów"]
    assert names("hours_below=16&sort=hours") == ["Anielin", "Gać", "Elbląg"]
    assert names("task=T5_VISITS&task_state=waived") == ["Dobre"]
    assert names("waiting=36&stage=in_review") == ["Czarne"]
    assert names("waiting=37&stage=in_review") == []
    assert names("size=under_5") == ["Anielin", "Gać"]
    assert names("q=los") == []
    assert names("q=cwik") == ["Gać"]
