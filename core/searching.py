"""Records that a search looks into: their words without case and accents, kept beside them whoever writes them."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import Text, event, inspect
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from core.text import words

SHORTEST = 2
"""Letters: fewer find nearly everything."""


class Searched:
    """A record that is found by the words of some of its fields."""

    SEARCHED: ClassVar[tuple[str, ...]]

    search_text: Mapped[str] = mapped_column(
        Text, default="", server_default="", deferred=True, sort_order=80
    )


def search_text_of(model: type[Searched], values: Mapping[str, Any]) -> str:
    """Every word of those fields once, in the order in which they stand there."""
    texts = (text for name in model.SEARCHED for text in _texts(values.get(name)))
    return " ".join(dict.fromkeys(word for text in texts for word in words(text)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for one in value.values() for text in _texts(one))
    elif isinstance(value, list | tuple):
        yield from (text for one in value for text in _texts(one))


def _remember(_mapper: Mapper[Any], _connection: Any, record: Searched) -> None:
    record.search_text = search_text_of(
        type(record), {name: getattr(record, name) for name in record.SEARCHED}
    )


def _follow(mapper: Mapper[Any], connection: Any, record: Searched) -> None:
    """Only where one of those fields changed: a record that did not change is not written."""
    state = inspect(record)
    if any(state.attrs[name].history.has_changes() for name in record.SEARCHED):
        _remember(mapper, connection, record)


event.listen(Searched, "before_insert", _remember, propagate=True)
event.listen(Searched, "before_update", _follow, propagate=True)


def asked_words(text: str) -> list[str]:
    """What somebody typed, as words to look for; nothing where it is too short to be looked for."""
    found = words(text)
    return found if sum(map(len, found)) >= SHORTEST else []
