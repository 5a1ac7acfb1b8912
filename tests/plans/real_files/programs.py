"""How programs write a workbook that they open and save: the same content, in other parts and other words."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from itertools import count

from lxml import etree

from tests.plans.real_files.parts import (
    LINKS,
    MAIN,
    OFFICE,
    SPACE,
    SPREADSHEET,
    STRINGS,
    WORKBOOK,
    Change,
    Exported,
    Node,
    after_cells,
    main,
)

X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
DAYS_BETWEEN_1900_AND_1904 = 1462


# --- Texts -----------------------------------------------------------------------------------------------


def with_shared_strings(exported: Exported, item: Callable[[Node, str], None] | None = None) -> None:
    """Each text once in a part of its own, as Excel, Google and Numbers keep them."""
    table = etree.Element(main("sst"))
    places: dict[str, int] = {}
    for cell in exported.every_cell():
        if cell.is_text:
            text = cell.text
            if text not in places:
                places[text] = len(places)
                (item or _plain_item)(etree.SubElement(table, main("si")), text)
            cell.put("s", ("v", str(places[text])))
    kind = f"{SPREADSHEET}.sharedStrings+xml"
    exported.add(STRINGS, etree.tostring(table).decode(), content_type=kind, link="sharedStrings")


def _plain_item(item: Node, text: str) -> None:
    line = etree.SubElement(item, main("t"))
    line.text = text
    line.set(SPACE, "preserve")


def _rich_item(item: Node, text: str) -> None:
    """Each third of a text in a font of its own, with a phonetic guide beside it."""
    for start in range(0, len(text), max(1, len(text) // 3)):
        run = etree.SubElement(item, main("r"))
        etree.SubElement(etree.SubElement(run, main("rPr")), main("b"))
        _plain_item(run, text[start : start + max(1, len(text) // 3)])
    guide = etree.SubElement(item, main("rPh"), sb="0", eb="1")
    etree.SubElement(guide, main("t")).text = "ka"
    etree.SubElement(item, main("phoneticPr"), fontId="1")


def _escaped_item(item: Node, text: str) -> None:
    """What XML cannot hold, and what only looks like an escape, is escaped; any other letter may be."""
    _plain_item(item, "".join(_escape(letter) if letter in "_ażA" else letter for letter in text))


def _escape(letter: str) -> str:
    return f"_x{ord(letter):04X}_"


def with_rich_strings(exported: Exported) -> None:
    with_shared_strings(exported, _rich_item)


def with_escaped_strings(exported: Exported) -> None:
    for cell in exported.every_cell():  # openpyxl escapes on its own, which would be escaped twice
        if cell.is_text and "_x005F_" in cell.text:
            cell.put_text(cell.text.replace("_x005F_", "_"))
    with_shared_strings(exported, _escaped_item)


# --- Excel -----------------------------------------------------------------------------------------------


def with_foreign_attributes(exported: Exported) -> None:
    """``x14ac:dyDescent`` and ``spans`` on each row, ids of revisions on each sheet."""
    for sheet in exported.sheets:
        sheet.set("{http://schemas.microsoft.com/office/spreadsheetml/2014/revision}uid", "{00000000-0001}")
        for row in sheet.iter(main("row")):
            row.set("spans", "1:40")
            row.set("{http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac}dyDescent", "0.25")


def with_x14_validations(exported: Exported) -> None:
    """Lists that stand on other sheets: Excel keeps them among the extensions."""
    for sheet in exported.sheets:
        rules = sheet.find(main("dataValidations"))
        if rules is not None:
            moved = "".join(_x14_rule(rule) for rule in rules)
            sheet.remove(rules)
            count_ = f'count="{moved.count("<x14:dataValidation ")}"'
            after_cells(
                sheet,
                f'<extLst xmlns="{MAIN}" xmlns:x14="{X14}" xmlns:xm="{XM}"><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}">'
                f"<x14:dataValidations {count_}>{moved}</x14:dataValidations></ext></extLst>",
            )


def _x14_rule(rule: Node) -> str:
    formula = rule.findtext(main("formula1"), "").replace("&", "&amp;").replace("<", "&lt;")
    return (
        f'<x14:dataValidation type="{rule.get("type")}" allowBlank="1"><x14:formula1><xm:f>{formula}</xm:f>'
        f"</x14:formula1><xm:sqref>{rule.get('sqref')}</xm:sqref></x14:dataValidation>"
    )


def with_tables(exported: Exported) -> None:
    """Each sheet of the plan made a table of Excel's, over its row of keys and what stands below."""
    numbers = count(1)
    for entry in exported.entries:
        if not entry.get("name")[0].isdigit():
            continue
        part, number = exported.part_of(entry), next(numbers)
        table = (
            f'<table xmlns="{MAIN}" id="{number}" name="Tabela{number}" displayName="Tabela{number}" ref="A4:K30">'
            '<autoFilter ref="A4:K30"/><tableColumns count="1"><tableColumn id="1" name="row_uid"/></tableColumns>'
            '<tableStyleInfo name="TableStyleMedium2" showRowStripes="1"/></table>'
        )
        key = exported.add(
            f"xl/tables/table{number}.xml",
            table,
            content_type=f"{SPREADSHEET}.table+xml",
            link="table",
            of=part,
        )
        parts = (
            f'<tableParts xmlns="{MAIN}" xmlns:r="{OFFICE}" count="1"><tablePart r:id="{key}"/></tableParts>'
        )
        after_cells(exported.tree(part), parts)


