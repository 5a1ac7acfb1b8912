"""Packages whose parts are missing, lead elsewhere or could act when somebody opens the file."""

from core.workbooks.errors import Reason
from tests.core.workbooks.cases import Build, Refused, in_plan
from tests.core.workbooks.parts import (
    DECLARATION,
    LINKS,
    MAIN,
    OFFICE,
    PLAN,
    ROOT_LINKS,
    SHEET,
    STRINGS,
    STYLES,
    WORKBOOK,
    Parts,
)

NOWHERE = "http://127.0.0.1:9"


def without(*missing: str) -> Build:
    return lambda parts: Parts({path: content for path, content in parts.items() if path not in missing})


def elsewhere(old: str, target: str, *, external: bool = True, part: str = LINKS) -> Build:
    mode = ' TargetMode="External"' if external else ""
    return lambda parts: parts.replace(part, f'Target="{old}"', f'Target="{target}"{mode}')


def with_part(path: str, content: bytes = b"x", content_type: str = "") -> Build:
    def build(parts: Parts) -> Parts:
        parts[path] = content
        return parts.typed(path, content_type) if content_type else parts

    return build


def with_external_link(xml: str, *, is_there: bool = True) -> Build:
    def build(parts: Parts) -> Parts:
        if is_there:
            content = f'{DECLARATION}<externalLink xmlns="{MAIN}">{xml}</externalLink>'
            parts["xl/externalLinks/externalLink1.xml"] = content.encode()
        return parts.link("externalLink", "externalLinks/externalLink1.xml")

    return build


def in_workbook(old: str, new: str) -> Build:
    return lambda parts: parts.replace(WORKBOOK, old, new)


def second_main_part(parts: Parts) -> Parts:
    link = f'<Relationship Id="rId2" Type="{OFFICE}/officeDocument" Target="{SHEET}"/></Relationships>'
    return parts.replace(ROOT_LINKS, "</Relationships>", link)


def embedded_in_another_folder(parts: Parts) -> Parts:
    parts["xl/objects/1.bin"] = b"x"
    kind = "application/vnd.openxmlformats-officedocument.oleObject"
    return parts.replace(
        "[Content_Types].xml", "</Types>", f'<Default Extension="bin" ContentType="{kind}"/></Types>'
    )


MISSING = (
    Refused("no content types", without("[Content_Types].xml"), Reason.DAMAGED),
    Refused("no first relationships", without(ROOT_LINKS), Reason.DAMAGED),
    Refused("no workbook", without(WORKBOOK), Reason.DAMAGED),
    Refused("no relationships of the workbook", without(LINKS), Reason.DAMAGED, "1_Metryka"),
    Refused("a missing part of styles", without(STYLES), Reason.DAMAGED),
    Refused("no texts", without(STRINGS), Reason.DAMAGED),
    Refused(
        "no texts and no word of them",
        lambda parts: without(STRINGS)(parts.replace(LINKS, "/sharedStrings", "/x")),
        Reason.DAMAGED,
        "1_Metryka",
        "A1",
    ),
    in_plan("no sheet", without(SHEET)),
    in_plan(
        "a sheet that leads nowhere",
        elsewhere("worksheets/sheet2.xml", "worksheets/sheet7.xml", external=False),
    ),
    in_plan("a sheet without relationship", lambda parts: parts.replace(LINKS, 'Id="rId2"', 'Id="rId22"')),
    in_plan("a sheet without id", in_workbook(' r:id="rId2"', "")),
    in_plan(
        "a sheet that is a picture",
        lambda parts: parts.replace(
            LINKS,
            f'{OFFICE}/worksheet" Target="worksheets/sheet2.xml"',
            f'{OFFICE}/image" Target="worksheets/sheet2.xml"',
        ),
    ),
    Refused("a link to a workbook that is missing", with_external_link("", is_there=False), Reason.DAMAGED),
)

