"""The zip file around a workbook: judged by its directory before anything is unpacked, unpacked in small steps."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import NoReturn
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from core.workbooks.errors import Reason, UnreadableWorkbook, damaged
from core.workbooks.limits import MEGABYTE, Limits
from core.workbooks.recognise import reason_against

CHUNK = 64 * 1024
_ENTRY_MARK = b"PK\x01\x02"
_END_MARK = b"PK\x05\x06"
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_ENCRYPTED_FLAGS = 0x1 | 0x40 | 0x2000

# Everything the standard library is known to raise on files made to harm
_ZIP_FAULTS = (
    BadZipFile,
    LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    LookupError,
    OverflowError,
)


class Archive:
    """The members of a zip file by their name, which in a workbook has no case."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        if len(data) > limits.file_bytes:
            raise UnreadableWorkbook(Reason.TOO_LARGE, limit=limits.file_bytes // MEGABYTE)
        reason = reason_against(data)
        if reason is not None:
            raise UnreadableWorkbook(reason, detail="not a zip file")
        self._limits = limits
        self._bytes_left = limits.total_bytes
        self._zip = self._opened(data)
        self._members = self._by_name()
        self._check_members()
        self._check_overlap(data)
        _check_end(data)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._members)

    def chunks(self, name: str, *, limit: int) -> Iterator[bytes]:
        """The member's content piece by piece; its length and checksum are checked at the end."""
        info = self._members[name]
        if info.file_size > limit:
            raise UnreadableWorkbook(Reason.BOMB, detail=f"part of {info.file_size} bytes")
        size = 0
        for chunk in self._unpacked(info):
            size += len(chunk)
            self._bytes_left -= len(chunk)
            if self._bytes_left < 0:
                raise UnreadableWorkbook(Reason.BOMB, detail="unpacked bytes")
            yield chunk
        if size != info.file_size:
            raise damaged("a part is shorter than declared")

    def _unpacked(self, info: ZipInfo) -> Iterator[bytes]:
        try:
            with self._zip.open(info) as member:
                while chunk := member.read(CHUNK):
                    yield chunk
        except _ZIP_FAULTS as fault:
            raise damaged(f"unpacking: {type(fault).__name__}") from fault

    def _opened(self, data: bytes) -> ZipFile:
        # Counted before the directory is read: each entry costs far more memory than the bytes that declare it.
        if data.count(_ENTRY_MARK) > self._limits.members:
            raise UnreadableWorkbook(Reason.TOO_MANY_PARTS, limit=self._limits.members)
        try:
            return ZipFile(BytesIO(data))
        except _ZIP_FAULTS as fault:
            raise damaged(f"zip directory: {type(fault).__name__}") from fault

    def _by_name(self) -> dict[str, ZipInfo]:
        members: dict[str, ZipInfo] = {}
        for info in self._zip.infolist():
            name = _part_name(info)
            if name in members:
                raise damaged("two members share a name")
            members[name] = info
        return members

    def _check_members(self) -> None:
        for info in self._members.values():
            if info.flag_bits & _ENCRYPTED_FLAGS:
                raise UnreadableWorkbook(Reason.ENCRYPTED, detail="zip encryption")
            if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
                raise damaged(f"compression method {info.compress_type}")
            self._check_size(info)
        if sum(info.file_size for info in self._members.values()) > self._limits.total_bytes:
            raise UnreadableWorkbook(Reason.BOMB, detail="declared sizes")

    def _check_size(self, info: ZipInfo) -> None:
        limits = self._limits
        too_dense = (
            info.file_size > limits.ratio_applies_from and info.file_size > limits.ratio * info.compress_size
        )
        if info.file_size > limits.part_bytes or too_dense:
            raise UnreadableWorkbook(Reason.BOMB, detail=f"{info.file_size} bytes from {info.compress_size}")

    def _check_overlap(self, data: bytes) -> None:
        """Bytes that serve two members are the core of the densest bombs."""
        spans = sorted(_span(info, data) for info in self._zip.infolist())
        spans.append((self._zip.start_dir, len(data)))
        if any(end > start for (_, end), (start, _) in pairwise(spans)):
            raise damaged("members overlap")


def _check_end(data: bytes) -> None:
    """The note behind the directory is as long as it says, and nothing but padding follows it."""
    end = data.rfind(_END_MARK)
    if data[end + 22 + int.from_bytes(data[end + 20 : end + 22], "little") :].strip(b"\0\r\n\t "):
        raise damaged("bytes behind the zip file")


def _part_name(info: ZipInfo) -> str:
    """Lower case, with ``/`` between folders: some programs write ``\\``. No member may point out of the package."""
    name = info.filename.replace("\\", "/").lower()
    steps = name.split("/")
    if name.startswith("/") or ".." in steps or ":" in steps[0] or any(letter < " " for letter in name):
        raise damaged("a member's name leads out of the file")
    return name


def _span(info: ZipInfo, data: bytes) -> tuple[int, int]:
    header = data[info.header_offset : info.header_offset + _LOCAL_HEADER.size]
    if len(header) < _LOCAL_HEADER.size:
        _no_header()
    mark, name_size, extra_size = _LOCAL_HEADER.unpack(header)
    if mark != b"PK\x03\x04":
        _no_header()
    start = info.header_offset
    return start, start + _LOCAL_HEADER.size + name_size + extra_size + info.compress_size


def _no_header() -> NoReturn:
    raise damaged("a member has no local header")
