"""The official register comes as a ZIP with one file in it; people need not unpack it."""

import io
import zipfile

from core.i18n import _
from municipalities.errors import UnusableFile

LARGEST = 20 * 1024 * 1024
"""Unpacked. The file of the whole country has a quarter of a megabyte as CSV and one and a half as XML."""


def unpacked(content: bytes) -> bytes:
    """The one CSV or XML of an archive; anything else is left as it is and read, or refused, by what reads it."""
    if not content.startswith(b"PK\x03\x04"):
        return content
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(archive, _the_only_one(archive))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as damaged:
        raise UnusableFile(_("The ZIP is damaged or locked. Take the file as it was published.")) from damaged


def _the_only_one(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    files = [info for info in archive.infolist() if info.filename.lower().endswith((".csv", ".xml"))]
    if len(files) != 1:
        raise UnusableFile(_("The ZIP must hold exactly one file, a CSV or an XML."))
    return files[0]


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The size is counted while reading: what an archive says of itself may be wrong."""
    with archive.open(info) as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise UnusableFile(_("The file in the ZIP is far larger than the register of the country."))
    return content
