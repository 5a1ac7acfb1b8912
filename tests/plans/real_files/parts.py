"""An exported workbook taken apart, so that a test can write it the way another program would."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

WORKBOOK, LINKS, CONTENT_TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"

Node = Any
"""An element of lxml, which has no types."""


def main(name: str) -> str:
    return f"{{{MAIN}}}{name}"


@dataclass(frozen=True)
class Cell:
    """A cell that holds a text, a number or a day, while the workbook is written anew."""

    node: Node
    number_format: int

    @property
    def reference(self) -> str:
        return str(self.node.get("r"))

    @property
    def is_text(self) -> bool:
        return bool(self.node.get("t") == "inlineStr")

    @property
    def is_day(self) -> bool:
        return not self.is_text and self.number_format == 164

    @property
    def text(self) -> str:
        return "".join(self.node.itertext())

    def clear(self) -> None:
        for child in list(self.node):
            self.node.remove(child)
        self.node.attrib.pop("t", None)

    def put(self, kind: str | None, *children: tuple[str, str]) -> None:
        self.clear()
        if kind:
            self.node.set("t", kind)
        for name, text in children:
            etree.SubElement(self.node, main(name)).text = text

    def put_text(self, text: str) -> None:
        self.clear()
        self.node.set("t", "inlineStr")
        line = etree.SubElement(etree.SubElement(self.node, main("is")), main("t"))
        line.text = text
        line.set(SPACE, "preserve")


class Exported:
    """The parts of a workbook, each changed as a tree."""

    def __init__(self, data: bytes) -> None:
        with ZipFile(BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.trees: dict[str, Node] = {}

    def tree(self, part: str) -> Node:
        if part not in self.trees:
            self.trees[part] = etree.fromstring(self.parts[part])
        return self.trees[part]

    def saved(self) -> bytes:
        target = BytesIO()
        written = {
            part: etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
            for part, tree in self.trees.items()
        }
        with ZipFile(target, "w", ZIP_DEFLATED) as archive:
            for part, content in {**self.parts, **written}.items():
                archive.writestr(part, content)
        return target.getvalue()

    # --- Finding one's way -------------------------------------------------------------------------------

    @property
    def entries(self) -> list[Node]:
        """One for each sheet, in the order of their tabs."""
        return list(self.tree(WORKBOOK).find(main("sheets")))

    def part_of(self, entry: Node) -> str:
        wanted = entry.get(f"{{{OFFICE}}}id")
        link = next(one for one in self.tree(LINKS) if one.get("Id") == wanted)
        target = str(link.get("Target"))
        return target.lstrip("/") if target.startswith("/") else f"xl/{target}"

    def sheet_part(self, name: str) -> str:
        return self.part_of(next(entry for entry in self.entries if entry.get("name") == name))

    def sheet(self, name: str) -> Node:
        return self.tree(self.sheet_part(name))

    @property
    def sheets(self) -> list[Node]:
        return [self.tree(self.part_of(entry)) for entry in self.entries]

    def cells(self, sheet: Node) -> Iterator[Cell]:
        formats = [int(one.get("numFmtId", 0)) for one in self.tree(STYLES).find(main("cellXfs"))]
        for node in list(sheet.iter(main("c"))):
            if len(node):
                yield Cell(node, formats[int(node.get("s", 0))])

    def every_cell(self) -> Iterator[Cell]:
        for sheet in self.sheets:
            yield from self.cells(sheet)

    def filled(self) -> Iterator[Cell]:
        """The cells below the headings of the plan's own sheets."""
        for entry in self.entries:
            if entry.get("name")[0].isdigit():
                for cell in self.cells(self.tree(self.part_of(entry))):
                    if int(cell.node.getparent().get("r")) > 4:
                        yield cell

    # --- Adding ------------------------------------------------------------------------------------------

    def add(
        self, part: str, content: str, *, content_type: str = "", link: str = "", of: str = WORKBOOK
    ) -> str:
        """A part, what kind it is, and the relationship that leads to it; returns the id of the relationship."""
        self.parts[part] = content.encode()
        if content_type:
            override = etree.SubElement(self.tree(CONTENT_TYPES), f"{{{TYPES}}}Override")
            override.attrib.update({"PartName": f"/{part}", "ContentType": content_type})
        return self._linked(of, link, f"/{part}") if link else ""

    def _linked(self, of: str, kind: str, target: str) -> str:
        folder, _, name = of.rpartition("/")
        links = f"{folder}/_rels/{name}.rels"
        if links not in self.parts:
            self.parts[links] = f'<Relationships xmlns="{PACKAGE}"/>'.encode()
        tree = self.tree(links)
        key = f"rId{900 + len(tree)}"
        link = etree.SubElement(tree, f"{{{PACKAGE}}}Relationship")
        link.attrib.update({"Id": key, "Type": kind if ":" in kind else f"{OFFICE}/{kind}", "Target": target})
        return key

    def add_sheet(self, name: str, rows: str, *, at: int | None = None) -> None:
        part = f"xl/worksheets/added{len(self.entries)}.xml"
        xml = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        key = self.add(part, xml, content_type=f"{SPREADSHEET}.worksheet+xml", link="worksheet")
        entry = etree.Element(main("sheet"), name=name, sheetId=str(500 + len(self.entries)))
        entry.set(f"{{{OFFICE}}}id", key)
        sheets = self.tree(WORKBOOK).find(main("sheets"))
        sheets.insert(len(sheets) if at is None else at, entry)


Change = Callable[[Exported], None]


def written_by(data: bytes, *changes: Change) -> bytes:
    exported = Exported(data)
    for change in changes:
        change(exported)
    return exported.saved()


def after_cells(sheet: Node, xml: str, *, before: tuple[str, ...] = ()) -> None:
    """Something after the rows, and before the first of these elements if it is there."""
    node = etree.fromstring(xml)
    following = [sheet.find(main(name)) for name in before]
    found = next((one for one in following if one is not None), None)
    if found is not None:
        found.addprevious(node)
    else:
        sheet.append(node)
