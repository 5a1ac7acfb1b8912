"""Kinds of long work for tests: each step writes a line into a file, so that what was done twice is seen."""

import os
import time
from pathlib import Path
from typing import Any

from flask import Flask

from core.i18n import _l
from core.long_work import LongKind, LongWork, Progress, Result, register_kinds
from core.long_work.known import Lane


def note(path: str, line: str) -> None:
    """One write to a file opened for appending: lines of several processes never mix."""
    descriptor = os.open(path, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600)
    os.write(descriptor, f"{line} {os.getpid()}\n".encode())
    os.close(descriptor)


def count(work: LongWork, progress: Progress) -> None:
    """Each step is kept before the next one begins."""
    for number in range(progress.done, work.parameters["steps"]):
        time.sleep(work.parameters.get("seconds", 0))
        note(work.parameters["path"], f"work {work.id} step {number}")
        progress.keep(number + 1, work.parameters["steps"])


def make_file(work: LongWork, progress: Progress) -> Result:
    path = progress.folder() / "made.txt"
    for number in range(work.parameters["steps"]):
        time.sleep(work.parameters.get("seconds", 0))
        with path.open("a") as file:
            file.write(f"line {number}\n")
        progress.tell(number + 1, work.parameters["steps"], note=f"line {number}")
    return Result(path, "Gminy żółte.txt", "text/plain")


def anybody(person: Any) -> bool:
    return True


def kind(name: str, run: Any, **more: Any) -> LongKind:
    return LongKind(name, does=_l("Municipality"), run=run, may=more.pop("may", anybody), **more)


def register_test_kinds(app: Flask) -> None:
    register_kinds(
        app,
        kind("test.count", count, can_be_stopped=True),
        kind("test.file", make_file, only_reads=True, can_be_stopped=True),
        kind("test.slow", count, lane=Lane.SLOW),
    )


def in_folder(folder: Path) -> str:
    return str(folder / "steps")
