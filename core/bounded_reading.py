"""Small programs that read a stranger's file apart from the application, within narrow limits of time and memory."""

import logging
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

logger = logging.getLogger(__name__)

AT_ONCE = 2

_readers = BoundedSemaphore(AT_ONCE)


def read_apart(program: Path, data: bytes, *arguments: str, seconds: float) -> bytes | None:
    """What the program says of the file; None where it cannot read it, or somebody would wait too long.

    ``-B``: a program that may write only little would leave half of a module it is the first to import.
    """
    if not _readers.acquire(timeout=seconds):
        return None
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the file goes in as data
            [sys.executable, "-I", "-B", str(program), *arguments],
            input=data,
            capture_output=True,
            timeout=seconds,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired:
        logger.warning("%s took longer than %s s over a file", program.stem, seconds)
        return None
    finally:
        _readers.release()
    if done.returncode != 0:
        logger.info("%s could not read a file, bytes=%s", program.stem, len(data))
        return None
    return done.stdout