OUTSIDE = (
    Refused(
        "a sheet on the net",
        elsewhere("worksheets/sheet2.xml", f"{NOWHERE}/sheet.xml"),
        Reason.EXTERNAL_PARTS,
    ),
    Refused(
        "a sheet on a share",
        elsewhere("worksheets/sheet2.xml", "\\\\127.0.0.1\\a\\sheet.xml"),
        Reason.EXTERNAL_PARTS,
    ),
    Refused(
        "a sheet in a file", elsewhere("worksheets/sheet2.xml", "file:///etc/passwd"), Reason.EXTERNAL_PARTS
    ),
    Refused("texts on the net", elsewhere("sharedStrings.xml", f"{NOWHERE}/a.xml"), Reason.EXTERNAL_PARTS),
    Refused("styles on the net", elsewhere("styles.xml", f"{NOWHERE}/a.xml"), Reason.EXTERNAL_PARTS),
    Refused(
        "a workbook on the net",
        elsewhere("xl/workbook.xml", f"{NOWHERE}/a.xml", part=ROOT_LINKS),
        Reason.EXTERNAL_PARTS,
    ),
    Refused(
        "a sheet above the package",
        elsewhere("worksheets/sheet2.xml", "../../../../etc/passwd", external=False),
        Reason.DAMAGED,
    ),
    Refused(
        "a sheet above the package, encoded",
        elsewhere("worksheets/sheet2.xml", "..%2F..%2F..%2Fetc/passwd", external=False),
        Reason.DAMAGED,
    ),
    Refused(
        "a sheet above the package, with backslashes",
        elsewhere("worksheets/sheet2.xml", "..\\..\\..\\etc", external=False),
        Reason.DAMAGED,
    ),
    in_plan("a sheet that is a file", elsewhere("worksheets/sheet2.xml", "/etc/passwd", external=False)),
)

DOUBTFUL = (
    Refused(
        "two sheets in one part",
        elsewhere("worksheets/sheet1.xml", "worksheets/sheet2.xml", external=False),
        Reason.DAMAGED,
    ),
    Refused("two main parts", second_main_part, Reason.DAMAGED),
    Refused(
        "a relationship id given twice", lambda parts: parts.replace(LINKS, "rId2", "rId1"), Reason.DAMAGED
    ),
    Refused("two tables of texts", lambda parts: parts.link("sharedStrings", "styles.xml"), Reason.DAMAGED),
    Refused("a sheet name given twice", in_workbook('name="1_Metryka"', f'name="{PLAN}"'), Reason.DAMAGED),
    Refused(
        "a sheet name given twice in other letters",
        in_workbook('name="1_Metryka"', f'name="{PLAN.upper()}"'),
        Reason.DAMAGED,
    ),
    Refused("a sheet without a name", in_workbook('name="1_Metryka"', 'name=""'), Reason.DAMAGED),
    Refused(
        "a sheet whose name is a story",
        in_workbook('name="1_Metryka"', f'name="{"x" * 300}"'),
        Reason.DAMAGED,
    ),
    Refused(
        "65 sheets",
        lambda parts: parts.more_sheets(*(f"A{number}" for number in range(62))),
        Reason.TOO_MANY_SHEETS,
    ),
)

ACTIVE = (
    Refused("an embedded object", with_part("xl/embeddings/oleObject1.bin"), Reason.EMBEDDED),
    Refused("an embedded document", with_part("xl/embeddings/Document1.docx"), Reason.EMBEDDED),
    Refused("an embedded object in another folder", embedded_in_another_folder, Reason.EMBEDDED),
    Refused("an ActiveX control", with_part("xl/activeX/activeX1.xml"), Reason.EMBEDDED),
    Refused(
        "an ActiveX control in another folder",
        with_part("xl/a.xml", b"<a/>", "application/vnd.ms-office.activeX+xml"),
        Reason.EMBEDDED,
    ),
    Refused(
        "a DDE link", with_external_link('<ddeLink ddeService="cmd" ddeTopic="/c calc"/>'), Reason.LIVE_LINKS
    ),
    Refused("an OLE link", with_external_link('<oleLink progId="Package"/>'), Reason.LIVE_LINKS),
    Refused(
        "a sheet with macros of Excel 4",
        with_part("xl/a.xml", b"<a/>", "application/vnd.ms-excel.macrosheet+xml"),
        Reason.MACROS,
    ),
)

CASES = MISSING + OUTSIDE + DOUBTFUL + ACTIVE
