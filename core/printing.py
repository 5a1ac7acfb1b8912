"""Documents and pictures, set by a press of their own (``core.press``).

A document of ordinary size takes about a third of a second. That is short enough to set each one when it is asked for, so
no copy lies anywhere that could grow old or outlive an erased text; what is public is kept by browsers, which ask with
the fingerprint they have.
"""

import hashlib
import json
import logging
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from core.errors import DomainError
from core.i18n import _l

logger = logging.getLogger(__name__)

PRESS = Path(__file__).with_name("press.py")
TEMPLATES = PRESS.parent.parent / "templates" / "documents"
SHARED = "frame.typ"
"""What the templates import."""
SECONDS = 30
AT_ONCE = 2
"""In one process; whoever comes while the presses are busy waits for a free one."""

_presses = BoundedSemaphore(AT_ONCE)


class NotPrinted(DomainError):
    def __init__(self) -> None:
        super().__init__(_l("The document could not be made. Read it as a page, or take another format."))


@dataclass(frozen=True)
class Order:
    """``template`` filled with ``data``: a PDF that keeps PDF/UA-1, or a picture (``png``). ``moment`` is its date."""

    template: str
    data: Mapping[str, Any]
    moment: datetime
    kind: str = "pdf"

    @property
    def fingerprint(self) -> str:
        """Of all that decides what comes out: known before anything is printed."""
        template = b"".join((TEMPLATES / name).read_bytes() for name in (self.template, SHARED))
        return hashlib.sha256(template + self._as_json()).hexdigest()

    def printed(self) -> bytes:
        if not _presses.acquire(timeout=SECONDS):
            raise NotPrinted
        try:
            done = subprocess.run(  # noqa: S603 - our own program; what people typed goes in as data
                [sys.executable, "-I", str(PRESS)],
                input=self._as_json(),
                capture_output=True,
                timeout=SECONDS,
                check=False,
                env={},
            )
        except subprocess.TimeoutExpired as slow:
            logger.warning("a document was given up after %s s", SECONDS)
            raise NotPrinted from slow
        finally:
            _presses.release()
        if done.returncode != 0:
            logger.error("a document was not printed: %s", _last_line(done.stderr))
            raise NotPrinted
        return done.stdout

    def _as_json(self) -> bytes:
        order = {
            "template": self.template,
            "data": self.data,
            "format": self.kind,
            "moment": int(self.moment.timestamp()),
        }
        return json.dumps(order).encode()


def _last_line(output: bytes) -> str:
    """What kind of fault it was; never the text that people wrote."""
    lines = output.decode(errors="replace").strip().splitlines()
    return lines[-1].split(":")[0][:80] if lines else "no reason given"
