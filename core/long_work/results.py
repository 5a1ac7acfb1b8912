"""Files that long work made: beside the store of files, because nothing but their own work names them and they go in days.

They are in no backup and no archive. Whoever lost one has it made again.
"""

import secrets
import shutil
import time
from datetime import timedelta
from pathlib import Path

from flask import current_app

from core.long_work.known import Result
from core.long_work.models import LongWork
from core.storage import safe_name

KEPT = timedelta(days=7)
_STRAY_SECONDS = 24 * 3600


def _folder() -> Path:
    folder: Path = current_app.config["GROMADA"].data_dir / "results"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def workplace(work_id: int, owner: str) -> Path:
    """A folder of one attempt; what an attempt that was killed left behind goes now."""
    for left in _folder().glob(f"work-{work_id}-*"):
        shutil.rmtree(left, ignore_errors=True)
    place = _folder() / f"work-{work_id}-{owner}"
    place.mkdir(mode=0o700)
    return place


def clear(place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)


def take_in(work: LongWork, result: Result) -> None:
    """The caller says until when it stays, and commits."""
    work.result_key = f"file-{work.id}-{secrets.token_hex(8)}"
    work.result_name, work.result_type = safe_name(result.name), result.media_type
    work.result_size = result.path.stat().st_size
    shutil.move(result.path, _folder() / work.result_key)  # it may have been made on another file system


def path_of(work: LongWork) -> Path | None:
    """None where its time is over, or the file was lost."""
    path = _folder() / work.result_key if work.result_key else None
    return path if path is not None and path.is_file() else None


def throw_away(work: LongWork) -> None:
    """Its name stays, so that the page can say that there was one."""
    if work.result_key:
        (_folder() / work.result_key).unlink(missing_ok=True)
    work.result_key, work.result_until = None, None


def sweep(known: set[str]) -> int:
    """What no record names and nobody has touched for a day."""
    strays = [
        path
        for path in _folder().iterdir()
        if path.name not in known and time.time() - path.stat().st_mtime > _STRAY_SECONDS
    ]
    for path in strays:
        clear(path) if path.is_dir() else path.unlink(missing_ok=True)
    return len(strays)
