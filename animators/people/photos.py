"""Photos of animators: what people send is checked by its content and made anew, small and square."""

import logging
import subprocess
import sys
from pathlib import Path

from animators.errors import PhotoUnreadable
from core.file_kinds import FileKind, check_file

logger = logging.getLogger(__name__)

PRESS = Path(__file__).with_name("photo_press.py")
SECONDS = 20
KINDS = (FileKind.JPEG, FileKind.PNG)
MOST_BYTES = 5 * 1024 * 1024
MEDIA_TYPE = "image/png"

_ENDINGS = {FileKind.JPEG: "jpg", FileKind.PNG: "png"}


def portrait_of(data: bytes, name: str) -> bytes:
    """A PNG for the public page. Where and with what a photo was taken stays with whoever took it."""
    kind = check_file(data, name, kinds=KINDS, most_bytes=MOST_BYTES)
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the photo goes in as data
            [sys.executable, "-I", str(PRESS), _ENDINGS[kind]],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired as slow:
        raise PhotoUnreadable from slow
    if done.returncode != 0 or not done.stdout:
        logger.info("a photo could not be read")
        raise PhotoUnreadable
    return done.stdout
