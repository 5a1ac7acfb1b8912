"""An exported workbook changed at random: in its bytes, in its parts, in its XML, in its cells."""

from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

from tests.plans.real_files.parts import Exported, Node, main

ODD = (
    "", " ", "0", "-1", "1.5", "1e309", "NaN", "-0", "9" * 400, "٣", "None", "true", "TAK", "[]", "%s", "%(x)s", "{0}", "'", "=1+1",
    "0001-01-01", "9999-12-31", "2026-02-30", "31.04.2026", "1 000,5", "1\u00a0000", "1.000", "64%", "_x0000_", "_xD83D_",
    "#REF!", "\u202e", "\ufeff", "👩‍🌾", "e\u0301" * 40, "ą" * 5000, "x" * 40_000, "N1; N2", "N1,N1,N1", ";" * 300, "·", "K1 · ",
    "row_uid", "need_text", "PRZYKŁAD", "a1b2c3d4e5f6", "Meta", "A1:XFD1048576", "C5", "1048577", "\n\n\n", "\u2028", "[>]",
)  # fmt: skip
"""What stands where something else was."""

Mutation = Callable[[bytes, Random], bytes]


# --- Bytes and parts -------------------------------------------------------------------------------------


def bytes_changed(data: bytes, dice: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randint(1, 12)):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def cut(data: bytes, dice: Random) -> bytes:
    start, end = sorted(dice.randrange(len(data)) for _ in range(2))
    return data[:start] + data[end:] if dice.random() < 0.5 else data[:end]


def _members(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(members: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def part_gone(data: bytes, dice: Random) -> bytes:
    members = _members(data)
    del members[dice.choice(sorted(members))]
    return _zipped(members)


def parts_exchanged(data: bytes, dice: Random) -> bytes:
    members = _members(data)
    one, other = dice.sample(sorted(members), 2)
    members[one], members[other] = members[other], members[one]
    return _zipped(members)


def part_renamed(data: bytes, dice: Random) -> bytes:
    members = _members(data)
    name = dice.choice(sorted(members))
    members[dice.choice((f"{name}x", f"../{name}", name.upper(), "xl/vbaProject.bin"))] = members.pop(name)
    return _zipped(members)


def bytes_of_a_part(data: bytes, dice: Random) -> bytes:
    members = _members(data)
    name = dice.choice(sorted(members))
    change = dice.choice((bytes_changed, cut))
    members[name] = change(members[name], dice)
    return _zipped(members)


# --- XML -------------------------------------------------------------------------------------------------


def _nodes(exported: Exported, dice: Random) -> list[Node]:
    """Of a sheet more often than of another part."""
    sheets = [exported.part_of(entry) for entry in exported.entries]
    others = [part for part in exported.parts if part.endswith((".xml", ".rels")) and part not in sheets]
    tree = exported.tree(dice.choice(sheets if dice.random() < 0.7 else others))
    return [node for node in tree.iter() if isinstance(node.tag, str)]


def attributes_changed(data: bytes, dice: Random) -> bytes:
    exported = Exported(data)
    for _ in range(dice.randint(1, 4)):
        nodes = [node for node in _nodes(exported, dice) if node.attrib]
        if nodes:
            node = dice.choice(nodes)
            node.set(dice.choice(sorted(node.attrib)), _writable(dice.choice(ODD)))
    return exported.saved()


def elements_moved(data: bytes, dice: Random) -> bytes:
    exported = Exported(data)
    for _ in range(dice.randint(1, 4)):
        nodes = _nodes(exported, dice)
        node, place = dice.choice(nodes), dice.choice(nodes)
        if node.getparent() is None or place in node.iter():
            continue
        what = dice.randrange(4)
        if what == 0:
            node.getparent().remove(node)
        elif what == 1:
            node.addnext(deepcopy(node))
        elif what == 2:
            place.append(node)
        else:
            node.tag = main(dice.choice(("row", "c", "v", "is", "t", "f", "sheetData", "mergeCell")))
    return exported.saved()


def _writable(text: str) -> str:
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")


# --- Cells -----------------------------------------------------------------------------------------------


def cells_typed_over(data: bytes, dice: Random) -> bytes:
    exported = Exported(data)
    cells = list(exported.filled()) if dice.random() < 0.8 else list(exported.every_cell())
    for cell in dice.sample(cells, min(len(cells), dice.randint(1, 30))):
        kind = dice.choice(("text", "text", "number", "kind", "style", "formula"))
        if kind == "text":
            cell.put_text(_writable(dice.choice(ODD)))
        elif kind == "number":
            number = dice.choice(
                ("0", "-1", "1e300", "46097", "0.3", "44051401359", "99999999999999999999", "2958466")
            )
            cell.put(None, ("v", number))
        elif kind == "kind":
            cell.node.set("t", dice.choice(("n", "s", "b", "e", "d", "str", "inlineStr", "x")))
        elif kind == "style":
            cell.node.set("s", str(dice.randrange(40)))
        else:
            cell.put(None, ("f", "1/0"), *([("v", "1")] if dice.random() < 0.5 else []))
    return exported.saved()


def rows_shuffled(data: bytes, dice: Random) -> bytes:
    """Rows and their cells under other numbers, some twice, some gone, in an order of their own."""
    exported = Exported(data)
    for sheet in dice.sample(exported.sheets, 3):
        rows = list(sheet.iter(main("row")))
        for row in dice.sample(rows, min(len(rows), dice.randint(1, 5))):
            number = str(dice.choice((1, 4, 5, 6, 150, 2_004, 2_200, 1_048_576)))
            row.set("r", number)
            for node in row:
                if node.get("r"):
                    node.set("r", node.get("r").rstrip("0123456789") + number)
    return exported.saved()


def columns_exchanged(data: bytes, dice: Random) -> bytes:
    """Headings, keys and values under letters of other columns."""
    exported = Exported(data)
    for sheet in dice.sample(exported.sheets, 3):
        one, other = dice.sample("ABCDEFGHIJK", 2)
        for node in sheet.iter(main("c")):
            reference = node.get("r", "")
            letters = reference.rstrip("0123456789")
            if letters in {one, other} and dice.random() < 0.9:
                node.set("r", (other if letters == one else one) + reference[len(letters) :])
    return exported.saved()


def tabs_named_anew(data: bytes, dice: Random) -> bytes:
    exported = Exported(data)
    entries = exported.entries
    for entry in dice.sample(entries, dice.randint(1, 4)):
        if dice.random() < 0.3:
            entry.getparent().remove(entry)
        else:
            name = dice.choice((*ODD, *(str(one.get("name")) for one in entries)))
            entry.set("name", _writable(name)[:300])
    return exported.saved()


MUTATIONS: tuple[Mutation, ...] = (
    bytes_changed, cut, part_gone, parts_exchanged, part_renamed, bytes_of_a_part, attributes_changed, elements_moved,
    cells_typed_over, cells_typed_over, cells_typed_over, rows_shuffled, columns_exchanged, tabs_named_anew,
)  # fmt: skip


def mutated(data: bytes, number: int) -> bytes:
    """Once or twice; the same file for the same number."""
    dice = Random(number)
    for _ in range(dice.randint(1, 2)):
        with suppress(Exception):  # what was changed already cannot always be taken apart again
            data = dice.choice(MUTATIONS)(data, dice)
    return data
