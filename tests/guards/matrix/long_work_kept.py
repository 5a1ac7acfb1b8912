"""Long work of the office: one piece that waits, one that failed, one that is ready with its file."""

from collections.abc import Mapping
from datetime import timedelta

from accounts.models import User
from archive.whole import WHOLE_PROGRAMME
from core import clock
from core.database import db
from core.long_work import LongState, LongWork, Result, ask, results
from core.long_work.progress import Progress
from tests.guards.matrix.world import Record, World


def some_long_work(world: World, people: Mapping[str, User]) -> None:
    for name in ("waiting", "failed", "ready"):
        work = ask(WHOLE_PROGRAMME, about=f"matrix:{name}", actor=people["office"], with_partnerships=False)
        world.records[f"{name} work"] = [Record(name, "z", {"work_id": work.id})]
        if name == "failed":
            work.state, work.finished_at, work.reference = LongState.FAILED, clock.now(), "1234abcd"
        if name == "ready":
            _make_ready(work)
    db.session.flush()


def _make_ready(work: LongWork) -> None:
    progress = Progress(work, "matrix")
    path = progress.folder() / "made.zip"
    path.write_bytes(b"PK\x05\x06" + bytes(18))
    results.take_in(work, Result(path, "gromada.zip", "application/zip"))
    progress.leave_folder()
    work.state, work.finished_at = LongState.DONE, clock.now()
    work.result_until = clock.now() + timedelta(days=7)
