"""How many statements a block of code sends to the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

BOOKKEEPING = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA")


@dataclass
class Queries:
    statements: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.statements)

    def __str__(self) -> str:
        return "\n\n".join(f"{number}. {text}" for number, text in enumerate(self.statements, 1))


@contextmanager
def count_queries() -> Iterator[Queries]:
    """Collect what is sent to any database; beginning and ending transactions does not count."""
    queries = Queries()

    def remember(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.lstrip().upper().startswith(BOOKKEEPING):
            queries.statements.append(statement)

    event.listen(Engine, "before_cursor_execute", remember)
    try:
        yield queries
    finally:
        event.remove(Engine, "before_cursor_execute", remember)
