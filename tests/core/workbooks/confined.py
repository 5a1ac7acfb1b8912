"""A reader in a process of its own with little memory: what would take the server down only takes this down."""

import resource
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from core.workbooks.errors import UnreadableWorkbook
from core.workbooks.raw import RawWorkbook
from core.workbooks.reader import read_workbook
from tests.core.workbooks.parts import base_parts

ADDRESS_SPACE = 1024**3
ANSWER_SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """What came of a file, and the most memory reading it took above the idle state, in megabytes."""

    outcome: RawWorkbook | UnreadableWorkbook
    growth: float


class ConfinedReader:
    def __init__(self) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def read(self, data: bytes) -> Answer:
        self._pipe.send_bytes(data)
        assert self._pipe.poll(ANSWER_SECONDS), "the reader hangs"
        answer: Answer = self._pipe.recv()
        return answer

    def close(self) -> None:
        self._pipe.close()
        self._process.kill()
        self._process.join()


def _serve(pipe: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    read_workbook(base_parts().zipped())
    idle = _peak_megabytes()
    while True:
        try:
            data = pipe.recv_bytes()
        except EOFError:
            return
        _forget_peak()
        outcome = _outcome(data)
        pipe.send(Answer(outcome, _peak_megabytes() - idle))


def _outcome(data: bytes) -> RawWorkbook | UnreadableWorkbook:
    try:
        return read_workbook(data)
    except UnreadableWorkbook as refusal:
        return refusal


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _peak_megabytes() -> float:
    """Of this program alone: what ``getrusage`` says was inherited from the process that started it."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024
