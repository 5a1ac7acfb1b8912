"""The QR codes on a photo or a scan that somebody sent, read by a program of its own (``core.code_reading``)."""

from pathlib import Path

from core.bounded_reading import read_apart

READING = Path(__file__).with_name("code_reading.py")
SECONDS = 6
"""For one file. Whoever sends several says how long all of them may take."""


def codes_of(data: bytes, *, seconds: float = SECONDS) -> list[str]:
    """What each code says, once. Empty where there is none, and where the file cannot be read or takes too long."""
    said = read_apart(READING, data, seconds=min(seconds, SECONDS)) or b""
    return said.decode(errors="replace").splitlines()
