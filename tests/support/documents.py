"""Small true documents, pictures and signatures, put together byte by byte."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

from pypdf import PdfReader

PDF_MARK = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
CONTAINER = "application/vnd.etsi.asic-e+zip"


def pdf(*, words: str = "Porozumienie", objects: Sequence[bytes] = (), trailer: bytes = b"") -> bytes:
    """One page that says something; further objects as they are."""
    text = f"BT /F1 24 Tf 72 720 Td ({words}) Tj ET".encode("latin-1", "replace")
    everything = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Font << /F1 5 0 R >> >>",
        *objects,
    ]
    out, places = bytearray(PDF_MARK), []
    for number, content in enumerate(everything, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(places) + 1,
        trailer,
        start,
    )
    return bytes(out)


def added_to(data: bytes, *objects: bytes) -> bytes:
    """As programs do that leave every byte as it was: what is new stands behind, with a directory of its own."""
    out = bytearray(data)
    for content in objects:
        out += b"9 0 obj\n%s\nendobj\n" % content
    start = len(out)
    return bytes(out) + b"xref\n0 0\ntrailer\n<< /Size 10 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start


RANGES = ("[0 {} {} {}PAD]", "[ 0 {} {} {}]PAD", "[0000000000 {:010} {:010} {:010}]PAD")
"""Programs leave room for numbers they do not know yet: inside the brackets, behind them, or with zeros."""


def signed(data: bytes, *objects: bytes, range_as: str = RANGES[0], contents: bytes | None = None) -> bytes:
    """In the document itself; further objects come with the signature. There is more room than it takes."""
    filled = contents or pkcs7_signature().hex().encode() + b"0" * 100
    signature = b"<" + filled + b">"
    whole = added_to(
        data, *objects, b"<< /Type /Sig /ByteRange " + b"@" * 80 + b"/Contents " + signature + b" >>"
    )
    start = whole.rindex(signature)
    behind = start + len(signature)
    text = range_as.format(start, behind, len(whole) - behind)
    text = text.replace("PAD", " " * (80 - len(text) + len("PAD")))
    return whole.replace(b"@" * 80, text.encode())


def packed_objects(text: bytes) -> bytes:
    """Objects in a stream, as newer programs write them."""
    packed = zlib.compress(text)
    return b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (
        len(packed),
        packed,
    )


def png(width: int = 2, height: int = 2, *, chunks: Sequence[tuple[bytes, bytes]] = ()) -> bytes:
    rows = zlib.compress(b"".join(b"\0" + b"\x80" * min(width, 64) for _ in range(min(height, 64))))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", header), *chunks, (b"IDAT", rows), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def jpeg(width: int = 2, height: int = 2, *, comment: bytes = b"") -> bytes:
    """Its structure; what the scan shows nobody looks at."""
    parts = [(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")]
    if comment:
        parts.append((0xFE, comment))
    parts.append((0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0"))
    parts.append((0xDA, b"\1\1\0\0\x3f\0"))
    written = b"".join(b"\xff%c%s%s" % (mark, struct.pack(">H", len(part) + 2), part) for mark, part in parts)
    return b"\xff\xd8" + written + b"\x55" * 20 + b"\xff\xd9"


def zipped(parts: Mapping[str, str | bytes], *, packed: bool = True) -> bytes:
    out = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(out, "w") as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name, (2026, 4, 15, 0, 0, 0)), content, compress_type=method)
    return out.getvalue()


def docx(parts: Mapping[str, str | bytes] | None = None, *, main_type: str = DOCX_TYPE) -> bytes:
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{types}"><Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>',
            "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>',
            **(parts or {}),
        }
    )


def xml_signature(*, around: str = "") -> bytes:
    signature = (
        '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo/>'
        "<ds:SignatureValue>AAAA</ds:SignatureValue></ds:Signature>"
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>{around.replace("@", signature) or signature}'.encode()


def pkcs7_signature(size: int = 300) -> bytes:
    content = bytes.fromhex("06092a864886f70d010702") + b"\xa0" + b"\0" * size
    return b"\x30\x82" + struct.pack(">H", len(content)) + content


def asice(parts: Mapping[str, str | bytes] | None = None, *, mimetype: str = CONTAINER) -> bytes:
    return zipped(
        {
            "mimetype": mimetype,
            "umowa.pdf": pdf(),
            "META-INF/signatures001.xml": xml_signature(),
            **(parts or {}),
        },
        packed=False,
    )


def text_of_pdf(data: bytes) -> str:
    """Everything a reader of the document reads, page after page."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
