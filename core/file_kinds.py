"""Which files are taken as documents, and that each is what its name says."""

import logging
import re
from io import BytesIO
from zipfile import is_zipfile

from core.file_checks import packages, pdf, pictures, signatures
from core.file_checks.errors import Fault, UnacceptableFile
from core.i18n import _l
from core.labels import LabelledEnum
from core.storage import safe_name

logger = logging.getLogger(__name__)

__all__ = ["DOCUMENTS", "SIGNATURES", "Fault", "FileKind", "UnacceptableFile", "check_file"]

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE


class FileKind(LabelledEnum):
    PDF = "pdf", _l("PDF")
    JPEG = "jpeg", _l("JPEG")
    PNG = "png", _l("PNG")
    DOCX = "docx", _l("DOCX")
    XML_SIGNATURE = "xml", _l("Signature (.xml)")
    PKCS7_SIGNATURE = "p7s", _l("Signature (.p7s)")
    ASICE = "asice", _l("Signature (.asice)")

    @property
    def is_signature(self) -> bool:
        return self in SIGNATURES

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self]


DOCUMENTS = (FileKind.PDF, FileKind.JPEG, FileKind.PNG, FileKind.DOCX)
SIGNATURES = (FileKind.XML_SIGNATURE, FileKind.PKCS7_SIGNATURE, FileKind.ASICE)

_ENDINGS = {
    "pdf": FileKind.PDF,
    "jpg": FileKind.JPEG,
    "jpeg": FileKind.JPEG,
    "png": FileKind.PNG,
    "docx": FileKind.DOCX,
    "xml": FileKind.XML_SIGNATURE,
    "p7s": FileKind.PKCS7_SIGNATURE,
    "asice": FileKind.ASICE,
    "sce": FileKind.ASICE,
}
_MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    # A browser that is told "XML" may show it; this one is only ever kept.
    FileKind.XML_SIGNATURE: "application/octet-stream",
    FileKind.PKCS7_SIGNATURE: "application/pkcs7-signature",
    FileKind.ASICE: "application/vnd.etsi.asic-e+zip",
}
_DOES_SOMETHING = frozenset(
    {
        "exe", "com", "bat", "cmd", "scr", "pif", "msi", "lnk", "js", "jse", "vbs", "vbe", "wsf", "hta", "ps1", "sh",
        "jar", "app", "dll", "html", "htm", "xhtml", "svg", "php", "docm", "dotm", "xlsm", "xltm", "pptm", "zip",
        "rar", "7z", "iso",
    }
)  # fmt: skip
_WEB_PAGE = re.compile(
    rb"\A[\s\xef\xbb\xbf\xff\xfe\0]*<(?:!doctype\s+html|html|head|body|script|svg|!--|\?xml[^>]*>\s*<(?:svg|html))",
    re.IGNORECASE,
)


def check_file(
    data: bytes, name: str, *, kinds: tuple[FileKind, ...] = DOCUMENTS, most_bytes: int = MOST_BYTES
) -> FileKind:
    """The kind that both the name and the content say; refused, in a sentence, where they do not agree."""
    try:
        kind = _kind_of_name(name, kinds)
        if not data.strip(b"\0\r\n\t "):
            raise UnacceptableFile(Fault.EMPTY)
        if len(data) > most_bytes:
            raise UnacceptableFile(Fault.TOO_LARGE, limit=most_bytes // MEGABYTE)
        _check_content(data, kind)
    except UnacceptableFile as refusal:
        logger.info("file refused fault=%s bytes=%s detail=%r", refusal.fault, len(data), refusal.detail)
        raise
    return kind


def _kind_of_name(name: str, kinds: tuple[FileKind, ...]) -> FileKind:
    stem, _, ending = safe_name(name).casefold().rpartition(".")
    kind = _ENDINGS.get(ending.strip()) if stem else None
    if kind is None or kind not in kinds:
        taken = ", ".join(dict.fromkeys(ending for ending, kind in _ENDINGS.items() if kind in kinds))
        raise UnacceptableFile(Fault.WRONG_KIND, kinds=taken)
    inner = stem.rpartition(".")[2].strip()
    if "." in stem and inner in _DOES_SOMETHING:
        raise UnacceptableFile(Fault.DOUBLE_ENDING, endings=f".{inner}.{ending}")
    return kind


def _check_content(data: bytes, kind: FileKind) -> None:
    said = str(kind.label)
    if kind is not FileKind.XML_SIGNATURE and _WEB_PAGE.match(data[:4096]):
        raise UnacceptableFile(Fault.WEB_PAGE, said=said)
    if kind in (FileKind.XML_SIGNATURE, FileKind.PKCS7_SIGNATURE):
        is_one = signatures.is_xml_signature if kind is FileKind.XML_SIGNATURE else signatures.is_pkcs7
        if not is_one(data):
            raise UnacceptableFile(Fault.NO_SIGNATURE)
        return
    mark, check = _CHECKS[kind]
    if not mark.match(data):
        raise UnacceptableFile(Fault.OTHER_CONTENT, said=said)
    check(data)
    if kind in _NO_ZIP_INSIDE and is_zipfile(BytesIO(data)):
        raise UnacceptableFile(Fault.SOMETHING_BEHIND, detail="a zip file inside")


_CHECKS = {
    FileKind.PDF: (pdf.BEGINNING, pdf.check_pdf),
    FileKind.JPEG: (re.compile(re.escape(pictures.JPEG_MARK)), pictures.check_jpeg),
    FileKind.PNG: (re.compile(re.escape(pictures.PNG_MARK)), pictures.check_png),
    FileKind.DOCX: (re.compile(re.escape(packages.ZIP_MARK)), packages.check_docx),
    FileKind.ASICE: (re.compile(re.escape(packages.ZIP_MARK)), packages.check_asice),
}
_NO_ZIP_INSIDE = frozenset({FileKind.PDF, FileKind.JPEG, FileKind.PNG})
