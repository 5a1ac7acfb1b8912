"""The package inside the zip file: which part is what, and which part leads to which (ECMA-376, part 2)."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from core.workbooks.archive import Archive
from core.workbooks.errors import Reason, UnreadableWorkbook, damaged
from core.workbooks.limits import Limits
from core.workbooks.markup import Attributes, Budget, Element, Walk, parse
from core.workbooks.plain_rows import Sheet, without_plain_rows
from core.workbooks.recognise import reason_against_members
from core.workbooks.thinning import without_empty

_TYPES_PART = "[content_types].xml"
_TYPES = ("http://schemas.openxmlformats.org/package/2006/content-types",)
_RELATIONSHIPS = ("http://schemas.openxmlformats.org/package/2006/relationships",)
_WORKBOOK_TYPES = frozenset(
    f"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}.main+xml"
    for kind in ("sheet", "template")
)
_REFUSED_TYPES: tuple[tuple[str, Reason], ...] = (
    ("sheet.binary", Reason.XLSB),
    ("macro", Reason.MACROS),
    ("vbaproject", Reason.MACROS),
    ("oleobject", Reason.EMBEDDED),
    ("activex", Reason.EMBEDDED),
)
_REFUSED_FOLDERS: tuple[tuple[str, Reason], ...] = (
    ("xl/macrosheets/", Reason.MACROS),
    ("xl/embeddings/", Reason.EMBEDDED),
    ("xl/activex/", Reason.EMBEDDED),
)


@dataclass(frozen=True)
class Relationship:
    """From one part to another. ``kind`` is the last word of its type, the same in both variants of the standard."""

    kind: str
    target: str
    external: bool


class Package:
    """The parts of a workbook that holds nothing able to act when somebody opens it."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._archive = Archive(data, limits)
        self._budget = Budget(limits)
        self._links: dict[str, dict[str, Relationship]] = {}
        self._check_is_package()
        self._types = _ContentTypes()
        self.parse(_TYPES_PART, self._types.document, limit=limits.package_part_bytes)
        self._check_kinds()

    def parse(self, part: str, document: Element, *, limit: int | None = None) -> None:
        parse(self._chunks(part, limit or self._limits.part_bytes), document, self._budget)

    def parse_sheet(self, part: str, sheet: Sheet) -> None:
        walk = Walk(sheet.document, self._budget)
        chunks = without_empty(self._chunks(part, self._limits.part_bytes))
        walk.through(without_plain_rows(chunks, walk, sheet))

    def _chunks(self, part: str, limit: int) -> Iterator[bytes]:
        if part not in self._archive.names:
            raise damaged("a part is missing")
        return self._archive.chunks(part, limit=limit)

    def holds(self, part: str) -> bool:
        return part in self._archive.names

    def workbook_part(self) -> str:
        targets = self.related("", "officeDocument")
        if len(targets) != 1:
            raise damaged("not one main part")
        part = next(iter(targets.values()))
        content_type = self._types.of(part)
        if "wordprocessingml" in content_type or "presentationml" in content_type:
            raise UnreadableWorkbook(Reason.WORD)
        if content_type not in _WORKBOOK_TYPES:
            raise UnreadableWorkbook(Reason.NOT_A_WORKBOOK, detail="type of the main part")
        return part

    def related(self, source: str, kind: str) -> dict[str, str]:
        """Parts by relationship id. One that lies outside the file is refused; nothing is ever requested."""
        if source not in self._links:
            self._links[source] = self._relationships(source)
        found = {key: link for key, link in self._links[source].items() if link.kind == kind}
        if any(link.external for link in found.values()):
            raise UnreadableWorkbook(Reason.EXTERNAL_PARTS)
        return {key: inside(source, link.target) for key, link in found.items()}

    def _relationships(self, source: str) -> dict[str, Relationship]:
        folder, name = posixpath.split(source)
        part = posixpath.join(folder, "_rels", f"{name}.rels")
        links: dict[str, Relationship] = {}

        def keep(attributes: Attributes) -> None:
            key = attributes.get("Id", "")
            if key in links:
                raise damaged("two relationships share an id")
            kind = attributes.get("Type", "").rpartition("/")[2]
            external = attributes.get("TargetMode", "").lower() == "external"
            links[key] = Relationship(kind, attributes.get("Target", ""), external)

        if part in self._archive.names:
            relationship = Element(start=keep, namespaces=_RELATIONSHIPS)
            root = Element({"Relationship": relationship}, namespaces=_RELATIONSHIPS)
            document = Element({"Relationships": root}, namespaces=_RELATIONSHIPS)
            self.parse(part, document, limit=self._limits.package_part_bytes)
        return links

    def _check_is_package(self) -> None:
        names = self._archive.names
        if _TYPES_PART in names:
            return
        mimetype = b""
        if "mimetype" in names:
            mimetype = b"".join(self._archive.chunks("mimetype", limit=1024))
        raise UnreadableWorkbook(reason_against_members(names, mimetype), detail="no content types")

    def _check_kinds(self) -> None:
        for name in sorted(self._archive.names):
            content_type = self._types.of(name)
            reason = next((reason for word, reason in _REFUSED_TYPES if word in content_type), None)
            reason = reason or next(
                (reason for folder, reason in _REFUSED_FOLDERS if name.startswith(folder)), None
            )
            if name.endswith("vbaproject.bin"):
                reason = Reason.MACROS
            if reason is not None:
                raise UnreadableWorkbook(reason, detail="kind of a part")


class _ContentTypes:
    """What kind each part is: said for the part by name, else for its extension."""

    def __init__(self) -> None:
        self._by_part: dict[str, str] = {}
        self._by_extension: dict[str, str] = {}
        children = {
            "Default": Element(start=self._default, namespaces=_TYPES),
            "Override": Element(start=self._override, namespaces=_TYPES),
        }
        self.document = Element({"Types": Element(children, namespaces=_TYPES)}, namespaces=_TYPES)

    def of(self, part: str) -> str:
        extension = part.rpartition(".")[2]
        return self._by_part.get(part) or self._by_extension.get(extension, "")

    def _default(self, attributes: Attributes) -> None:
        extension = attributes.get("Extension", "").lower()
        self._by_extension.setdefault(extension, attributes.get("ContentType", "").lower())

    def _override(self, attributes: Attributes) -> None:
        part = attributes.get("PartName", "").lstrip("/").lower()
        self._by_part.setdefault(part, attributes.get("ContentType", "").lower())


def inside(source: str, target: str) -> str:
    """The part a target means, seen from its source. No target leads out of the package."""
    path = unquote(target).replace("\\", "/").lower()
    if not path.startswith("/"):
        path = posixpath.join("/", posixpath.dirname(source), path)
    steps: list[str] = []
    for step in path.split("/"):
        if step == "..":
            if not steps:
                raise damaged("a relationship leads out of the file")
            steps.pop()
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps)
