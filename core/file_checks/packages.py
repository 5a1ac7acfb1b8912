"""Documents that are zip files: a text document (.docx) and a container of signatures (.asice)."""

import re
from collections.abc import Callable

from core.file_checks.errors import Fault, UnacceptableFile
from core.file_checks.signatures import is_pkcs7, is_xml_signature
from core.workbooks.archive import Archive
from core.workbooks.errors import Reason, UnreadableWorkbook
from core.workbooks.limits import MEGABYTE, Limits

ZIP_MARK = b"PK\x03\x04"
_LIMITS = Limits(
    file_bytes=110 * MEGABYTE, part_bytes=64 * MEGABYTE, total_bytes=160 * MEGABYTE, members=2_000
)
"""The size of the file itself is bounded by whoever asks."""

_END_OF_DIRECTORY = b"PK\x05\x06"
_CONTENT_TYPES, _TEXT = "[content_types].xml", "word/document.xml"
_TEXT_DOCUMENT = b"wordprocessingml.document.main+xml"
_CARRIES_PROGRAMS = re.compile(
    r"(?:^|/)(?:vbaproject\.bin|vbadata\.xml)$|(?:^|/)activex/|(?:^|/)embeddings/.*\.(?:bin|exe|js|vbs|docm|xlsm)$"
)
_EMBEDDED = re.compile(r"(?:^|/)embeddings/")
_PARTS_OF_A_TEXT = frozenset(
    {
        "xml", "rels", "vml", "sigs",
        "png", "jpg", "jpeg", "jfif", "gif", "bmp", "dib", "tif", "tiff", "emf", "emz", "wmf", "wmz", "wdp", "jxr", "webp",
        "heic", "svg", "ico", "pict", "pct", "eps", "glb", "mp3", "mp4", "wav",
        "odttf", "ttf", "otf", "fntdata",
        "xlsx", "docx", "pptx", "vsdx",
    }
)  # fmt: skip
"""How the parts of a text document end: its own, pictures, sounds, fonts, and the tables and drawings behind its charts."""
_OTHER_PARTS = re.compile(
    r"(?:^|/)printersettings/?[^/]*\.bin$|^word/attachedtoolbars\.bin$|^\[trash\]/[0-9a-f]{4}\.dat$"
)
"""How a printer and toolbars were set, and the room of parts that Word has taken out."""
_MEDIA = re.compile(r"(?:^|/)media/[^/]+$")
_PICTURE_OR_SOUND = re.compile(
    rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|BM.{4}\0{4}|II\*\0|MM\0\*|II\xbc"  # PNG, JPEG, GIF, BMP, TIFF, HD Photo
    rb"|\xd7\xcd\xc6\x9a|\x01\0\x09\0|\x01\0{3}.{36} EMF|%PDF-"  # WMF, EMF, a page of a PDF that stands for a picture
    rb"|.{4}ftyp|RIFF.{4}(?:WEBP|WAVE|AVI )|ID3|\xff[\xf2\xf3\xfa\xfb]",  # HEIC, MP4, M4A; WebP, WAV, AVI; MP3
    re.DOTALL,
)
_PROGRAM_OR_PAGE = re.compile(
    rb"MZ|\x7fELF|#!|[\s\0\xef\xbb\xbf\xff\xfe]{0,64}<(?:!doctype\s+html|html|head|body|script|\?php)",
    re.IGNORECASE,
)
_BEGINNING = 512
_REMOTE_TEMPLATE = re.compile(
    rb"<Relationship\b[^>]*(?:attachedTemplate|/oleObject|/frame|/subDocument)[^>]*>", re.IGNORECASE
)
_FROM_THE_NET = re.compile(rb"Target\s*=\s*[\"'](?:https?:|ftp:|\\\\|//|file:////)", re.IGNORECASE)

_CONTAINER = b"application/vnd.etsi.asic-e+zip"
_SIGNATURES = re.compile(r"^meta-inf/[^/]*signatures?[^/]*\.(?:xml|p7s)$")
_FAULTS = {
    Reason.BOMB: Fault.BOMB,
    Reason.TOO_MANY_PARTS: Fault.BOMB,
    Reason.ENCRYPTED: Fault.PROTECTED,
    Reason.EMPTY: Fault.EMPTY,
}


