"""What the office asked for and need not wait for: a file that is ready, one that is no longer kept, one that failed."""

import zipfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from core import clock, mail
from core.database import db
from core.long_work import LongState, LongWork, Result, ask, results
from demo.seats import Seat
from dossier.archive import put_in
from dossier.collecting import file_of
from dossier.many import WHOLE_FILES, ZIP

REFERENCE = "5f0c2a91"


def ask_for_long_work(seats: Sequence[Seat]) -> None:
    with mail.nobody_told():
        _no_longer_kept(seats)
        _failed(seats)
        _ready(seats[-1])


def _asked(kind: str, seat: Seat, ago: timedelta, *, total: int, **parameters: Any) -> LongWork:
    with clock.at(clock.now() - ago):
        work = ask(kind, about=f"demo:{kind}:{ago}", actor=seat.office, total=total, **parameters)
    work.started_at, work.attempts = work.created_at, 1
    work.finished_at = work.created_at + timedelta(minutes=3)
    return work


def _no_longer_kept(seats: Sequence[Seat]) -> None:
    ids = sorted(seat.partnership.id for seat in seats)
    work = _asked(WHOLE_FILES, seats[0], timedelta(days=20), total=len(ids), partnerships=ids)
    work.state, work.done = LongState.DONE, len(ids)
    work.result_name, work.result_type = "gromada-teczki.zip", ZIP


def _failed(seats: Sequence[Seat]) -> None:
    work = _asked("archive.whole", seats[0], timedelta(days=2), total=412, with_partnerships=True)
    work.state, work.done, work.attempts, work.reference = LongState.FAILED, 118, 3, REFERENCE


def _ready(seat: Seat) -> None:
    """Of one partnership, so that a demonstration is loaded soon."""
    work = _asked(WHOLE_FILES, seat, timedelta(minutes=20), total=1, partnerships=[seat.partnership.id])
    db.session.flush()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "files.zip"
        with zipfile.ZipFile(path, "w") as archive:
            put_in(archive, file_of(seat.partnership, seat.office), folder=seat.code)
        results.take_in(work, Result(path, "gromada-teczki.zip", ZIP))
    work.state, work.done, work.result_until = LongState.DONE, 1, clock.now() + results.KEPT
