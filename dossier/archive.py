"""An archive with a table of contents: every file once, under a name that any system can unpack."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import IO

from core.clock import local
from core.text import slug

IN_MEMORY = 8 * 1024 * 1024
"""A larger archive goes through a file."""
LONGEST_NAME = 80


@dataclass(frozen=True)
class Item:
    """One file of the archive. ``folder`` is empty for those at its top."""

    folder: str
    name: str
    title: str
    data: bytes
    moment: datetime

    @property
    def path(self) -> str:
        return f"{self.folder}/{self.name}" if self.folder else self.name

    @property
    def hash(self) -> str:
        return sha256(self.data).hexdigest()


def file_name(words: str, ending: str) -> str:
    """Plain letters, so that old programs unpack it too."""
    return f"{folder_name(words)}.{ending}"


def folder_name(words: str) -> str:
    return slug(words)[:LONGEST_NAME].strip("-") or "plik"


def told_apart(items: Sequence[Item]) -> list[Item]:
    """Two of one name in one folder get a number, whatever the case of their letters."""
    taken: set[str] = set()
    apart: list[Item] = []
    for item in items:
        stem, _, ending = item.name.rpartition(".")
        name, number = item.name, 2
        while f"{item.folder}/{name}".casefold() in taken:
            name, number = f"{stem}-{number}.{ending}", number + 1
        taken.add(f"{item.folder}/{name}".casefold())
        apart.append(Item(item.folder, name, item.title, item.data, item.moment))
    return apart


def packed(items: Sequence[Item]) -> IO[bytes]:
    """Ready to be read from its beginning. What is packed already (pictures, PDFs) is stored as it is."""
    file: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (whoever sends it closes it)
    with zipfile.ZipFile(file, "w") as archive:
        put_in(archive, items)
    file.seek(0)
    return file


def put_in(archive: zipfile.ZipFile, items: Sequence[Item], *, folder: str = "") -> None:
    for item in items:
        path = f"{folder}/{item.path}" if folder else item.path
        entry = zipfile.ZipInfo(path, date_time=local(item.moment).timetuple()[:6])
        is_text = item.name.endswith((".txt", ".csv"))
        entry.compress_type = zipfile.ZIP_DEFLATED if is_text else zipfile.ZIP_STORED
        entry.external_attr = 0o644 << 16
        archive.writestr(entry, item.data)