def with_calculation_chain_and_settings(exported: Exported) -> None:
    exported.add(
        "xl/calcChain.xml",
        f'<calcChain xmlns="{MAIN}"><c r="C5" i="2"/></calcChain>',
        content_type=f"{SPREADSHEET}.calcChain+xml",
        link="calcChain",
    )
    exported.add(
        "xl/printerSettings/printerSettings1.bin",
        "settings",
        content_type=f"{SPREADSHEET}.printerSettings",
        link="printerSettings",
        of=exported.sheet_part("2_Szkolenia" if _is_annual(exported) else "2_Diagnoza"),
    )
    exported.add("customXml/item1.xml", '<b:Sources xmlns:b="urn:b" SelectedStyle="APA"/>')


def _is_annual(exported: Exported) -> bool:
    return any(entry.get("name") == "2_Szkolenia" for entry in exported.entries)


def excel(exported: Exported) -> None:
    """All that Excel does at once."""
    for change in (
        with_shared_strings,
        with_foreign_attributes,
        with_x14_validations,
        with_tables,
        with_calculation_chain_and_settings,
    ):
        change(exported)


def with_dates_from_1904(exported: Exported) -> None:
    """As Excel for Mac counted days."""
    exported.tree(WORKBOOK).find(main("workbookPr")).set("date1904", "1")
    for cell in exported.every_cell():
        if cell.is_day:
            cell.put(None, ("v", str(int(Decimal(cell.text)) - DAYS_BETWEEN_1900_AND_1904)))


def with_iso_dates(exported: Exported) -> None:
    """Days as the strict variant writes them."""
    for cell in exported.every_cell():
        if cell.is_day:
            day = date(1899, 12, 30) + timedelta(days=int(Decimal(cell.text)))
            cell.put("d", ("v", f"{day.isoformat()}T00:00:00"))


def strictly(exported: Exported) -> None:
    """The strict variant of the standard, in which every name has another namespace."""
    with_iso_dates(exported)
    with_shared_strings(exported)
    for part in exported.trees:
        exported.parts[part] = etree.tostring(exported.trees[part])
    exported.trees.clear()
    for part, content in exported.parts.items():
        text = content.replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main")
        exported.parts[part] = text.replace(
            OFFICE.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        )


# --- LibreOffice, Google, Numbers ------------------------------------------------------------------------


def with_a_million_rows(exported: Exported) -> None:
    """LibreOffice writes each row of a sheet whose columns were formatted to the end."""
    part = exported.part_of(exported.entries[2])
    last = max(int(row.get("r")) for row in exported.tree(part).iter(main("row")))
    text = etree.tostring(exported.trees.pop(part)).decode()
    tail = 'customFormat="false" ht="12.8" hidden="false" customHeight="false" outlineLevel="0" collapsed="false"'
    rows = "".join(f'<row r="{number}" {tail}></row>' for number in range(last + 1, 2**20 + 1))
    exported.parts[part] = text.replace("</sheetData>", f"{rows}</sheetData>").encode()


