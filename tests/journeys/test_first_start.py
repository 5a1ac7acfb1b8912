"""What somebody sees who has just cloned the repository and starts the application with its one command."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from config import ROOT
from tests.support.processes import answers, end, free_port, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


@dataclass
class Installation:
    """An installation of its own: data, port and output of ``script/server``."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def output(self) -> str:
        return (self.folder / "output").read_text()

    def start(self) -> None:
        environment = {**os.environ, "PORT": str(self.port), "DATA_DIR": str(self.folder / "data")}
        for name in ("DATABASE_URL", "GROMADA_MODE", "SECRET_KEY", "PUBLIC_URL", "HOST"):
            environment.pop(name, None)
        with (self.folder / "output").open("wb") as output:
            self.process = subprocess.Popen(
                ROOT / "script" / "server",
                cwd="/",
                env=environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        try:
            wait_until(lambda: "Ctrl-C ends it" in self.output, self.process, seconds=180)
        except (RuntimeError, TimeoutError) as error:
            raise AssertionError(self.output) from error

    def is_ready(self) -> bool:
        return answers(f"http://127.0.0.1:{self.port}/health/ready")

    def members(self) -> list[int]:
        """Ids of the living processes that belong to this start."""
        assert self.process is not None
        return [pid for pid, state, session in processes() if session == self.process.pid and state != "Z"]


def processes() -> Iterator[tuple[int, str, int]]:
    """Id, state and session of every process, from Linux itself."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            state, _parent, _group, session = path.read_text().rpartition(")")[2].split()[:4]
            yield int(path.parent.name), state, int(session)


@pytest.fixture(scope="module")
def installation(tmp_path_factory) -> Iterator[Installation]:
    """Started once: loading the demonstration takes a while. The tests follow each other as a person would."""
    installed = Installation(tmp_path_factory.mktemp("installation"), free_port())
    installed.start()
    yield installed
    if installed.process is not None:
        end(installed.process)


def test_one_command_serves_the_demonstration(installation):
    assert installation.is_ready()
    assert f"http://127.0.0.1:{installation.port}" in installation.output
    for role in ("leader", "deputy", "animator", "office", "admin"):
        assert f"{role}@gromada.example" in installation.output
    assert len(installation.members()) >= 4  # the script, the web server, its two workers; then the jobs


def test_a_port_that_is_taken_is_named_with_another_to_try(installation):
    second = subprocess.run(
        ROOT / "script" / "server",
        env={**os.environ, "PORT": str(installation.port), "DATA_DIR": str(installation.folder / "data")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert second.returncode != 0
    assert f"PORT={installation.port + 1} script/server" in second.stderr


def test_it_leaves_no_process_behind_and_starts_again_on_the_same_data(installation):
    key = (installation.folder / "data" / "secret-key").read_text()

    installation.process.send_signal(signal.SIGTERM)
    installation.process.wait(20)
    assert installation.members() == []

    installation.start()
    assert installation.is_ready()
    assert (installation.folder / "data" / "secret-key").read_text() == key
    assert "copied" not in installation.output
