"""Portraits of people who do not exist: a head and shoulders of three colours, drawn dot by dot."""

import struct
import zlib

from demo.chance import Chance

SIDE = 320
PALETTES = (
    # behind, clothes, head
    ((214, 228, 240), (11, 79, 138), (232, 190, 160)),
    ((231, 240, 226), (35, 115, 79), (214, 168, 138)),
    ((250, 236, 214), (176, 94, 30), (240, 205, 178)),
    ((238, 229, 243), (104, 72, 140), (196, 148, 118)),
    ((226, 240, 240), (28, 108, 112), (236, 198, 170)),
)

Colour = tuple[int, int, int]


def portrait(chance: Chance) -> bytes:
    """A PNG. The head is a circle, the shoulders a wider one below it."""
    behind, clothes, head = chance.one(PALETTES)
    hair = chance.one(((60, 44, 34), (112, 78, 46), (150, 150, 150), (30, 28, 30)))
    tilt, width = chance.whole(-6, 6), chance.whole(60, 68)
    rows = bytearray()
    for y in range(SIDE):
        rows.append(0)  # this row is written as it is
        for x in range(SIDE):
            rows += bytes(_dot(x, y, (behind, clothes, head, hair), tilt, width=width))
    return _png(bytes(rows))


def _dot(x: int, y: int, colours: tuple[Colour, Colour, Colour, Colour], tilt: int, *, width: int) -> Colour:
    behind, clothes, head, hair = colours
    middle = SIDE // 2 + tilt
    if _within(x - middle, y - 140, width, width + 10):
        return hair if y < 108 - abs(x - middle) // 6 else head
    if _within(x - SIDE // 2, y - 330, 125, 118):
        return clothes
    return hair if _within(x - middle, y - 122, width + 8, width + 4) and y < 150 else behind


def _within(x: int, y: int, width: int, height: int) -> bool:
    return (x * height) ** 2 + (y * width) ** 2 <= (width * height) ** 2


def _png(rows: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def _chunk(name: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)