def check_docx(data: bytes) -> None:
    contents = _contents(data, keep=lambda name: name == _CONTENT_TYPES or name.endswith(".rels"))
    if _CONTENT_TYPES not in contents or _TEXT not in contents:
        raise UnacceptableFile(Fault.OTHER_CONTENT, detail="a zip file, but no text document", said="DOCX")
    types = contents[_CONTENT_TYPES]
    if any(_CARRIES_PROGRAMS.search(name) for name in contents) or b"macroenabled" in types.lower():
        raise UnacceptableFile(Fault.MACROS)
    for name in (name for name, begins in contents.items() if not _is_part_of_a_text(name, begins)):
        fault = Fault.MACROS if _EMBEDDED.search(name) else Fault.FOREIGN_PART
        raise UnacceptableFile(fault, detail="a part that no text document has")
    if _TEXT_DOCUMENT not in types:
        raise UnacceptableFile(Fault.OTHER_CONTENT, detail="another kind of document", said="DOCX")
    for tag in (tag for part in contents.values() for tag in _REMOTE_TEMPLATE.findall(part)):
        if _FROM_THE_NET.search(tag):
            raise UnacceptableFile(Fault.LIVE_LINK)


def _is_part_of_a_text(name: str, begins: bytes) -> bool:
    """Pictures lie under whatever name a program or the page they were copied from gave them: there the content counts."""
    ends_well = name.endswith("/") or name.rpartition(".")[2] in _PARTS_OF_A_TEXT
    if _MEDIA.search(name):
        is_other = bool(begins) and not _PICTURE_OR_SOUND.match(begins)
        return not is_other or (ends_well and not _PROGRAM_OR_PAGE.match(begins))
    return ends_well or bool(_OTHER_PARTS.search(name))


def check_asice(data: bytes) -> None:
    contents = _contents(data, keep=lambda name: name == "mimetype" or bool(_SIGNATURES.match(name)))
    if contents.get("mimetype", b"").strip() != _CONTAINER:
        raise UnacceptableFile(Fault.NO_SIGNATURE, detail="a zip file, but no container of signatures")
    signatures = {name: content for name, content in contents.items() if _SIGNATURES.match(name)}
    good = (
        is_xml_signature(one) if name.endswith(".xml") else is_pkcs7(one) for name, one in signatures.items()
    )
    if not signatures or not all(good):
        raise UnacceptableFile(Fault.NO_SIGNATURE, detail="a container without signatures")


def _contents(data: bytes, *, keep: Callable[[str], bool]) -> dict[str, bytes]:
    """Every part is unpacked within bounds and held to its checksum; of those not kept whole, the beginning is."""
    _check_end(data)
    try:
        archive = Archive(data, _LIMITS)
        return {name: _part(archive, name, kept=keep(name)) for name in archive.names}
    except UnreadableWorkbook as refusal:
        fault = _FAULTS.get(refusal.reason, Fault.DAMAGED)
        raise UnacceptableFile(fault, detail=refusal.detail) from refusal


def _part(archive: Archive, name: str, *, kept: bool) -> bytes:
    pieces = archive.chunks(name, limit=_LIMITS.part_bytes)
    if kept:
        return b"".join(pieces)
    begins = next(pieces, b"")[:_BEGINNING]
    for _ in pieces:
        pass
    return begins


def _check_end(data: bytes) -> None:
    """Nothing stands behind the directory but the note that a container of signatures may have there."""
    end = data.rfind(_END_OF_DIRECTORY)
    note = data[end + 22 :]
    if end < 0 or len(data) < end + 22:
        raise UnacceptableFile(Fault.DAMAGED, detail="no directory of a zip file")
    if note and not note.startswith(b"mimetype="):
        raise UnacceptableFile(Fault.SOMETHING_BEHIND, detail="bytes behind a zip file")
