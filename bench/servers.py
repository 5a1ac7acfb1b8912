"""A gunicorn with one worker, as ``script/server`` starts it, and what it takes from the machine."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from config import ROOT

PATIENCE = 60
CPU_HEADER = "X-Processor-Nanoseconds"
"""In which every measured answer says how much processor time it took."""
MEGABYTE = 1024


@dataclass(frozen=True)
class Running:
    port: int
    pid: int
    seconds: float
    """From the start of the process to the first 200."""

    @property
    def worker_megabytes(self) -> float:
        """Of the worker: what it shares with the process that started it counts half (PSS)."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        lines = Path(f"/proc/{children[0]}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / MEGABYTE

    @property
    def resident_megabytes(self) -> float:
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        lines = Path(f"/proc/{children[0]}/status").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / MEGABYTE


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(application: str, *, first: str, settings: Mapping[str, str]) -> Iterator[Running]:
    """``first`` is the address that is asked until it answers."""
    port = free_port()
    environment = {**os.environ, **settings}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = (
        *(
            sys.executable,
            "-m",
            "gunicorn",
            "--preload",
            "-w",
            "1",
            "-k",
            "gthread",
            "--threads",
            "4",
            "--keep-alive",
            "30",
        ),
        *("--bind", f"127.0.0.1:{port}", "--no-control-socket", "--log-level", "warning", application),
    )
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=environment)  # noqa: S603 (our own command)
    try:
        _wait(process, port, first)
        yield Running(port, process.pid, time.perf_counter() - began)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def _wait(process: "subprocess.Popen[bytes]", port: int, path: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.005)
    raise TimeoutError(f"no answer from {path} (the server said above what is wrong)")
