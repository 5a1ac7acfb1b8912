"""Real processes for tests: started on the loopback address, waited for, and always ended by their own id."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], *, seconds: float = 30) -> None:
    """Wait for a server to answer; say at once when its process has ended instead."""
    deadline = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with code {process.returncode}")
        if time.monotonic() > deadline:
            raise TimeoutError(f"{process.args!r} did not answer within {seconds} s")
        time.sleep(0.05)


def answers(url: str) -> bool:
    """Whether the page is there. Loopback only: proxies of the environment are left aside."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def end(
    process: subprocess.Popen[bytes], *, by: signal.Signals = signal.SIGTERM, seconds: float = 10
) -> None:
    """End a process and the group it leads, politely first."""
    if process.poll() is None:
        _signal_group(process.pid, by)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        _signal_group(process.pid, signal.SIGKILL)
        process.wait()


def _signal_group(pid: int, number: signal.Signals) -> None:
    """Processes of tests are started with ``start_new_session=True``: the group has the same id."""
    try:
        os.killpg(pid, number)
    except ProcessLookupError:
        return
