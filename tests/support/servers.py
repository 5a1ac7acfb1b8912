"""The application as people reach it: a real web server in a process of its own, on the test's own database."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from config import ROOT, Config
from core.database import db
from tests.support.processes import answers, end, free_port, wait_until


class LiveServer:
    """A gunicorn that can be killed and started again. Ask it for addresses: that ends the test's transaction."""

    def __init__(self, config: Config) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._config = config
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, path: str = "/") -> str:
        """An address to open now. What the test has changed is committed, and its transaction hinders nobody."""
        db.session.commit()
        return f"{self.address}{path}"

    def start(self, *, workers: int = 1) -> None:
        db.session.commit()
        command = (
            *(
                sys.executable,
                "-m",
                "gunicorn",
                "--preload",
                "-w",
                str(workers),
                "-k",
                "gthread",
                "--threads",
                "4",
            ),
            *(
                "--bind",
                f"127.0.0.1:{self.port}",
                "--no-control-socket",
                "--log-level",
                "warning",
                "wsgi:app",
            ),
        )
        self._process = subprocess.Popen(command, cwd=ROOT, env=self._environment(), start_new_session=True)
        wait_until(lambda: answers(f"{self.address}/health/ready"), self._process)

    def stop(self) -> None:
        if self._process:
            end(self._process)

    def kill(self) -> None:
        """As a power cut would: no time to finish anything."""
        if self._process:
            end(self._process, by=signal.SIGKILL)

    def run(self, *command: str) -> str:
        """Run a command of the application (``flask --app wsgi ...``) on the same data; its output."""
        db.session.commit()
        done = subprocess.run(
            (sys.executable, "-m", "flask", "--app", "wsgi", *command),
            cwd=ROOT,
            env=self._environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "GROMADA_MODE": self._config.mode.value,
            "SECRET_KEY": self._config.secret_key,
            "DATABASE_URL": self._config.database_url,
            "DATA_DIR": str(self._config.data_dir),
            "PUBLIC_URL": self.address,
            "PORT": str(self.port),
        }


@contextmanager
def running_server(config: Config) -> Iterator[LiveServer]:
    server = LiveServer(config)
    server.start()
    try:
        yield server
    finally:
        server.stop()