def google(exported: Exported) -> None:
    """Google Sheets: shared texts, a thousand rows, whole numbers with a point, nothing that it does not know."""
    with_shared_strings(exported)
    for sheet in exported.sheets:
        _drop(
            sheet,
            "sheetPr",
            "sheetViews",
            "cols",
            "dataValidations",
            "mergeCells",
            "pageSetup",
            "headerFooter",
        )
        data = sheet.find(main("sheetData"))
        last = max((int(row.get("r")) for row in data), default=0)
        for number in range(last + 1, 1001):
            row = etree.SubElement(data, main("row"), r=str(number), ht="15.75", customHeight="1")
            etree.SubElement(row, main("c"), r=f"A{number}", s="1")
        for row in data:
            for name in ("s", "customFormat", "spans"):
                row.attrib.pop(name, None)
    for cell in exported.every_cell():
        if cell.node.get("t") in {None, "n"} and not cell.is_day and cell.node.find(main("f")) is None:
            cell.put(None, ("v", str(float(cell.text))))
    _drop(exported.tree(WORKBOOK), "definedNames", "workbookProtection", "calcPr")
    for entry in exported.entries:
        if entry.get("state") == "veryHidden":
            entry.set("state", "hidden")


def numbers(exported: Exported) -> None:
    """Numbers: one table on each tab, said in the tab's name; a summary in front; nothing hidden."""
    with_shared_strings(exported)
    for sheet in exported.sheets:
        _drop(sheet, "sheetPr", "dataValidations", "conditionalFormatting", "sheetProtection")
        for column in sheet.iter(main("col")):
            column.attrib.pop("hidden", None)
    _drop(exported.tree(WORKBOOK), "definedNames", "workbookProtection")
    for entry in exported.entries:
        entry.set("name", f"{entry.get('name')} - Tabela 1"[:31])
        entry.attrib.pop("state", None)
    exported.add_sheet(
        "Podsumowanie eksportu",
        '<row r="3"><c r="B3" t="inlineStr"><is><t>Ten dokument wyeksportowano z Numbers.</t></is></c></row>',
        at=0,
    )


def _drop(tree: Node, *names: str) -> None:
    for name in names:
        for found in tree.findall(main(name)):
            tree.remove(found)


def without_styles_and_references(exported: Exported) -> None:
    """As small libraries write: cells without places, absolute targets made relative."""
    for link in exported.tree(LINKS):
        link.set("Target", link.get("Target").removeprefix("/xl/"))
    for sheet in exported.sheets:
        for row in sheet.iter(main("row")):
            last = 0
            for node in list(row):
                column = _column(node.attrib.pop("r"))
                for _ in range(column - last - 1):
                    node.addprevious(etree.Element(main("c")))
                last = column


def _column(reference: str) -> int:
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number


def with_worked_out_formulas(exported: Exported) -> None:
    """Each cell a formula, its result beside it."""
    for cell in list(exported.filled()):
        if cell.node.find(main("f")) is None:
            text = cell.text
            formula = ("f", "IFERROR(__xludf.DUMMYFUNCTION(1),Arkusz9!A1)")
            cell.put("str" if cell.is_text else None, formula, ("v", text))


PROGRAMS: dict[str, Change] = {
    "shared texts": with_shared_strings,
    "rich text with phonetic guides": with_rich_strings,
    "escaped letters": with_escaped_strings,
    "attributes of other namespaces": with_foreign_attributes,
    "x14 validations": with_x14_validations,
    "tables": with_tables,
    "a calculation chain, printer settings and custom XML": with_calculation_chain_and_settings,
    "Excel with all it does": excel,
    "days counted from 1904": with_dates_from_1904,
    "days in ISO": with_iso_dates,
    "the strict variant": strictly,
    "a million empty rows": with_a_million_rows,
    "Google Sheets": google,
    "a library without references": without_styles_and_references,
    "formulas with their results": with_worked_out_formulas,
}
"""Those after which nothing at all is to be said; Numbers adds sheets of its own."""
