"""Lists in pages, sorted as the address says; every page and order is a plain link."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from flask import g, request, url_for
from sqlalchemy import Select, SQLColumnExpression, UnaryExpression, func, select

from core.database import db

PAGE_SIZE = 50
LARGEST_DIGITS = 9
"""No id is longer; a longer number would not even fit into the database's column."""

SAFE = "!$'()*,/:;?@"
"""What a question may hold as it is written, as Flask has it."""

Row = TypeVar("Row")


def address_with(**changes: str | int | None) -> str:
    """This page's address with some of its questions changed; ``None`` takes one away."""
    asked: dict[str, Any] = {**request.args.to_dict(flat=False), **changes}
    kept = {name: value for name, value in asked.items() if value not in (None, "", [""])}
    return f"{_own_address()}?{urlencode(kept, doseq=True, safe=SAFE)}" if kept else _own_address()


def _own_address() -> str:
    """This page's without its questions; a list asks for it a dozen times."""
    known: str | None = g.get("own_address")
    if known is None:
        known = g.own_address = url_for(request.endpoint or "", **(request.view_args or {}))
    return known


def link_maker(endpoint: str, name: str) -> Callable[[int], str]:
    """For the links of a list: the address is built once, and each row's id put into it."""
    ids: dict[str, Any] = {name: _ANY_ID}
    before, after = url_for(endpoint, **ids).rsplit(str(_ANY_ID), 1)
    return lambda record_id: f"{before}{record_id}{after}"


_ANY_ID = 2**31 - 1


@dataclass(frozen=True)
class Page(Generic[Row]):
    rows: Sequence[Row]
    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.number * self.size, self.total)

    def url(self, number: int) -> str:
        return address_with(page=number if number > 1 else None)


def page_number() -> int:
    """The page asked for; anything that is no page is the first."""
    written = request.args.get("page", "1")
    return int(written) if written.isascii() and written.isdigit() and int(written[:7]) else 1


def asked_id(name: str) -> int | None:
    """The id asked for in the address, or None where it is none any record could have."""
    written = request.args.get(name, "")
    is_id = written.isascii() and written.isdigit() and len(written) <= LARGEST_DIGITS
    return int(written) if is_id else None


def paged(query: Select[*tuple[Any, ...]], *, number: int, size: int = PAGE_SIZE) -> Page[Any]:
    """One page of rows and the count of all, in two queries. A page past the end is the last one."""
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    number = min(number, max(1, -(-total // size)))
    rows = db.session.execute(query.limit(size).offset((number - 1) * size)).all()
    return Page(rows, number, total, size)


def page_of(rows: Sequence[Row], *, number: int, size: int = PAGE_SIZE) -> Page[Row]:
    """One page of rows that are known already. A page past the end is the last one."""
    number = min(number, max(1, -(-len(rows) // size)))
    return Page(rows[(number - 1) * size : number * size], number, len(rows), size)


@dataclass(frozen=True)
class Sorting:
    """``?sort=leader`` or ``?sort=-leader``; anything unknown is the default order."""

    columns: Mapping[str, SQLColumnExpression[Any]]
    default: str
    never_empty: frozenset[str] = frozenset()
    """Columns in which every row has a value: an index can give their order."""

    @property
    def asked(self) -> str:
        asked = request.args.get("sort", "")
        return asked if asked.removeprefix("-") in self.columns else self.default

    def order(self) -> UnaryExpression[Any]:
        return self.order_of(self.asked)

    def order_of(self, asked: str) -> UnaryExpression[Any]:
        key, falling = asked.removeprefix("-"), asked.startswith("-")
        column = self.columns[key]
        if key in self.never_empty:
            return column.desc() if falling else column.asc()
        return column.desc().nulls_last() if falling else column.asc().nulls_last()

    def state(self, key: str) -> str:
        """For ``aria-sort``."""
        asked = self.asked
        return "ascending" if asked == key else "descending" if asked == f"-{key}" else "none"

    def url(self, key: str) -> str:
        return address_with(sort=f"-{key}" if self.state(key) == "ascending" else key, page=None)
