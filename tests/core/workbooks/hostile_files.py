"""Files that are something else than a workbook, whatever their name says."""

import bz2
import gzip
import lzma
from io import BytesIO
from random import Random
from zipfile import ZIP_STORED, ZipFile

from core.workbooks.errors import Reason
from tests.core.workbooks.cases import Build, Refused
from tests.core.workbooks.parts import DECLARATION, TYPE, TYPES, Parts

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def ole(stream: str) -> bytes:
    """The container of old and of encrypted files; its directory names its streams in UTF-16."""
    return OLE + bytes(504) + stream.encode("utf-16-le").ljust(64, b"\x00") + bytes(4_000)


def zipped(members: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def office_document(part: str, content_type: str) -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    package = "http://schemas.openxmlformats.org/package/2006"
    types = f'<Types xmlns="{package}/content-types"><Override PartName="/{part}" ContentType="{content_type}"/></Types>'
    link = f'<Relationship Id="r1" Type="{kind}" Target="{part}"/>'
    links = f'<Relationships xmlns="{package}/relationships">{link}</Relationships>'
    return zipped({TYPES: types.encode(), "_rels/.rels": links.encode(), part: b"<a/>"})


def main_type(content_type: str) -> Build:
    return lambda parts: parts.replace(TYPES, f"{TYPE}.sheet.main+xml", content_type)


def macro_part(parts: Parts) -> Parts:
    parts["xl/vbaProject.bin"] = ole("VBA")
    return parts.link("vbaProject", "vbaProject.bin")


def macro_under_another_name(parts: Parts) -> Parts:
    parts["xl/printerSettings1.bin"] = ole("VBA")
    return parts.typed("xl/printerSettings1.bin", "application/vnd.ms-office.vbaProject")


def macro_sheet(parts: Parts) -> Parts:
    parts["xl/macrosheets/sheet1.xml"] = b"<a/>"
    return parts


def data(content: bytes) -> Build:
    return lambda _: content


HTML = b"<html><body><table><tr><td>1</td></tr></table></body></html>"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
XML_2003 = f'{DECLARATION}<?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
FLAT = f'{DECLARATION}<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>'
MHTML = b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n"
TABLE = "Temat;Godziny\r\nE-usługi;20\r\n"

CASES = (
    Refused("nothing", data(b""), Reason.EMPTY),
    Refused("only zeros", data(bytes(4096)), Reason.EMPTY),
    Refused("only blank lines", data(b"\r\n\r\n  \t"), Reason.EMPTY),
    Refused("an old workbook", data(ole("Workbook")), Reason.LEGACY_XLS),
    Refused("an older workbook", data(ole("Book")), Reason.LEGACY_XLS),
    Refused(
        "a workbook of Excel 4", data(b"\x09\x04\x06\x00\x00\x00\x10\x00" + bytes(99)), Reason.LEGACY_XLS
    ),
    Refused("an encrypted workbook", data(ole("EncryptedPackage")), Reason.ENCRYPTED),
    Refused("an old Word document", data(ole("WordDocument")), Reason.WORD),
    Refused("an unknown container", data(ole("Anything")), Reason.NOT_A_WORKBOOK),
    Refused("a container cut short", data(OLE), Reason.NOT_A_WORKBOOK),
    Refused(
        "a workbook with macros",
        main_type("application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        Reason.MACROS,
    ),
    Refused(
        "a template with macros",
        main_type("application/vnd.ms-excel.template.macroEnabled.main+xml"),
        Reason.MACROS,
    ),
    Refused("an add-in", main_type("application/vnd.ms-excel.addin.macroEnabled.main+xml"), Reason.MACROS),
    Refused("macros in a file named .xlsx", macro_part, Reason.MACROS),
    Refused("macros under another name", macro_under_another_name, Reason.MACROS),
    Refused("a macro sheet of Excel 4", macro_sheet, Reason.MACROS),
    Refused(
        "a binary workbook",
        data(office_document("xl/workbook.bin", "application/vnd.ms-excel.sheet.binary.macroEnabled.main")),
        Reason.XLSB,
    ),
    Refused(
        "an OpenDocument spreadsheet",
        data(zipped({"mimetype": OPEN_DOCUMENT + b"spreadsheet", "content.xml": b"<a/>"})),
        Reason.ODS,
    ),
    Refused(
        "an OpenDocument template",
        data(zipped({"mimetype": OPEN_DOCUMENT + b"spreadsheet-template"})),
        Reason.ODS,
    ),
    Refused("a flat OpenDocument file", data(FLAT.encode()), Reason.ODS),
    Refused("an OpenDocument text", data(zipped({"mimetype": OPEN_DOCUMENT + b"text"})), Reason.WORD),
    Refused("a Word document", data(office_document("word/document.xml", WORD)), Reason.WORD),
    Refused("a presentation", data(office_document("ppt/presentation.xml", SLIDES)), Reason.WORD),
    Refused(
        "another kind of package",
        data(office_document("model.xml", "application/x-model")),
        Reason.NOT_A_WORKBOOK,
    ),
    Refused("a workbook that says it is a sheet", main_type(f"{TYPE}.worksheet+xml"), Reason.NOT_A_WORKBOOK),
    Refused("a Numbers file", data(zipped({"Index/Document.iwa": b"x"})), Reason.NUMBERS),
    Refused(
        "a workbook inside an archive", lambda parts: zipped({"plan.xlsx": parts.zipped()}), Reason.ARCHIVE
    ),
    Refused("an empty archive", data(zipped({})), Reason.ARCHIVE),
    Refused("gzip", lambda parts: gzip.compress(parts.zipped()), Reason.ARCHIVE),
    Refused("bzip2", lambda parts: bz2.compress(parts.zipped()), Reason.ARCHIVE),
    Refused("xz", lambda parts: lzma.compress(parts.zipped()), Reason.ARCHIVE),
    Refused("7-Zip", data(b"7z\xbc\xaf\x27\x1c" + bytes(60)), Reason.ARCHIVE),
    Refused("RAR", data(b"Rar!\x1a\x07\x01\x00"), Reason.ARCHIVE),
    Refused("PDF", data(b"%PDF-1.7\n%\xe2\xe3"), Reason.PDF),
    Refused("RTF", data(rb"{\rtf1\ansi}"), Reason.WORD),
    Refused("a web page", data(HTML), Reason.HTML),
    Refused("a web page with a mark", data(b"\xef\xbb\xbf<!DOCTYPE html>" + HTML), Reason.HTML),
    Refused("a saved web page", data(MHTML), Reason.HTML),
    Refused("a web page before the zip file", lambda parts: HTML + parts.zipped(), Reason.HTML),
    Refused("the XML format of 2003", data(XML_2003.encode()), Reason.LEGACY_XML),
    Refused("CSV", data(TABLE.encode()), Reason.CSV),
    Refused("CSV in the encoding of Windows", data(TABLE.encode("cp1250")), Reason.CSV),
    Refused("CSV in UTF-16", data(TABLE.encode("utf-16")), Reason.CSV),
    Refused("CSV with tabs", data(b"\xef\xbb\xbfTemat\tGodziny\n"), Reason.CSV),
    Refused("JSON", data(b'{"a": [1, 2]}'), Reason.NOT_A_WORKBOOK),
    Refused("a picture", data(b"\x89PNG\r\n\x1a\n" + bytes(64)), Reason.NOT_A_WORKBOOK),
    Refused("noise", data(Random(1).randbytes(5_000)), Reason.NOT_A_WORKBOOK),
    Refused("plain words", data(b"nothing here"), Reason.NOT_A_WORKBOOK),
    Refused("other XML", data(b"<?xml version='1.0'?><a>1,2</a>"), Reason.NOT_A_WORKBOOK),
    Refused("a file one byte too large", lambda parts: parts.zipped() + bytes(5 * 1024**2), Reason.TOO_LARGE),
)
