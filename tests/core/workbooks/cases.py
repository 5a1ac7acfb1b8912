"""What a case of the corpus is, and how one is written down."""

from collections.abc import Callable
from dataclasses import dataclass, field

from core.workbooks.errors import Reason
from core.workbooks.raw import CellError, CellValue
from tests.core.workbooks.parts import PLAN, STRINGS, TEXTS, Parts, base_parts

Build = Callable[[Parts], Parts | bytes]
Value = CellValue | CellError | None


@dataclass(frozen=True)
class Accepted:
    """A file to be read: every value as in the base, but for ``changed`` cells of the plan (None: gone)."""

    name: str
    build: Build
    changed: dict[str, Value] = field(default_factory=dict)
    more_sheets: tuple[str, ...] = ()

    def file(self) -> bytes:
        return _file(self.build)


@dataclass(frozen=True)
class Refused:
    """A file to be refused for this reason, at this place if it has one."""

    name: str
    build: Build
    reason: Reason
    sheet: str | None = None
    cell: str | None = None

    def file(self) -> bytes:
        return _file(self.build)


def _file(build: Build) -> bytes:
    built = build(base_parts())
    return built.zipped() if isinstance(built, Parts) else built


def in_plan(name: str, build: Build, reason: Reason = Reason.DAMAGED, cell: str | None = None) -> Refused:
    return Refused(name, build, reason, PLAN, cell)


def with_cell(name: str, xml: str, value: Value, *, at: str = "C6") -> Accepted:
    """One cell of the plan written another way."""
    return Accepted(name, lambda parts: parts.cell(at, xml), {at: value})


def with_bad_cell(
    name: str, xml: str, reason: Reason = Reason.DAMAGED, *, cell: str | None = "C6"
) -> Refused:
    return in_plan(name, lambda parts: parts.cell("C6", xml), reason, cell)


def with_text(name: str, xml: str, value: str) -> Accepted:
    """A cell of the plan that points to a shared text written in a way of its own."""

    def build(parts: Parts) -> Parts:
        parts.replace(STRINGS, "</sst>", f"<si>{xml}</si></sst>")
        return parts.cell("B5", f'<c r="B5" t="s"><v>{len(TEXTS)}</v></c>')

    return Accepted(name, build, {"B5": value})
