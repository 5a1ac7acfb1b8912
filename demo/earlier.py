"""What the office kept before: one of its own workbooks, named once and taken over, so that the naming is remembered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.database import db
from core.sheets import Column, Sheet
from core.workbooks.kinds import Day, Text
from demo.calendar import Calendar
from demo.seats import Seat
from intake import services
from intake.models import RecordKind
from intake.naming import Naming
from intake.targets.base import Outcome

MUNICIPALITIES = 6
CALLS = (
    (52, "telefon", "1:00", "Jak zacząć partnerstwo"),
    (31, "Teams", "0:45", "Kto może prowadzić szkolenia"),
)
"""Days before the programme began, how, how long, about what."""


@dataclass(frozen=True)
class Call:
    gmina: str
    teryt: str
    kiedy: date
    jak: str
    ile: str
    temat: str


WORKBOOK = Sheet(
    Call,
    {
        "gmina": Column("Gmina", Text(120)),
        "teryt": Column("Nr TERYT", Text(7)),
        "kiedy": Column("Dnia", Day()),
        "jak": Column("Sposób kontaktu", Text(40)),
        "ile": Column("Ile trwało", Text(20)),
        "temat": Column("O czym", Text(200)),
    },
    name="Konsultacje",
)
NAMED = {1: "municipality", 2: "code", 3: "day", 4: "channel", 5: "minutes", 6: "topics"}


def take_over_earlier_records(seats: Sequence[Seat], calendar: Calendar) -> None:
    seat = seats[0]
    calls = [
        Call(one.municipality.name, one.code, calendar.first_day - timedelta(days=days), how, length, topic)
        for one in seats[:MUNICIPALITIES]
        for days, how, length, topic in CALLS
    ]
    file = services.SentFile("konsultacje-pilotaz.xlsx", WORKBOOK.workbook(calls))
    with seat.at(1):
        upload = services.receive(
            RecordKind.CONSULTATIONS, file, services.read_file(file), partnership=None, actor=seat.office
        )
        db.session.flush()
        services.name_columns(upload, Naming("Konsultacje", 1, NAMED), actor=seat.office)
        outcome: Outcome = services.compared(upload, actor=seat.office)
        services.apply_import(upload, seen=outcome.fingerprint, actor=seat.office)
