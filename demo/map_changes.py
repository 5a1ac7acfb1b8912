"""Changes of municipalities: one that happened, and one that somebody has entered and nobody has applied.

Ryńsk was called Wąbrzeźno, as the town beside it, until the end of 2019. That Wierzchowo merges with Czaplinek is
invented, as everything that happens in the demonstration.
"""

from collections.abc import Sequence
from datetime import date

from core.database import db
from core.text import slug, sort_key
from demo.seats import Seat
from municipalities.services.changing import Part, apply_change, draft_change
from municipalities.workflow import ChangeKind

RENAMED, OLD_NAME, RENAMED_ON = "0417052", "Wąbrzeźno", date(2020, 1, 1)
ENDS, GOES_ON = "3203052", "3203013"


def rename_one(seats: Sequence[Seat]) -> None:
    """Before its partnership is founded: everything in the demonstration happened under the new name."""
    seat = next(seat for seat in seats if seat.code == RENAMED)
    municipality, new_name = seat.municipality, seat.municipality.name
    municipality.name, municipality.slug = OLD_NAME, slug(OLD_NAME)
    municipality.sort_key = sort_key(OLD_NAME)
    for row in municipality.names:
        row.name, row.slug = OLD_NAME, slug(OLD_NAME)
    with seat.at(seat.entered):
        change = draft_change(
            ChangeKind.RENAME,
            effective_on=RENAMED_ON,
            legal_basis="Rozporządzenie Rady Ministrów (dane przykładowe)",
            sources=[Part(municipality, new_name=new_name)],
            actor=seat.office,
        )
        apply_change(change, actor=seat.office)


def propose_a_merger(seats: Sequence[Seat]) -> None:
    """From the next year on: until then it waits, with a preview of all it touches."""
    ends, goes_on = (next(seat for seat in seats if seat.code == code) for code in (ENDS, GOES_ON))
    calendar = ends.calendar
    with ends.at(2):
        draft_change(
            ChangeKind.MERGE,
            effective_on=date(calendar.now.year + 1, 1, 1),
            legal_basis="Wniosek obu rad gmin (dane przykładowe)",
            sources=[Part(ends.municipality)],
            targets=[Part(goes_on.municipality)],
            actor=ends.office,
        )
        db.session.flush()
